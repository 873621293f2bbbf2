"""The values of Python's expressions, as far as reading them tells."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Mapping
from typing import Any

MOST = 100_000  # characters of a text, or items of a list, that is put together from others
_SIMPLE = (str, int, float, bool, type(None))


class UnknownError(Exception):
    """A value that only running the file could tell."""


def value_of(node: ast.expr | None, names: Mapping[str, Any]) -> Any:  # noqa: PLR0911, PLR0912 - one for each form
    """Return the value of an expression. names: the values that it can use.

    Raises
    ------
    UnknownError
        Only running it could tell.

    """
    match node:
        case ast.Constant(value=value) if isinstance(value, _SIMPLE):
            return value
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.List(elts=items) | ast.Set(elts=items):
            return [value_of(item, names) for item in items]
        case ast.Tuple(elts=items):
            return tuple(value_of(item, names) for item in items)
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            return {key_of(key, names): value_of(value, names) for key, value in pairs}
        case ast.Subscript(value=owner, slice=index):
            container = value_of(owner, names)
            key = key_of(index, names)
            if isinstance(container, dict) and key in container:
                return container[key]
            if isinstance(container, list | tuple) and isinstance(key, int) and 0 <= key < len(container):
                return container[key]
        case ast.Call(func=ast.Name(id="dict"), args=[], keywords=keywords):
            return {str(word.arg): value_of(word.value, names) for word in keywords if word.arg}
        case ast.Call(
            func=ast.Attribute(value=ast.Attribute(value=ast.Name(id="os"), attr="path"), attr="join"),
            args=parts,
        ):
            return posixpath.join(*(_text(part, names) for part in parts))
        case ast.JoinedStr(values=parts):
            return _short("".join(_text(part, names) for part in parts))
        case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
            return value_of(inner, names)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            number = value_of(operand, names)
            if isinstance(number, int | float):
                return -number
        case ast.BinOp(left=left, op=ast.Add() | ast.BitOr() as op, right=right):
            return sum_of(value_of(left, names), op, value_of(right, names))
        case _:
            pass
    raise UnknownError


def sum_of(one: Any, op: ast.operator, other: Any) -> Any:
    """Return what `+` or `|` makes of two values; UnknownError is raised as by `value_of`."""
    if isinstance(op, ast.Add) and type(one) is type(other) and isinstance(one, str | list | tuple):
        return _short(one + other)
    if isinstance(op, ast.BitOr) and isinstance(one, dict) and isinstance(other, dict):
        return _short(one | other)
    raise UnknownError


def _short(value: Any) -> Any:
    if len(value) > MOST:
        raise UnknownError
    return value


def key_of(node: ast.expr | None, names: Mapping[str, Any]) -> str | int:
    """Return what chooses an item of a list or mapping; UnknownError is raised as by `value_of`."""
    key = value_of(node, names)
    if isinstance(key, str | int):
        return key
    raise UnknownError


def _text(node: ast.expr, names: Mapping[str, Any]) -> str:
    value = value_of(node, names)
    if isinstance(value, str | int):
        return str(value)
    raise UnknownError
