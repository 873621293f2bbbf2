"""What the feeds and sitemaps of a built site say of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from lxml import etree

from postdocs.core.errors import PostdocsError
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
_LARGEST = 50 * 2**20  # bytes of a sitemap, by its protocol


@dataclass(frozen=True)
class Statements:
    """What feeds and sitemaps say. title: of the blog. sitemap: dates of last change, by address."""

    title: str
    entries: tuple[Entry, ...]
    homes: tuple[str, ...]
    sitemap: Mapping[str, str]
    notes: tuple[Note, ...]

    @property
    def urls(self) -> Iterator[str]:
        """The addresses in them."""
        yield from (entry.url for entry in self.entries if entry.url)
        yield from self.sitemap
        yield from self.homes


def read(files: Files) -> Statements:
    """Read the feeds and sitemaps of a site; what can't be read is noted."""
    notes: list[Note] = []
    feeds: list[Source] = []
    sitemap: dict[str, str] = {}
    for path in sorted(filter(_may_be, files.paths), key=lambda path: (path.count("/"), path)):
        data = files.load(path)
        if len(data) > _LARGEST:
            continue
        try:
            text, _ = decode(data, files.place(path), None)
            source = SourceText(files.place(path), text)
            if source.root == "urlset":
                sitemap |= _sitemap(text, files.place(path))
            elif source.root in FEED_ROOTS or source.json is not None:
                read_feeds = [module.read(source) for module in _FEEDS if module.detect(source)][:1]
                feeds += [_without_terms(feed, path) for feed in read_feeds]
        except PostdocsError as error:
            notes.append(Note(NoteKind.NOTICED, f"a feed or sitemap that can't be read: {error.wrong}", path))
    return Statements(
        title=next((feed.title for feed in feeds if feed.title), ""),
        entries=tuple(entry for feed in feeds for entry in feed.entries),
        homes=tuple(feed.url for feed in feeds if feed.url),
        sitemap=sitemap,
        notes=tuple(notes),
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


def _path(url: str | None) -> str:
    try:
        return urlsplit(url or "").path
    except ValueError:
        return ""


def _may_be(path: str) -> bool:
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
