"""Tables of formulas → environments of TeX."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

_BARS = {"solid": "|", "dashed": ":"}
_RULES = {"solid": r"\hline ", "dashed": r"\hdashline "}
_SIDES = frozenset({"left", "right", "center"})


def environment(
    rows: Sequence[tuple[Sequence[str], str]],
    align: Sequence[str],
    row_lines: Sequence[str],
    lines: Sequence[str],
    frame: Sequence[str],
) -> str:
    """Write a table.

    rows: the TeX of the cells of each, and its number as it is shown, or "". align: sides of the columns, the
    last of them for all that follow; row_lines and lines: those between rows and between columns, likewise;
    frame: that around all (MathML 3 §3.5.1).
    """
    body = _with_lines([" & ".join(cells) + _tag(number) for cells, number in rows], row_lines)
    width = max((len(cells) for cells, _ in rows), default=1)
    if any(number for _, number in rows):
        name = "align" if width > 1 else "gather"
        return body if len(rows) == width == 1 else f"\\begin{{{name}}} {body} \\end{{{name}}}"
    is_framed = bool({*frame} - {"none"})
    has_lines = is_framed or bool({*lines} - {"none"})
    if not has_lines and [*align[:2]] == ["right", "left"]:
        return f"\\begin{{aligned}} {body} \\end{{aligned}}"
    align = align or (["center"] if has_lines else [])
    if align and {*align} <= _SIDES and (has_lines or {*align} != {"center"}):
        bars = [_BARS.get(line, "") for line in _to(width - 1, lines)]
        columns = "".join(side[0] + bar for side, bar in zip_longest(_to(width, align), bars, fillvalue=""))
        if is_framed:
            columns, body = f"|{columns}|", f"\\hline {body} \\\\ \\hline"
        return f"\\begin{{array}}{{{columns}}} {body} \\end{{array}}"
    return f"\\begin{{matrix}} {body} \\end{{matrix}}"


def _to(length: int, values: Sequence[str]) -> list[str]:
    """Return values as many as asked for, the last one repeated."""
    return ([*values] + [*values[-1:]] * length)[:length]


def _tag(number: str) -> str:
    inner = number[1:-1] if number[:1] == "(" and number[-1:] == ")" else ""
    return f" \\tag{{{inner}}}" if inner else f" \\tag*{{{number}}}" if number else ""


def _with_lines(rows: Sequence[str], lines: Sequence[str]) -> str:
    """Join rows, with the lines between them."""
    out = rows[0] if rows else ""
    for row, line in zip_longest(rows[1:], _to(len(rows) - 1, lines) if rows else (), fillvalue="none"):
        out += f" \\\\ {_RULES.get(line, '')}{row}"
    return out
