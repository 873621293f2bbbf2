"""HTML that is passed through: only what is known to be harmless, with whole addresses."""

from __future__ import annotations

import re

import nh3

from postdocs.importer.entry import Note
from postdocs.importer.html import embeds
from postdocs.importer.html.dom import UNSEEN
from postdocs.importer.html.repair import resolve

_SVG = frozenset({
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
    "defs", "marker", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "symbol",
})  # fmt: skip
_MATHML = frozenset({
    "math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup",
    "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom",
    "mmultiscripts", "mprescripts", "semantics", "merror",
})  # fmt: skip
# What may be in HTML that is passed through.
TAGS = (nh3.ALLOWED_TAGS | {"audio", "video", "source", "track", "iframe", "section", "picture"}) | (
    _SVG | _MATHML
)
_DRAWN = """
    d x y x1 x2 y1 y2 cx cy r rx ry width height viewBox points transform fill stroke stroke-width opacity
    stroke-linecap stroke-linejoin stroke-dasharray fill-opacity stroke-opacity fill-rule font-size
    font-weight text-anchor dominant-baseline offset stop-color stop-opacity gradientUnits gradientTransform
    font-family dx dy preserveAspectRatio clip-path marker-end marker-start orient
    refX refY markerWidth markerHeight xmlns role
"""
_ATTRIBUTES: dict[str, set[str]] = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    **{tag: set(_DRAWN.split()) for tag in _SVG},
    **{tag: {"mathvariant", "stretchy", "columnalign", "display", "accent", "xmlns"} for tag in _MATHML},
    "*": {"id", "title", "lang", "dir", "class", "style"},
    "audio": {"src", "controls", "loop", "preload", "muted"},
    "video": {
        "src",
        "controls",
        "loop",
        "preload",
        "muted",
        "poster",
        "width",
        "height",
        "playsinline",
        "autoplay",
    },
    "source": {"src", "type", "srcset", "media", "sizes"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "iframe": {"src", "width", "height", "title", "allowfullscreen", "loading", "frameborder"},
    "details": {"open"},
}
_ATTRIBUTES["a"] |= {"name"}
_ADDRESSES = frozenset({"src", "href", "cite", "poster", "data", "longdesc", "background", "action"})
_PROPERTIES = {"text-align", "vertical-align", "width", "height", "float", "font-weight", "font-style"}


def sanitise(html: str, base: str | None, notes: list[Note]) -> str:
    """Clean HTML: no script, no handler, no frame of an unknown host; addresses repaired and absolute.

    No line of it is blank, for that would end the HTML in Markdown (CommonMark 0.31 §4.6).
    """

    def keep(tag: str, name: str, value: str) -> str | None:
        if name == "srcset":
            return None  # candidates of what `src` names
        if name not in _ADDRESSES:
            return value
        url = resolve(value, base, notes, picture=name == "src" and tag in {"img", "source"})
        return url if url is None or tag != "iframe" or embeds.is_known(url) else None

    clean = nh3.clean(
        html,
        tags=set(TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=keep,
        url_schemes={*nh3.ALLOWED_URL_SCHEMES, "data"},
        filter_style_properties=_PROPERTIES,
        clean_content_tags=set(UNSEEN - TAGS),
        link_rel=None,
    )
    return re.sub(r"\n([ \t]*)(?=\n)", r"&#10;\1", clean.strip())
