"""Feeds that have summaries where others have posts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources.text import is_cut, plain

_TAIL = 1000  # characters of HTML in which it shows that a text is cut off
_STRUCTURE = re.compile(r"<(?:pre|img|figure|h[1-6]|ul|ol|table|blockquote|iframe)\b", re.IGNORECASE)
_FEWEST = 5  # entries that tell
_LENGTHS = range(40, 700)  # characters of a summary
_REMEDY = "set the blog's feed to full text, or give the pages of its posts"


def note_summaries(entries: Sequence[Entry]) -> tuple[Note, ...]:
    """Return a note if a feed has summaries: most of its texts are cut off, or none is a whole post."""
    texts = [entry.content for entry in entries if entry.content.strip()]
    cut = sum(is_cut(text[-_TAIL:]) for text in texts)
    if cut and 2 * cut >= len(texts):
        what = f"it is a feed of summaries: {cut} of {len(texts)} texts are cut off; {_REMEDY}"
        return (Note(NoteKind.NOTICED, what),)
    if len(texts) >= _FEWEST and all(map(_is_summary, texts)):
        what = f"it seems to be a feed of summaries: no text has more than a paragraph; {_REMEDY}"
        return (Note(NoteKind.NOTICED, what),)
    return ()


def _is_summary(text: str) -> bool:
    return text.count("<p") <= 1 and _STRUCTURE.search(text) is None and len(plain(text)) in _LENGTHS
