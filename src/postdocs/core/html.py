"""Facts of HTML, and the one policy by which HTML of others is cleaned.

Names of elements are in lower case, but for those of SVG, as parsers write them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Set
from html import unescape

import nh3

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# HTML Living Standard §15.3.3 to §15.3.12, those of §16 among them: what begins a new line.
BLOCKS = HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "header", "hgroup", "hr",
    "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option", "p", "plaintext", "pre",
    "search", "section", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul",
    "xmp",
}  # fmt: skip
# What parts words without being a block: a line break, and the caption of a table.
APART = BLOCKS | {"br", "caption"}
# HTML Living Standard §13.1.2: what has no end tag; `param` is obsolete, and still read so (§13.2.6.4.7).
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
})  # fmt: skip
# HTML Living Standard §13.1.2.4: what may end without an end tag.
IMPLIED_END = frozenset({
    "colgroup", "dd", "dt", "li", "optgroup", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr",
})  # fmt: skip
# HTML Living Standard §13.1.2, and the obsolete ones of §13.2.6.4.7: no tag in these is one but their end.
RAW_TEXT = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"})
# HTML Living Standard §15.3.3, and `textarea`: what keeps white space and line ends.
PREFORMATTED = frozenset({"listing", "plaintext", "pre", "textarea", "xmp"})
# What is for machines.
NOT_TEXT = frozenset({"script", "style", "template", "title"})
# HTML Living Standard §15.3.1, and what browsers show something else for: no reader sees what is in these.
HIDDEN = NOT_TEXT | {
    "applet", "area", "audio", "base", "basefont", "bgsound", "canvas", "col", "colgroup", "datalist", "desc",
    "embed", "frame", "head", "iframe", "input", "link", "meta", "metadata", "noembed", "noframes",
    "noscript", "object", "param", "source", "track", "video",
}  # fmt: skip
# HTML Living Standard, "Attributes": those that hold one URL.
URL_ATTRIBUTES = (
    *("action", "background", "cite", "data", "formaction", "href", "longdesc", "poster", "src"),
    "xlink:href",  # SVG 1.1 §5.6
)

# What a drawing may hold (SVG 2), and its attributes.
SVG = frozenset({
    "circle", "clipPath", "defs", "ellipse", "foreignObject", "g", "line", "linearGradient", "marker",
    "mask", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "stop", "svg", "switch",
    "symbol", "text", "textPath", "tspan",
})  # fmt: skip
SVG_ATTRIBUTES = frozenset({
    "alignment-baseline", "amplitude", "azimuth", "baseFrequency", "baseline-shift", "clip-path",
    "clip-rule", "clipPathUnits", "color", "color-interpolation", "color-interpolation-filters", "cx",
    "cy", "d", "diffuseConstant", "direction", "display", "dominant-baseline", "dx", "dy", "elevation",
    "exponent", "fill", "fill-opacity", "fill-rule", "filter", "filterUnits", "flood-color",
    "flood-opacity", "font-family", "font-size", "font-size-adjust", "font-stretch", "font-style",
    "font-variant", "font-weight", "fr", "fx", "fy", "gradientTransform", "gradientUnits",
    "image-rendering", "in", "in2", "intercept", "k1", "k2", "k3", "k4", "kernelMatrix", "lengthAdjust",
    "letter-spacing", "lighting-color", "marker-end", "marker-mid", "marker-start", "markerHeight",
    "markerUnits", "markerWidth", "mask", "mask-type", "maskContentUnits", "maskUnits", "mode",
    "numOctaves", "offset", "opacity", "operator", "order", "orient", "overflow", "paint-order",
    "pathLength", "patternContentUnits", "patternTransform", "patternUnits", "pointer-events", "points",
    "preserveAspectRatio", "primitiveUnits", "r", "radius", "refX", "refY", "result", "rotate", "rx",
    "ry", "scale", "seed", "shape-rendering", "slope", "specularConstant", "specularExponent",
    "spreadMethod", "startOffset", "stdDeviation", "stop-color", "stop-opacity", "stroke",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-opacity", "stroke-width", "surfaceScale", "tableValues", "text-anchor", "text-decoration",
    "text-rendering", "textLength", "transform", "transform-origin", "type", "unicode-bidi", "values",
    "vector-effect", "viewBox", "visibility", "word-spacing", "writing-mode", "x", "x1", "x2",
    "xChannelSelector", "y", "y1", "y2", "yChannelSelector",
})  # fmt: skip
# What a formula may hold (MathML 3, of which MathML Core is a part), and its attributes.
MATHML = frozenset({
    "annotation", "maction", "math", "menclose", "merror", "mfenced", "mfrac", "mi", "mlabeledtr",
    "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts", "mroot", "mrow", "ms",
    "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder",
    "munderover", "none", "semantics",
})  # fmt: skip
MATHML_ATTRIBUTES = frozenset({
    "accent", "accentunder", "actiontype", "alttext", "bevelled", "close", "columnalign", "columnlines",
    "columnspacing", "columnspan", "columnwidth", "denomalign", "depth", "display", "displaystyle",
    "encoding", "equalcolumns", "equalrows", "fence", "form", "frame", "framespacing", "height",
    "largeop", "linebreak", "linethickness", "lquote", "lspace", "mathbackground", "mathcolor",
    "mathsize", "mathvariant", "maxsize", "minsize", "movablelimits", "notation", "numalign", "open",
    "rowalign", "rowlines", "rowspacing", "rowspan", "rquote", "rspace", "scriptlevel", "selection",
    "separator", "separators", "side", "stretchy", "symmetric", "voffset", "width",
})  # fmt: skip

# XML 1.0 §2.2: what no document can hold.
XML_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HIDING_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)

# Schemes that an address may have in HTML that is passed through: none of them runs anything. `data:` does,
# in a frame or a window of its own; who allows frames checks the address of each.
URL_SCHEMES = frozenset(nh3.ALLOWED_URL_SCHEMES | {"data"})
# Those of links, which open a window; "" is that of a relative address.
LINK_SCHEMES = URL_SCHEMES - {"data"} | {""}

_ID = re.compile(r"""<[A-Za-z](?:[^<>"]|"[^"]*+")*?\sid="([^"]+)\"""")
# Neither expression can backtrack.
_CANDIDATE = re.compile(r"[\t\n\f\r ,]*+([^\t\n\f\r ]++)")
_DESCRIPTORS = re.compile(r"(?:[^(,]++|\([^)]*+\)?+)*+")


def srcset(value: str) -> Iterator[tuple[str, str]]:
    """Yield the candidates of a `srcset`: URL and descriptors, "" where it has none.

    HTML Living Standard, "parse a srcset attribute": descriptors may hold commas in parentheses.
    """
    end = 0
    while match := _CANDIDATE.match(value, end):
        url, end = match[1], match.end()
        descriptors = _DESCRIPTORS.match(value, end) if not url.endswith(",") else None
        end = descriptors.end() if descriptors else end
        yield url.rstrip(","), descriptors[0].strip("\t\n\f\r ") if descriptors else ""


def ids_in(html: str) -> Iterator[str]:
    """Yield the ids of the elements in HTML that is well written, as a cleaner leaves it."""
    for match in _ID.finditer(html):
        yield unescape(match[1])


def cleaner(
    tags: Set[str],
    attributes: Mapping[str, Set[str]],
    hidden: Set[str],
    *,
    attribute_filter: Callable[[str, str, str], str | None] | None = None,
    style_properties: Set[str] | None = None,
) -> nh3.Cleaner:
    """Return what cleans HTML of others: it leaves no script, handler, comment or address that runs anything.

    tags: the elements that stay; of others the words do. attributes: those that stay, by element, `*` for
    all. hidden: elements that go with all that is in them. attribute_filter: gets element, attribute and
    value, and returns the value that stays, or None. style_properties: those that stay in `style`; None keeps
    all. The relations of links (`rel`) go.
    """
    return nh3.Cleaner(
        tags=set(tags),
        clean_content_tags=set(hidden - tags),
        attributes={tag: set(names) for tag, names in attributes.items()},
        attribute_filter=attribute_filter,
        url_schemes=set(URL_SCHEMES),
        filter_style_properties=None if style_properties is None else set(style_properties),
        link_rel=None,
    )
