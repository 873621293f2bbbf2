"""The HTML of a page's body → HTML that stands by itself in a feed reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from postdocs.core.html import MATHML, URL_ATTRIBUTES, URL_SCHEMES, srcset
from postdocs.core.urls import without_white_space
from postdocs.sphinx_ext.feeds import sphinx_html
from postdocs.sphinx_ext.feeds.attributes import dress
from postdocs.sphinx_ext.feeds.formulas import HeldFormulas, dress_formula
from postdocs.sphinx_ext.feeds.html import GONE, UNWRAPPED, has_blocks, prune, read, wrap, write
from postdocs.sphinx_ext.math.set_formulas import SetFormula

_NO_FORMULAS: Mapping[str, SetFormula] = {}
_LISTS_OF_IDS = frozenset({"aria-describedby", "aria-labelledby", "headers"})
_PAINTS = frozenset({"clip-path", "fill", "marker-end", "marker-mid", "marker-start", "mask", "stroke"})
_PLAIN = {
    **dict.fromkeys(("center", "dialog", "fieldset", "form", "legend", "search"), "div"),
    **dict.fromkeys(("big", "canvas", "font", "label", "meter", "nobr", "output", "progress"), "span"),
}
_HEADINGS = {f"h{level}": f"h{level + 1}" for level in range(1, 6)}
_BOXES = frozenset(
    {"article", "aside", "blockquote", "dd", "details", "div", "figure", "li", "section", "td"}
)
_FRAMES = {"embed": "src", "iframe": "src", "object": "data"}
_EMBEDDED = re.compile("data:(?:audio|image|video)/", re.IGNORECASE)
_PAINT = re.compile(r"url\(\s*['\"]?#([^)'\"]+?)['\"]?\s*\)")


def standalone(
    body: str, address: str, prefix: str, formulas: Mapping[str, SetFormula] = _NO_FORMULAS
) -> str:
    """Return an article as HTML that needs nothing of the page around it.

    body is what Sphinx writes for a page, address that of the page. The first `h1` is left out, for an entry
    has a title. Addresses are absolute but for links within the article, whose ids begin with *prefix*, a
    name unique to the post. Nothing runs, and what a page hides stays hidden. Formulas can be read without
    MathML. What comes out may go in again. formulas: those in the body that the
    renderer has set, by their MathML.
    """
    held = HeldFormulas(body, formulas)
    root = read(held.body)
    sphinx_html.simplify(root)
    _drop_title(root)
    for element in root.iter():
        _plain(element)
    prune(root)
    _Links(root, address, prefix).rewrite()
    for element in list(root.iter()):
        _embed(element)
        if element.attrib and element.tag not in MATHML:
            dress(element)
        if element.tag in {"a", "span"} and not element.attrib:
            element.tag = UNWRAPPED
    prune(root)
    for math in [*root.iter("math")]:
        dress_formula(math)
    return held.put_back(write(root))


class _Links:
    """The addresses and ids of an article."""

    def __init__(self, root: etree._Element, address: str, prefix: str) -> None:
        self._root = root
        self._address = address
        self._page = address.partition("#")[0]
        self._prefix = f"{prefix}-"
        self._ids = {id_ for element in root.iter() if (id_ := element.get("id"))}
        self._used: set[str] = set()

    def rewrite(self) -> None:
        """Make all addresses absolute, and ids unique; an id that nothing names is taken out."""
        for element in self._root.iter():
            if element.attrib:
                for name, value in element.items():
                    self._attribute(element, name, value)
        for element in self._root.iter():
            id_ = element.attrib.pop("id", None)
            if id_ in self._used:
                self._used.remove(id_)  # of two, links lead to the first
                element.set("id", self._prefixed(id_))

    def _attribute(self, element: etree._Element, name: str, value: str) -> None:
        new: str | None
        if name == "href":
            new = self._link(value)
        elif name in URL_ATTRIBUTES:
            new = self._absolute(value, embedded=True)
        elif name == "srcset":
            new = self._candidates(value)
        elif name in _LISTS_OF_IDS:
            new = " ".join(self._named(id_) for id_ in value.split() if id_ in self._ids)
        elif name in _PAINTS:
            new = _PAINT.sub(lambda paint: f"url(#{self._named(paint[1])})", value)
        else:
            return
        if new:
            element.set(name, new)
        else:
            del element.attrib[name]

    def _link(self, value: str) -> str | None:
        url = self._absolute(value)
        page, _, fragment = (url or "").partition("#")
        if page == self._page and fragment:
            for id_ in (fragment, unquote(fragment)):  # HTML Living Standard §7.4.6.3
                if id_ in self._ids:
                    return f"#{self._named(id_)}"
        return url

    def _absolute(self, value: str, *, embedded: bool = False) -> str | None:
        """Return an address as it is seen from anywhere; None where it is none, or may run something."""
        url = without_white_space(value)
        try:
            parts = urlsplit(url)
            if not parts.scheme or (parts.scheme in {"http", "https"} and not parts.netloc):
                # From Python 3.14 on, an empty fragment stays.
                url = urljoin(self._address, url).removesuffix("#") if url or not embedded else ""
                parts = urlsplit(url)
        except ValueError:
            return None
        if parts.scheme == "data":
            return url if embedded and _EMBEDDED.match(url) else None
        return url if parts.scheme in URL_SCHEMES else None

    def _candidates(self, value: str) -> str:
        candidates = ((self._absolute(url, embedded=True), size) for url, size in srcset(value))
        return ", ".join(f"{url} {size}" if size else url for url, size in candidates if url)

    def _named(self, id_: str) -> str:
        self._used.add(id_)
        return self._prefixed(id_)

    def _prefixed(self, id_: str) -> str:
        return id_ if id_.startswith(self._prefix) else self._prefix + id_


def _drop_title(root: etree._Element) -> None:
    """Leave out the first `h1`; are there more, then all headings are one level lower, as under a title."""
    title = next(root.iter("h1"), None)
    if title is None:
        return
    title.tag = UNWRAPPED if has_blocks(title) else GONE  # one that nothing closes holds the whole article
    if next(root.iter("h1"), None) is not None:
        for heading in root.iter(*_HEADINGS):
            heading.tag = _HEADINGS[str(heading.tag)]


def _plain(element: etree._Element) -> None:
    """Take out controls, and make plain boxes of what surrounds them."""
    if element.tag in _PLAIN:
        element.tag = _PLAIN[element.tag]
    elif element.tag == "input" and element.get("type") == "checkbox" and "disabled" in element.attrib:
        element.text = "☑ " if "checked" in element.attrib else "☐ "  # of a list of tasks: it only shows
        element.tag = UNWRAPPED
    elif element.tag == "input":
        element.tag = GONE
    elif element.tag == "button":
        element.tag = UNWRAPPED if has_blocks(element) else GONE
    elif element.tag == "img" and element.get("alt") == element.get("src"):
        element.set("alt", "")  # docutils writes the address where the author wrote nothing
    elif element.tag == "a" and "id" not in element.attrib and "name" in element.attrib:
        element.set("id", element.attrib["name"])


def _embed(element: etree._Element) -> None:
    """Make a link of what is embedded from elsewhere; what has no address leaves its words."""
    if element.tag in _FRAMES:
        _link_to_frame(element)
    elif element.tag == "img" and "src" in element.attrib:
        for name in (
            "srcset",
            "sizes",
        ):  # for the width of our pages, and in WebP, which not all readers know
            element.attrib.pop(name, None)
    elif element.tag == "img" and "srcset" not in element.attrib:
        element.text, element.tag = element.get("alt"), UNWRAPPED
    elif element.tag in {"audio", "video"}:
        if "src" in element.attrib or any("src" in source.attrib for source in element.iter("source")):
            element.set("controls", "")
        else:
            for source in element.iter("source", "track"):
                source.tag = GONE
            element.tag = UNWRAPPED


def _link_to_frame(frame: etree._Element) -> None:
    url = frame.attrib.pop(_FRAMES[str(frame.tag)], None)
    words = frame.attrib.pop("title", None) or " ".join("".join(map(str, frame.itertext())).split())
    is_picture = frame.tag == "object" and frame.get("type", "").startswith("image/")
    for child in frame:
        child.tag = GONE
    frame.text = None
    if url is None:
        frame.text, frame.tag = words, UNWRAPPED
    elif is_picture:
        frame.tag = "img"
        frame.attrib.pop("type")
        frame.set("src", url)
        frame.set("alt", words)
    elif next(frame.iterancestors("a"), None) is not None:  # a link holds no other
        frame.text, frame.tag = words or url, UNWRAPPED
    else:
        frame.text, frame.tag = words or url, "a"
        for name in {*frame.attrib} - {"id"}:
            del frame.attrib[name]
        frame.set("href", url)
        parent = frame.getparent()
        if parent is not None and parent.tag in _BOXES:
            wrap(frame, "p")
