"""Feeds that no XML parser takes, or of an Atom before 1.0, through feedparser."""

from __future__ import annotations

import io
from typing import Any

import feedparser  # type: ignore[import-untyped]

from postdocs.core.errors import PostdocsError
from postdocs.core.plural import count
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources import xml
from postdocs.importer.sources.model import Source, absolute, fold, is_web, read_date, settle
from postdocs.importer.sources.source_text import FEED_ROOTS, SourceText
from postdocs.importer.sources.text import looks_like_html, paragraphs, title_of, whole_summary
from postdocs.importer.sources.visibility import Visibility, fields_of_element, visibility_of

_FORMATS = {
    "atom10": "Atom 1.0",
    "atom03": "Atom 0.3",
    "rss10": "RSS 1.0",
    "rss090": "RSS 0.90",
    "rss20": "RSS 2.0",
}


def detect(source: SourceText) -> bool:
    """Tell whether it is a feed at all: no other module reads it, so no XML parser takes it, or it is old."""
    return source.root in FEED_ROOTS


def read(source: SourceText) -> Source:
    """Read what can be read of a feed.

    feedparser gets the text, never an address, and neither cleans HTML nor resolves links nor reads dates:
    that is done once, for all formats, and feedparser's dates have lost their offset.

    Raises
    ------
    PostdocsError
        Nothing can be read.

    """
    name, text = source.name, source.text
    line, problem = source.xml.line or None, source.xml.problem
    if source.xml.root is not None:  # Atom 0.3, which only feedparser still knows
        line, problem = 1, "it is of an Atom before 1.0"
    body = xml.from_root(text)  # its declaration names an encoding that is no longer that of the bytes
    try:
        parsed = feedparser.parse(
            io.BytesIO(body.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (AssertionError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        parsed = {"entries": [], "feed": {}}  # sgmllib gives up in as many ways
    items = parsed["entries"]
    if not items:
        raise PostdocsError(name, line, f"it is not XML: {problem}", "generate the feed again")
    visibilities = _visibilities(source, len(items))
    feed = parsed["feed"]
    found = count(len(items), "entry", "entries")
    what = f"it is not XML from line {line} on: {problem}; what can be read was read: {found}"
    notes = [Note(NoteKind.NOTICED, what)]
    url = absolute(feed.get("link"), name if is_web(name) else None, "the address of the blog", notes)
    entries = tuple(
        _entry(entry, feed, visibility, home=url, source=name, position=position)
        for position, (entry, visibility) in enumerate(zip(items, visibilities, strict=True), 1)
    )
    format_ = _FORMATS.get(parsed["version"], "RSS 2.0")
    return Source(name, format_, title_of(feed.get("title") or "", []), url, entries, tuple(notes))


def _visibilities(source: SourceText, number: int) -> list[Visibility]:
    """Return who may see each of the entries that feedparser found, which passes over much of what says so.

    A feed that is no XML gets here only where it says nothing of that (`salvage`).
    """
    root = source.xml.root
    if root is None:
        return [Visibility()] * number
    visibilities = [visibility_of(fields_of_element(entry)) for entry in root.iterchildren("{*}entry")]
    if len(visibilities) != number:
        wrong = f"only {number} of its {len(visibilities)} entries can be read, so drafts can't be recognised"
        raise PostdocsError(source.name, None, wrong, "export it as Atom 1.0 or RSS 2.0")
    return visibilities


def _entry(
    item: Any, feed: Any, visibility: Visibility, *, home: str | None, source: str, position: int
) -> Entry:
    notes: list[Note] = list(visibility.notes)
    url = absolute(item.get("link"), home, "its address", notes)
    contents = sorted(item.get("content", []), key=lambda part: part.get("type") == "text/plain")
    about = item.get("summary") or ""
    raw = (contents[0]["value"] or "") if contents else about
    content = raw if looks_like_html(raw) else paragraphs(raw, " ")
    people = item.get("authors") or feed.get("authors") or []
    labels: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for tag in item.get("tags", []):
        label = fold(tag.get("label") or tag.get("term"))
        if label:
            labels[0 if tag.get("scheme") == "category" else 1][label] = None
    entry = Entry(
        source=source,
        position=position,
        id=fold(item.get("id")) or None,
        title=title_of(item.get("title") or "", notes),
        url=url,
        published=read_date(item.get("published"), "its date", notes),
        updated=read_date(dict.get(item, "updated"), "its date of change", notes),
        authors=tuple(dict.fromkeys(filter(None, (fold(person.get("name")) for person in people)))),
        category=tuple(labels[0]),
        tags=tuple(labels[1]),
        summary=whole_summary(about, content) if contents else None,
        content=content.strip(),
        base=(contents[0].get("base") if contents else None) or url or home,
        draft=visibility.draft,
        notes=tuple(notes),
    )
    return settle(entry)
