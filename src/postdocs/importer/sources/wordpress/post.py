"""The stored content of a post → the HTML that WordPress shows.

Shortcodes in brackets stand for markup, and some blocks for what is elsewhere in the export.
"""

from __future__ import annotations

from collections.abc import Mapping

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.sources.wordpress import blocks, footnotes, formulas, media
from postdocs.importer.sources.wordpress.autop import paragraphs
from postdocs.importer.sources.wordpress.library import Library, Reading
from postdocs.importer.sources.wordpress.shortcodes import expand


def to_html(
    raw: str,
    library: Library,
    notes: list[Note],
    *,
    post: str = "",
    stored_notes: Mapping[str, str] | None = None,
) -> str:
    """Return the HTML of a post.

    post: its id, by which the library knows its attachments. stored_notes: HTML of the footnotes in its
    metadata, by id.
    """
    reading = Reading(library, expand, notes, post, stored_notes or {})
    content = _to_html(raw, reading)
    if "wp:footnotes" not in raw:
        content += footnotes.stored_list(raw, reading)
    notes.extend(
        Note(
            NoteKind.NOTICED,
            f"the shortcode [{name} …] is of a plugin, and came along as text"
            + (f", {times} times" if times > 1 else ""),
        )
        for name, times in reading.unread.items()
    )
    return content


def _to_html(raw: str, reading: Reading) -> str:
    text = expand(raw.replace("\r\n", "\n").replace("\r", "\n"), reading)
    text = formulas.escape_less_than(text)
    content = blocks.read(text, reading, _to_html) if blocks.is_made_of_blocks(text) else paragraphs(text)
    content = media.read_pictures(content, reading.library.attachments)
    return content + footnotes.notes_of(reading)
