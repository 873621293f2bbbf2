"""Every link, image, and file that an HTML page refers to, and every id in it."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping

import webencodings
from selectolax.lexbor import LexborNode

from postdocs.core.html import URL_ATTRIBUTES, srcset
from postdocs.core.urls import without_white_space
from postdocs.links import css
from postdocs.links.linked_data import addresses_in
from postdocs.links.model import Page, Problem
from postdocs.links.parsing import TooDeepError, parse

# A connection that a link element opens early leads to a host, not to a file.
_NO_TARGET = {"preconnect", "dns-prefetch"}
SRCSETS = ("srcset", "imagesrcset")
# What services show of a page that is shared: the Open Graph protocol, the cards of X, and microdata.
_META = {
    *("og:image", "og:image:url", "og:image:secure_url", "og:url", "og:video", "og:video:url"),
    *("og:video:secure_url", "og:audio", "og:audio:url", "og:audio:secure_url", "og:see_also"),
    *("twitter:image", "twitter:image:src", "twitter:player", "twitter:player:stream", "twitter:url"),
    *("msapplication-tileimage", "msapplication-config"),
}
_META_ITEMS = {"image", "url", "thumbnailurl", "contenturl", "logo"}
_DECLARED = re.compile(rb"<meta[^>]*?charset\s*=\s*[\"']?\s*([^\s\"'/>;]+)", re.IGNORECASE)
_WITH_URLS = ":is({})".format(
    ",".join(
        [
            *(f"[{name}]" for name in (*URL_ATTRIBUTES, *SRCSETS) if ":" not in name),  # xlink:href is [href]
            *("[id]", "a[name]", "[style]", "[ping]", "[srcdoc]", "meta[content]", "style", "base", "link"),
            *("template[shadowrootmode]", 'script[type="application/ld+json" i]'),
        ]
    )
)
# HTML Living Standard, "shared declarative refresh steps".
_REFRESH = re.compile(r"[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_CDATA = re.compile(r"^\s*(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>\s*$")


def read_html(data: bytes, path: str) -> Page:
    """Read an HTML file. One that is nested too deeply is a problem, and its links are not known."""
    try:
        parser = parse(decode(data))
    except TooDeepError as error:
        return Page(path, problems=(_unread(path, error),))
    links: list[str] = []
    anchors: set[str] = set()
    problems: list[Problem] = []
    base = canonical = None
    for element in _elements(parser.root):
        attributes = element.attributes
        tag = element.tag
        if name := attributes.get("id"):
            anchors.add(name)
        if tag == "a" and (name := attributes.get("name")):
            anchors.add(name)
        if tag == "base":
            base = base or without_white_space(attributes.get("href") or "") or None
            continue
        if tag == "link":
            relations = set((attributes.get("rel") or "").lower().split())
            if "canonical" in relations:
                canonical = canonical or without_white_space(attributes.get("href") or "") or None
            if relations & _NO_TARGET:
                continue
        try:
            links += [*_urls(element, tag or "", attributes)]
        except TooDeepError as error:
            problems.append(_unread(path, error))
        except (ValueError, RecursionError) as error:
            problems.append(Problem(path, 1, f"its linked data (JSON-LD) can't be read: {error}"))
    return Page(path, tuple(links), frozenset(anchors), base, canonical, tuple(problems))


def _unread(path: str, error: TooDeepError) -> Problem:
    return Problem(path, 1, f"{error}; its links aren't checked")


def decode(data: bytes) -> str:
    """Decode a page.

    What is UTF-8 is read so, whatever it declares, for many pages declare what they are not; else what the
    page declares counts, and else windows-1252 (HTML Living Standard, "determining the character encoding").
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _DECLARED.search(data[:1024])
        label = declared[1].decode("ascii", "replace") if declared else ""
        encoding = webencodings.lookup(label) or "windows-1252"
        return webencodings.decode(data, encoding, "replace")[0]


def _elements(root: LexborNode | None) -> Iterator[LexborNode]:
    """Yield all elements that may refer to something, those in shadow trees too."""
    for element in root.css(_WITH_URLS) if root else ():
        if element.tag == "template":
            # HTML Living Standard, "declarative shadow roots"; other templates show nothing.
            for fragment in element.template_fragments():
                if fragment.parent is not None and fragment.parent.mem_id == element.mem_id:
                    yield from fragment.css(_WITH_URLS)
        else:
            yield element


def url_attributes(tag: str, attributes: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    """Yield the attributes of an element that are one address, with their values."""
    for name in URL_ATTRIBUTES:
        if name in attributes and not (name == "data" and tag != "object"):
            yield name, without_white_space(attributes[name] or "")


def _urls(element: LexborNode, tag: str, attributes: Mapping[str, str | None]) -> Iterator[str]:
    for _, url in url_attributes(tag, attributes):
        yield url
    for name in SRCSETS:
        if name in attributes:
            yield from (url for url, _ in srcset(attributes[name] or ""))
    if "style" in attributes:
        yield from (url for url, _ in css.urls_in(attributes["style"] or ""))
    if "ping" in attributes:
        yield from (attributes["ping"] or "").split()
    if tag == "meta":
        yield from _in_meta(attributes)
    elif tag == "style":
        yield from (url for url, _ in css.urls_in(element.text() or ""))
    elif tag == "script":
        text = _CDATA.sub("", element.text() or "")
        if "src" not in attributes and text.strip():
            yield from addresses_in(json.loads(text))
    elif tag == "iframe" and attributes.get("srcdoc"):
        inner = read_html((attributes["srcdoc"] or "").encode("utf-8", "replace"), "")
        if inner.anchors is None:
            raise TooDeepError("the elements of a frame are nested too deeply")
        yield from (url for url in inner.links if not url.startswith("#"))


def _in_meta(attributes: Mapping[str, str | None]) -> Iterator[str]:
    content = without_white_space(attributes.get("content") or "")
    names = {(attributes.get(name) or "").strip().lower() for name in ("property", "name")}
    is_none = names & {"msapplication-config"} and content == "none"  # there is no such file
    if (
        content
        and not is_none
        and (names & _META or (attributes.get("itemprop") or "").strip().lower() in _META_ITEMS)
    ):
        yield content
    if (attributes.get("http-equiv") or "").lower() == "refresh" and (match := _REFRESH.search(content)):
        yield match[1].rstrip()
