"""Settings in Python files, read without running them."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Container, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders.python_values import MOST, UnknownError, key_of, sum_of, value_of

# The methods that change a value, and the kind of value that each is of; a set is read as a list.
_METHODS: Mapping[str, type] = {
    **dict.fromkeys(("append", "extend", "insert", "remove", "add"), list),
    **dict.fromkeys(("update", "setdefault"), dict),
}
_ADDING = frozenset({"append", "extend", "insert", "add", "update"})
_CHANGING = frozenset({*_METHODS, "pop", "popitem", "clear", "sort", "reverse", "discard"})


@dataclass(frozen=True)
class PythonSettings:
    """What a file of settings says.

    values: by name: texts, numbers, truth values, and lists, tuples, and mappings of them. computed: the
    places, as `file:line`, of those that only running the file could tell. changed: the places of those of
    which it could tell only a part: `values` has the rest.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    computed: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)

    def unknown(self, names: Container[str]) -> list[Note]:
        """Return the notes on those of some settings that only running the file could tell."""
        default = "only running the settings could tell {}, so that its default is taken"
        rest = "only running the settings could tell a part of {}, so that the rest of it is taken"
        return [
            Note(NoteKind.NOTICED, what.format(name), before=place)
            for what, places in ((default, self.computed), (rest, self.changed))
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
    values = deepcopy(dict(before.values))
    partial = {name: values.pop(name) for name in before.changed}
    reading = _Reading(place, values, partial, dict(before.computed), dict(before.changed))
    for statement in tree.body:
        reading.take(statement)
    return reading.settings()


@dataclass
class _Reading:
    """What the statements up to one say. left: how many values may still be put into others.

    values: those that are known whole; no other value is made of the partial ones.
    """

    place: str
    values: dict[str, Any]
    partial: dict[str, Any]
    computed: dict[str, str]
    changed: dict[str, str]
    left: int = MOST

    def settings(self) -> PythonSettings:
        """Return what is known now; of a list that no item is known of, nothing is."""
        computed = {name: self.changed[name] for name, value in self.partial.items() if value == []}
        rest = {name: value for name, value in self.partial.items() if name not in computed}
        return PythonSettings(
            self.values | rest,
            self.computed | computed,
            {name: place for name, place in self.changed.items() if name in rest},
        )

    def take(self, statement: ast.stmt) -> None:
        """Read a statement; of what depends on a condition, only that it is there."""
        match statement:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._assign(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, value)
            case ast.AugAssign(target=target, op=ast.Add() | ast.BitOr() as op, value=value):
                self._change(target, lambda: self._add(target, op, value))
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=owner, attr=method)) as call):
                if method in _CHANGING and _name(owner):
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
                    known = {name: self._own(value_of(value, self.values))}
                except (UnknownError, RecursionError):
                    known = {}
                self._forget(name)
                self.values |= known
                if not known:
                    self.computed[name] = f"{self.place}:{target.lineno}"
            case ast.Subscript(value=owner, slice=index):
                self._change(target, lambda: self._set(owner, index, value))
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                values = value.elts if isinstance(value, ast.Tuple | ast.List) else []
                for at, inner in enumerate(targets):
                    self._assign(inner, values[at] if len(values) == len(targets) else ast.Slice())
            case _:
                pass

    def _forget(self, name: str) -> None:
        for known in (self.values, self.partial, self.computed, self.changed):
            known.pop(name, None)

    def _change(self, target: ast.expr, change: Callable[[], None]) -> None:
        """Change what a value holds, or note that it can't be told."""
        try:
            change()
        except (UnknownError, RecursionError, TypeError, ValueError, LookupError):
            self._part(_name(target), target.lineno)

    def _part(self, name: str, line: int) -> None:
        """Note that only a part of a value is known, if any is."""
        if name in self.values:
            self.partial[name] = self.values.pop(name)
        if name in self.partial:
            self.changed[name] = f"{self.place}:{line}"

    def _begin(self, target: ast.expr, value: Any) -> None:
        """Take what is added to a value that nothing is known of as the part of it that is known."""
        name = _name(target)
        if isinstance(target, ast.Name) and name not in self.values and name not in self.partial:
            self.computed.pop(name, None)
            self.partial[name] = value
            self.changed[name] = f"{self.place}:{target.lineno}"

    def _container(self, owner: ast.expr) -> Any:
        name = _name(owner)
        return value_of(owner, self.partial if name in self.partial else self.values)

    def _add(self, target: ast.expr, op: ast.operator, value: ast.expr) -> None:
        added = self._own(value_of(value, self.values))
        if isinstance(added, list | tuple | dict):
            self._begin(target, type(added)())
        known = self.partial if _name(target) in self.partial else self.values
        total = sum_of(self._container(target), op, added)
        match target:
            case ast.Name(id=name):
                known[name] = total
            case ast.Subscript(value=owner, slice=index):
                self._container(owner)[key_of(index, self.values)] = total
            case _:
                pass

    def _set(self, owner: ast.expr, index: ast.expr, value: ast.expr) -> None:
        container = self._container(owner)
        key = key_of(index, self.values)
        if isinstance(container, dict) or (isinstance(container, list) and isinstance(key, int)):
            container[key] = self._own(value_of(value, self.values))  # type: ignore[index] # a list has an int here
        else:
            raise UnknownError

    def _call(self, call: ast.Call, owner: ast.expr, method: str) -> None:
        given = [self._own(value_of(argument, self.values)) for argument in call.args]
        named = {str(word.arg): self._own(value_of(word.value, self.values)) for word in call.keywords}
        kind = _METHODS.get(method)
        if kind is None or "None" in named:
            raise UnknownError
        if method in _ADDING:
            self._begin(owner, kind())
        container = self._container(owner)
        if not isinstance(container, kind):
            raise UnknownError
        getattr(container, "append" if method == "add" else method)(*given, **named)

    def _own(self, value: Any) -> Any:
        """Return a copy of a value, which no change of another value changes."""
        waiting = [value]
        while waiting:
            self.left -= 1
            inner = waiting.pop()
            if self.left < 0:
                raise UnknownError
            if isinstance(inner, list | tuple):
                waiting += inner
            elif isinstance(inner, dict):
                waiting += inner.values()
        return deepcopy(value)

    def _note(self, node: ast.AST) -> None:
        """Note a node that stores a value, or changes one."""
        match node:
            case ast.AugAssign(target=target):
                self._part(_name(target), node.lineno)
            case ast.Name(id=name, ctx=ast.Store()) if name not in self.changed:
                self._forget(name)
                self.computed[name] = f"{self.place}:{node.lineno}"
            case ast.Subscript(ctx=ast.Store() | ast.Del()) as target:
                self._change(target, _refuse)
            case ast.Call(func=ast.Attribute(value=owner, attr=method)) if method in _CHANGING:
                self._change(owner, _refuse)
            case _:
                pass


def _refuse() -> None:
    raise UnknownError


def _name(target: ast.expr) -> str:
    """Return the name of the value that a target is in, "" where it is in none."""
    while isinstance(target, ast.Subscript):
        target = target.value
    return target.id if isinstance(target, ast.Name) else ""
