"""Every link, picture and file that built HTML and feeds refer to, and every place that can be linked to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import lxml.html
from lxml import etree

from postdocs.errors import PostdocsError

_ATOM = "{http://www.w3.org/2005/Atom}"
# HTML Living Standard, "Attributes": those that hold one URL, in elements that load or link to it.
_URL_ATTRIBUTES = (
    *("action", "cite", "data", "formaction", "href", "poster", "src"),
    "xlink:href",  # SVG 1.1 §5.6
)
# A connection that is opened early leads to a host, not to a file.
_NO_TARGET = {"preconnect", "dns-prefetch"}
# HTML Living Standard, "srcset attributes": URLs, each with descriptors or without.
_CANDIDATES = re.compile(r"([^\s,](?:\S*[^\s,])?)(?:,(?=\s)|\s+[^,]*,?|,*$)")


@dataclass(frozen=True)
class Link:
    """A reference: url as it is written, 1-based line of its element in the file."""

    url: str
    line: int


@dataclass(frozen=True)
class Page:
    """A built file, as far as links go.

    path: its POSIX path from the root of the site. anchors: what fragments can name, or None for what has
    none, such as a feed. base: the URL that its links are relative to, where that is not its own.
    canonical: the address that its head states.
    """

    path: str
    links: tuple[Link, ...] = ()
    anchors: frozenset[str] | None = None
    base: str | None = None
    canonical: str | None = None


def list_files(root: Path) -> list[str]:
    """Return the POSIX paths of all files below a folder, from there, in order."""
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def collect(root: Path, files: Iterable[str]) -> Iterator[Page]:
    """Read the HTML files and Atom feeds among the files of a folder.

    Raises
    ------
    PostdocsError
        A feed is not XML.

    """
    for name in files:
        if name.endswith(".html"):
            yield read_html((root / name).read_bytes(), name)
        elif name.endswith(".xml"):
            page = read_feed((root / name).read_bytes(), name)
            if page:
                yield page


def read_html(data: bytes, path: str) -> Page:
    """Read an HTML file."""
    # What is declared in the file is not always true; what Sphinx writes is UTF-8.
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
    try:
        root = lxml.html.document_fromstring(data, parser=parser)
    except etree.ParserError:  # there is no element in it
        return Page(path, anchors=frozenset())
    return _read_tree(root, path)


def read_feed(data: bytes, path: str) -> Page | None:
    """Read an Atom feed, and the HTML of its entries; return None for XML of another kind.

    A link inside an entry has the line on which its content begins.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        feed = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise PostdocsError(
            path, error.lineno, f"it is not XML: {error.msg}", "build the site again"
        ) from None
    if feed.tag != f"{_ATOM}feed":
        return None
    links = []
    for element in feed.iter(f"{_ATOM}link", f"{_ATOM}content", f"{_ATOM}summary", f"{_ATOM}uri"):
        line = element.sourceline or 1
        if element.tag == f"{_ATOM}link":
            links.append(Link(element.get("href", ""), line))
        elif element.tag == f"{_ATOM}uri":
            links.append(Link(element.text or "", line))
        elif element.get("type") == "html" and (element.text or "").strip():
            inner = read_html((element.text or "").encode(), path)
            links += [Link(link.url, line) for link in inner.links]
    return Page(path, tuple(links))


def _read_tree(root: lxml.html.HtmlElement, path: str) -> Page:
    links: list[Link] = []
    anchors: set[str] = set()
    base = canonical = None
    for element in root.iter(etree.Element):
        line = element.sourceline or 1
        anchors.update(
            value for value in (element.get("id"), element.tag == "a" and element.get("name")) if value
        )
        relations = set((element.get("rel") or "").lower().split())
        if element.tag == "base":
            base = base or element.get("href")
            continue
        if element.tag == "link" and "canonical" in relations:
            canonical = element.get("href")
        if relations & _NO_TARGET:
            continue
        links += [Link(url.strip(), line) for url in _urls(element)]
    return Page(path, tuple(links), frozenset(anchors), base, canonical)


def _urls(element: lxml.html.HtmlElement) -> Iterator[str]:
    for name in _URL_ATTRIBUTES:
        value = element.get(name)
        if value is not None and not (name == "data" and element.tag != "object"):
            yield value
    for name in ("srcset", "imagesrcset"):
        yield from _CANDIDATES.findall(element.get(name) or "")
    if element.tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
        # HTML Living Standard, "shared declarative refresh steps".
        match = re.search(
            r"[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", element.get("content") or "", re.IGNORECASE
        )
        if match:
            yield match[1]
