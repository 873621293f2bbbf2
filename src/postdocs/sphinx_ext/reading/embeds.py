"""What authors embed by HTML keeps its proportions where a screen is narrower than it."""

from __future__ import annotations

import html
import re

from docutils import nodes

from postdocs.core.html import RAW_TEXT
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.images.paths import html_pieces
from postdocs.sphinx_ext.images.tags import attributes_of, finder

# Of `img` and `video` browsers know the proportions by their attributes (HTML Living Standard §15.4.3).
_FRAMES = finder({"embed", "iframe", "object", "svg"}, RAW_TEXT - {"iframe"})
_PIXELS = re.compile(r"(\d+(?:\.\d+)?)(?:px)?")
_SIZED = re.compile(r"(?:^|;)\s*(?:aspect-ratio|(?:max-)?(?:width|height))\s*:", re.IGNORECASE)


def keep_proportions(build: Build, doctree: nodes.document) -> None:
    """Let frames and drawings in HTML shrink in proportion."""
    for node in html_pieces(doctree):
        text = node.astext()
        if (fitting := with_proportions(text)) != text:
            node.children = [nodes.Text(fitting)]


def with_proportions(markup: str) -> str:
    """Return HTML whose frames and drawings of a size in pixels shrink in proportion where room is short.

    A frame gets a style, a drawing a `viewBox`. What has these by itself stays as it is.
    """
    return _FRAMES.sub(lambda match: _fitting(match["tag"], match["name"]) or match[0], markup)


def _fitting(tag: str | None, name: str) -> str:
    """Return the tag of a frame that fits, or "" where nothing is to change."""
    if not tag:
        return ""
    attributes = attributes_of(tag)
    width, height = (_PIXELS.fullmatch(attributes.get(side, "").strip()) for side in ("width", "height"))
    style = attributes.get("style", "").strip().rstrip(";")
    if not width or not height or not float(height[1]) or _SIZED.search(style) or "viewbox" in attributes:
        return ""
    if name.lower() == "svg":
        start = len("<svg")
        return f'{tag[:start]} viewBox="0 0 {width[1]} {height[1]}"{tag[start:]}'
    fitting = f"aspect-ratio: {width[1]} / {height[1]}; height: auto; max-width: 100%"
    attributes["style"] = f"{style}; {fitting}" if style else fitting
    written = (f' {key}="{html.escape(value)}"' for key, value in attributes.items())
    return f"<{name}{''.join(written)}>"
