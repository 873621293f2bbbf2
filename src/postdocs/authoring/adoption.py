"""Comparison of an ablog site before and after it adds Postdocs, and the ids of its feed entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import feedparser  # type: ignore[import-untyped]  # it ships no types
import lxml.html

from postdocs.core.files import files_below

_NO_PAGES = {"_static", "_sources", "_images", "_downloads"}  # folders of the output without pages
# Pages that Postdocs makes for no reader; servers look for `404.html`, which it makes.
_UNNEEDED = {"drafts/", "drafts.html", "genindex/", "genindex.html", "404/"}
_PARSER = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)


@dataclass(frozen=True)
class Entry:
    """An entry of a feed. path: the address that it links to, without scheme and host, decoded.

    The fragment of a post that is a part of its page belongs to it.
    """

    path: str
    id: str
    title: str


@dataclass(frozen=True)
class Site:
    """A built site. pages: the heading of each, by its path. feeds: the entries of each, by its path."""

    pages: Mapping[str, str]
    feeds: Mapping[str, tuple[Entry, ...]]

    @property
    def entries(self) -> dict[str, Entry]:
        """The entries of all feeds, by the path that they link to."""
        return {entry.path: entry for entries in self.feeds.values() for entry in entries}


@dataclass(frozen=True)
class Difference:
    """Something that differs. is_loss: whether a reader has to do without, and not only finds more."""

    text: str
    is_loss: bool = True


def read_site(folder: Path) -> Site:
    """Read a built site: its pages, and all its feeds."""
    pages, feeds = {}, {}
    for file in files_below(folder):
        path = file.relative_to(folder)
        if path.parts[0] in _NO_PAGES or any(part.startswith(".") for part in path.parts):
            continue
        if file.suffix == ".html":
            address = path.as_posix()
            address = address.removesuffix("index.html") if path.name == "index.html" else address
            pages[address] = _heading(file.read_bytes())
        elif file.suffix in {".xml", ".atom", ".rss"} and (entries := entries_of(file.read_bytes())):
            feeds[path.as_posix()] = entries
    return Site(pages, feeds)


def entries_of(data: bytes) -> tuple[Entry, ...]:
    """Return the entries of a feed; none of what is no feed."""
    feed: Any = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    return tuple(
        Entry(
            _path_of(entry.link),
            str(entry.get("id") or entry.link),
            " ".join(str(entry.get("title", "")).split()),
        )
        for entry in feed.entries
        if entry.get("link")
    )


def _path_of(link: str) -> str:
    parts = urlsplit(link)
    return unquote(parts.path + (f"#{parts.fragment}" if parts.fragment else ""))


def _heading(data: bytes) -> str:
    if not data.strip():
        return ""
    root = lxml.html.document_fromstring(data, parser=_PARSER)
    # Some themes have the name of the site in another heading, beside the text.
    headings = root.xpath("//*[self::main or self::article or @role='main']//h1") or root.xpath("//h1")
    if not headings:
        return ""
    heading = headings[0]
    for link in heading.find_class("headerlink"):
        link.drop_tree()
    return " ".join(heading.text_content().split())


def compare(before: Site, after: Site, blog: str) -> Iterator[Difference]:
    """Yield what differs between two builds of a site. blog: the path of lists, whose titles may differ."""
    for path in sorted(before.pages.keys() - after.pages.keys()):
        is_needed = path.removeprefix(f"{blog}/") not in _UNNEEDED
        why = "" if is_needed else ", which Postdocs doesn't make"
        yield Difference(f"address: /{path} is gone{why}", is_needed)
    for path in sorted(after.pages.keys() - before.pages.keys()):
        yield Difference(f"address: /{path} is new", is_loss=False)
    for path in sorted(before.pages.keys() & after.pages.keys()):
        is_list = path.startswith((f"{blog}/", f"{blog}.html"))
        if not is_list and before.pages[path] != after.pages[path]:
            titles = f"title: /{path} was {before.pages[path]!r}, and is {after.pages[path]!r}"
            yield Difference(titles, is_loss=bool(before.pages[path]))
    for path in sorted(before.feeds.keys() - after.feeds.keys()):
        yield Difference(f"feed: /{path} is gone")
    for path in sorted(before.feeds.keys() & after.feeds.keys()):
        counts = len(before.feeds[path]), len(after.feeds[path])
        if counts[0] != counts[1]:
            # A feed may go on in other files, and an entry may lead elsewhere.
            kept = after.entries.keys() | {entry.id for entry in after.entries.values()}
            is_loss = any(kept.isdisjoint({entry.path, entry.id}) for entry in before.feeds[path])
            yield Difference(f"feed: /{path} had {counts[0]} entries, and has {counts[1]}", is_loss)
    yield from _compare_entries(aligned(before.entries, after.entries), after.entries)


def aligned(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> dict[str, Entry]:
    """Return entries by the paths that they have after: there the first post of a page has no fragment."""
    entries = {}
    for path, entry in before.items():
        page = path.partition("#")[0]
        is_whole = path not in after and page in after and page not in before
        is_same = is_whole and after[page].title == entry.title
        entries[page if is_same else path] = entry
    return entries


def _compare_entries(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> Iterator[Difference]:
    places = {entry.id: path for path, entry in after.items() if path not in before}
    moved = {path: places[entry.id] for path, entry in before.items() if entry.id in places}
    for path in sorted(before.keys() - after.keys()):
        if path in moved:
            yield Difference(f"entry: {path} leads to {moved[path]}", is_loss=False)
        else:
            yield Difference(f"entry: {path} is gone")
    for path in sorted(after.keys() - before.keys() - {*moved.values()}):
        yield Difference(f"entry: {path} is new", is_loss=False)
    for path in sorted(before.keys() & after.keys()):
        if before[path].title != after[path].title:
            yield Difference(f"entry: {path} was {before[path].title!r}, and is {after[path].title!r}")
        if before[path].id != after[path].id:
            yield Difference(f"id: {path} had {before[path].id}, and has {after[path].id}")
