"""HTML as a page shows it: formulas, lazy images, embeds, drawings.

The readers of an entry, and the proof, get this tree; so a lazy picture is one wherever it stands, also in
HTML that is kept.
"""

from __future__ import annotations

import re

from bs4.element import Tag

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html import dom, settle, spaces
from postdocs.importer.html.math.mark import mark, may_hold
from postdocs.importer.html.rendered import (
    distill,
    drawings,
    embeds,
    emoji,
    notices,
    pictures,
    players,
    protected,
)

# What HTML needs that has anything for these to do; most entries have not.
_HANDLERS = re.compile(r"[\s\"'/]on[\w:.\-]+\s*=", re.IGNORECASE)
_PICTURES = re.compile(
    r"<(?:amp-|area|audio|button|img|input|map|noscript|picture|svg|video)|background|data-", re.IGNORECASE
)
_EMBEDS = re.compile(
    r"<(?:applet|canvas|embed|iframe|object|oembed|script)|<[a-z]+-|\sdata-|\scite=|embed|widget|tableau",
    re.IGNORECASE,
)
_PLAYERS = re.compile("wp-playlist|kg-audio|kg-video|mejs|plyr|video-js")
_DISTILL = re.compile("<dt?-", re.IGNORECASE)
_SMILEYS = re.compile("<(?:amp-)?img", re.IGNORECASE)
_DRAWINGS = re.compile("svg", re.IGNORECASE)  # which an attribute may hold as well


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
    if _HANDLERS.search(html):
        notes += [
            Note(NoteKind.REMOVED, f"handler `{name}`", dom.attribute(tag, name))
            for tag in body.find_all(True)
            for name in tag.attrs
            if name.lower().startswith("on")
        ]
    if "email-protection" in html or protected.MARK in html:
        protected.show(body)
    if _PLAYERS.search(html):
        players.show(body)
    if _PICTURES.search(html):
        pictures.show(body, notes)
    if _DISTILL.search(html):
        distill.show(body, notes)
    if may_hold(html):
        notes += mark(body)
    if _SMILEYS.search(html):
        emoji.show(body, notes)
    if _EMBEDS.search(html) or notices.is_named_in(html):
        embeds.show(body, base, notes)
    if _DRAWINGS.search(html):
        drawings.show(body, notes)
    if "&" in html or not html.isascii():
        spaces.show(body, notes)
