"""The content of a page beyond words: links, images, players, formulas, and parts that scripts fill in.

It is listed from the HTML of an entry by attributes alone, apart from the importer's own reading: what no
reader knows is listed as well, and so can be missed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from typing import Any
from urllib.parse import unquote

from bs4.element import Comment, Tag

from postdocs.core.html import APART, HEADINGS, HIDDEN, srcset
from postdocs.importer.html.clutter import is_clutter
from postdocs.importer.html.dom import attribute, classes, is_hidden, text_of
from postdocs.importer.html.images import is_tracker
from postdocs.importer.html.rendered import players, protected

END = "<!--end-->"  # after the HTML of an entry, see `has_end`
_PICTURES = frozenset({"img", "amp-img", "image"})
_PLAYERS = frozenset({"applet", "audio", "embed", "frame", "iframe", "object", "video"})
_UNREAD = _PLAYERS | {"template"}  # what is in these, browsers show only where they can't show them
_SHOWING = (*_PICTURES, *_PLAYERS, "canvas", "math", "svg")
_ADDRESS = re.compile(r"(?:https?:)?//[^\s\"'<>\\]+", re.IGNORECASE)
_PATH = re.compile(r"[\w%~+.\-]*/[\w%~+./\-]*[\w%~+\-]")
# Of an element that a script fills in: what names a video, a post or the like at a known host.
_ID = re.compile(
    r"(?:data-)?(?:(?:video|youtube|vimeo|tweet|gist|status|post|playlist|poll|map)-?id|gist|slug-hash|shortcode)"
)
# What a script fills in that is no part of what an author says.
_OPERATING = re.compile(r"share|like|subscri|comment|related|social|adsbygoogle|advert", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"data:|.*/(?:blank|spacer|transparent|placeholder|lazy|grey|pixel|loading|1x1)[\w.\-]*\.(?:gif|png|svg)",
    re.IGNORECASE,
)
_EDGED = APART | {"a", "button", "label"}  # labels of tabs among them
_ENCODED = re.compile(r"https?%3A%2F%2F", re.IGNORECASE)
_FORMULA = re.compile(r"katex|mathjax|mjx-|math$|ql-formula", re.IGNORECASE)
_MEDIA = re.compile(r"\.(?:mp[34]|m4[av]|og[agv]|wav|webm|flac|opus)(?:$|\?)", re.IGNORECASE)
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*?url\(\s*['\"]?(?!data:)([^'\")]+)", re.IGNORECASE)
_TEX = re.compile(r"[\\^_$]")
_NOWHERE = re.compile(r"\s*(?:#|javascript:|vbscript:|data:|about:|$)", re.IGNORECASE)
_EXPRESSION = "persistentExpression"  # where Substack keeps the LaTeX of a formula


class Kind(StrEnum):
    """What something on a page is."""

    LINK = "link"
    PICTURE = "picture"
    ALTERNATIVE = "alternative text of a picture"
    PLAYER = "embed"
    WIDGET = "content that a script fills in"
    FORMULA = "formula"
    BACKGROUND = "background picture"
    STORED = "address"


@dataclass(frozen=True)
class Item:
    """Something on a page. names: addresses or texts as the source has them, any of which stands for it."""

    kind: Kind
    names: tuple[str, ...]


def has_end(body: Tag) -> bool:
    """Tell whether a body that `END` was put after holds that: what never ends hides all that follows."""
    return body.find(string=lambda text: isinstance(text, Comment) and f"<!--{text}-->" == END) is not None


def inventory(body: Tag) -> list[Item]:
    """List what a body shows, in order: not what it hides, nor what only operates it or counts readers."""
    items: list[tuple[Item, bool]] = []
    stack = [(iter(body.contents), False)]
    while stack:
        children, is_twin = stack[-1]
        node = next(children, None)
        if node is None:
            stack.pop()
        elif isinstance(node, Tag) and not (is_hidden(node) or is_clutter(node)):
            items += ((item, is_twin) for item in _items(node) if item.names)
            if node.name not in _UNREAD:
                stack.append((iter(node.contents), is_twin or node.name == "noscript"))
    # In a `noscript` pictures stand again that a script loads.
    loaded = {
        name for item, is_twin in items if not is_twin and item.kind is Kind.PICTURE for name in item.names
    }
    return [item for item, is_twin in items if not (is_twin and _is_loaded(item, loaded))]


def _is_loaded(item: Item, loaded: Set[str]) -> bool:
    return item.kind is Kind.PICTURE and not loaded.isdisjoint(item.names)


def text_shown(body: Tag) -> str:
    """Return the text that a body shows, blocks and images apart, without formulas and links within it."""
    pieces: list[str] = []
    stack = [(iter(body.contents), "")]
    while stack:
        node = next(stack[-1][0], None)
        if node is None:
            pieces.append(stack.pop()[1])
        elif isinstance(node, Tag):
            if _is_apart(node):
                pieces.append(" ")
            elif not (node.name in HIDDEN or is_hidden(node) or is_clutter(node)):
                edge = " " if node.name in _EDGED else ""
                pieces.append(edge)
                stack.append((iter(node.contents), edge))
        else:
            pieces.append(text_of(node) or "")
    return "".join(pieces)


def _is_apart(tag: Tag) -> bool:
    """Tell whether the text of an element is compared otherwise: that of formulas, and marks of footnotes.

    An image may be of a formula, whose letters then part the words around it. The heading above footnotes is
    none of a post: the site writes them below its text.
    """
    if tag.name in HEADINGS and tag.find_parent(_holds_notes) is not None:
        return True
    if tag.has_attr(protected.MARK) or tag.name in _PICTURES:  # the words of a mark stand for an address
        return True
    is_in_page = tag.name == "a" and attribute(tag, "href").startswith("#")
    return (
        is_in_page
        or _is_script_of_formula(tag)
        or tag.name == "math"
        or any(_FORMULA.match(name) for name in (tag.name, *classes(tag)))
    )


def _is_script_of_formula(tag: Tag) -> bool:
    """Tell whether MathJax 2 shows a formula in the place of a script."""
    return tag.name == "script" and attribute(tag, "type").startswith("math/tex")


def _holds_notes(tag: Tag) -> bool:
    names = " ".join([*classes(tag), attribute(tag, "role"), attribute(tag, "id")])
    return "footnote" in names or "endnote" in names


def _items(tag: Tag) -> Iterator[Item]:
    if tag.has_attr(protected.MARK):
        code = attribute(tag, protected.MARK)
        yield Item(Kind.WIDGET, (protected.decoded(code) or code,))
    elif tag.name in {"a", "area"}:
        yield from _link(tag)
    elif tag.name in _PICTURES or (tag.name == "input" and attribute(tag, "type").lower() == "image"):
        yield from _picture(tag)
    elif tag.name in _PLAYERS:
        yield Item(Kind.PLAYER, tuple(_of_player(tag)))
    elif _is_script_of_formula(tag):
        yield Item(Kind.FORMULA, (tag.string or "",))
    elif tag.name == "annotation" and "tex" in attribute(tag, "encoding").lower():
        yield Item(Kind.FORMULA, (tag.get_text(),))
    elif players.PLAYLIST in classes(tag):
        yield from (
            Item(Kind.WIDGET, (text,))
            for key, text in _strings(tag.string or "")
            if key == "src" and _MEDIA.search(text)
        )
    elif tag.name == "script" and "json" in attribute(tag, "type"):
        yield Item(Kind.WIDGET, tuple(text for _, text in _strings(tag.string or "") if _MEDIA.search(text)))
    elif tag.name not in {"script", "style", "template", "link", "meta", "noscript"}:
        yield from _filled_in(tag)


def _link(tag: Tag) -> Iterator[Item]:
    url = protected.link_of(attribute(tag, "href") or attribute(tag, "xlink:href"))
    shows = tag.name == "area" or tag.get_text(strip=True) or not all(map(is_tracker, tag.find_all("img")))
    if shows and not _NOWHERE.match(url):
        yield Item(Kind.LINK, (url,))


def _picture(tag: Tag) -> Iterator[Item]:
    if is_tracker(tag):
        return
    addresses = list(dict.fromkeys(_of_picture(tag)))
    alternative = " ".join(attribute(tag, "alt").split())
    # A picture of a formula may be there as what its text says.
    tex = [alternative] if _TEX.search(alternative) or len(alternative) == 1 else []
    real = [address for address in addresses if not _PLACEHOLDER.match(address)]
    if real:
        yield Item(Kind.PICTURE, (*real, *tex))
    if alternative:
        yield Item(Kind.ALTERNATIVE, (alternative,))


def _of_picture(tag: Tag) -> Iterator[str]:
    """Yield the addresses by which a picture, or a better one of the same, is to be had."""
    sources = [tag]
    if tag.parent is not None and tag.parent.name == "picture":
        sources += tag.parent.find_all("source")
    for source in sources:
        for name, value in source.attrs.items():
            text = " ".join(value) if isinstance(value, list) else value or ""
            if name.endswith("srcset"):
                yield from (address for address, _ in srcset(text))
            elif name in {"src", "href", "xlink:href"} or (name.startswith("data-") and _is_address(text)):
                yield text
            elif text.startswith("{"):
                yield from (value for _, value in _strings(text) if _is_address(value))


def _of_player(tag: Tag) -> Iterator[str]:
    for source in [tag, *tag.find_all(["source", "embed", "param"])]:
        for name in ("src", "data", "data-src", "data-lazy-src", "data-litespeed-src", "srcdoc", "value"):
            value = attribute(source, name).strip()
            if value and not _NOWHERE.match(value) and (name != "value" or _is_address(value)):
                yield value


def _filled_in(tag: Tag) -> Iterator[Item]:
    """Yield what an element stands for that shows nothing by itself."""
    items = [item for item in _of_attributes(tag) if item.names]
    is_operating = _OPERATING.search(" ".join(classes(tag))) is not None
    if items and not is_operating and not tag.get_text(strip=True) and tag.find(_SHOWING) is None:
        yield from items


def _of_attributes(tag: Tag) -> Iterator[Item]:
    names: list[str] = []
    for name in tag.attrs:
        value = unescape(attribute(tag, name)).strip()
        value = unquote(value) if _ENCODED.match(value) else value
        if name == "style":
            yield from (Item(Kind.BACKGROUND, (url,)) for url in _BACKGROUND.findall(value))
        elif not name.startswith(("data-", "video")) or _OPERATING.search(name):
            continue
        elif value.startswith(("{", "[")):
            strings = [*_strings(value)]
            yield from (Item(Kind.FORMULA, (text,)) for key, text in strings if key == _EXPRESSION)
            names += [text for _, text in strings if _ADDRESS.match(text)]
        elif "<" in value:
            names += _ADDRESS.findall(value)
        elif value and (_is_address(value) or _PATH.fullmatch(value) or _ID.fullmatch(name)):
            names.append(value)
    yield Item(Kind.WIDGET, tuple(names))


def _is_address(text: str) -> bool:
    return text.startswith("/") or _ADDRESS.match(text) is not None


def _strings(text: str) -> Iterator[tuple[str, str]]:
    """Yield the strings in JSON, each with the key that it belongs to."""
    try:
        stack: list[tuple[str, Any]] = [("", json.loads(text))]
    except (ValueError, RecursionError):
        return
    while stack:
        key, value = stack.pop()
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, dict):
            stack += value.items()
        elif isinstance(value, list):
            stack += ((key, item) for item in value)
