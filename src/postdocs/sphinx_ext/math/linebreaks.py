"""Where a formula in a line of text may be broken: after a relation or an operator, as TeX does.

Browsers break no formula by themselves, or Firefox anywhere. What belongs together is put into rows here; the
style sheet makes these part of the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from postdocs.sphinx_ext.math.linear import core_of, is_infix, text_of

_SHORT = 12  # letters and signs of a formula that stays in one piece
_WIDE = 24  # of a piece that may be wider than a narrow screen
_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"


def with_breaks(mathml: str) -> str:
    """Return the element `math` of a formula; one that can be broken is in rows, and of class `breaks`.

    What is wide and has no such place gets the class `wide`: it scrolls where it has no room.
    """
    tree = ET.fromstring(mathml)  # noqa: S314 - our own
    if tree.tag.startswith(_NAMESPACE):
        tree.set("xmlns", _NAMESPACE.strip("{}"))
    for element in tree.iter():
        element.tag = element.tag.removeprefix(_NAMESPACE)
    if len(text_of(tree)) < _SHORT:
        return mathml
    holder = tree
    while len(holder) == 1 and holder[0].tag == "mrow" and not holder[0].attrib:
        holder = holder[0]
    rows = [*_rows(holder)]
    longest = max(map(len, map(text_of, rows)), default=0)
    if longest > _WIDE:
        tree.set("class", "wide")
    elif len(rows) > 1:
        tree.set("class", "breaks")
        for child in [*tree]:
            tree.remove(child)
        tree.extend(rows)
    else:
        return mathml
    return ET.tostring(tree, encoding="unicode", short_empty_elements=False)


def _rows(holder: ET.Element) -> Iterator[ET.Element]:
    """Yield rows, each with an operator and its space at the end; the form says what its place said."""
    parts = [*holder]
    row = ET.Element("mrow")
    ends = False
    for place, part in enumerate(parts):
        row.append(part)
        if place and is_infix(parts, place):
            core_of(part).set("form", "infix")
            ends = True
        if ends and place + 1 < len(parts) and parts[place + 1].tag != "mspace":
            yield row
            row = ET.Element("mrow")
            ends = False
    if len(row):
        yield row
