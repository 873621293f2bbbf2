"""HTML as a browser reads it, cleaned and as a tree; and the tree as HTML again."""

from __future__ import annotations

import re

from lxml import etree

from postdocs.core.html import (
    BLOCKS,
    MATHML,
    MATHML_ATTRIBUTES,
    NOT_TEXT,
    RAW_TEXT,
    SVG,
    SVG_ATTRIBUTES,
    VOID,
    XML_FORBIDDEN,
    cleaner,
)

# Pages, frames and controls leave their words, and so does what is obsolete.
_BLOCKS = BLOCKS - {
    "body", "dir", "frameset", "listing", "optgroup", "option", "plaintext", "textarea", "xmp",
}  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "audio", "b", "bdi", "bdo", "big", "br", "button", "canvas", "caption", "cite", "code",
    "col", "colgroup", "data", "del", "dfn", "em", "embed", "font", "i", "iframe", "img", "input", "ins",
    "kbd", "label", "mark", "meter", "nobr", "object", "output", "picture", "progress", "q", "rp", "rt",
    "ruby", "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "time", "track", "tt",
    "u", "var", "video", "wbr",
})  # fmt: skip
# Nobody reads what is in these.
_UNREAD = NOT_TEXT | {
    "annotation-xml", "datalist", "desc", "metadata", "noembed", "noframes", "select", "textarea",
}  # fmt: skip
_HTML_ATTRIBUTES = """
    abbr alt aria-describedby aria-labelledby checked cite class colspan controls data datetime dir disabled
    headers height hidden href hreflang id kind label lang loop media muted name open poster reversed role
    rowspan scope sizes span src srclang srcset start style title type value width
"""
ATTRIBUTES = frozenset({*_HTML_ATTRIBUTES.split(), *MATHML_ATTRIBUTES, *SVG_ATTRIBUTES})
_CLEANER = cleaner(_BLOCKS | _INLINE | MATHML | SVG, {"*": {*ATTRIBUTES}}, _UNREAD)
# Outside of drawings and formulas the names of their elements mean nothing; but the cleaner would take out
# what is in them there, as in the sentence of somebody who wrote `cd <path>`.
_FOREIGN = (SVG | MATHML | {
    "animate", "annotation-xml", "desc", "discard", "filter", "hatch", "hatchpath", "maligngroup",
    "malignmark", "mesh", "meshgradient", "meshpatch", "meshrow", "metadata", "mglyph", "mlongdiv", "mpath",
    "mscarries", "mscarry", "msgroup", "msline", "msrow", "mstack", "set", "solidcolor", "unknown", "use",
    "view",
}) - {"math", "svg"}  # fmt: skip
_STRAY = re.compile(
    rf"<(svg|math)(?=[\s/>]).*?</\1(?=[\s/>])|<(/?)(?:{'|'.join(_FOREIGN)})(?=[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
# Readers run no scripts, so they show what `noscript` has; nothing ends `plaintext`.
_IGNORED_NAMES = frozenset({"noscript", "plaintext"})
_IGNORED = re.compile(rf"</?(?:{'|'.join(_IGNORED_NAMES)})(?=[\s/>])[^>]*>", re.IGNORECASE)
_HIDING_NAMES = ({"!--", "button", "dialog", "math", "svg"} | RAW_TEXT | _UNREAD) - _FOREIGN
_HIDING = rf"(?:{'|'.join(_HIDING_NAMES - {'!--'})})(?=[\s/>])"
_STARTS = re.compile(rf"<(!--|{_HIDING})", re.IGNORECASE)
_ENDS = re.compile(rf"</({_HIDING})|--!?>", re.IGNORECASE)
_NAMES = re.compile(r"<(!--|[A-Za-z][^\s/>]*)")
_FRAMED = re.compile(r"(<iframe[^>]*>).*?(?=</iframe>)", re.DOTALL)
_VOID = re.compile(rf"<((?:{'|'.join(VOID)})(?: [^>]*)?)>")
_TAG = re.compile(r"<(/?)[^>]*?(/?)>")
_DEEPEST = 200  # browsers have such a limit too
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)

# Elements that are renamed to these are taken out by `prune`: with all that is in them, or only their tags.
GONE = "gone"
UNWRAPPED = "unwrapped"


def read(html: str) -> etree._Element:
    """Parse HTML as a browser does, and keep what can do no harm, in a `div`.

    Scripts, styles, comments and controls are gone, and handlers, and addresses that run something. What is
    never closed does not hide the rest.
    """
    html = html.encode("utf-8", "ignore").decode()
    names = {name.lower() for name in _NAMES.findall(html)}
    if not _IGNORED_NAMES.isdisjoint(names):
        html = _IGNORED.sub("", html)
    if not _HIDING_NAMES.isdisjoint(names):
        html = _closed(html)
    if not _FOREIGN.isdisjoint(names):
        html = _STRAY.sub(lambda tag: tag[0] if tag[1] else f"<{tag[2]}unknown-", html)
    clean = XML_FORBIDDEN.sub("", _CLEANER.clean(html))
    # All attributes are quoted and have no < or >, all elements are closed: this is XML but for these.
    xml = _VOID.sub(r"<\1/>", _FRAMED.sub(r"\1", clean).replace("&nbsp;", "\N{NO-BREAK SPACE}"))
    try:
        return etree.fromstring(f"<div>{xml}</div>", _PARSER)
    except etree.XMLSyntaxError:  # nested too deeply
        return etree.fromstring(f"<div>{_flat(xml)}</div>", _PARSER)


def write(root: etree._Element) -> str:
    """Return what is in an element as HTML, which is XML too."""
    for element in root.iter(etree.Element):
        if element.tag == "pre":
            _keep_first_newline(element)
        if element.text is None and not len(element) and element.tag not in VOID:
            element.text = ""  # an end tag of its own
    html = etree.tostring(root, encoding="unicode", with_tail=False)
    return html[html.index(">") + 1 : html.rindex("<")].strip(" \t\n\r")


def prune(root: etree._Element) -> None:
    """Take out the elements that are called GONE or UNWRAPPED."""
    etree.strip_elements(root, GONE, with_tail=False)
    etree.strip_tags(root, UNWRAPPED)


def has_blocks(element: etree._Element) -> bool:
    """Tell whether an element holds more than a line."""
    return any(child.tag in BLOCKS for child in element.iterdescendants())


def replace(element: etree._Element, new: etree._Element) -> None:
    """Put another element in the place of one."""
    new.tail, element.tail = element.tail, None
    parent = element.getparent()
    if parent is None:  # only the root has none, and it stays
        raise AssertionError
    parent.replace(element, new)


def classes_of(element: etree._Element) -> set[str]:
    """Return the classes of an element."""
    return {*element.get("class", "").split()}


def inside(element: etree._Element, name: str) -> etree._Element:
    """Put a new element around all that is in one."""
    around = etree.Element(name)
    around.text, element.text = element.text, None
    around.extend(list(element))
    element.append(around)
    return around


def wrap(element: etree._Element, name: str) -> None:
    """Put a new element around one."""
    around = etree.Element(name)
    replace(element, around)
    around.append(element)


def _closed(html: str) -> str:
    """Make harmless what hides all that follows, where nothing closes it."""
    last = {(end[1] or "--").lower(): end.start() for end in _ENDS.finditer(html)}

    def open_(start: re.Match[str]) -> str:
        name = start[1].lower().removeprefix("!")
        if start.start() < last.get(name, -1):
            return start[0]
        return "" if name == "--" else "<unclosed"

    return _STARTS.sub(open_, html)


def _flat(xml: str) -> str:
    """Leave out the tags of elements that are deeper than any page needs."""
    depth = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2]:
            return tag[0]
        depth += not tag[1]
        kept = tag[0] if depth <= _DEEPEST else ""
        depth -= bool(tag[1])
        return kept

    return _TAG.sub(keep, xml)


def _keep_first_newline(pre: etree._Element) -> None:
    """Double a newline at the very start, for parsers take one away (HTML Living Standard §13.2.6.4.7)."""
    if pre.text and pre.text.startswith("\n"):
        pre.text = f"\n{pre.text}"
