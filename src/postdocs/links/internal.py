"""Whether links within a site lead somewhere. No network is needed: what they lead to are files."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from postdocs.links.model import Page, Problem

_DEFAULT_BASE = "https://localhost.invalid/"  # for sites that do not say where they will be (RFC 6761 §6.4)
# HTML Living Standard, "find a potential indicated element": the top of any page.
_TOP = {"", "top"}
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Outgoing:
    """A link that leaves the site: on the line of a page, as it is written there, and in full."""

    path: str
    line: int
    written: str
    url: str


@dataclass(frozen=True)
class Result:
    """What a check found.

    problems: those of files and of links, in the order of the pages. internal: how many links it looked at.
    outgoing: those that lead elsewhere, with their address in full, in the order of the pages.
    """

    problems: tuple[Problem, ...]
    pages: int
    internal: int
    outgoing: tuple[Outgoing, ...]


def base_of(pages: Iterable[Page]) -> str:
    """Return the address of a site, as its home page states it, or one for sites that have none.

    A path alone, such as that of a site without a host yet, is a path on a host that stands for any.
    """
    canonical = next((page.canonical for page in pages if page.path == "index.html"), None) or ""
    try:
        return to_base(urljoin(_DEFAULT_BASE, canonical) if canonical.startswith("/") else canonical)
    except ValueError:
        return _DEFAULT_BASE


def to_base(address: str) -> str:
    """Return the address of a folder, with a slash at its end, from its own or that of an HTML file in it.

    Raises
    ------
    ValueError
        It is not a web address with scheme and host.

    """
    parts = urlsplit(address)
    if parts.scheme not in _DEFAULT_PORTS or not _host(parts)[0]:
        raise ValueError("it is not a web address")
    folder = parts.path.rpartition("/")[0] if parts.path.endswith(".html") else parts.path
    return parts._replace(path=f"{folder.rstrip('/')}/", query="", fragment="").geturl()


def _host(parts: SplitResult) -> tuple[str | None, int | None]:
    """Return host and port; no port where it is the one that its scheme has anyway."""
    port = parts.port
    return parts.hostname, None if port == _DEFAULT_PORTS.get(parts.scheme) else port


def check(pages: Collection[Page], files: Container[str], base: str) -> Result:
    """Check all links that stay within a site.

    files: the POSIX paths of all its files, from its root. base: its address.
    """
    anchors = {page.path: page.anchors for page in pages}
    problems: list[Problem] = []
    outgoing: list[Outgoing] = []
    internal = 0
    site = urlsplit(base)
    for page in pages:
        problems += page.problems
        address = _address(page, base)
        for link in page.links:
            try:
                target = _resolve(link.url, address, site)
                reason = target and _problem_with(*target, files, anchors)
            except ValueError as error:
                target, reason = ("", ""), str(error)
            if target is None:
                full = urljoin(address, link.url)
                outgoing.append(Outgoing(page.path, link.line, link.url, full))
            internal += target is not None
            if reason:
                problems.append(Problem(page.path, link.line, reason, link.url))
    return Result(tuple(problems), len(pages), internal, tuple(outgoing))


def _address(page: Page, base: str) -> str:
    """Return the URL that the links of a page are relative to."""
    address = urljoin(base, quote(page.path, errors="surrogateescape"))
    try:
        return urljoin(address, page.base or "")
    except ValueError:  # HTML Living Standard, "set the frozen base URL": one that is no URL does not count
        return address


def _resolve(url: str, address: str, site: SplitResult) -> tuple[str, str] | None:
    """Return path and fragment of an internal link, or None for an outgoing one.

    Raises
    ------
    ValueError
        It is neither; the message says why.

    """
    try:
        parts = urlsplit(urljoin(address, url))
        outside = _host(parts) != _host(site)
    except ValueError as error:
        raise ValueError(f"it is not a URL ({error})") from None
    if parts.scheme not in {"http", "https"} or outside:
        return None
    path = parts.path or "/"  # RFC 3986 §6.2.3
    if f"{path}/" == site.path:  # web servers send on to the folder
        path = site.path
    if not path.startswith(site.path):
        if urlsplit(url).netloc:
            return None  # spelled out: another site on the same host
        raise ValueError("it leads out of the site")
    return unquote(path.removeprefix(site.path), errors="surrogateescape"), unquote(parts.fragment)


def _problem_with(
    path: str, fragment: str, files: Container[str], anchors: Mapping[str, frozenset[str] | None]
) -> str | None:
    file = _file(path, files)
    if file is None:
        return "there is no such page or file"
    name = fragment.partition(":~:")[0]  # text directives are the browser's business
    ids = anchors.get(file)
    if ids is not None and name not in ids and name.lower() not in _TOP:
        return "the page has no element with that id"
    return None


def _file(path: str, files: Container[str]) -> str | None:
    return next((candidate for candidate in _files(path) if candidate in files), None)


def _files(path: str) -> Iterator[str]:
    """Yield the files that a web server may answer a path with."""
    if path and not path.endswith("/"):
        yield path
    yield f"{path.rstrip('/')}/index.html".lstrip("/")


def dates(pages: Iterable[Page], files: Container[str], base: str) -> dict[str, str]:
    """Return when pages were published, as feeds have it, by the path of their file."""
    site = urlsplit(base)
    published: dict[str, str] = {}
    for page in pages:
        for url, date in page.dates.items():
            with suppress(ValueError):
                target = _resolve(url, _address(page, base), site)
                file = target and _file(target[0], files)
                if file and date:
                    published[file] = date
    return published
