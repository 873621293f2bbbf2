"""HTML as a page shows it: formulas, pictures that a script would load, what an embed shows, drawings.

The readers of an entry, and the proof, get this tree; so a lazy picture is one wherever it stands, also in
HTML that is kept.
"""

from __future__ import annotations

import re

from bs4.element import Tag

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html import dom, settle
from postdocs.importer.html.math.mark import mark, may_hold
from postdocs.importer.html.rendered import drawings, embeds, emoji, pictures

# What a page needs that has anything for these to do; most entries have not.
_WORTH_A_LOOK = re.compile(
    r"<(?:amp-|applet|area|canvas|embed|g-emoji|iframe|img|input|noscript|object|picture|script|svg|[a-z]+-)"
    r"|\sdata-|background|wp-block-embed|oembed|embed",
    re.IGNORECASE,
)


def read(html: str, base: str | None, notes: list[Note]) -> Tag:
    """Parse the HTML of an entry as `show` leaves it; its body."""
    body = settle.read(html)
    show(body, html, base, notes)
    return body


def show(body: Tag, html: str, base: str | None, notes: list[Note]) -> None:
    """Make the tree of an entry what its page shows.

    html: its source. base: the address that relative ones are relative to. notes: where it is told what
    became a link, what could not be shown, and which handlers go.
    """
    notes += [
        Note(NoteKind.REMOVED, f"handler `{name}`", dom.attribute(tag, name))
        for tag in body.find_all(True)
        for name in tag.attrs
        if name.lower().startswith("on")
    ]
    worth_a_look = _WORTH_A_LOOK.search(html) is not None
    if worth_a_look:
        pictures.show(body, notes)
    if may_hold(html):
        notes += mark(body)
    if worth_a_look:
        emoji.show(body, notes)
        embeds.show(body, base, notes)
        drawings.show(body, notes)
