"""From a file or response to entries: what it is, and who reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from postdocs.core.errors import PostdocsError
from postdocs.importer.addresses import key_of
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources import atom, broken, jsonfeed, page, rss, sphinxtext, wxr, xml
from postdocs.importer.sources.encoding import decode
from postdocs.importer.sources.model import Source

__all__ = ["Source", "merge", "read"]

_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?(?P<name>[A-Za-z][\w.-]*)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FEEDS = frozenset({"feed", "entry", "rss", "RDF"})
_NO_FEEDS = {"opml": "a list of feeds (OPML)", "urlset": "a sitemap", "sitemapindex": "a list of sitemaps"}
_REMEDY = "give a feed, an export or a saved page of a blog"
_HEAD = 16_384  # characters within which a document shows what it is


def read(data: bytes, name: str, media_type: str | None = None, url: str | None = None) -> Source:
    """Read a feed, an export of WordPress or Blogger, a saved page, or text copied from a Sphinx page.

    What it is shows in the bytes, not in the name. name: the file or address, for messages; relative links
    are resolved against it where it is an address. media_type: of the response, for its charset.
    url: the address of the page, or of the blog whose feed it is, where the source does not say it.

    Raises
    ------
    PostdocsError
        There is no post in it, or it can't be read.

    """
    text, notes = decode(data, name, media_type)
    if not text.strip():
        raise PostdocsError(name, None, "it is empty", _REMEDY)
    source = _read(text, name, url)
    if not source.entries:
        left = "; ".join(note.what for note in source.notes if note.kind is NoteKind.LEFT_OUT)
        wrong = f"it has no posts{f', only {left}' if left else ''}"
        raise PostdocsError(name, None, wrong, "give a feed with entries")
    return replace(source, notes=(*notes, *source.notes))


def _read(text: str, name: str, url: str | None) -> Source:
    if text.lstrip()[0] in "{[":
        return jsonfeed.read(text, name)
    if not text.lstrip().startswith("<") and sphinxtext.title(text) is not None:
        return _at(url, sphinxtext.read(text, name))
    head = _COMMENT.sub("", text[:_HEAD])
    roots = [match["name"] for match in _ROOT.finditer(head)]
    first = next(iter(roots), "")
    xml.refuse_entities(text, name)
    if first not in _FEEDS and not text.lstrip().startswith("<"):  # a warning of a program before the feed
        first = next((root for root in roots if root in {*_FEEDS, "html"}), first)
    if first in _FEEDS:
        return _read_feed(text, name, url)
    if first in _NO_FEEDS:
        raise PostdocsError(name, None, f"it is {_NO_FEEDS[first]}, not a feed", _REMEDY)
    if not first or not text.lstrip().startswith("<"):
        wrong = "it is neither a feed nor a page, and its first line is no heading copied from a Sphinx page"
        raise PostdocsError(name, 1, wrong, _REMEDY)
    if text.lstrip().startswith("<?xml") and first.lower() != "html":
        raise PostdocsError(name, None, f"it is XML, but its root <{first}> is that of no feed", _REMEDY)
    return _at(url, page.read(text, name))


def _at(url: str | None, source: Source) -> Source:
    """Return a page with its address, where it does not say it."""
    return replace(source, entries=tuple(replace(entry, url=entry.url or url) for entry in source.entries))


def _read_feed(text: str, name: str, url: str | None) -> Source:
    try:
        root, notes = xml.parse(text, name)
    except etree.XMLSyntaxError as error:
        problem = (error.msg or "").partition("\n")[0].partition(", line ")[0].strip()
        return broken.read(text, name, error.lineno or None, problem)
    wp = wxr.namespace(root)
    if wp:
        source = wxr.read(root, name, wp)
    elif xml.local(root) in {"feed", "entry"}:
        if xml.space(root) not in {xml.ATOM, ""}:  # Atom 0.3, which only feedparser still knows
            return broken.read(text, name, 1, "it is of an Atom before 1.0")
        source = atom.read(root, name, url)
    else:
        source = rss.read(root, name)
    if notes:
        count = Note(NoteKind.NOTICED, f"it is not well-formed; {len(source.entries)} entries were read")
        source = replace(source, notes=(*notes, count, *source.notes))
    return source


def merge(sources: Iterable[Source]) -> tuple[tuple[Entry, ...], tuple[Note, ...]]:
    """Return the entries of all sources, each post once, in the order of first appearance.

    Entries are one post if they have the same id, or, where one has none, the same address. The one that
    changed last is kept, else that of the later source. Within one source, entries with the same id but
    different addresses (or titles, without addresses) are different posts: the later one loses its id.
    """
    kept: list[Entry] = []
    notes: list[Note] = []
    by_id: dict[str, int] = {}
    by_url: dict[str, int] = {}
    for entry in (entry for source in sources for entry in source.entries):
        url = key_of(entry.url or "")
        at = by_id.get(entry.id or "")
        if at is not None and not _is_same(kept[at], entry):
            notes.append(
                Note(NoteKind.REPAIRED, f"{_name(entry)} has the id of {_name(kept[at])}", entry.id or "")
            )
            entry, at = replace(entry, id=None), None  # noqa: PLW2901 - the rest is for the entry as it is now
        elif at is None and url in by_url and not (entry.id and kept[by_url[url]].id):
            at = by_url[url]
        if at is None:
            at = len(kept)
            kept.append(entry)
        else:
            older = kept[at]
            kept[at] = older if _is_newer(older, entry) else entry
            places = f"{_place(older)} and {_place(entry)}"
            notes.append(
                Note(NoteKind.NOTICED, f"{_name(entry)} is in {places}; that of {_place(kept[at])} is kept")
            )
        if entry.id:
            by_id[entry.id] = at
        if url:
            by_url.setdefault(url, at)
    return tuple(kept), tuple(notes)


def _is_same(one: Entry, other: Entry) -> bool:
    if one.source != other.source:
        return True
    return one.url == other.url if one.url and other.url else one.title == other.title


def _is_newer(one: Entry, other: Entry) -> bool:
    """Tell whether an entry changed after another one; times with and without an offset can't be compared."""
    a, b = one.updated or one.published, other.updated or other.published
    return bool(a and b and (a.tzinfo is None) == (b.tzinfo is None) and a > b)


def _name(entry: Entry) -> str:
    return f"“{entry.title or entry.url or 'entry ' + str(entry.position)}”"


def _place(entry: Entry) -> str:
    return f"{entry.source} ({entry.position})"
