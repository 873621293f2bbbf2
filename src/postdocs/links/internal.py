"""Links within a site, checked against its files, without a network."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote, urlsplit

import ada_url

from postdocs.core.http.address import DEFAULT_PORTS
from postdocs.links.base import host_and_port
from postdocs.links.hosts import HOSTS, Hosting
from postdocs.links.model import Page, Problem

# HTML Living Standard, "find a potential indicated element": the top of any page.
_TOP = {"", "top"}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")  # URL Standard §4.3, "scheme start state"
_BEHIND_PATH = re.compile(r"[?#].*", re.DOTALL)
# What leads up, and on to a name that nobody can take for a scheme or a host, or to nothing.
_UP = re.compile(r"(?P<up>(?:\.\./)++)(?:[\w.~-]++(?=[/?#]|\Z)|\Z)", re.ASCII)
_INDEX = re.compile(r"/index\.html(?=[?#]|\Z)")
_REDIRECTS = 10
_NO_FILE = "there is no such page or file"
_NO_ID = "the page has no element with that id"


@dataclass(frozen=True)
class Broken:
    """A link that leads nowhere.

    number: which one of a page it is, from 0. reason: why. url: the address as it is written. address: the
    same in full.
    """

    path: str
    number: int
    reason: str
    url: str
    address: str


@dataclass(frozen=True)
class Outgoing:
    """A link that leaves the site: which one of a page it is, from 0, as it is written there, and in full."""

    path: str
    number: int
    written: str
    url: str


@dataclass(frozen=True)
class Result:
    """What a check found.

    problems: those of files. broken: links that lead nowhere. internal: how many links it looked at, and
    unsuffixed: how many of them lead to a page only as some hosts answer. outgoing: those that lead
    elsewhere, with their address in full. All are in the order of the pages.
    """

    problems: tuple[Problem, ...]
    broken: tuple[Broken, ...]
    pages: int
    internal: int
    unsuffixed: int
    outgoing: tuple[Outgoing, ...]


@dataclass(frozen=True)
class _Target:
    """Where a link leads within the site. reason: why nowhere, if so. file: what is there, if it is one."""

    reason: str | None = None
    file: str | None = None
    fragment: str = ""
    is_unsuffixed: bool = False


def _nowhere(reason: str) -> _Target:
    return _Target(reason)


@dataclass(frozen=True)
class Site:
    """What the links of a site are looked up in.

    files: the POSIX paths of all its files, from its root. base: its address. hosting: how it is served.
    """

    files: Container[str]
    base: str
    hosting: Hosting = field(default_factory=lambda: Hosting(HOSTS["github"]))

    @property
    def path(self) -> str:
        """The path of its root on its host."""
        return urlsplit(ada_url.normalize_url(self.base)).path

    @property
    def origins(self) -> frozenset[str]:
        """How its addresses begin: with either scheme, since servers send on from one to the other."""
        host, port = host_and_port(urlsplit(ada_url.normalize_url(self.base)))
        name = f"[{host}]" if ":" in (host or "") else host
        return frozenset(
            f"{scheme}://{name}{'' if port in {None, usual} else f':{port}'}"
            for scheme, usual in DEFAULT_PORTS.items()
        )

    def address(self, page: Page) -> str:
        """Return the URL that the links of a page are relative to."""
        address = ada_url.join_url(self.base, quote(page.path, errors="surrogateescape"))
        with suppress(ValueError):  # HTML Living Standard, "set the frozen base URL": no URL does not count
            return ada_url.join_url(address, page.base or "")
        return address


class _Links(dict[str, _Target | str]):
    """Where links lead that are relative to one address, each looked up once."""

    def __init__(self, resolver: _Resolver, address: str) -> None:
        super().__init__()
        self._resolver, self._address = resolver, address

    def __missing__(self, url: str) -> _Target | str:
        self[url] = target = self._resolver.resolve(url, self._address)
        return target


class _Resolver:
    """Resolves the links of a site, each one that is the same for many pages once."""

    def __init__(self, site: Site, pages: Iterable[Page]) -> None:
        self._site = site
        self._origins, self._root = site.origins, site.path
        self._anchors = {page.path: page.anchors for page in pages}
        self._known: dict[tuple[str, str], _Target | str] = {}
        self._folders: dict[str, _Links] = {}

    def targets(self, page: Page, urls: Iterable[str]) -> Iterator[_Target | str]:
        """Yield where each link of a page leads within the site, or its address if it leads elsewhere."""
        address = self._site.address(page)
        folder = f"{_BEHIND_PATH.sub('', address).rpartition('/')[0]}/"
        if folder not in self._folders:
            self._folders[folder] = _Links(self, folder)
        links = self._folders[folder]
        for url in urls:
            yield self.resolve(url, address) if url[:1] in "#?" else links[url]

    def resolve(self, url: str, address: str) -> _Target | str:
        """Return where a link leads that is relative to an address."""
        if _SCHEME.match(url) or url.startswith("//"):
            key = ("", url)
        elif url.startswith("/") and url[1:2] != "\\":  # it is the same from everywhere on a host
            key = ("/".join(address.split("/", 3)[:3]), url)
        else:
            key = address, url = _climbed(address, url)
        if key not in self._known:
            self._known[key] = self._checked(url, address)
        return self._known[key]

    def _checked(self, url: str, address: str) -> _Target | str:
        target = self._resolve(url, address)
        if isinstance(target, str):
            return target
        reason = _problem_with(target, self._anchors)
        return replace(target, reason=reason) if reason else target

    def _resolve(self, url: str, address: str) -> _Target | str:
        try:
            joined = ada_url.join_url(address, url)
        except ValueError:
            if _SCHEME.match(url):
                return url  # it is for others to say what is wrong with it
            return _nowhere("it is not a URL")
        origin, path, fragment = _parts(joined)
        if origin not in self._origins:
            return url if _SCHEME.match(url) else joined
        is_spelled_out = bool(_SCHEME.match(url)) or url.startswith(("//", "\\\\", "/\\", "\\/"))
        return self._within(path, fragment) or (
            joined if is_spelled_out else _nowhere("it points outside of the site")
        )

    def _within(self, path: str, fragment: str) -> _Target | None:
        """Return where a path of the host leads, or None where that is another site."""
        for _ in range(_REDIRECTS):
            if f"{path}/" == self._root:  # web servers send on to the folder
                path = self._root
            if not path.startswith(self._root):
                return None
            inner = unquote(path.removeprefix(self._root), errors="surrogateescape")
            file = next((file for file in self._site.hosting.files(inner) if file in self._site.files), None)
            if file is not None:
                is_unsuffixed = file == f"{inner.rstrip('/')}.html"
                return _Target(file=file, fragment=fragment, is_unsuffixed=is_unsuffixed)
            follows, target = self._site.hosting.follow(unquote(path))
            if not follows or target is None:
                return _nowhere(_NO_FILE)
            origin, path, new = _parts(ada_url.join_url(self._site.base, target))
            fragment = new or fragment
            if origin not in self._origins:
                return _Target()  # it is a link of the file of redirects, and checked as such
        return _nowhere("its redirects go in a circle")


def _climbed(address: str, url: str) -> tuple[str, str]:
    """Return a link as it is written in the folder that it leads up to (RFC 3986 §5.2.4), and that folder."""
    match = _UP.match(url)
    if match is None or not address.startswith(("http:", "https:")):
        return address, url
    scheme, slash, host, *names, _ = address.split("/")
    up = len(match["up"]) // len("../")
    return "/".join([scheme, slash, host, *names[: max(len(names) - up, 0)], ""]), url[
        match.end("up") :
    ] or "./"


def _parts(url: str) -> tuple[str, str, str]:
    """Return origin, path and fragment of a URL that is normalized; nothing of one that has no host."""
    rest, _, fragment = url.partition("#")
    scheme, separator, rest = rest.partition("://")
    if not separator or scheme not in DEFAULT_PORTS:
        return "", "", ""
    authority, slash, path = rest.partition("?")[0].partition("/")
    return f"{scheme}://{authority.rpartition('@')[2]}", f"{slash}{path}", fragment


def check(pages: Collection[Page], site: Site) -> Result:
    """Check all links that stay within a site."""
    resolver = _Resolver(site, pages)
    problems: list[Problem] = []
    broken: list[Broken] = []
    outgoing: list[Outgoing] = []
    internal = unsuffixed = 0
    for page in pages:
        problems += page.problems
        for number, target in enumerate(resolver.targets(page, page.links)):
            url = page.links[number]
            if isinstance(target, str):
                outgoing.append(Outgoing(page.path, number, url, target))
                continue
            internal += 1
            unsuffixed += target.is_unsuffixed
            if target.reason:
                full = _full(url, site.address(page))
                broken.append(Broken(page.path, number, target.reason, url, full))
    return Result(tuple(problems), tuple(broken), len(pages), internal, unsuffixed, tuple(outgoing))


def _full(url: str, address: str) -> str:
    """Return an address in full, as a feed has it: that of a folder, and not of its page."""
    try:
        return _INDEX.sub("/", ada_url.join_url(address, url))
    except ValueError:
        return url


def _problem_with(target: _Target, anchors: Mapping[str, frozenset[str] | None]) -> str | None:
    """Return what is wrong with the fragment of a link, as browsers look for it.

    HTML Living Standard, "find a potential indicated element": first as it is in the URL, then decoded.
    """
    if not target.fragment or target.file is None:
        return None
    name = target.fragment.partition(":~:")[0]  # text directives are the browser's business
    ids = anchors.get(target.file)
    if ids is None or name in ids or unquote(name) in ids or name.lower() in _TOP:
        return None
    is_view = target.file.endswith(".svg") and name.startswith(("svgView(", "xywh=", "t="))  # SVG 2 §16.3
    return None if is_view else _NO_ID


def dates(pages: Iterable[Page], site: Site) -> dict[str, str]:
    """Return when pages were published, as feeds have it, by the path of their file."""
    resolver = _Resolver(site, ())
    published: dict[str, str] = {}
    for page in pages:
        targets = resolver.targets(page, page.dates)
        for target, date in zip(targets, page.dates.values(), strict=True):
            if date and isinstance(target, _Target) and target.file:
                published[target.file] = date
    return published
