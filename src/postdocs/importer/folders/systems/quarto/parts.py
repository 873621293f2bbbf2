"""A text of Quarto in its parts: fenced code, and all between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENING = re.compile(
    r"(?P<indent>[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?)(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>.*)"
)


@dataclass(frozen=True)
class Part:
    """A part of a text. line: the first of its lines, from 0. info: of code; None where it is none.

    lines: those of the text, or those within the fence. indent, mark: of the fence.
    """

    line: int
    lines: tuple[str, ...]
    info: str | None = None
    indent: str = ""
    mark: str = ""

    def fenced(self, info: str, lines: tuple[str, ...]) -> str:
        """Return code in the fence of this part, or in one of tildes if the info has backticks."""
        inner = re.sub(r"[^ \t>]", " ", self.indent)
        mark = self.mark
        if "`" in info and mark[0] == "`":
            mark = "~" * (1 + max([2, *(len(run) for line in lines for run in re.findall("~+", line))]))
        return "\n".join([f"{self.indent}{mark}{info}", *lines, f"{inner}{mark}"])


def split(text: str) -> Iterator[Part]:
    """Yield the parts of a text in their order (CommonMark 0.31 §4.5)."""
    lines = text.split("\n")
    start = at = 0
    while at < len(lines):
        match = _OPENING.match(lines[at])
        if match is None or not _is_fence(match["mark"], match["info"].strip()):
            at += 1
            continue
        if start < at:
            yield Part(start, tuple(lines[start:at]))
        end = next(
            (row for row in range(at + 1, len(lines)) if _closes(lines[row], match["mark"])), len(lines)
        )
        inner = tuple(lines[at + 1 : end])
        yield Part(at, inner, match["info"].strip(), match["indent"], match["mark"])
        start = at = end + 1
    if start < len(lines):
        yield Part(start, tuple(lines[start:]))


def _is_fence(mark: str, info: str) -> bool:
    """Tell whether a line begins code; a list of attributes may hold backticks, other words may not."""
    return mark[0] == "~" or "`" not in info or (info.startswith("{") and info.endswith("}"))


def _closes(line: str, mark: str) -> bool:
    bare = line.strip(" \t>")
    return len(bare) >= len(mark) and not bare.strip(mark[0])
