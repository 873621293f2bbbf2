"""Blocks that contain other blocks, with their readers."""

from __future__ import annotations

from bs4.element import Tag

from postdocs.core.html import PREFORMATTED
from postdocs.importer.ast.nodes import Block, BlockQuote, Heading, ThematicBreak
from postdocs.importer.html import admonitions, code, figures, headings, lists, preformatted, tables
from postdocs.importer.html.dom import is_heading
from postdocs.importer.html.flow import Place
from postdocs.importer.html.reading import Reader, Reading, keep


def reading(tag: Tag) -> Reading | None:
    """Return how an element is read as a block, if it is more than what is in it."""
    if is_heading(tag):
        return _heading
    if tag.name in PREFORMATTED or code.is_lines(tag):
        return preformatted.read
    if admonitions.is_box(tag):
        return admonitions.read
    if figures.is_figure(tag):
        return figures.read
    return _READINGS.get(tag.name)


def _heading(reader: Reader, tag: Tag, place: Place) -> list[Block]:
    children = reader.inline(tag.contents, place)
    ids = dict.fromkeys(name for _, name in headings.names(tag))
    given = headings.given_id(tag)
    return [Heading(int(tag.name[1]), children, tuple(ids), given)] if children else []


def _rule(reader: Reader, tag: Tag, place: Place) -> list[Block]:
    return [ThematicBreak()]


def _quote(reader: Reader, tag: Tag, place: Place) -> list[Block]:
    children = reader.blocks(tag.contents, place)
    if (box := admonitions.from_quote(children)) is not None:
        return [box]
    return [BlockQuote(tuple(children))] if children else []


def _table(reader: Reader, tag: Tag, place: Place) -> list[Block] | None:
    if code.is_layout(tag) or tables.is_layout(tag):
        return None
    if any(id(row) in reader.footnotes.skipped for row in [tag, *tag.find_all("tr")]):
        return None
    table = tables.read(reader, tag, place)
    if table is not None:
        return [table]
    has_references = tag.find(lambda inner: id(inner) in reader.footnotes.references) is not None
    return tables.keep_around(reader, tag, place) if has_references else keep(reader, tag, place)


_READINGS: dict[str, Reading] = {
    "hr": _rule,
    "blockquote": _quote,
    "ul": lists.read,
    "ol": lists.read,
    "menu": lists.read,
    "dir": lists.read,
    "dl": lists.read_definitions,
    "table": _table,
    "details": admonitions.read_details,
    "video": keep,
    "audio": keep,
}
