"""Feeds that a browser saved as a page: it shows XML as a document, or as the text of one."""

from __future__ import annotations

import html
import re

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.sources.salvage import states_visibility
from postdocs.importer.sources.text import plain

_PAGE = re.compile(r"\s*(?:<!DOCTYPE html[^>]*>\s*)?<html\b", re.IGNORECASE)
_FEED = re.compile(
    r"\s*(?:<\?xml\b[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:[\w.-]+:)?(?:feed|rss|RDF|entry)\b", re.DOTALL
)
_ROOT = re.compile(r"<(?P<name>(?:[\w.-]+:)?(?:feed|rss|RDF))\s[^<>]*xmlns[^<>]*>|<(?P<rss>rss)\b[^<>]*>")
_MOST_WORDS = 40  # that a browser shows beside a feed


def unwrapped(text: str) -> tuple[str, tuple[Note, ...]]:
    """Return the feed in a page that is nothing but that, and a note; other text as it is.

    A feed whose markup stands in the page as elements is no longer the XML that it was. One that says who may
    see its entries is not taken out of a page for that.
    """
    if not _PAGE.match(text):
        return text, ()
    start, end = text.find("<pre"), text.rfind("</pre>")
    inner = text[text.find(">", start) + 1 : end] if 0 <= start < end else ""
    if inner and "<" not in inner and _FEED.match(html.unescape(inner)) and _is_alone(text, start, end):
        return html.unescape(inner).strip(), (_note(),)
    root = _ROOT.search(text)
    if root and not states_visibility(text):
        end_tag = f"</{root['name'] or root['rss']}>"
        end = text.rfind(end_tag)
        if end > 0 and _is_alone(text, root.start(), end + len(end_tag)):
            return text[root.start() : end + len(end_tag)], (_note(),)
    return text, ()


def _is_alone(text: str, start: int, end: int) -> bool:
    return len(plain(text[:start] + text[end:]).split()) < _MOST_WORDS


def _note() -> Note:
    return Note(NoteKind.REPAIRED, "it is a page around a feed, as a browser saves one; the feed was read")
