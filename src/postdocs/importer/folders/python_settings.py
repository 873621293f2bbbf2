"""Settings in Python files, read without running them."""

from __future__ import annotations

import ast
import posixpath
import warnings
from collections.abc import Callable, Container, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind

_MOST = 100_000  # characters of a text, or items of a list, that is put together from others
_SIMPLE = (str, int, float, bool, type(None))
# The methods that change a value, and the kind of value that each is of; a set is read as a list.
_METHODS: Mapping[str, type] = {
    **dict.fromkeys(("append", "extend", "insert", "remove", "add"), list),
    **dict.fromkeys(("update", "setdefault"), dict),
}
_CHANGING = frozenset({*_METHODS, "pop", "popitem", "clear", "sort", "reverse", "discard"})


@dataclass(frozen=True)
class PythonSettings:
    """What a file of settings says.

    values: by name: texts, numbers, truth values, and lists, tuples, and mappings of them. computed: the
    places, as `file:line`, of those that only running the file could tell. changed: the places of changes to
    values that only running it could tell.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    computed: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)

    def unknown(self, names: Container[str]) -> list[Note]:
        """Return the notes on those of some settings that only running the file could tell."""
        default = "only running the settings could tell {}, so that its default is taken"
        before = "only running the settings could tell a change of {}, so that its value before is taken"
        return [
            Note(NoteKind.NOTICED, what.format(name), before=place)
            for what, places in ((default, self.computed), (before, self.changed))
            for name, place in places.items()
            if name in names
        ]

    def text(self, name: str, default: str = "") -> str:
        """Return a value that is a text."""
        value = self.values.get(name)
        return value if isinstance(value, str) else default

    def texts(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return the texts of a value that is a list or tuple, or the one that it is."""
        value = self.values.get(name)
        if isinstance(value, str):
            return (value,)
        items = value if isinstance(value, list | tuple) else None
        return default if items is None else tuple(item for item in items if isinstance(item, str))

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a value that is a truth value."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else default

    def mapping(self, name: str) -> Mapping[Any, Any]:
        """Return a value that is a mapping."""
        value = self.values.get(name)
        return value if isinstance(value, dict) else {}


class _UnknownError(Exception):
    """A value that only running the file could tell."""


def read(text: str, place: str, before: PythonSettings | None = None) -> PythonSettings:
    """Read a file of settings. place: how messages name it. before: settings that it begins with.

    Raises
    ------
    PostdocsError
        It is no Python.

    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on the author's code, such as its escapes
            tree = ast.parse(text)
    except SyntaxError as error:
        wrong = f"it is no Python of today: {error.msg}"
        raise PostdocsError(place, error.lineno, wrong, "correct it, such as by 2to3") from None
    except (ValueError, RecursionError, MemoryError):
        raise PostdocsError(place, None, "it is no Python", "correct it") from None
    before = before or PythonSettings()
    reading = _Reading(place, deepcopy(dict(before.values)), dict(before.computed), dict(before.changed))
    for statement in tree.body:
        reading.take(statement)
    return PythonSettings(reading.values, reading.computed, reading.changed)


@dataclass
class _Reading:
    """What the statements up to one say. left: how many values may still be put into others."""

    place: str
    values: dict[str, Any]
    computed: dict[str, str]
    changed: dict[str, str]
    left: int = _MOST

    def take(self, statement: ast.stmt) -> None:
        """Read a statement; of what depends on a condition, only that it is there."""
        match statement:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._assign(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, value)
            case ast.AugAssign(target=target, op=ast.Add() | ast.BitOr() as op, value=value):
                self._assign(target, ast.BinOp(target, op, value))
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=owner, attr=method)) as call):
                if method in _CHANGING and _name(owner) in self.values:
                    self._change(owner, lambda: self._call(call, owner, method))
            case ast.Delete(targets=targets):
                for target in targets:
                    self._change(target, _refuse)
            case ast.If() | ast.Try() | ast.For() | ast.While() | ast.With():
                for node in ast.walk(statement):
                    self._note(node)
            case _:
                pass

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        match target:
            case ast.Name(id=name):
                try:
                    self.values[name] = self._own(_value(value, self.values))
                    self.computed.pop(name, None)
                    self.changed.pop(name, None)
                except (_UnknownError, RecursionError):
                    self.values.pop(name, None)
                    self.computed[name] = f"{self.place}:{target.lineno}"
            case ast.Subscript(value=owner, slice=index):
                self._change(target, lambda: self._set(owner, index, value))
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                values = value.elts if isinstance(value, ast.Tuple | ast.List) else []
                for at, inner in enumerate(targets):
                    self._assign(inner, values[at] if len(values) == len(targets) else ast.Slice())
            case _:
                pass

    def _change(self, target: ast.expr, change: Callable[[], None]) -> None:
        """Change what a value holds, or note that it can't be told."""
        name = _name(target)
        try:
            change()
        except (_UnknownError, RecursionError, TypeError, ValueError, LookupError):
            if name in self.values:
                self.changed[name] = f"{self.place}:{target.lineno}"

    def _set(self, owner: ast.expr, index: ast.expr, value: ast.expr) -> None:
        container = _value(owner, self.values)
        key = _key(index, self.values)
        if isinstance(container, dict) or (isinstance(container, list) and isinstance(key, int)):
            container[key] = self._own(_value(value, self.values))  # type: ignore[index] # a list has an int here
        else:
            raise _UnknownError

    def _call(self, call: ast.Call, owner: ast.expr, method: str) -> None:
        container = _value(owner, self.values)
        given = [self._own(_value(argument, self.values)) for argument in call.args]
        named = {str(word.arg): self._own(_value(word.value, self.values)) for word in call.keywords}
        if not isinstance(container, _METHODS.get(method, ())) or "None" in named:
            raise _UnknownError
        getattr(container, "append" if method == "add" else method)(*given, **named)

    def _own(self, value: Any) -> Any:
        """Return a copy of a value, which no change of another value changes."""
        waiting = [value]
        while waiting:
            self.left -= 1
            inner = waiting.pop()
            if self.left < 0:
                raise _UnknownError
            if isinstance(inner, list | tuple):
                waiting += inner
            elif isinstance(inner, dict):
                waiting += inner.values()
        return deepcopy(value)

    def _note(self, node: ast.AST) -> None:
        """Note a node that stores a value, or changes one."""
        match node:
            case ast.AugAssign(target=target):
                if (name := _name(target)) in self.values:
                    self.changed[name] = f"{self.place}:{node.lineno}"
            case ast.Name(id=name, ctx=ast.Store()) if name not in self.changed:
                self.values.pop(name, None)
                self.computed[name] = f"{self.place}:{node.lineno}"
            case ast.Subscript(ctx=ast.Store() | ast.Del()) as target:
                self._change(target, _refuse)
            case ast.Call(func=ast.Attribute(value=owner, attr=method)) if method in _CHANGING:
                self._change(owner, _refuse)
            case _:
                pass


def _refuse() -> None:
    raise _UnknownError


def _name(target: ast.expr) -> str:
    """Return the name of the value that a target is in, "" where it is in none."""
    while isinstance(target, ast.Subscript):
        target = target.value
    return target.id if isinstance(target, ast.Name) else ""


def _value(node: ast.expr | None, names: Mapping[str, Any]) -> Any:  # noqa: PLR0911, PLR0912 - one for each form
    match node:
        case ast.Constant(value=value) if isinstance(value, _SIMPLE):
            return value
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.List(elts=items) | ast.Set(elts=items):
            return [_value(item, names) for item in items]
        case ast.Tuple(elts=items):
            return tuple(_value(item, names) for item in items)
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            return {_key(key, names): _value(value, names) for key, value in pairs}
        case ast.Subscript(value=owner, slice=index):
            container = _value(owner, names)
            key = _key(index, names)
            if isinstance(container, dict) and key in container:
                return container[key]
            if isinstance(container, list | tuple) and isinstance(key, int) and 0 <= key < len(container):
                return container[key]
        case ast.Call(func=ast.Name(id="dict"), args=[], keywords=keywords):
            return {str(word.arg): _value(word.value, names) for word in keywords if word.arg}
        case ast.Call(
            func=ast.Attribute(value=ast.Attribute(value=ast.Name(id="os"), attr="path"), attr="join"),
            args=parts,
        ):
            return posixpath.join(*(_text(part, names) for part in parts))
        case ast.JoinedStr(values=parts):
            return _short("".join(_text(part, names) for part in parts))
        case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
            return _value(inner, names)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            number = _value(operand, names)
            if isinstance(number, int | float):
                return -number
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            one, other = _value(left, names), _value(right, names)
            if type(one) is type(other) and isinstance(one, str | list | tuple):
                return _short(one + other)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            one, other = _value(left, names), _value(right, names)
            if isinstance(one, dict) and isinstance(other, dict):
                return _short(one | other)
        case _:
            pass
    raise _UnknownError


def _short(value: Any) -> Any:
    if len(value) > _MOST:
        raise _UnknownError
    return value


def _key(node: ast.expr | None, names: Mapping[str, Any]) -> str | int:
    key = _value(node, names)
    if isinstance(key, str | int):
        return key
    raise _UnknownError


def _text(node: ast.expr, names: Mapping[str, Any]) -> str:
    value = _value(node, names)
    if isinstance(value, str | int):
        return str(value)
    raise _UnknownError
