"""Blocks of lines, each with a bar before it: https://pandoc.org/MANUAL.html#line-blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LINE = re.compile(r"(?P<indent>[ \t>]*)\|(?:[ ](?P<space>[ ]*)(?P<text>.*))?")
_OF_RULES = frozenset("|+-: \t>")
_BLANK = re.compile(r"[ \t>]*")
_SPACE = "\u00a0"


def with_breaks(lines: Sequence[str]) -> list[str]:
    """Return lines of Markdown with a line break instead of the bars of such blocks; tables stay."""
    written = [*lines]
    at = 0
    while at < len(lines):
        end = _end(lines, at) if _LINE.fullmatch(lines[at]) else at
        is_first = at == 0 or _BLANK.fullmatch(lines[at - 1]) is not None
        if end > at and is_first and not any(map(_is_rule, lines[at : end + 1])):
            written[at:end] = _broken(lines[at:end])
        at = max(end, at + 1)
    return written


def _is_rule(line: str) -> bool:
    """Tell whether a line parts the head of a table from its rows."""
    return "-" in line and _OF_RULES.issuperset(line)


def _end(lines: Sequence[str], at: int) -> int:
    """Return where a block ends: lines go on in those that begin with a space."""
    while at < len(lines) and (
        _LINE.fullmatch(lines[at]) or (lines[at].startswith(" ") and lines[at].strip())
    ):
        at += 1
    return at


def _broken(lines: Sequence[str]) -> list[str]:
    matches = [_LINE.fullmatch(line) for line in lines]
    broken = []
    for line, match, after in zip(lines, matches, [*matches[1:], None], strict=True):
        text = line.strip()
        if match:
            spaces = _SPACE * len(match["space"] or "")
            text = f"{match['indent']}{spaces}{(match['text'] or '').strip()}"
        broken.append(f"{text}\\" if after else text)
    return broken
