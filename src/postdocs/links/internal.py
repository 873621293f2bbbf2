"""Whether links within a site lead somewhere. No network is needed: what they lead to are files."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

from postdocs.links.collect import Link, Page

_DEFAULT_BASE = "https://localhost.invalid/"  # for sites that do not say where they will be (RFC 6761 §6.4)
# HTML Living Standard, "find a potential indicated element": the top of any page.
_TOP = {"", "top"}


@dataclass(frozen=True)
class Fault:
    """An internal link that leads nowhere: where it is written, and why it fails."""

    path: str
    line: int
    url: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.url}: {self.reason}"


@dataclass(frozen=True)
class Result:
    """What a check found. internal, outgoing: how many links it looked at, and how many lead elsewhere."""

    faults: tuple[Fault, ...]
    pages: int
    internal: int
    outgoing: int


def base_of(pages: Iterable[Page]) -> str:
    """Return the address of a site, as its home page states it."""
    canonical = next((page.canonical for page in pages if page.path == "index.html"), None)
    return urljoin(canonical, ".") if canonical else _DEFAULT_BASE


def check(pages: Collection[Page], files: Container[str], base: str) -> Result:
    """Check all links that stay within a site.

    files: the POSIX paths of all its files, from its root. base: its address.
    """
    anchors = {page.path: page.anchors for page in pages}
    faults: list[Fault] = []
    internal = outgoing = 0
    for page in pages:
        for link in page.links:
            try:
                target = _resolve(page, link, base)
                reason = target and _fault(*target, files, anchors)
            except ValueError as error:
                target, reason = ("", ""), str(error)
            internal += target is not None
            outgoing += target is None
            if reason:
                faults.append(Fault(page.path, link.line, link.url, reason))
    return Result(tuple(faults), len(pages), internal, outgoing)


def _resolve(page: Page, link: Link, base: str) -> tuple[str, str] | None:
    """Return path and fragment of an internal link, or None for an outgoing one.

    Raises
    ------
    ValueError
        It is neither; the message says why.

    """
    site = urlsplit(base)
    try:
        parts = urlsplit(urljoin(urljoin(urljoin(base, quote(page.path)), page.base or ""), link.url))
        outside = (parts.hostname, parts.port) != (site.hostname, site.port)
    except ValueError as error:
        raise ValueError(f"it is not a URL ({error})") from None
    if parts.scheme not in {"http", "https"} or outside:
        return None
    path = parts.path or "/"  # RFC 3986 §6.2.3
    if not path.startswith(site.path):
        if urlsplit(link.url).netloc:
            return None  # spelled out: another site on the same host
        raise ValueError("it leads out of the site")
    return unquote(path.removeprefix(site.path)), unquote(parts.fragment)


def _fault(
    path: str, fragment: str, files: Container[str], anchors: Mapping[str, frozenset[str] | None]
) -> str | None:
    file = next((candidate for candidate in _files(path) if candidate in files), None)
    if file is None:
        return "there is no such page or file"
    name = fragment.partition(":~:")[0]  # text directives are the browser's business
    known = anchors.get(file)
    if known is not None and name not in known and name.lower() not in _TOP:
        return "the page has no element with that id"
    return None


def _files(path: str) -> Iterator[str]:
    """Yield the files that a web server may answer a path with."""
    if path and not path.endswith("/"):
        yield path
    yield f"{path.rstrip('/')}/index.html".lstrip("/")
