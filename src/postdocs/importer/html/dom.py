"""HTML as a browser parses it, and queries on elements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from postdocs.core.html import BLOCKS, HEADINGS, HIDING_STYLE, IMPLIED_END, RAW_TEXT, VOID

_NOT_COUNTED = VOID | IMPLIED_END | {"a"}  # what opens no level, or the next of its kind closes
_DEEPEST = 256  # browsers have such a limit too; html5lib needs time in the square of it
# HTML Living Standard §13.2.4.3: these are opened anew in each block until they are closed. Beautiful Soup
# defeats the limit of three that the standard sets.
_FORMATTING = frozenset({"b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"})
_MOST_FORMATTING = 16
_TAG = re.compile(r"<!--|<(/?)([a-zA-Z][^\s/>]*)")
# A drawing of parts alone, whose tags may end them (SVG 2 §4.2); nothing in it ends it for a parser of HTML.
_PARTS = (
    "a|circle|clippath|defs|ellipse|g|line|lineargradient|marker|mask|path|pattern|polygon|polyline"
    "|radialgradient|rect|stop|svg|symbol|text|textpath|tspan|use"
)
_PART = re.compile(rf"<(?P<end>/?)(?P<name>{_PARTS})\b[^<>]*?(?P<closed>/?)>", re.IGNORECASE)
_DRAWING = re.compile(
    rf"<svg\b[^<>]*(?<!/)>(?:[^<]++|<!--[^<>]*-->|<(?P<said>title|desc|style)>[^<]*</(?P=said)>"
    rf"|<(?!svg\b)/?(?:{_PARTS})\b[^<>]*>)*?</svg>",
    re.IGNORECASE,
)
_HUGE_TAG = re.compile(r"<([a-zA-Z][^\s/<>]*)\s[^<>]{20000,}>")
_MANY_ATTRIBUTES = 500
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]"
)  # HTML Living Standard, "text": it has none of them
# HTML Living Standard §4.10.5.1: types whose value stands in the field as text; none is "text".
_TEXT_FIELDS = frozenset({
    "", "button", "email", "number", "reset", "search", "submit", "tel", "text", "url",
})  # fmt: skip

_SVG = "http://www.w3.org/2000/svg"
_GROUPS = frozenset({"svg", "g", "switch"})
_LETTERS = frozenset({"a", "foreignObject", "text", "textPath", "tspan"})


def read(html: str) -> Tag:
    """Parse the HTML of an entry; its body.

    Elements nested deeper than any page needs become line breaks, so that hostile input costs linear time.
    """
    html = _HUGE_TAG.sub(_shorten, _CONTROL.sub("", html))
    soup = BeautifulSoup(f"<!DOCTYPE html><body>{_limit_depth(html)}", "html5lib")
    body = soup.body
    if body is None:  # html5lib always makes one
        raise AssertionError
    return body


def _shorten(match: re.Match[str]) -> str:
    attributes = _VALUE.sub("", match[0]).split()  # values may have any length: pictures are in some
    return f"<{match[1]}>" if len(attributes) > _MANY_ATTRIBUTES else match[0]


def _limit_depth(html: str) -> str:
    open_: Counter[str] = Counter()
    cut: Counter[str] = Counter()
    closed = {*closed_parts(html)}
    total = formatting = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal total, formatting
        name = match[2].lower()
        if name in _NOT_COUNTED or match.start() in closed:
            return match[0]
        dropped = "<br" if name in BLOCKS else "<wbr"
        if not match[1]:
            if total >= _DEEPEST or (name in _FORMATTING and formatting >= _MOST_FORMATTING):
                cut[name] += 1
                return dropped
            open_[name] += 1
            total += 1
            formatting += name in _FORMATTING
        elif cut[name]:
            cut[name] -= 1
            return dropped
        elif open_[name]:
            open_[name] -= 1
            total -= 1
            formatting -= name in _FORMATTING
        return match[0]

    return "".join(_replaced(html, replace))


def closed_parts(html: str) -> Iterator[int]:
    """Yield where the tags of drawings are that end their part, in drawings whose parts end in turn."""
    for drawing in _DRAWING.finditer(html):
        parts = [*_PART.finditer(html, *drawing.span())]
        begun: list[str] = []
        is_nested = True
        for part in parts:
            name = part["name"].lower()
            if part["end"]:
                is_nested = is_nested and bool(begun) and begun.pop() == name
            elif not part["closed"]:
                begun.append(name)
        if is_nested and not begun:
            yield from (part.start() for part in parts if part["closed"])


def _replaced(html: str, replace: Callable[[re.Match[str]], str]) -> Iterator[str]:
    """Yield HTML with its tags replaced; what looks like one in a comment, a script or the like is none."""
    at = 0
    low = html.lower()
    while match := _TAG.search(html, at):
        yield html[at : match.start()]
        at = match.end()
        name = (match[2] or "").lower()
        if not name:
            yield match[0]
            close = "-->"
        else:
            yield replace(match)
            close = f"</{name}" if name in RAW_TEXT and not match[1] else ""
        if close:
            end = low.find(close, at)
            end = end if end >= 0 else len(html)  # HTML Living Standard §13.2.5.2: it ends with the text
            yield html[at:end]
            at = end
    yield html[at:]


def text_of(node: PageElement) -> str | None:
    """Return the characters of a text node; None for elements, comments and the like."""
    if not isinstance(node, NavigableString) or isinstance(node, PreformattedString):
        return None
    return _CONTROL.sub("", node)


def attribute(tag: Tag, name: str) -> str:
    """Return the value of an attribute, empty where it has none."""
    value = tag.get(name)
    if isinstance(value, list):
        return " ".join(value)
    return value or ""


def classes(tag: Tag) -> list[str]:
    """Return the classes of an element."""
    return attribute(tag, "class").split()


def style(tag: Tag, name: str) -> str:
    """Return a property of an element's own style, in lower case."""
    for part in attribute(tag, "style").split(";"):
        key, _, value = part.partition(":")
        if key.strip().lower() == name:
            return value.replace("!important", "").strip().lower()
    return ""


def is_gone(tag: Tag) -> bool:
    """Tell whether an element was taken out by `decompose`.

    Beautiful Soup 4.13 has a property for it that searches all that is in an element which is still there.
    """
    return "_decomposed" in vars(tag)


def is_hidden(tag: Tag) -> bool:
    """Tell whether the page hides an element from its readers."""
    return tag.has_attr("hidden") or HIDING_STYLE.search(attribute(tag, "style")) is not None


def reveal(tag: Tag) -> None:
    """Take away what hides an element."""
    tag.attrs.pop("hidden", None)
    tag.attrs.pop("style", None)


def is_shown_in(tag: Tag, top: Tag) -> bool:
    """Tell whether neither an element nor what is around it inside another one is hidden."""
    for one in (tag, *tag.parents):
        if one is top:
            return True
        if is_hidden(one):
            return False
    return True


def is_heading(tag: Tag) -> bool:
    """Tell whether an element is a heading."""
    return tag.name in HEADINGS


def field_text(tag: Tag) -> str:
    """Return what a field in preformatted text shows, where its value is part of the text of a reader."""
    if tag.name != "input" or tag.find_parent("pre") is None:
        return ""
    return attribute(tag, "value") if attribute(tag, "type").strip().lower() in _TEXT_FIELDS else ""


def of_table(table: Tag, *names: str) -> Iterator[Tag]:
    """Yield the elements of a table that have one of these names, those of tables inside left out."""
    stack = [iter(table.contents)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif isinstance(node, Tag) and node.name != "table":
            if node.name in names:
                yield node
            stack.append(iter(node.contents))


def is_undrawn(node: PageElement) -> bool:
    """Tell whether a node of a drawing is none that shows (SVG 2 §11.1: only `text` has characters)."""
    parent = node.parent
    if isinstance(node, Tag):
        return node.namespace == _SVG and node.name not in {*_GROUPS, *_LETTERS}
    return parent is not None and parent.namespace == _SVG and parent.name in _GROUPS


def words_in(tag: Tag) -> str:
    """Return the text of an element, white space folded, as a report shows it."""
    return " ".join(tag.get_text(" ").split())


def tags(nodes: Iterator[PageElement]) -> Iterator[Tag]:
    """Return those nodes that are elements."""
    return (node for node in nodes if isinstance(node, Tag))
