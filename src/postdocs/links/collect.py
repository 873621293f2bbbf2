"""Every link, picture and file that built HTML and feeds refer to, and every place that can be linked to."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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
# A connection that a link element opens early leads to a host, not to a file.
_NO_TARGET = {"preconnect", "dns-prefetch"}
# HTML Living Standard, "parse a srcset attribute": a URL, and the descriptors after it, which may hold
# commas in parentheses. Neither expression can backtrack.
_CANDIDATE = re.compile(r"[\t\n\f\r ,]*+([^\t\n\f\r ]++)")
_DESCRIPTORS = re.compile(r"(?:[^(,]++|\([^)]*+\)?+)*+")
# URL Standard, "basic URL parser": what it takes off both ends, and what it takes out everywhere.
_ENDS = "".join(map(chr, range(0x21)))
_TAKEN_OUT = str.maketrans("", "", "\t\n\r")
# HTML Living Standard, "after after body": a browser goes on after these, lxml stops at the first.
_END_OF_PAGE = re.compile(r"</(?:body|html)(?=[\s/>])[^<>]*+>", re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    """A reference: url as it is written, 1-based line of its element in the file."""

    url: str
    line: int


@dataclass(frozen=True)
class Fault:
    """What is wrong in a built file: the 1-based line, why, and the URL that it is about, if there is one."""

    path: str
    line: int
    reason: str
    url: str | None = None

    def __str__(self) -> str:
        url = "" if self.url is None else f"{self.url}: "
        # A fault is one line, and its text comes from anywhere: a terminal must not obey it.
        return "".join(
            letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
            for letter in f"{self.path}:{self.line}: {url}{self.reason}"
        )


@dataclass(frozen=True)
class Page:
    """A built file, as far as links go.

    path: its POSIX path from the root of the site. anchors: what fragments can name, or None for what has
    none, such as a feed. base: the URL that its links are relative to, where that is not its own.
    canonical: the address that its head states. faults: why it could not be read, or not to its end.
    """

    path: str
    links: tuple[Link, ...] = ()
    anchors: frozenset[str] | None = None
    base: str | None = None
    canonical: str | None = None
    faults: tuple[Fault, ...] = ()


def list_files(root: Path) -> list[str]:
    """Return the POSIX paths of all files below a folder, from there, in order.

    Links to folders are followed, as web servers do.

    Raises
    ------
    PostdocsError
        A folder cannot be read.

    """
    try:
        return sorted(_walk(root, "", frozenset()))
    except OSError as error:
        raise _unreadable(error.filename or root, error) from None


def _walk(folder: Path, prefix: str, above: frozenset[Path]) -> Iterator[str]:
    real = folder.resolve()
    if real in above:  # a link to a folder that it is in has no end
        return
    for path in folder.iterdir():
        if path.is_dir():
            yield from _walk(path, f"{prefix}{path.name}/", above | {real})
        elif path.is_file():
            yield f"{prefix}{path.name}"


def _unreadable(path: str | Path, error: OSError) -> PostdocsError:
    return PostdocsError(path, None, f"it cannot be read: {error.strerror}", "make it readable")


def collect(root: Path, files: Iterable[str]) -> Iterator[Page]:
    """Read the HTML files and Atom feeds among the files of a folder.

    Raises
    ------
    PostdocsError
        A file cannot be read.

    """
    for name in files:
        if not name.endswith((".html", ".xml")):
            continue
        try:
            data = (root / name).read_bytes()
        except OSError as error:
            raise _unreadable(name, error) from None
        page = read_html(data, name) if name.endswith(".html") else read_feed(data, name)
        if page:
            yield page


def read_html(data: bytes, path: str) -> Page:
    """Read an HTML file."""
    # What is declared in the file is not always true; what Sphinx writes is UTF-8. A byte order mark is.
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = data.decode("utf-16" if utf16 else "utf-8-sig", errors="replace")
    text = _END_OF_PAGE.sub(lambda tag: "\n" * tag[0].count("\n"), text)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
    try:
        root = lxml.html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError:  # there is no element in it
        return Page(path, anchors=frozenset())
    return _read_tree(root, path, _fatal(parser, path))


def _fatal(parser: lxml.html.HTMLParser, path: str) -> tuple[Fault, ...]:
    # lxml forgives all else, but ends a page here without a word.
    return tuple(
        Fault(path, error.line, f"it cannot be read from here on ({error.message.partition(',')[0]})")
        for error in parser.error_log.filter_from_fatals()
    )


def read_feed(data: bytes, path: str) -> Page | None:
    """Read an Atom feed, and the HTML of its entries; return None for XML of another kind.

    A link inside an entry has the line on which its content begins. What is not XML is a fault in what is
    named atom.xml or begins like a feed, and of another kind otherwise.
    """
    try:
        feed = etree.fromstring(data, _xml_parser(recover=False))
    except etree.XMLSyntaxError as error:
        if path.rpartition("/")[2] != "atom.xml" and not _begins_as_feed(data):
            return None
        return Page(path, faults=(Fault(path, error.lineno or 1, f"it is not XML: {error.msg}"),))
    if feed.tag != f"{_ATOM}feed":
        return None
    links = []
    faults: list[Fault] = []
    for element in feed.iter(f"{_ATOM}link", f"{_ATOM}content", f"{_ATOM}summary", f"{_ATOM}uri"):
        line = element.sourceline or 1
        if element.tag == f"{_ATOM}link":
            links.append(Link(element.get("href", ""), line))
        elif element.tag == f"{_ATOM}uri":
            links.append(Link(element.text or "", line))
        elif element.get("type") == "html" and (element.text or "").strip():
            inner = read_html((element.text or "").encode(), path)
            links += [Link(link.url, line) for link in inner.links]
            faults += [replace(fault, line=line) for fault in inner.faults]
    return Page(path, tuple(links), faults=tuple(faults))


def _begins_as_feed(data: bytes) -> bool:
    try:
        root = etree.fromstring(data, _xml_parser(recover=True))
    except etree.XMLSyntaxError:  # there is nothing in it
        return False
    # There is no element, whatever the types say, in what holds text only.
    return getattr(root, "tag", None) == f"{_ATOM}feed"


def _xml_parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=recover
    )


def _read_tree(root: lxml.html.HtmlElement, path: str, faults: tuple[Fault, ...]) -> Page:
    links: list[Link] = []
    anchors: set[str] = set()
    base = canonical = None
    for element in root.iter(etree.Element):
        if not element.keys():  # most of them
            continue
        line = element.sourceline or 1
        anchors.update(
            value for value in (element.get("id"), element.tag == "a" and element.get("name")) if value
        )
        relations = set((element.get("rel") or "").lower().split())
        if element.tag == "base":
            base = base or _clean(element.get("href") or "")
            continue
        if element.tag == "link" and "canonical" in relations:
            canonical = _clean(element.get("href") or "")
        if element.tag == "link" and relations & _NO_TARGET:
            continue
        links += [Link(_clean(url), line) for url in _urls(element)]
    return Page(path, tuple(links), frozenset(anchors), base, canonical, faults)


def _clean(url: str) -> str:
    return url.strip(_ENDS).translate(_TAKEN_OUT)


def _urls(element: lxml.html.HtmlElement) -> Iterator[str]:
    names = element.keys()
    for name in _URL_ATTRIBUTES:
        if name in names and not (name == "data" and element.tag != "object"):
            yield element.get(name) or ""
    for name in ("srcset", "imagesrcset"):
        if name in names:
            yield from _candidates(element.get(name) or "")
    if element.tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
        # HTML Living Standard, "shared declarative refresh steps".
        match = re.search(
            r"[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", element.get("content") or "", re.IGNORECASE
        )
        if match:
            yield match[1]


def _candidates(srcset: str) -> Iterator[str]:
    end = 0
    while match := _CANDIDATE.match(srcset, end):
        url, end = match[1], match.end()
        if not url.endswith(","):
            descriptors = _DESCRIPTORS.match(srcset, end)
            end = descriptors.end() if descriptors else end
        yield url.rstrip(",")
