"""A built site that was read and checked as far as needs no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from postdocs.core.errors import PostdocsError
from postdocs.core.http.address import request_url
from postdocs.links import base as bases
from postdocs.links import hosts, internal
from postdocs.links.external import Kind, kind_of
from postdocs.links.extract import collect, list_files
from postdocs.links.internal import Broken, Outgoing
from postdocs.links.lines import Lines


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


def read(root: Path, base: str | None, sources: Path, host: str | None = None) -> Site:
    """Read a built site, and check what needs no network.

    base: its address, or None for the one it states. sources: the folder of what it was built of. host: the
    name of its host, or None for what it seems to be.

    Raises
    ------
    PostdocsError
        It is none, or cannot be read.

    """
    remedy = "build the site first, or name another folder"
    if not root.is_dir():
        raise PostdocsError(root, None, "there is no such folder", remedy)
    files = frozenset(list_files(root))
    pages = list(collect(root, sorted(files)))
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
    for link in result.outgoing:
        try:
            kind = kind_of(link.url)
        except ValueError as error:
            broken.append(Broken(link.path, link.number, str(error), link.written, link.url))
            continue
        if kind is Kind.WEB:
            links.setdefault(request_url(link.url), []).append(link)
        else:
            others[kind] = others.get(kind, 0) + 1
    dates = _dates(internal.dates(pages, site))
    return Site(root, stated, result, links, others, tuple(broken), dates, Lines(root, pages))


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
