"""Elements that take the place of others, and the data that those hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bs4.element import NavigableString, Tag

from postdocs.core.html import BLOCKS

_HOLDERS = frozenset({"body", "dd", "dt", "figcaption", "li", "summary", "td", "th"})


@dataclass(frozen=True)
class Embed:
    """What an element embeds: its address, and what it is called, empty where nothing says so."""

    url: str
    title: str = ""


def element(name: str, text: str = "", **attributes: str) -> Tag:
    """Make an element; attributes without a value are left out."""
    tag = Tag(name=name, attrs={key: value for key, value in attributes.items() if value})
    if text:
        tag.append(NavigableString(text))
    return tag


def replace(tag: Tag, *nodes: Tag) -> None:
    """Put elements into the place of another one: as a paragraph if it is a block, else apart by spaces.

    A cell, or an item of a list, stays, with them in it.
    """
    if tag.name in _HOLDERS:
        tag.clear()
        tag.extend(nodes)
        return
    if tag.name in BLOCKS:
        holder = element("p")
        holder.extend(nodes)
        tag.replace_with(holder)
    else:
        tag.replace_with(NavigableString(" "), *nodes, NavigableString(" "))
    tag.decompose()


def json_object(text: str) -> dict[str, Any]:
    """Return the object that a JSON text holds; an empty one where it holds none."""
    if not text.lstrip().startswith("{"):
        return {}
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
