"""A built site that was read and checked as far as needs no network."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from postdocs.core.errors import PostdocsError
from postdocs.core.http.address import request_url
from postdocs.links import base as bases
from postdocs.links import cache, hosts, internal
from postdocs.links.external import Kind, kind_of
from postdocs.links.extract import collect, list_files
from postdocs.links.internal import Broken, Outgoing
from postdocs.links.lines import Lines
from postdocs.links.model import Page


@dataclass(frozen=True)
class Site:
    """A built site, as far as links go.

    base: its address, with the file that states it. links: the outgoing ones of the web, by the address that
    is asked. others: how many there are of each other kind. broken: outgoing links that nobody could follow.
    dates: when pages were published, by path. lines: those of its links.
    """

    root: Path
    base: bases.Base
    result: internal.Result
    links: Mapping[str, Sequence[Outgoing]]
    others: Mapping[Kind, int]
    broken: tuple[Broken, ...]
    dates: Mapping[str, date]
    lines: Lines


def read(
    root: Path, base: str | None, sources: Path, host: str | None = None, cache_folder: Path | None = None
) -> Site:
    """Read a built site, and check what needs no network.

    base: its address, or None for the one it states. sources: the folder of what it was built of. host: the
    name of its host, or None for what it seems to be. cache_folder: where what was read is kept for the next
    run, if it is.

    Raises
    ------
    PostdocsError
        It is none, or cannot be read, or what is kept cannot be written.

    """
    remedy = "build the site first, or name another folder"
    if not root.is_dir():
        raise PostdocsError(root, None, "there is no such folder", remedy)
    files = frozenset(list_files(root))
    pages = _pages(root, files, cache_folder)
    if not any(page.anchors is not None for page in pages):
        raise PostdocsError(root, None, "there is no HTML in it", remedy)
    hosting = hosts.hosting_of(root, files, sources, host)
    pages += hosting.pages
    stated = bases.Base(base) if base else bases.base_of(pages, files, hosting)
    site = internal.Site(files, stated.address, hosting)
    result = internal.check(pages, site)
    if not (result.internal or result.problems):
        raise PostdocsError(root, None, "it has no internal links", "give the site's address with --base-url")
    links: dict[str, list[Outgoing]] = {}
    others: dict[Kind, int] = {}
    broken = [*result.broken]
    asked = functools.cache(_asked)
    for link in result.outgoing:
        try:
            kind, address = asked(link.url)
        except ValueError as error:
            broken.append(Broken(link.path, link.number, str(error), link.written, link.url))
            continue
        if kind is Kind.WEB:
            links.setdefault(address, []).append(link)
        else:
            others[kind] = others.get(kind, 0) + 1
    dates = _dates(internal.dates(pages, site))
    return Site(root, stated, result, links, others, tuple(broken), dates, Lines(root, pages))


def _asked(url: str) -> tuple[Kind, str]:
    """Return what an outgoing link is, and the address that a server is asked for, if one is.

    Raises
    ------
    ValueError
        Nobody could follow it; the message says why.

    """
    kind = kind_of(url)
    return kind, request_url(url) if kind is Kind.WEB else ""


def _pages(root: Path, files: Iterable[str], cache_folder: Path | None) -> list[Page]:
    rows = cache.load(cache_folder) if cache_folder else {}
    pages = collect(root, sorted(files), rows)
    if cache_folder and pages.keys() != rows.keys():
        cache.save(cache_folder, pages)
    return [page for page in pages.values() if page]


def _dates(stated: Mapping[str, str]) -> dict[str, date]:
    published = {}
    for path, text in stated.items():
        try:
            published[path] = date.fromisoformat(text.strip()[:10])
        except ValueError:  # a feed of somebody else's making
            continue
    return published


class Pages(Mapping[str, tuple[str, ...]]):
    """Where each outgoing link is in the built site, as path and line, found when it is asked for."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def __getitem__(self, url: str) -> tuple[str, ...]:
        links, lines = self._site.links[url], self._site.lines
        return tuple(f"{link.path}:{lines.line(link.path, link.number)}" for link in links)

    def __iter__(self) -> Iterator[str]:
        return iter(self._site.links)

    def __len__(self) -> int:
        return len(self._site.links)
