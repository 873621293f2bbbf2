"""Going through the tree of a post."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

_T = TypeVar("_T")
_LEAVES = frozenset({"str", "int", "bool", "int | None", "bool | None"})  # fields of these hold no nodes


def walk(value: object) -> Iterator[Any]:
    """Go through all nodes of a tree, outer ones first."""
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            stack.extend(reversed(node))
            continue
        kind: Any = type(node)
        if (names := _inner(kind)) is not None:
            yield node
            stack.extend([getattr(node, name) for name in names])


def transform(value: _T, what: Mapping[type, Any]) -> _T:
    """Change nodes of a tree by their type, inner ones first; what does not change stays the same object."""
    if isinstance(value, tuple):
        items = tuple([transform(item, what) for item in value])
        is_same = all(new is old for new, old in zip(items, value, strict=True))
        return value if is_same else items  # type: ignore[return-value]  # of the same types
    kind: Any = type(value)
    names = _inner(kind)
    if names is None:
        return value
    changes: dict[str, Any] = {}
    for name in names:
        old = getattr(value, name)
        if (new := transform(old, what)) is not old:
            changes[name] = new
    changed: Any = replace(value, **changes) if changes else value  # type: ignore[type-var]  # a dataclass
    function = what.get(kind)
    return function(changed) if function else changed  # type: ignore[no-any-return]  # see *what*


@cache
def _inner(kind: type) -> tuple[str, ...] | None:
    """Return the names of the fields of a kind of node that may hold nodes, last ones first; else None."""
    if not is_dataclass(kind):
        return None
    return tuple(field.name for field in reversed(fields(kind)) if field.type not in _LEAVES)
