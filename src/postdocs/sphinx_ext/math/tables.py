"""Tables in formulas: cells say where they stand, and rows are as far apart as in LaTeX."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from postdocs.sphinx_ext.math.spaces import BINARY

_STRUT = (0.84, 0.36)  # height and depth of a row of `array`, in em, as LaTeX has it

_JOT = "0.15em"  # half of what amsmath adds between rows


def place_cells(table: ET.Element) -> None:
    """Say in the cells what the classes of their table say in the style sheet."""
    spread = _JOT if "tml-jot" in table.get("class", "") else "0"
    is_small = "tml-small" in table.get("class", "")
    spread = "0.35ex" if is_small else spread
    stretch = 1.2 if table.get("class") == "cases" else 1.0
    if spread == _JOT:
        _continue(table)
    # Firefox adds to the padding of cells spaces that MathML Core doesn't have.
    table.set("rowspacing", "0ex")
    table.set("columnspacing", "0em")
    for row in table.iterfind("mtr"):
        if row.get("class") == "ff-squash":  # only its widths count, which Firefox would give a height
            row.set("style", "visibility:collapse")
        elif not is_small and len(row):  # LaTeX has such a strut, browsers have rows as high as their letters
            height, depth = (f"{stretch * size:.4g}em" for size in _STRUT)
            row[0].insert(0, ET.Element("mspace", width="0em", height=height, depth=depth))
    for cell in table.iterfind("mtr/mtd"):
        style = cell.get("style", "").replace("0.0400em", "0.4em")
        # Beside a number of a row: the space above and below is that of the other cells.
        style = re.sub(r"(?<![\w-])padding:0(?=;|$)", "padding-left:0em;padding-right:0em", style)
        for side in ("right", "left"):  # what MathML Core has, and Firefox hasn't with the attributes above
            if f"padding-{side}" not in style and "padding:" not in style:
                style = f"padding-{side}:0.4em;{style}"
        if not is_small:  # LaTeX has half the space between columns around an array; a matrix has 0em there
            style = re.sub(r"(padding-(?:left|right):)0pt", r"\g<1>0.4em", style)
        style = style.replace("0.15em double", "0.25em double")
        if "padding-top" not in style:
            style = f"padding-top:{spread};padding-bottom:{spread};{style}"
        if any(text.get("class") == "tml-tag" for text in cell.iter()):
            cell.set("class", "tml-right")
            table.set("style", "width:100%")  # a number stands at the edge
        cell.set("style", style)


def _continue(table: ET.Element) -> None:
    r"""Let a row go on with an operator, as in `a &= b \\ &+ c`.

    amsmath has an empty symbol at the start of the right columns of `aligned`, and of each row of `multline`.
    """
    is_multline = "width" in table.get("style", "") and all(len(row) == 1 for row in table)
    for cell in table.iterfind("mtr/mtd"):
        if is_multline or "tml-left" in cell.get("class", "").split():
            place, first = next(
                ((at, part) for at, part in enumerate(cell) if part.tag != "mspace"), (0, cell)
            )
            if first.text in BINARY:
                first.attrib.pop("form", None)
                cell.insert(place, ET.Element("mrow"))


def is_cases(row: ET.Element) -> bool:
    """Tell whether a row is a table beside a single brace, of which LaTeX has the rows further apart."""
    parts = [part for part in row if part.tag != "mspace"]  # a cell begins with a strut
    if [part.tag for part in parts] != ["mo", "mtable", "mo"] or parts[1].get("class"):
        return False
    return (parts[0].text or "", parts[2].text or "") in {("{", ""), ("", "}")}
