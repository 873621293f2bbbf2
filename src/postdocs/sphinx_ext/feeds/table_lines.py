"""Lines of tables in formulas, which pages draw with styles, as attributes (MathML 3 §3.5.1)."""

from __future__ import annotations

import re

from postdocs.sphinx_ext.math.part import Part

_SIDE = re.compile(r"\s*border-(top|right|bottom|left)\s*:.*\b(solid|dashed)\b", re.DOTALL)
_NONE = "none"


def lines_of(table: Part) -> dict[str, str]:
    """Return the attributes for lines between columns and between rows of a table, and around all of it.

    There is no attribute for a line at some of its sides.
    """
    rows = [[_sides(cell) for cell in row.inner] for row in table.inner if row.inner]
    if not any(map(any, rows)):
        return {}
    columns = [cell.get("right", _NONE) for cell in rows[0]]
    lines = [row[0].get("bottom", _NONE) for row in rows]
    around = {rows[0][0].get("top"), rows[0][0].get("left"), columns.pop(), lines.pop()}
    attributes = {
        "columnlines": columns,
        "rowlines": lines,
        "frame": ["solid"] if around == {"solid"} else [],
    }
    return {name: " ".join(values) for name, values in attributes.items() if {*values} - {_NONE}}


def _sides(cell: Part) -> dict[str, str]:
    """Return which sides of a cell have lines, and of which kind."""
    declarations = map(_SIDE.match, cell.get("style").split(";"))
    return {side[1]: side[2] for side in declarations if side}
