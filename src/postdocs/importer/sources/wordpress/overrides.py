"""Pattern overrides of a post (since WordPress 6.6).

A block that may be overridden has a name (`metadata.name`); a post gives, by name, attributes of it. Which
part of the block's HTML each attribute is, follows from the block's type.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_TEXT = re.compile(
    r"(?P<before><(?P<tag>p|h[1-6]|a|button)\b[^<>]*>)(?P<value>.*)(?P<after></(?P=tag)>)", re.DOTALL
)
_CAPTION = re.compile(r"(?P<before><figcaption\b[^<>]*>)(?P<value>.*)(?P<after></figcaption>)", re.DOTALL)
_TAGS = {
    "button": re.compile(r"<a\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE),
    "image": re.compile(r"<img\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE),
}
# By type of block and attribute: the HTML attribute of its link or picture that it is.
_IN_TAG: Mapping[tuple[str, str], str] = {
    ("button", "url"): "href",
    ("button", "linkTarget"): "target",
    ("button", "rel"): "rel",
    ("image", "url"): "src",
    ("image", "alt"): "alt",
    ("image", "title"): "title",
}
_WITHIN: Mapping[tuple[str, str], re.Pattern[str]] = {
    ("paragraph", "content"): _TEXT,
    ("heading", "content"): _TEXT,
    ("button", "text"): _TEXT,
    ("image", "caption"): _CAPTION,
}
_TYPES = frozenset(type_ for type_, _ in (*_IN_TAG, *_WITHIN))
_SAYS_NOTHING = frozenset({"id", "linkTarget", "rel"})  # of what a reader sees


@dataclass(frozen=True)
class Block:
    """The HTML of a block. type: of WordPress, without `core/`. start, end: where it is in a text."""

    type: str
    name: str
    start: int
    end: int


def texts(overrides: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the names and values of what a post says in the place of a reusable block's own."""
    return [(name, value) for (name, _), value in _said(overrides).items() if value]


def _said(overrides: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    return {
        (name, attribute): str(value)
        for name, values in overrides.items()
        if isinstance(values, dict)
        for attribute, value in values.items()
        if attribute not in _SAYS_NOTHING
    }


def put(
    text: str, blocks: Iterable[Block], overrides: Mapping[str, Any]
) -> tuple[str, list[tuple[str, str]]]:
    """Return a reusable block with the values of a post, and the names and values that have no place in it.

    blocks: those of the text that have a name, in order. overrides: attributes by name.
    """
    left = _said(overrides)
    parts: list[str] = []
    at = 0
    for block in blocks:
        values = overrides.get(block.name)
        if not isinstance(values, dict) or block.type not in _TYPES or block.start < at:
            continue
        inner = text[block.start : block.end]
        for attribute, value in values.items():
            changed = _with(inner, block.type, attribute, str(value))
            if changed is not None:
                inner = changed
                left.pop((block.name, attribute), None)
        parts += [text[at : block.start], inner]
        at = block.end
    return "".join([*parts, text[at:]]), [(name, value) for (name, _), value in left.items() if value]


def _with(inner: str, type_: str, attribute: str, value: str) -> str | None:
    """Return the HTML of a block with another value of an attribute; None where that has no place."""
    if pattern := _WITHIN.get((type_, attribute)):
        match = pattern.search(inner)
        return f"{inner[: match.start('value')]}{value}{inner[match.end('value') :]}" if match else None
    name = _IN_TAG.get((type_, attribute))
    match = _TAGS[type_].search(inner) if name else None
    if match is None:
        return None
    bare = re.sub(rf"""\s{name}\s*=\s*(?:"[^"]*"|'[^']*')""", "", match[0])
    tag = re.sub(r"\A<\w+", lambda start: f'{start[0]} {name}="{html.escape(value)}"', bare)
    return f"{inner[: match.start()]}{tag}{inner[match.end() :]}"
