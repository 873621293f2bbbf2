"""Sanitises raw HTML: only harmless parts stay, with full addresses."""

from __future__ import annotations

import re

import nh3

from postdocs.core.html import HIDDEN, MATHML, MATHML_ATTRIBUTES, SVG, SVG_ATTRIBUTES, URL_ATTRIBUTES, cleaner
from postdocs.importer.entry import Note
from postdocs.importer.html import embeds
from postdocs.importer.html.repair import resolve

# Drawings with HTML in them are pictures of their own.
_SVG = (SVG | {"use"}) - {"foreignObject"}
# What may be in HTML that is passed through.
TAGS = frozenset(
    (nh3.ALLOWED_TAGS | {"audio", "video", "source", "track", "iframe", "section", "picture"}) | _SVG | MATHML
)
_ATTRIBUTES: dict[str, set[str]] = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    **{tag: {*SVG_ATTRIBUTES, "aria-label", "width", "height", "xmlns", "role"} for tag in _SVG},
    "use": {*SVG_ATTRIBUTES, "width", "height", "href"},
    **{tag: {*MATHML_ATTRIBUTES, "xmlns"} for tag in MATHML},
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
    "iframe": {
        "src",
        "width",
        "height",
        "title",
        "allow",
        "allowfullscreen",
        "loading",
        "frameborder",
        "referrerpolicy",
    },
    "details": {"open"},
}
_ATTRIBUTES["a"] |= {"name"}
_PROPERTIES = {"text-align", "vertical-align", "width", "height", "float", "font-weight", "font-style"}


def sanitise(html: str, base: str | None, notes: list[Note]) -> str:
    """Clean HTML: no script, no handler, no frame of an unknown host; addresses repaired and absolute.

    No line of it is blank, for that would end the HTML in Markdown (CommonMark 0.31 §4.6).
    """

    def keep(tag: str, name: str, value: str) -> str | None:
        if name == "srcset":
            return None  # candidates of what `src` names
        if name not in URL_ATTRIBUTES:
            return value
        if tag == "use":
            return value if value.startswith("#") else None
        url = resolve(value, base, notes, picture=name == "src" and tag in {"img", "source"})
        return url if url is None or tag != "iframe" or embeds.is_known(url) else None

    policy = cleaner(TAGS, _ATTRIBUTES, HIDDEN, attribute_filter=keep, style_properties=_PROPERTIES)
    clean = policy.clean(html)
    return re.sub(r"\n([ \t]*)(?=\n)", r"&#10;\1", clean.strip())
