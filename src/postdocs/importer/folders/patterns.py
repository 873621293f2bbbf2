"""Patterns of paths, as settings name documents by them."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase


def matches(path: str, patterns: tuple[str, ...]) -> bool:
    """Tell whether a path is named by patterns, of which later ones win: https://git-scm.com/docs/gitignore."""
    is_named = False
    for pattern in patterns:
        inner = pattern.removeprefix("!")
        if any(fnmatchcase(candidate, inner.strip("/")) for candidate in _candidates(path, inner)):
            is_named = not pattern.startswith("!")
    return is_named


def _candidates(path: str, pattern: str) -> Iterator[str]:
    """Yield the paths that a pattern may name: whole ones if it has a slash, else single parts."""
    parts = path.split("/")
    names = parts[:-1] if pattern.endswith("/") else parts
    if "/" in pattern.rstrip("/"):
        yield from ("/".join(parts[: at + 1]) for at in range(len(names)))
    else:
        yield from names
