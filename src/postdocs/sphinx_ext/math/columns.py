r"""What stands between the columns of an array instead of the usual space: `@{\,}`, `@{.}`, `!{\quad}`."""

from __future__ import annotations

import re
from copy import deepcopy
from xml.etree import ElementTree as ET

_BETWEEN = re.compile(r"postdocs-between-(?P<place>\d+)-(?P<width>\d+)")  # as the dialect writes it


def set_columns(tree: ET.Element) -> None:
    """Take the marks of the dialect out of the first cell of each array, and set what they say."""
    for table in tree.iter("mtable"):
        cell = table.find("mtr/mtd")
        for holder in (cell, *cell.iterfind("mrow")) if cell is not None else ():
            for mark in holder.findall("menclose"):
                if said := _BETWEEN.fullmatch(mark.get("class", "")):
                    holder.remove(mark)
                    _set_between(table, int(said["place"]), int(said["width"]) / 1000, [*mark])


def _set_between(table: ET.Element, place: int, width: float, content: list[ET.Element]) -> None:
    """Set what is before the column at a place. width: of the space, in em. content: beside that."""
    for row in table.iterfind("mtr"):
        cells = row.findall("mtd")
        before = cells[place - 1] if 0 < place <= len(cells) else None
        after = cells[place] if place < len(cells) else None
        each = width if before is None or after is None else width / 2
        for cell, side in ((before, "right"), (after, "left")):
            if cell is not None:
                said = f"padding-{side}:{each:.4g}em"
                cell.set("style", re.sub(rf"padding-{side}:[^;]*", said, cell.get("style", "")))
        copies = deepcopy([part for part in content if len(part) or part.text])
        if before is not None and "tml-right" in before.get("class", ""):
            before.extend(copies)
        elif after is not None:
            after[:0] = copies
