"""Tables of columns without a frame: https://pandoc.org/MANUAL.html#extension-simple_tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from postdocs.importer.folders.systems.quarto.grids import Cell, Grid

_RULE = re.compile(r"-{3,}")
_COLUMNS = re.compile(r" *-{2,}(?: +-{2,})+ *")
_GROUP = re.compile(r"-+")
# What begins a block in Markdown, and none in such a cell.
_MARK = re.compile(r"(?P<number>\d{0,9})(?P<mark>[-+*>#|:~]|(?<=\d)[.)])(?=\s|$|[>#])")
_SIDES = {(True, False): "right", (False, True): "left", (True, True): "center"}


def read(lines: Sequence[str], at: int) -> tuple[Grid, int] | None:
    """Read a table, and where it ends; None where none begins at a line, which comes after a blank one.

    It has columns below a heading, or between two rules; a rule above the heading, or blank lines between
    its rows, let these have several lines.
    """
    if _RULE.fullmatch(lines[at].strip()):
        start = _end_of(lines, at + 1)
        has_columns = start > at + 1 and start < len(lines) and _COLUMNS.fullmatch(lines[start])
        return _between_rules(lines, start, lines[at + 1 : start]) if has_columns else None
    if _COLUMNS.fullmatch(lines[at]):
        return _between_rules(lines, at, [])
    if at + 2 < len(lines) and _COLUMNS.fullmatch(lines[at + 1]):
        end = _end_of(lines, at + 2)
        rows = [[row] for row in lines[at + 2 : end]]
        end += end < len(lines) and _is_rule(lines[end])
        return (_grid(lines[at + 1], [lines[at]], rows), end) if rows and _is_blank(lines, end) else None
    return None


def _end_of(lines: Sequence[str], at: int) -> int:
    """Return the first line from one on that is blank or a rule."""
    while at < len(lines) and lines[at].strip() and not _is_rule(lines[at]):
        at += 1
    return at


def _is_rule(line: str) -> bool:
    return bool(_COLUMNS.fullmatch(line) or _RULE.fullmatch(line.strip()))


def _is_blank(lines: Sequence[str], at: int) -> bool:
    return at >= len(lines) or not lines[at].strip()


def _between_rules(lines: Sequence[str], start: int, head: Sequence[str]) -> tuple[Grid, int] | None:
    """Read a table whose rows are between two rules, the first of which is a line."""
    end = next((at for at in range(start + 1, len(lines)) if _is_rule(lines[at])), len(lines))
    body = lines[start + 1 : end]
    if end == len(lines) or not _is_blank(lines, end + 1) or not body or not (head or body[0].strip()):
        return None
    has_blank = any(not line.strip() for line in body)
    rows = [*_paragraphs(body)] if has_blank or head else [[line] for line in body]
    return (_grid(lines[start], head, rows), end + 1) if rows else None


def _paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    row: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            row.append(line)
        elif row:
            yield row
            row = []


def _grid(rule: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid:
    groups = [*_GROUP.finditer(rule)]
    starts = [0, *(group.start() for group in groups[1:]), None]
    spans = [slice(start, end) for start, end in pairwise(starts)]
    aligns = (
        _align([line[group.start() : span.stop] for line in head or rows[0]], len(group[0]))
        for span, group in zip(spans, groups, strict=True)
    )
    whole = [head, *rows] if head else rows
    cells = (tuple(Cell(tuple(_words(line[span] for line in row))) for span in spans) for row in whole)
    return Grid(tuple(cells), int(bool(head)), tuple(aligns))


def _align(texts: Iterable[str], width: int) -> str:
    """Return how a column is aligned: what is above or below its rule is at one of its ends, or at none."""
    shown = min((text.rstrip() for text in texts if text.strip()), key=len, default="")
    return _SIDES.get((shown.startswith(" "), bool(shown) and len(shown) < width), "")


def _words(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a cell, in which nothing begins a block."""
    for line in lines:
        if text := line.strip():
            yield _MARK.sub(r"\g<number>\\\g<mark>", text, count=1) if _MARK.match(text) else text
