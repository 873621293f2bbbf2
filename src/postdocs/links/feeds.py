"""Feeds: what they refer to, and when their entries were published."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from postdocs.links.html import read_html
from postdocs.links.model import Link, Page, Problem

_JSON_FEED = b"https://jsonfeed.org/version/"
_JSON_URLS = {  # members that hold an address
    *("avatar", "banner_image", "external_url", "favicon", "feed_url", "home_page_url", "icon", "image"),
    *("next_url", "url"),
}
_ATOM = "{http://www.w3.org/2005/Atom}"


def read_atom(data: bytes, path: str) -> Page | None:
    """Read an Atom feed (RFC 4287), and the HTML of its entries; return None for XML of another kind.

    A link inside an entry has the line on which its content begins. What is not XML is a problem in what is
    named atom.xml or begins like a feed, and of another kind otherwise.
    """
    try:
        feed = etree.fromstring(data, _xml_parser(recover=False))
    except etree.XMLSyntaxError as error:
        if path.rpartition("/")[2] != "atom.xml" and not _begins_as_feed(data):
            return None
        return Page(path, problems=(Problem(path, error.lineno or 1, f"it is not XML: {error.msg}"),))
    if feed.tag != f"{_ATOM}feed":
        return None
    links = []
    problems: list[Problem] = []
    dates: dict[str, str] = {}
    for entry in feed.iterfind(f"{_ATOM}entry"):
        date = entry.findtext(f"{_ATOM}published") or entry.findtext(f"{_ATOM}updated") or ""
        alternates = (
            link for link in entry.iterfind(f"{_ATOM}link") if link.get("rel", "alternate") == "alternate"
        )
        dates |= {link.get("href", ""): date for link in alternates}
    for element in feed.iter(f"{_ATOM}link", f"{_ATOM}content", f"{_ATOM}summary", f"{_ATOM}uri"):
        line = element.sourceline or 1
        if element.tag == f"{_ATOM}link":
            links.append(Link(element.get("href", ""), line))
        elif element.tag == f"{_ATOM}uri":
            links.append(Link(element.text or "", line))
        elif element.get("type") == "html" and (element.text or "").strip():
            inner = read_html((element.text or "").encode(), path)
            links += [Link(link.url, line) for link in inner.links]
            problems += [replace(problem, line=line) for problem in inner.problems]
    return Page(path, tuple(links), dates=dates, problems=tuple(problems))


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


def read_json(data: bytes, path: str) -> Page | None:
    """Read a JSON feed (JSON Feed 1.1), and the HTML of its items; return None for JSON of another kind."""
    if _JSON_FEED not in data and path.rpartition("/")[2] != "feed.json":
        return None
    text = data.decode("utf-8", "replace")
    try:
        feed = json.loads(data)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        return Page(path, problems=(Problem(path, line, f"it is not JSON: {getattr(error, 'msg', error)}"),))
    if not isinstance(feed, dict) or not str(feed.get("version")).startswith(_JSON_FEED.decode()):
        return None
    links: list[Link] = []
    problems: list[Problem] = []
    for name, value in _members(feed):
        line = _line_of(value, text)
        if name in _JSON_URLS:
            links.append(Link(value, line))
        elif name == "content_html" and value.strip():
            inner = read_html(value.encode("utf-8", "replace"), path)
            links += [Link(link.url, line) for link in inner.links]
            problems += [replace(problem, line=line) for problem in inner.problems]
    items = [item for item in feed.get("items") or () if isinstance(item, dict)]
    dates = {str(item.get("url")): str(item.get("date_published") or "") for item in items}
    return Page(path, tuple(links), dates=dates, problems=tuple(problems))


def _members(value: Any) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of all members of objects, at any depth."""
    if isinstance(value, list):
        for item in value:
            yield from _members(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, str):
                yield name, item
            else:
                yield from _members(item)


def _line_of(value: str, text: str) -> int:
    """Return the line on which a text stands in a JSON file."""
    places = (text.find(json.dumps(value, ensure_ascii=ascii_only)) for ascii_only in (False, True))
    return text.count("\n", 0, max(*places, 0)) + 1
