"""Every link, picture and file that an HTML page refers to, and every place in it that can be linked to."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from postdocs.core.html import URL_ATTRIBUTES, srcset
from postdocs.core.urls import without_white_space
from postdocs.links.model import Link, Page, Problem

# A connection that a link element opens early leads to a host, not to a file.
_NO_TARGET = {"preconnect", "dns-prefetch"}
# HTML Living Standard, "after after body": a browser goes on after these, lxml stops at the first.
_END_OF_PAGE = re.compile(r"</(?:body|html)(?=[\s/>])[^<>]*+>", re.IGNORECASE)


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


def _fatal(parser: lxml.html.HTMLParser, path: str) -> tuple[Problem, ...]:
    # lxml forgives all else, but ends a page here without a word.
    return tuple(
        Problem(path, error.line, f"it cannot be read from here on ({error.message.partition(',')[0]})")
        for error in parser.error_log.filter_from_fatals()
    )


def _read_tree(root: lxml.html.HtmlElement, path: str, problems: tuple[Problem, ...]) -> Page:
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
            base = base or without_white_space(element.get("href") or "")
            continue
        if element.tag == "link" and "canonical" in relations:
            canonical = without_white_space(element.get("href") or "")
        if element.tag == "link" and relations & _NO_TARGET:
            continue
        links += [Link(without_white_space(url), line) for url in _urls(element)]
    return Page(path, tuple(links), frozenset(anchors), base, canonical, problems)


def _urls(element: lxml.html.HtmlElement) -> Iterator[str]:
    names = element.keys()
    for name in URL_ATTRIBUTES:
        if name in names and not (name == "data" and element.tag != "object"):
            yield element.get(name) or ""
    for name in ("srcset", "imagesrcset"):
        if name in names:
            yield from (url for url, _ in srcset(element.get(name) or ""))
    if element.tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
        # HTML Living Standard, "shared declarative refresh steps".
        match = re.search(
            r"[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", element.get("content") or "", re.IGNORECASE
        )
        if match:
            yield match[1]
