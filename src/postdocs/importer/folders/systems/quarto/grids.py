"""Tables as their cells, and those in a frame of lines, whose cells may hold blocks and span others.

https://pandoc.org/MANUAL.html#extension-grid_tables
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_RULE = re.compile(r"\+(?:[-=:]+\+)+")
_FILL = "\0"  # behind a character that is as wide as two
_WIDE = re.compile("[\u1100-\uffdc\U0001f000-\U0003ffff]")
_EDGES = "-=:+"


@dataclass(frozen=True)
class Cell:
    """A cell. lines: its text. rows, columns: how many it spans."""

    lines: tuple[str, ...]
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Grid:
    """A table. rows: of cells. head: how many rows are headings. aligns: of each column, or empty."""

    rows: tuple[tuple[Cell, ...], ...]
    head: int
    aligns: tuple[str, ...]

    def parts(self) -> Iterator[str | Cell]:
        """Yield the HTML of the table, a line for each, and between its lines the cells."""
        yield "<table>"
        before = ""
        taken: dict[int, int] = {}  # rows that cells above still take, by their columns
        for at, row in enumerate(self.rows):
            is_head = at < self.head
            before += {0: "<thead>" if self.head else "<tbody>"}.get(at, "")
            before += "</thead><tbody>" if at == self.head > 0 else ""
            before += "<tr>"
            column = 0
            for cell in row:
                while taken.get(column):
                    column += 1
                name = "th" if is_head else "td"
                align = self.aligns[column] if column < len(self.aligns) else ""
                yield f"{before}<{name}{_attributes(cell, align)}>"
                yield cell
                before = f"</{name}>"
                for inner in range(column, column + cell.columns):
                    taken[inner] = cell.rows
                column += cell.columns
            taken = {column: rows - 1 for column, rows in taken.items() if rows > 1}
            before += "</tr>"
        yield f"{before}{'</tbody>' if self.head < len(self.rows) else '</thead>'}</table>"


def _attributes(cell: Cell, align: str) -> str:
    values = {
        "align": align,
        "rowspan": str(cell.rows) if cell.rows > 1 else "",
        "colspan": str(cell.columns) if cell.columns > 1 else "",
    }
    return "".join(f' {key}="{value}"' for key, value in values.items() if value)


def is_begin(line: str) -> bool:
    """Tell whether a frame may begin with a line, which has nothing before and behind it."""
    return _RULE.fullmatch(line) is not None


def read(lines: Sequence[str]) -> Grid | None:
    """Read a table; None where its lines are no frame. lines: from its first to its last."""
    width = len(lines[0])
    wide = [_WIDE.sub(_filled, line) for line in lines]
    if any(len(line) != width for line in wide) or not _RULE.fullmatch(wide[-1]):
        return None
    columns = [at for at, character in enumerate(wide[0]) if character == "+"]
    rules = [at for at, line in enumerate(wide) if _is_rule(line, columns)]
    others = {*range(len(wide))} - {*rules}
    if not all(wide[row][at] == "|" for row in others for at in columns):  # some cells span others
        columns = sorted({match.start() for line in wide for match in re.finditer(r"\+", line)})
        rules = [at for at, line in enumerate(wide) if line[0] == "+" or re.search(r"\+[-=:]+\+", line)]
    cells = _cells(wide, columns, rules)
    if cells is None:
        return None
    heads = [at for at, row in enumerate(rules) if "=" in wide[row]]
    head = heads[0] if heads and 0 < heads[0] < len(rules) - 1 else 0
    aligns = _aligns(wide[rules[head]], columns)
    return Grid(cells, head, aligns)


def _filled(match: re.Match[str]) -> str:
    return match[0] + (_FILL if unicodedata.east_asian_width(match[0]) in "WF" else "")


def _is_rule(line: str, columns: Sequence[int]) -> bool:
    return _RULE.fullmatch(line) is not None and all(line[at] == "+" for at in columns)


def _aligns(rule: str, columns: Sequence[int]) -> tuple[str, ...]:
    """Return how columns are aligned, which colons in a rule say."""
    sides = {(True, True): "center", (True, False): "left", (False, True): "right"}
    return tuple(
        sides.get((rule[start + 1 : start + 2] == ":", rule[end - 1 : end] == ":"), "")
        for start, end in pairwise(columns)
    )


def _cells(
    lines: Sequence[str], columns: Sequence[int], rules: Sequence[int]
) -> tuple[tuple[Cell, ...], ...] | None:
    """Return the cells by their rows: the smallest that lines can part, joined where no line parts two."""
    across, down = len(columns) - 1, len(rules) - 1
    owner = [*range(across * down)]

    def root(cell: int) -> int:
        while owner[cell] != cell:
            owner[cell] = owner[owner[cell]]
            cell = owner[cell]
        return cell

    for row in range(down):
        for column in range(across):
            cell = row * across + column
            if column + 1 < across and not _has_side(lines, columns[column + 1], rules[row], rules[row + 1]):
                owner[root(cell + 1)] = root(cell)
            if row + 1 < down and not _has_floor(lines[rules[row + 1]], columns[column], columns[column + 1]):
                owner[root(cell + across)] = root(cell)
    groups: dict[int, list[int]] = {}
    for cell in range(across * down):
        groups.setdefault(root(cell), []).append(cell)
    rows: list[list[Cell]] = [[] for _ in range(down)]
    for cells in sorted(groups.values()):
        (top, left), (bottom, right) = (divmod(cell, across) for cell in (cells[0], cells[-1]))
        height, width = bottom - top + 1, right - left + 1
        if right < left or len(cells) != height * width:
            return None  # no rectangle
        inside = lines[rules[top] + 1 : rules[bottom + 1]]
        rows[top].append(Cell(tuple(_text(inside, columns[left], columns[right + 1])), height, width))
    return tuple(map(tuple, rows))


def _has_side(lines: Sequence[str], column: int, top: int, bottom: int) -> bool:
    return all(lines[row][column] in "|+" for row in range(top + 1, bottom))


def _has_floor(rule: str, left: int, right: int) -> bool:
    return not rule[left + 1 : right].strip(_EDGES)


def _text(lines: Sequence[str], left: int, right: int) -> Iterator[str]:
    inside = "\n".join(line[left + 1 : right].replace(_FILL, "").rstrip() for line in lines)
    yield from textwrap.dedent(inside).strip("\n").split("\n")
