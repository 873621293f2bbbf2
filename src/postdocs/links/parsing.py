"""HTML as browsers read it, unless it is made to take forever."""

from __future__ import annotations

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser

from postdocs.core.html import HEADINGS

# The parser looks through the open elements for many tags, so that nesting costs its square, and what opens
# elements of text without closing them makes it open them again and again. What goes beyond a usual depth is
# added up over all tags: 3,000 elements in each other are read, and so is a page of any length without them.
_USUAL, _MOST = 50, 5_000_000
# HTML Living Standard §13.2.5, loosely: what may stand in a tag behind its name.
ATTRIBUTES = r"""(?:[^>"'=]|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?|["'])*+"""
# §13.2.5.43: `<!-->` and `<!--->` are whole comments, and `--!>` ends one.
_TAG = re.compile(
    rf"<!--(?:-?>|.*?(?:--!?>|\Z)) | <(?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<rest>{ATTRIBUTES})",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
# Elements that hold text, unless they are foreign, and what ends each.
_TEXT_ENDS = {
    name: re.compile(rf"</{name}\b", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp")
}
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
    opened: Counter[str] = Counter()
    depth = beyond = place = 0
    is_foreign = False
    while tag := _TAG.search(text, place):
        place = tag.end()
        name = (tag["name"] or "").lower()
        if not name:
            continue
        was_foreign = is_foreign
        is_foreign = name not in _HTML and (is_foreign or name in _FOREIGN)
        kind = "h" if name in HEADINGS else name  # §13.2.6.4.7: each ends any other
        if tag["end"]:
            is_foreign = is_foreign and name not in _FOREIGN
            if opened[kind]:  # others end nothing
                opened[kind] -= 1
                depth -= 1
        elif is_foreign and tag["rest"].endswith("/"):
            is_foreign = was_foreign
        elif name not in _SHALLOW:
            opened[kind] += 1
            depth += 1
            if name in _TEXT_ENDS and not is_foreign:
                end = _TEXT_ENDS[name].search(text, place)
                place = end.start() if end else len(text)
        beyond += max(depth - _USUAL, 0)
        if beyond > _MOST:
            return True
    return False
