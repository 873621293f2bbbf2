"""Notes within a paragraph, as MyST reads them: below the text, with a label.

https://pandoc.org/MANUAL.html#extension-inline_notes
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from postdocs.importer.own_text import Spans, code_in

_BLANK = re.compile(r"(\n[ \t]*\n)")
_MARK = re.compile(r"\\.|\^\[|\[|\]", re.DOTALL)


def below(pieces: Iterable[tuple[str, bool]]) -> str:
    """Join a text, with its notes at the end. pieces: each with whether it is code."""
    texts: list[str] = []
    written: list[str] = []
    for piece, is_code in pieces:
        paragraphs = [piece] if is_code or "^[" not in piece else _BLANK.split(piece)
        texts.append("".join(part if is_code else _labelled(part, written) for part in paragraphs))
    definitions = "".join(f"\n[^note-{number}]: {text}\n" for number, text in enumerate(written, 1))
    whole = "\n".join(texts)
    return f"{whole.rstrip()}\n{definitions}" if definitions else whole


def _labelled(paragraph: str, written: list[str]) -> str:
    """Put labels in place of the notes of a paragraph, and their texts among those that are written."""
    code = Spans(code_in(paragraph))
    pieces: list[str] = []
    at = 0
    opened: list[tuple[str, int]] = []  # brackets, and where they are
    depth = 0  # of notes in others
    for match in _MARK.finditer(paragraph):
        if match.start() in code or match[0].startswith("\\"):
            continue
        if match[0] != "]":
            opened.append((match[0], match.start()))
            depth += match[0] == "^["
        elif opened:
            mark, start = opened.pop()
            depth -= mark == "^["
            if mark == "^[" and not depth and start >= at:
                written.append(" ".join(paragraph[start + 2 : match.start()].split()))
                pieces += (paragraph[at:start], f"[^note-{len(written)}]")
                at = match.end()
    return "".join([*pieces, paragraph[at:]])
