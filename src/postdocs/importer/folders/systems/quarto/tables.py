"""Tables that are drawn with lines, in a text: https://pandoc.org/MANUAL.html#tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postdocs.importer.folders.systems.quarto import columns, grids
from postdocs.importer.folders.systems.quarto.grids import Grid

_ITEM = re.compile(r" *(?:[-+*]|\d{1,9}[.)]) +(?=\S)")
_CODE = 4  # so many spaces begin code (CommonMark 0.31 §4.4)


@dataclass(frozen=True)
class Table:
    """Where a table is among the lines of a text. grid: None where its frame has gaps. indent: before it."""

    start: int
    end: int
    grid: Grid | None
    indent: str


def find(lines: Sequence[str]) -> Iterator[Table]:
    """Yield the tables of a text. lines: without code."""
    at = room = 0  # room: how far in the items of the list are that a line may be in
    while at < len(lines):
        line = lines[at]
        if line.strip() and not line.startswith(" "):
            room = 0
        if item := _ITEM.match(line):
            room = item.end()
        is_first = line.strip() and not (at and lines[at - 1].strip())
        table = _read(lines, at) if is_first else None
        if table is not None and len(table.indent) < room + _CODE:
            yield table
            at = table.end
        else:
            at += 1


def _read(lines: Sequence[str], at: int) -> Table | None:
    if grids.is_begin(lines[at].strip()):
        indent, end = _indent(lines[at]), at
        while end < len(lines) and lines[end].startswith((f"{indent}+", f"{indent}|")):
            end += 1
        return Table(at, end, grids.read([line[len(indent) :].rstrip() for line in lines[at:end]]), indent)
    found = columns.read(lines, at)
    indent = min(map(_indent, lines[at : at + 2]), key=len)
    return Table(at, found[1], found[0], indent) if found else None


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]
