"""The interface of block readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from bs4.element import PageElement, Tag

from postdocs.importer.ast.nodes import Block, Inline, RawBlock
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.flow import Place
from postdocs.importer.html.footnotes import Footnotes


class Reader(Protocol):
    """What reads the content of blocks: `parse.Reader`.

    base: the address that relative ones are relative to. apart: elements that are no part of what they stand
    in, by `id()`, because something else has read them.
    """

    base: str | None
    notes: list[Note]
    footnotes: Footnotes
    apart: set[int]

    def inline(self, nodes: Iterable[PageElement], place: Place) -> tuple[Inline, ...]:
        """Read nodes where only inline content may be."""

    def blocks(self, nodes: Iterable[PageElement], place: Place) -> list[Block]:
        """Read nodes where blocks may be."""

    def raw(self, tag: Tag) -> str:
        """Return an element as clean HTML."""

    def address(self, link: Tag) -> str | None:
        """Return the address that a link leads to."""


# Reads an element; None where it turns out to be none of its kind, and is gone into like any other.
Reading = Callable[[Reader, Tag, Place], list[Block] | None]


def inline_apart(reader: Reader, tag: Tag, place: Place) -> tuple[Inline, ...]:
    """Read an element where only inline content may be, and take it out of what it stands in."""
    reader.apart.discard(id(tag))
    inlines = reader.inline([tag], place)
    reader.apart.add(id(tag))
    return inlines


def blocks_apart(reader: Reader, tag: Tag, place: Place) -> list[Block]:
    """Read an element where blocks may be, and take it out of what it stands in."""
    reader.apart.discard(id(tag))
    blocks = reader.blocks([tag], place)
    reader.apart.add(id(tag))
    return blocks


def keep(reader: Reader, tag: Tag, place: Place) -> list[Block]:
    """Keep an element as HTML."""
    html = reader.raw(tag)
    reader.notes.append(Note(NoteKind.KEPT_AS_HTML, f"`{tag.name}`", html))
    return [RawBlock(html)] if html else []
