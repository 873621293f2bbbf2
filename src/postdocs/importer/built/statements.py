"""What the feeds and sitemaps of a built site say of its pages."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from lxml import etree

from postdocs.core.errors import PostdocsError
from postdocs.core.plural import count
from postdocs.importer.built.kinds import TERMS
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources import atom, jsonfeed, rss
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.encoding import decode
from postdocs.importer.sources.model import Source, fold
from postdocs.importer.sources.source_text import FEED_ROOTS, SourceText
from postdocs.importer.sources.xml import parse_text, refuse_entities

_FEEDS = (jsonfeed, atom, rss)
_XML = frozenset({".xml", ".atom", ".rss", ".rdf"})
_JSON = re.compile(r"feed[^/]*\.json$|\.jsonfeed$", re.IGNORECASE)
# How programs that copy a site name its feeds, which have no name on a server: as pages.
_COPIES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
# How a file begins that can be a feed, whatever its name: as XML or with the root of one.
_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<\0?(?:\?\0?x|r\0?s\0?s|f\0?e|rdf:)")
_LARGEST = 50 * 2**20  # bytes of a sitemap, by its protocol


@dataclass(frozen=True)
class Statements:
    """What feeds and sitemaps say.

    title: of the blog. sitemap: dates of last change, by address. paths: of the files that are feeds.
    """

    title: str
    entries: tuple[Entry, ...]
    homes: tuple[str, ...]
    sitemap: Mapping[str, str]
    notes: tuple[Note, ...]
    paths: frozenset[str] = frozenset()

    @property
    def urls(self) -> Iterator[str]:
        """The addresses in them."""
        yield from (entry.url for entry in self.entries if entry.url)
        yield from self.sitemap
        yield from self.homes


def read(files: Files, url: str | None = None) -> Statements:
    """Read the feeds and sitemaps of a site; what can't be read is noted.

    url: the address of the site, as the user gave it, to which the addresses in its feeds may be relative.
    """
    notes: list[Note] = []
    feeds: list[Source] = []
    sitemap: dict[str, str] = {}
    paths: set[str] = set()
    for path in sorted(filter(_may_be, files.paths), key=lambda path: (path.count("/"), path)):
        data = files.load(path)
        if len(data) > _LARGEST or not (_is_named(path) or _BEGINNING.match(data)):
            continue
        try:
            text, _ = decode(data, files.place(path), None)
            source = SourceText(files.place(path), text, url)
            if source.root == "urlset":
                sitemap |= _sitemap(text, files.place(path))
            elif source.root in FEED_ROOTS or source.json is not None:
                paths.add(path)
                read_feeds = [module.read(source) for module in _FEEDS if module.detect(source)][:1]
                feeds += [_without_parts(_without_terms(feed, path), path, notes) for feed in read_feeds]
        except PostdocsError as error:
            notes.append(Note(NoteKind.NOTICED, f"a feed or sitemap that can't be read: {error.wrong}", path))
    return Statements(
        title=next((feed.title for feed in feeds if feed.title), ""),
        entries=tuple(entry for feed in feeds for entry in feed.entries),
        homes=tuple(feed.url for feed in feeds if feed.url),
        sitemap=sitemap,
        notes=tuple(notes),
        paths=frozenset(paths),
    )


def _without_terms(feed: Source, path: str) -> Source:
    """Return a feed without the lists of posts that it names, as that of all tags in Hugo does."""
    folder = PurePosixPath(path).parent.name.lower()
    if folder not in TERMS:
        return feed
    entries = (
        entry for entry in feed.entries if PurePosixPath(_path(entry.url)).parent.name.lower() != folder
    )
    return replace(feed, entries=tuple(entries))


def _without_parts(feed: Source, path: str, notes: list[Note]) -> Source:
    """Return a feed without its entries if each is at a place on a page (RFC 3986 §3.5), as comments are."""
    if not feed.entries or not all("#" in (entry.url or "") for entry in feed.entries):
        return feed
    what = f"{count(len(feed.entries), 'entry', 'entries')} of a feed of comments, or of other parts of pages"
    notes.append(Note(NoteKind.LEFT_OUT, what, path))
    return replace(feed, entries=(), title="")


def _path(url: str | None) -> str:
    try:
        return urlsplit(url or "").path
    except ValueError:
        return ""


def _may_be(path: str) -> bool:
    """Tell whether a file may be a feed: by its name, or as a copy of `/feed/` that is named otherwise."""
    kind, _ = mimetypes.guess_type(path)
    return _is_named(path) or kind is None or kind in _COPIES


def _is_named(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in _XML or _JSON.search(path) is not None


def _sitemap(text: str, name: str) -> dict[str, str]:
    """Return the addresses of a sitemap (sitemaps.org, protocol 0.9), with their dates of last change."""
    refuse_entities(text, name)
    try:
        root = parse_text(text.lstrip("\ufeff \n\r\t"), recover=True)
    except etree.XMLSyntaxError:
        raise PostdocsError(name, None, "it is no XML", "build the site again") from None
    return {
        loc: fold(url.findtext("{*}lastmod"))
        for url in root.iterchildren("{*}url")
        if (loc := fold(url.findtext("{*}loc")))
    }
