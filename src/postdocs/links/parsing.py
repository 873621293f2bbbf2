"""HTML as browsers read it, unless it is made to take forever."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

# The parser looks through the open elements for many tags, so that nesting costs its square, and what opens
# elements of text without closing them makes it open them again and again. What goes beyond a usual depth is
# added up over all tags: 3,000 elements in each other are read, and so is a page of any length without them.
_USUAL, _MOST = 50, 5_000_000
# HTML Living Standard §13.2.5, loosely: what may stand in a tag behind its name.
ATTRIBUTES = r"""(?:[^>"'=]|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?|["'])*+"""
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z) | <(?P<raw>script|style|textarea|title|xmp)\b.*?(?:</(?P=raw)|\Z)"
    rf"| <(?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<rest>{ATTRIBUTES})",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
# HTML Living Standard §13.1.2: elements without content, those whose end is implied by what follows, and
# those that cannot be in themselves.
_SHALLOW = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"),
    *("body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rb", "rp"),
    *("rt", "rtc", "tbody", "td", "tfoot", "th", "thead", "tr"),
    *("a", "nobr", "button"),
}
_FOREIGN = {"svg", "math"}
# §13.2.6.5: elements that end foreign content, in which `/>` ends an element.
_HTML = _SHALLOW - {"a"} | {
    *("b", "big", "blockquote", "center", "code", "div", "dl", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i"),
    *(
        "listing",
        "menu",
        "ol",
        "pre",
        "ruby",
        "s",
        "small",
        "span",
        "strong",
        "strike",
        "sub",
        "sup",
        "table",
    ),
    *("tt", "u", "ul", "var"),
}


class TooDeepError(ValueError):
    """Elements are nested so deeply that it would take very long to read them."""


def parse(text: str) -> LexborHTMLParser:
    """Parse HTML.

    Raises
    ------
    TooDeepError
        Its elements are nested too deeply.

    """
    if is_too_deep(text):
        raise TooDeepError("its elements are nested too deeply")
    return LexborHTMLParser(text)


def is_too_deep(text: str) -> bool:
    """Tell whether HTML is nested so deeply that no person wrote it."""
    if text.count("<") < _USUAL:
        return False
    depth = beyond = 0
    is_foreign = False
    for tag in _TAG.finditer(text):
        name = (tag["name"] or "").lower()
        if not name:
            continue
        is_foreign = name not in _HTML and (is_foreign or name in _FOREIGN)
        if tag["end"]:
            is_foreign = is_foreign and name not in _FOREIGN
            depth -= depth > 0 and name not in _SHALLOW
        elif name not in _SHALLOW and not (is_foreign and tag["rest"].endswith("/")):
            depth += 1
        beyond += max(depth - _USUAL, 0)
        if beyond > _MOST:
            return True
    return False
