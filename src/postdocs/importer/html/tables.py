"""Tables that Markdown can express, and other tables."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4.element import Tag

from postdocs.core.html import BLOCKS
from postdocs.importer.ast.nodes import Block, Inline, RawBlock, Span, Table
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import attribute, classes, style
from postdocs.importer.html.flow import Place
from postdocs.importer.html.reading import Reader

_HELD = frozenset({"p", "div", "center"})  # the blocks that a cell of Markdown may have had in HTML
_TRUE_BLOCKS = (BLOCKS | {"iframe", "object", "embed", "video", "audio", "details"}) - _HELD

_MARK = "\ue000"  # no table has it outside of its cells
_PLACE = re.compile(f"{_MARK}([0-9]+){_MARK}")


def rows_of(table: Tag) -> list[tuple[Tag, list[Tag]]]:
    """Return each row of a table with its cells, those of tables inside left out."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    return [(row, list(row.find_all(["td", "th"], recursive=False))) for row in rows]


def is_layout(table: Tag) -> bool:
    """Tell whether a table only frames or places what is in it: one cell, or it says so (WAI-ARIA 1.2)."""
    rows = rows_of(table)
    cells = [cell for _, row in rows for cell in row]
    return len(cells) <= 1 or attribute(table, "role") == "presentation"


def read(table: Tag, read_cell: Callable[[Tag], tuple[Inline, ...]]) -> Table | None:
    """Read a table that GitHub's form of Markdown can hold (GFM 0.29 §4.10); None where it can't.

    It has one row of headings, if any, the same number of cells in each row, and only inline content in them.
    Headings of rows become bold, unless they only number the rows of a data frame.
    """
    rows = [(row, cells) for row, cells in rows_of(table) if cells]
    width = len(rows[0][1])
    if table.find("table") is not None or any(len(cells) != width for _, cells in rows):
        return None
    if any(not _fits(cell) for _, cells in rows for cell in cells):
        return None
    heads = [place for place, (row, cells) in enumerate(rows) if _is_head(row, cells)]
    if heads != [0] or any(cell.name == "th" for _, cells in rows[1:] for cell in cells[1:]):
        return None
    is_frame = "dataframe" in classes(table)

    def read_one(cell: Tag) -> tuple[Inline, ...]:
        inlines = read_cell(cell)
        return (Span("strong", inlines),) if cell.name == "th" and inlines and not is_frame else inlines

    caption = table.find("caption")
    title = read_cell(caption) if isinstance(caption, Tag) else ()
    header = tuple(read_cell(cell) for cell in rows[0][1])
    content = tuple(tuple(read_one(cell) for cell in cells) for _, cells in rows[1:])
    align = tuple(_align([cells[place] for _, cells in rows]) for place in range(width))
    return Table(header, content, ("",) * width if is_frame else align, title)


def keep_around(reader: Reader, table: Tag, place: Place) -> list[Block]:
    """Keep a table as HTML around its cells, and read what is in them: a footnote is one only in Markdown."""
    cells = [cell for cell in table.find_all(["caption", "td", "th"]) if cell.find_parent("table") is table]
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
    if any(attribute(cell, name).strip() not in {"", "1"} for name in ("rowspan", "colspan")):
        return False
    paragraphs = [tag for tag in cell.find_all(list(_HELD)) if tag.find(list(_HELD)) is None]
    return len(paragraphs) <= 1 and cell.find(list(_TRUE_BLOCKS)) is None


def _is_head(row: Tag, cells: list[Tag]) -> bool:
    return all(cell.name == "th" for cell in cells) or (row.parent is not None and row.parent.name == "thead")


def _align(cells: list[Tag]) -> str:
    """Return the alignment of a column: what its cells say where they agree, its heading aside."""
    said = {style(cell, "text-align") or attribute(cell, "align").lower() for cell in cells[1:] or cells}
    return said.pop() if len(said) == 1 and said <= {"left", "right", "center"} else ""
