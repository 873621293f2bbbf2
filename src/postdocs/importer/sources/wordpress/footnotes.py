"""Footnotes that plugins have in the text, and those of WordPress in the metadata of a post."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.sources.wordpress.autop import paragraphs
from postdocs.importer.sources.wordpress.library import Reading
from postdocs.importer.sources.wordpress.syntax import Shortcode

# Easy Footnotes, Simple Footnotes, Footnotes, Modern Footnotes, Footnotes for WordPress and their like.
NAMES = frozenset({
    "efn_note", "ref", "reference", "footnote", "fn", "mfn", "modern_footnote", "note", "fnote", "foot",
    "footnotation", "endnote", "wpfn", "efn-note", "sidenote",
})  # fmt: skip
# Where a plugin puts its list: here it is at the end, in any case.
LISTS = frozenset({
    "footnotes", "references", "efn_reference", "footnote_list", "footnotes_list", "display_footnotes",
    "reflist", "endnotes", "mfn_list", "show_footnotes",
})  # fmt: skip
DOUBLE = "(("  # Footnotes and Footnotes Made Easy: `word((the note))`
NUMBERED = re.compile(r"\[\d{1,3}\.\s")  # FD Footnotes: `word[1. The note]`
_LONGEST = 3000  # characters of a note in such marks
_DEEPEST = 4  # brackets within each other in a note
_FEWEST_WORDS = 2
_FEWEST_WORDS_APART = 4
_REFERENCE = re.compile(r"""<sup\b[^<>]*\bdata-fn\s*=\s*["']([\w-]+)["']""")


def read(shortcode: Shortcode, reading: Reading) -> str | None:
    """Return the reference to a note; None where the shortcode holds none."""
    label = shortcode.named.get("name", "")
    text = shortcode.content if shortcode.content is not None else shortcode.first("text", "note", "content")
    if not text.strip():
        return _mark(reading.labels[label], reading) if label in reading.labels else None
    return _refer(text, reading, label)


def read_list(_: Shortcode, __: Reading) -> str:
    """Return nothing: the notes are at the end."""
    return ""


def read_marks(text: str, at: int, reading: Reading) -> tuple[str, int] | None:
    """Return the reference to a note in marks that begin at a place, and where they end; None for others."""
    numbered = NUMBERED.match(text, at)
    start = numbered.end() if numbered else at + len(DOUBLE)
    end = _end(text, start, "[]" if numbered else "()", "]" if numbered else "))")
    if end is None:
        return None
    note = text[start:end]
    is_attached = at > 0 and not text[at - 1].isspace() and text[at - 1] not in "([{"
    fewest = 1 if numbered and is_attached else _FEWEST_WORDS_APART if numbered else _FEWEST_WORDS
    if len(note.split()) < fewest or not note[:1].strip():
        return None
    return _refer(note, reading), end + (1 if numbered else len(DOUBLE))


def _end(text: str, start: int, brackets: str, close: str) -> int | None:
    """Return where the mark that closes a note begins; brackets within the note are in pairs."""
    depth = 0
    for at in range(start, min(len(text), start + _LONGEST)):
        if depth == 0 and text.startswith(close, at):
            return at
        depth += (text[at] == brackets[0]) - (text[at] == brackets[1])
        if not 0 <= depth <= _DEEPEST or text.startswith("\n\n", at):
            return None
    return None


def _refer(text: str, reading: Reading, label: str = "") -> str:
    place = len(reading.footnotes)
    reading.footnotes.append("")  # notes within it have higher numbers
    note = reading.expand(text.strip(), reading)
    reading.footnotes[place] = paragraphs(note) if "\n\n" in note else note
    number = place + 1
    if label:
        reading.labels.setdefault(label, number)
    return _mark(number, reading)


def _mark(number: int, reading: Reading) -> str:
    key = _key(number, reading)
    return f'<sup class="footnote-ref"><a class="footnote-ref" href="#{key}">{number}</a></sup>'


def _key(number: int, reading: Reading) -> str:
    return f"fn:wp-{'-'.join((*reading.around, str(number)))}"


def notes_of(reading: Reading) -> str:
    """Return the list of the notes that were in the text, in the form that the reader of HTML knows."""
    if not reading.footnotes:
        return ""
    items = "".join(
        f'<li id="{_key(number, reading)}">{note}</li>' for number, note in enumerate(reading.footnotes, 1)
    )
    return f'\n<div class="footnotes"><ol>{items}</ol></div>'


def stored(values: list[str]) -> dict[str, str]:
    """Return the footnotes of a post's metadata (`footnotes`, since WordPress 6.3): HTML by id."""
    notes: dict[str, str] = {}
    for value in values:
        try:  # some exporters leave brackets of CDATA behind it
            items: Any = json.JSONDecoder().raw_decode(value.strip())[0]
        except (ValueError, RecursionError):
            continue
        for item in items if isinstance(items, list) else ():
            if isinstance(item, Mapping) and isinstance(item.get("id"), str):
                notes[item["id"]] = str(item.get("content") or "")
    return notes


def stored_list(raw: str, reading: Reading) -> str:
    """Return the list of the footnotes in a post's metadata, as WordPress shows it.

    A reference without a note there is noted: its text is nowhere in the export.
    """
    missing = dict.fromkeys(key for key in _REFERENCE.findall(raw) if key not in reading.stored_notes)
    reading.notes.extend(
        Note(NoteKind.LOST, "a footnote whose text is not in the export", before=key) for key in missing
    )
    items = "".join(
        f'<li id="{html.escape(key)}">{note} <a href="#{html.escape(key)}-link">↩︎</a></li>'
        for key, note in reading.stored_notes.items()
    )
    return f'\n<ol class="wp-block-footnotes">{items}</ol>' if items else ""
