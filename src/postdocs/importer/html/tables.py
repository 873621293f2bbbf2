"""Tables that Markdown can express, and other tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import TypeVar

from bs4.element import Tag

from postdocs.core.html import BLOCKS
from postdocs.importer.ast.nodes import Block, Inline, ListTable, Paragraph, RawBlock, Span, Table
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import attribute, classes, of_table, style
from postdocs.importer.html.flow import Place
from postdocs.importer.html.reading import Reader

_T = TypeVar("_T")
_HELD = frozenset({"p", "div", "center"})  # the blocks that a cell of Markdown may have had in HTML
_TRUE_BLOCKS = (BLOCKS | {"iframe", "object", "embed", "video", "audio", "details"}) - _HELD

_MARK = "\ue000"  # no table has it outside of its cells
_ALIGNED = re.compile(r"(?:has-)?(?:text|ta|align|text-align)-(?P<side>left|right|center)")
_PLACE = re.compile(f"{_MARK}([0-9]+){_MARK}")


def rows_of(table: Tag) -> list[tuple[Tag, list[Tag]]]:
    """Return each row of a table with its cells, those of tables inside left out."""
    return [(row, list(row.find_all(["td", "th"], recursive=False))) for row in of_table(table, "tr")]


def is_layout(table: Tag) -> bool:
    """Tell whether a table only frames or places what is in it: one cell, or it says so (WAI-ARIA 1.2)."""
    rows = rows_of(table)
    cells = [cell for _, row in rows for cell in row]
    return len(cells) <= 1 or attribute(table, "role") == "presentation"


def read(reader: Reader, table: Tag, place: Place) -> Table | ListTable | None:
    """Read a table without spans; None where a cell spans several, or holds a table.

    GitHub's form of Markdown has one row of headings and only inline content in cells (GFM 0.29 §4.10); what
    has more or less is a list of rows. Rows that are too short get empty cells, as browsers show them. In a
    table with a row of headings, other headings become bold, unless they only number the rows of a data
    frame.
    """
    rows = [(row, cells) for row, cells in rows_of(table) if cells]
    cells = [cell for _, cells in rows for cell in cells]
    if table.find("table") is not None or any(_spans(cell) for cell in cells):
        return None
    heads = len([*takewhile(lambda row: _is_head(*row), rows)])
    heads = 1 if heads == len(rows) else heads
    body = rows[heads:]
    width = max(len(cells) for _, cells in rows)
    align = tuple(
        _align([cells[column] for _, cells in rows if column < len(cells)]) for column in range(width)
    )
    caption = table.find("caption")
    title = reader.inline([caption], place) if isinstance(caption, Tag) else ()
    if heads == 1 and all(map(_fits, cells)):
        is_frame = "dataframe" in classes(table)
        header, *content = (
            _padded([_inlines(reader, cell, place, bool(at) and not is_frame) for cell in row], width)
            for at, (_, row) in enumerate(rows)
        )
        return Table(header, tuple(content), ("",) * width if is_frame else align, title)
    stub = width > 1 and bool(body) and all(cells[0].name == "th" and cells[1:] for _, cells in body)
    if any(align) and "dataframe" not in classes(table):
        return None  # no directive aligns columns
    is_plain = {id(cells[0]) for _, cells in body} if stub else set()
    is_plain |= {id(cell) for _, cells in rows[:heads] for cell in cells}
    in_blocks = [
        [_blocks(reader, cell, place, id(cell) not in is_plain) for cell in cells] for _, cells in rows
    ]
    return ListTable(tuple(_padded(row, width) for row in in_blocks), heads, stub, title)


def _inlines(reader: Reader, cell: Tag, place: Place, bold: bool) -> tuple[Inline, ...]:
    inlines = reader.inline([cell], place)
    return (Span("strong", inlines),) if bold and cell.name == "th" and inlines else inlines


def _padded(row: Sequence[tuple[_T, ...]], width: int) -> tuple[tuple[_T, ...], ...]:
    return (*row, *[()] * (width - len(row)))


def _blocks(reader: Reader, cell: Tag, place: Place, bold: bool) -> tuple[Block, ...]:
    blocks = tuple(reader.blocks([cell], place))
    match blocks:
        case (Paragraph(children),) if bold and cell.name == "th":
            return (Paragraph((Span("strong", children),)),)
    return blocks


def _spans(cell: Tag) -> bool:
    return any(attribute(cell, name).strip() not in {"", "1"} for name in ("rowspan", "colspan"))


def keep_around(reader: Reader, table: Tag, place: Place) -> list[Block]:
    """Keep a table as HTML around its cells, and read what is in them: a footnote is one only in Markdown."""
    cells = list(of_table(table, "caption", "td", "th"))
    contents = [reader.blocks(cell.contents, place) for cell in cells]
    for number, cell in enumerate(cells):
        cell.clear()
        cell.append(f"{_MARK}{number}{_MARK}")
    html = reader.raw(table)
    reader.notes.append(Note(NoteKind.KEPT_AS_HTML, "`table`", _PLACE.sub("", html)))
    blocks: list[Block] = []
    tags = ""
    for at, part in enumerate(_PLACE.split(html)):
        if at % 2 == 0:
            tags += part
        elif content := contents[int(part)]:
            blocks += [RawBlock(tags.strip()), *content]
            tags = ""
    return [*blocks, RawBlock(tags.strip())]


def _fits(cell: Tag) -> bool:
    paragraphs = [tag for tag in cell.find_all(list(_HELD)) if tag.find(list(_HELD)) is None]
    return len(paragraphs) <= 1 and cell.find(list(_TRUE_BLOCKS)) is None


def _is_head(row: Tag, cells: list[Tag]) -> bool:
    return all(cell.name == "th" for cell in cells) or (row.parent is not None and row.parent.name == "thead")


def _align(cells: list[Tag]) -> str:
    """Return the alignment of a column: what its cells say where they agree, its heading aside."""
    said = {_align_of(cell) for cell in cells[1:] or cells}
    return said.pop() if len(said) == 1 and said <= {"left", "right", "center"} else ""


def _align_of(cell: Tag) -> str:
    """Return what a cell says by its style, its attribute, or a class, as Sphinx and Bootstrap name them."""
    names = (match["side"] for name in classes(cell) if (match := _ALIGNED.fullmatch(name)))
    return style(cell, "text-align") or attribute(cell, "align").lower() or next(names, "")
