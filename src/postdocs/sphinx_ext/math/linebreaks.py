"""Where a formula in a line of text may be broken: after a relation or an operator, as TeX does.

Browsers break no formula by themselves, or Firefox anywhere. What belongs together is put into rows here; the
style sheet makes these part of the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from postdocs.sphinx_ext.math.linear import is_infix, line_of
from postdocs.sphinx_ext.math.part import Part

_SHORT = 12  # letters and signs of a formula that stays in one piece
_WIDE = 24  # of a piece that may be wider than a narrow screen


def with_breaks(math: Part) -> Part:
    """Put a formula that can be broken into rows, in place; it gets the class `breaks`.

    What is wide and has no such place gets the class `wide`: it scrolls where it has no room.
    """
    if len(line_of(math)) < _SHORT:
        return math
    holder = math
    while len(holder.inner) == 1 and holder.inner[0].tag == "mrow" and not holder.inner[0].element.attrib:
        holder = holder.inner[0]
    rows = [*_rows(holder)]
    tree = math.element
    longest = max(map(len, map(line_of, rows)), default=0)
    if longest > _WIDE:
        tree.set("class", "wide")
    elif len(rows) > 1:
        tree.set("class", "breaks")
        tree[:] = [row.element for row in rows]
        return Part(tree, rows)
    return math


def _rows(holder: Part) -> Iterator[Part]:
    """Yield rows, each with an operator and its space at the end; the form says what its place said."""
    parts = holder.inner
    row: list[Part] = []
    ends = False
    for place, part in enumerate(parts):
        row.append(part)
        if place and is_infix(parts, place):
            part.core.element.set("form", "infix")
            ends = True
        if ends and place + 1 < len(parts) and parts[place + 1].tag != "mspace":
            yield _row(row)
            row = []
            ends = False
    if row:
        yield _row(row)


def _row(parts: list[Part]) -> Part:
    element = ET.Element("mrow")
    element.extend(part.element for part in parts)
    return Part(element, parts)
