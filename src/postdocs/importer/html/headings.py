"""Headings: their anchors and their outline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from bs4.element import Tag

from postdocs.core.html import HEADINGS
from postdocs.importer.ast.nodes import (
    Admonition,
    Block,
    BlockQuote,
    DefinitionList,
    Division,
    Heading,
    List,
    ListTable,
)
from postdocs.importer.ast.visit import transform
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import attribute, text_of
from postdocs.importer.html.given_ids import is_given
from postdocs.importer.html.repair import in_page

_HIGHEST = 2  # the title of the post is 1
_LOWEST = 6
_AROUND = frozenset({"section", "div", "header", "article", "hgroup"})


def names(heading: Tag) -> Iterator[tuple[Tag, str]]:
    """Return the elements whose id or name stands for the place of a heading, each with that.

    They are the heading itself, those in it, the empty ones right before it, and the sections it begins.
    """
    for tag in (heading, *heading.find_all(True), *_before(heading)):
        for name in ("id", "name") if tag.name == "a" else ("id",):
            if value := attribute(tag, name):
                yield tag, value


def _before(heading: Tag) -> Iterator[Tag]:
    node: Tag = heading
    while True:
        for sibling in node.previous_siblings:
            if isinstance(sibling, Tag):
                if sibling.name not in {"a", "span", "p", "div"} or sibling.get_text(strip=True):
                    return
                if sibling.find(["img", "svg", "iframe", "video", "audio", "hr", "br", "input"]) is not None:
                    return
                yield sibling
                yield from sibling.find_all(True)
            elif (text_of(sibling) or "").strip():
                return
        if node.parent is None or node.parent.name not in _AROUND:
            return
        node = node.parent
        yield node


def given_id(heading: Tag) -> str:
    """Return the first id that the author of a heading chose for it; empty where there is none.

    What is around it but a section is of a theme.
    """
    text = heading.get_text()
    ids = (name for tag, name in names(heading) if tag.name not in _AROUND or tag.name == "section")
    return next((name for name in ids if is_given(name, text)), "")


def leads_to_itself(link: Tag, base: str | None) -> bool:
    """Tell whether a link in a heading leads to that heading."""
    fragment = unquote(in_page(attribute(link, "href"), base))
    heading = next((tag for tag in link.parents if tag.name in HEADINGS), None) if fragment else None
    return heading is not None and fragment in {name for _, name in names(heading)}


def in_order(blocks: Sequence[Block], notes: list[Note]) -> list[Block]:
    """Move the levels of headings, so that the outline begins at 2 and skips none.

    Each heading stays below the one that it was below. A heading inside another block gets the level that it
    would have there, and none follows from it. notes: where a change is told, once.
    """
    above: list[int] = []  # levels, as the source has them, of the headings that the place is below
    moves: dict[tuple[int, int], None] = {}

    def moved(level: int) -> int:
        new = min(_LOWEST, _HIGHEST + sum(one < level for one in above))
        moves[level, new] = None
        return new

    result: list[Block] = []
    has_moved = False
    for block in blocks:
        if isinstance(block, Heading):
            level = moved(block.level)
            above = [*(one for one in above if one < block.level), block.level]
            has_moved |= level != block.level
            result.append(replace(block, level=level))
        elif isinstance(block, BlockQuote | List | ListTable | DefinitionList | Admonition | Division):
            inner = transform(block, {Heading: lambda inner: replace(inner, level=moved(inner.level))})
            has_moved |= inner != block
            result.append(inner)
        else:
            result.append(block)
    if has_moved:
        old, new = (" ".join(f"h{level}" for level in levels) for levels in zip(*moves, strict=True))
        notes.append(Note(NoteKind.NOTICED, "levels of headings, moved to an outline without gaps", old, new))
    return result
