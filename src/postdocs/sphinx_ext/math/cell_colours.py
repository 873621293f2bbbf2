r"""Colours behind cells, rows, and columns of arrays: `\cellcolor`, `\rowcolor`, `\columncolor`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

_EXTENTS = ("column", "row", "cell")
_MARK = re.compile(r"postdocs-(?P<extent>cell|row|column)-colour")  # as the dialect writes it


def colour_cells(tree: ET.Element) -> None:
    """Take the marks of the dialect out of the cells of arrays, and colour what they say."""
    for table in reversed([*tree.iter("mtable")]):  # what is in a cell before the cell
        rows = [row.findall("mtd") for row in table.iterfind("mtr")]
        marks = [
            (extent, colour, row, place)
            for row, cells in enumerate(rows)
            for place, cell in enumerate(cells)
            for extent, colour in _take_marks(cell)
        ]
        # A cell says more than its row, and a row more than a column.
        for extent, colour, row, place in sorted(
            marks, key=lambda mark: ["column", "row", "cell"].index(mark[0])
        ):
            for cell in _cells(rows, extent, row, place):
                cell.set("mathbackground", colour)


def _take_marks(cell: ET.Element) -> Iterator[tuple[str, str]]:
    for parent in [*cell.iter()]:
        for mark in parent.findall("menclose"):
            said = _MARK.fullmatch(mark.get("class", ""))
            coloured = next((part for part in mark.iter() if part.get("mathbackground")), None)
            if said and coloured is not None:
                parent.remove(mark)
                yield said["extent"], coloured.get("mathbackground", "")


def _cells(rows: Sequence[Sequence[ET.Element]], extent: str, row: int, place: int) -> Iterator[ET.Element]:
    if extent == "cell":
        yield rows[row][place]
    elif extent == "row":
        yield from rows[row]
    else:
        yield from (cells[place] for cells in rows if place < len(cells))
