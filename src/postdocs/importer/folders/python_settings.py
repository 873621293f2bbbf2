"""Settings in Python files, read without running them."""

from __future__ import annotations

import ast
import posixpath
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from postdocs.core.errors import PostdocsError

_MOST = 100_000  # characters of a text, or items of a list, that is put together from others
_SIMPLE = (str, int, float, bool, type(None))


@dataclass(frozen=True)
class PythonSettings:
    """What a file of settings says.

    values: by name: texts, numbers, truth values, and lists, tuples, and mappings of them. computed: the
    places, as `file:line`, of those that only running the file could tell.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    computed: Mapping[str, str] = field(default_factory=dict)

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
    values = dict(before.values) if before else {}
    computed = dict(before.computed) if before else {}
    for target, value, line in _assignments(tree.body):
        try:
            values[target] = _value(value, values)
            computed.pop(target, None)
        except (_UnknownError, RecursionError):
            values.pop(target, None)
            computed[target] = f"{place}:{line}"
    return PythonSettings(values, computed)


def _assignments(body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr | None, int]]:
    """Yield names with what they are set to; nothing where that depends on a condition."""
    for statement in body:
        match statement:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, ast.Name):
                        yield target.id, value, statement.lineno
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value, statement.lineno
            case ast.AugAssign(target=ast.Name(id=name) as target, op=ast.Add(), value=value):
                yield name, ast.BinOp(ast.Name(target.id, ast.Load()), ast.Add(), value), statement.lineno
            case ast.If() | ast.Try() | ast.For() | ast.While() | ast.With():
                inner = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
                for name_node in inner:
                    if isinstance(name_node.ctx, ast.Store):
                        yield name_node.id, None, name_node.lineno
            case _:
                pass


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
