"""References in feeds and sitemaps, and dates of entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from lxml import etree

from postdocs.core.html import URL_ATTRIBUTES
from postdocs.links import css
from postdocs.links.html import read_html
from postdocs.links.model import Page, Problem, columns

_ATOM = "{http://www.w3.org/2005/Atom}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_SVG = "{http://www.w3.org/2000/svg}"
_OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
_RSS_1 = "{http://purl.org/rss/1.0/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DUBLIN_DATE = "{http://purl.org/dc/elements/1.1/}date"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_FEED_NAMES = {"atom.xml", "rss.xml", "feed.xml", "sitemap.xml"}


@dataclass(frozen=True)
class _Reference:
    """An address, or a piece of HTML, with the address that it is relative to, if not that of the file."""

    line: int
    url: str = ""
    html: str = ""
    base: str = ""


def read_xml(data: bytes, path: str) -> Page | None:
    """Read a feed, a sitemap, an SVG picture, or a description of a search or of tiles; None is other XML.

    Feeds are Atom (RFC 4287), RSS 2.0 and RSS 1.0, with the HTML of their entries. A link inside an entry has
    the line on which its content begins. What is not XML is a problem in what is named or begins like one of
    these.
    """
    try:
        root = etree.fromstring(data, _xml_parser(recover=False))
    except etree.XMLSyntaxError as error:
        if path.rpartition("/")[2] not in _FEED_NAMES and not _begins_as_known(data):
            return None
        return Page(path, problems=(Problem(path, error.lineno or 1, f"it is not XML: {error.msg}"),))
    references = _READERS.get(str(root.tag))
    if references is None:
        return None
    links: list[tuple[str, int]] = []
    problems: list[Problem] = []
    for reference in references(root):
        if not reference.html:
            links.append((_joined(reference.base, reference.url), reference.line))
            continue
        inner = read_html(reference.html.encode("utf-8", "replace"), path)
        links += [(_joined(reference.base, url), reference.line) for url in inner.links]
        problems += [Problem(path, reference.line, problem.reason) for problem in inner.problems]
    dates = dict(_dates(root))
    ids = (element.get("id") for element in root.iter(etree.Element)) if root.tag == f"{_SVG}svg" else None
    anchors = None if ids is None else frozenset(name for name in ids if name)
    announced = (*dates, *(_text(loc) for loc in root.iterfind(f"{_SITEMAP}url/{_SITEMAP}loc")))
    urls, lines = columns(links)
    return Page(path, urls, anchors, dates=dates, problems=tuple(problems), announced=announced, lines=lines)


def _joined(base: str, url: str) -> str:
    if not base:
        return url
    try:
        return urljoin(base, url)
    except ValueError:  # neither is one; the check of the link says so
        return url


def _begins_as_known(data: bytes) -> bool:
    try:
        root = etree.fromstring(data, _xml_parser(recover=True))
    except etree.XMLSyntaxError:  # there is nothing in it
        return False
    # There is no element, whatever the types say, in what holds text only.
    return str(getattr(root, "tag", None)) in _READERS


def _xml_parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=recover
    )


def _text(element: etree._Element | None) -> str:
    return "" if element is None else (element.text or "").strip()


def _line(element: etree._Element) -> int:
    return element.sourceline or 1


def _base_of(element: etree._Element) -> str:
    """Return the address that those in an element are relative to (XML Base §3), "" for that of the file."""
    base = ""
    for outer in reversed([element, *element.iterancestors()]):
        base = _joined(base, outer.get(_BASE) or "") if outer.get(_BASE) else base
    return base


def _atom(feed: etree._Element) -> Iterator[_Reference]:
    has_bases = next((True for element in feed.iter(etree.Element) if element.get(_BASE)), False)
    for element in feed.iter(etree.Element):
        base = _base_of(element) if has_bases else ""
        name = str(element.tag)
        line = _line(element)
        if name == f"{_ATOM}link":
            yield _Reference(line, element.get("href", ""), base=base)
        elif name in {f"{_ATOM}uri", f"{_ATOM}icon", f"{_ATOM}logo"}:
            yield _Reference(line, _text(element), base=base)
        elif name in {f"{_ATOM}content", f"{_ATOM}summary", f"{_ATOM}title", f"{_ATOM}rights"}:
            if element.get("src"):
                yield _Reference(line, element.get("src", ""), base=base)
            if element.get("type") in {"html", "text/html"} and _text(element):
                yield _Reference(line, html=element.text or "", base=base)
        elif name.startswith((_XHTML, _SVG)):
            yield from (_Reference(line, url, base=base) for url in _attributes(element))


def _attributes(element: etree._Element) -> Iterator[str]:
    """Yield the addresses in the attributes of an element of XHTML or SVG."""
    for name in (*URL_ATTRIBUTES, _XLINK):
        if (url := element.get(name)) is not None and not (
            name == "data" and element.tag != f"{_XHTML}object"
        ):
            yield url


def _rss(root: etree._Element) -> Iterator[_Reference]:
    base = _text(root.find("channel/link"))
    for element in root.iter(etree.Element):
        outer = element.getparent()
        if _is_html_of_rss(element):
            inner = "" if outer is None else _text(outer.find("link"))
            yield _Reference(_line(element), html=element.text or "", base=inner or base)
        elif (url := _address_in_rss(element, "" if outer is None else str(outer.tag))) is not None:
            yield _Reference(_line(element), url)


def _is_html_of_rss(element: etree._Element) -> bool:
    names = {"description", f"{_RSS_1}description", _CONTENT}
    return element.tag in names and "<" in (element.text or "")


def _address_in_rss(element: etree._Element, outer: str) -> str | None:
    name, text = etree.QName(element), _text(element)
    is_plain = name.namespace in {None, _RSS_1[1:-1]}
    if is_plain and name.localname == "guid":
        # RSS 2.0: it is a permalink unless it says that it is not. Many are not, and say nothing.
        is_address = text.startswith(("http://", "https://"))
        return text if element.get("isPermaLink", str(is_address).lower()) == "true" else None
    is_image = (name.localname, outer) == ("url", "image")
    if is_plain and (name.localname in {"link", "comments", "docs"} or is_image):
        return text
    if name.localname in {"enclosure", "content", "thumbnail"} and element.get("url"):
        return element.get("url")
    return element.get("href")  # atom:link, itunes:image


def _sitemap(root: etree._Element) -> Iterator[_Reference]:
    """Yield pages, pictures and films (extensions of Google), and versions in other languages."""
    for element in root.iter(etree.Element):
        local = etree.QName(element).localname
        if local in {"loc", "content_loc", "thumbnail_loc", "player_loc"}:
            yield _Reference(_line(element), _text(element))
        elif element.tag == f"{_XHTML}link":
            yield _Reference(_line(element), element.get("href", ""))


def _svg(root: etree._Element) -> Iterator[_Reference]:
    for element in root.iter(etree.Element):
        if element.tag == f"{_SVG}style":
            yield from (_Reference(_line(element), url) for url, _ in css.urls_in(element.text or ""))
        yield from (
            _Reference(_line(element), url) for url in _attributes(element) if not url.startswith("#")
        )


def _search(root: etree._Element) -> Iterator[_Reference]:
    for element in root.iter(f"{_OPENSEARCH}Image", f"{_OPENSEARCH}Url"):
        url = element.get("template") or _text(element)
        if "{" not in url:  # a template of addresses, of which each search has its own
            yield _Reference(_line(element), url)


def _tiles(root: etree._Element) -> Iterator[_Reference]:
    """Yield pictures and addresses of a browserconfig.xml (Microsoft, "Browser configuration schema")."""
    for element in root.iter(etree.Element):
        if element.get("src") is not None:
            yield _Reference(_line(element), element.get("src", ""))


_READERS: dict[str, Callable[[etree._Element], Iterable[_Reference]]] = {
    f"{_ATOM}feed": _atom,
    "rss": _rss,
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF": _rss,
    f"{_SITEMAP}urlset": _sitemap,
    f"{_SITEMAP}sitemapindex": _sitemap,
    f"{_SVG}svg": _svg,
    f"{_OPENSEARCH}OpenSearchDescription": _search,
    "browserconfig": _tiles,
}


def _dates(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the addresses of the entries of a feed, each with the day on which it was published."""
    for entry in root.iterfind(f"{_ATOM}entry"):
        date = entry.findtext(f"{_ATOM}published") or entry.findtext(f"{_ATOM}updated") or ""
        for link in entry.iterfind(f"{_ATOM}link"):
            if link.get("rel", "alternate") == "alternate":
                yield link.get("href", ""), date
    for item in (*root.iterfind("channel/item"), *root.iterfind(f"{_RSS_1}item")):
        date = _day(_text(item.find("pubDate"))) or _text(item.find(_DUBLIN_DATE))
        yield _text(item.find("link")) or _text(item.find(f"{_RSS_1}link")), date


def _day(text: str) -> str:
    """Return a date of RFC 822 as ISO 8601 has it, or "" where it is none."""
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except ValueError:
        return ""
