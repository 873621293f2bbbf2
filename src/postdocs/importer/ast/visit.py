"""Going through the tree of a post."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass, replace
from typing import Any, TypeVar

_T = TypeVar("_T")


def walk(value: object) -> Iterator[Any]:
    """Go through all nodes of a tree, outer ones first."""
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            stack.extend(reversed(node))
        elif isinstance(node, str) or node is None:
            continue
        elif is_dataclass(node):
            yield node
            stack.extend(reversed(vars(node).values()))


def transform(value: _T, what: Mapping[type, Any]) -> _T:
    """Change nodes of a tree by their type, inner ones first."""
    if isinstance(value, tuple):
        return tuple(transform(item, what) for item in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        new = {
            name: transform(inner, what)
            for name, inner in vars(value).items()
            if isinstance(inner, tuple) or is_dataclass(inner)
        }
        changed = replace(value, **new) if any(new[key] is not getattr(value, key) for key in new) else value
        function = what.get(type(value))
        return function(changed) if function else changed
    return value
