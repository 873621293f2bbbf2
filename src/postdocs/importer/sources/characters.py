"""Characters that no text can hold, and that databases, editors and cut-off bytes leave in exports."""

from __future__ import annotations

import re

from postdocs.core.html import XML_FORBIDDEN
from postdocs.core.plural import count
from postdocs.importer.entry import Note, NoteKind

_SPACES = str.maketrans("\v\f", "  ")
_FORBIDDEN = re.compile(f"{XML_FORBIDDEN.pattern}+")
_AROUND = 20  # characters that a note shows before and after one


def readable(text: str) -> tuple[str, tuple[Note, ...]]:
    """Return a text without the characters that XML 1.0 §2.2 excludes, and a note if there were any.

    These are controls such as U+0000, U+FFFE, U+FFFF, and surrogates on their own. A form feed parts words,
    so it becomes a space.
    """
    text = text.translate(_SPACES) if "\v" in text or "\f" in text else text
    first = _FORBIDDEN.search(text)
    if first is None:
        return text, ()
    clean, number = _FORBIDDEN.subn("", text)
    line = text.count("\n", 0, first.start()) + 1
    before = _FORBIDDEN.sub("", text[max(0, first.start() - _AROUND) : first.start()])
    after = _FORBIDDEN.sub("", text[first.end() : first.end() + _AROUND])
    what = f"{count(number, 'character')} that no text can hold, the first in line {line}"
    return clean, (Note(NoteKind.REMOVED, what, f"{before}[{_name(first[0][0])}]{after}"),)


def _name(character: str) -> str:
    """Return the name of a character; that of a byte that a decoder left as a surrogate (PEP 383)."""
    code = ord(character)
    return f"byte {code - 0xDC00:02X}" if 0xDC80 <= code <= 0xDCFF else f"U+{code:04X}"  # noqa: PLR2004 - PEP 383
