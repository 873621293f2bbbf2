"""Paragraphs in several lines: one for each sentence, or of a width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from postdocs.importer.myst.render import MystReader, meaning_of
from postdocs.importer.myst.segments import Segment, joined, segments

# What a line must not be broken in: code, formulas, tags and addresses, the targets of links.
_WORD = re.compile(r"(?:(`+)(?!`).*?(?<!`)\1(?!`)|\$[^$]*\$|<[^<>]*>|\]\([^()]*\)|\\.|\S)+")
_HARD_BREAK = re.compile(r"(\\\n|  +\n)")
# What could be syntax at the start of a line (CommonMark 0.31 §4 and §5, and the plugins of MyST).
_START = re.compile(r"[-+*>:~|%=<{]|#+$|\d{1,9}[.)]$|```|\(\S*\)=|\[[^\]]*\]:|\$\$|&")
_END = re.compile(r"[.!?…。][\"'\u201d\u2019»)\]*_]*$")
_GOES_ON = re.compile(
    r"(?<![^\W_])(?:[A-Z]|e\.g|i\.e|z\.B|d\.h|cf|vs|etc|approx|Dr|Mr|Mrs|Ms|Prof|St|Fig|Figs|Eq|Eqs|No|Vol|pp?)\.$"
)


# How paragraphs are wrapped: not at all, at the end of each sentence, or at a width in characters.
Wrap = Literal["none", "sentence"] | int


def wrapped(body: str, wrap: Wrap, read: MystReader) -> str:
    """Write each paragraph in lines.

    A paragraph that would be read in another way stays as it is; so do those in lists, quotations and boxes.
    """
    if wrap == "none":
        return body
    width = wrap if isinstance(wrap, int) else None
    gap = "\n" if body.startswith("\n") else ""
    parts = [*segments(body, read)]
    return gap + joined(parts, (_lines(part, width, read) for part in parts), read)


def _lines(part: Segment, width: int | None, read: MystReader) -> str:
    if part.kind != "paragraph_open":
        return part.text
    pieces = _HARD_BREAK.split(part.text)
    new = "".join(piece if at % 2 else "\n".join(_parted(piece, width)) for at, piece in enumerate(pieces))
    return new if meaning_of(read.tokens(new)) == meaning_of(part.tokens) else part.text


def _parted(text: str, width: int | None) -> Iterator[str]:
    line = ""
    for match in _WORD.finditer(text):
        word = match[0]
        is_full = (
            len(line) + 1 + len(word) > width if width else _END.search(line) and not _GOES_ON.search(line)
        )
        if line and is_full and not _START.match(word):
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
