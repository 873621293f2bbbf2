"""Formulas in shortcodes."""

from __future__ import annotations

import html
import re

from postdocs.importer.html.math.delimiters import SWITCHES
from postdocs.importer.sources.wordpress import code
from postdocs.importer.sources.wordpress.library import Reading
from postdocs.importer.sources.wordpress.syntax import Shortcode

NAMES = frozenset({"latex", "math", "tex", "katex", "mathjax", "equation", "wpmath", "displaymath"})
_DISPLAYED = frozenset({"equation", "displaymath"})
_DOCUMENT = re.compile(r"\\(?:documentclass|usepackage)\b")
_DELIMITED = re.compile(
    r"\s*(?:\$\$(?P<a>.*)\$\$|\\\[(?P<b>.*)\\\]|\\\((?P<c>.*)\\\)|\$(?P<d>.*)\$)\s*", re.DOTALL
)
_DOLLARS = re.compile(r"\$latex(?=[\s={\\])(?:\\.|[^$\\\n]|\n(?![ \t]*\n))*\$", re.IGNORECASE)
# Where no whole tag begins that holds no dollar.
_LESS_THAN = re.compile(r"<(?!/?[a-z][a-z0-9]*(?:\s[^<>$]*)?/?>)", re.IGNORECASE)
_TAGS = re.compile(r"</?(?:br|p|em|strong|i|b|span)\b[^<>]*>", re.IGNORECASE)


def read(shortcode: Shortcode, reading: Reading) -> str | None:
    """Return the HTML of a formula; None where there is none. A whole document in LaTeX is code."""
    inner = shortcode.content or ""
    if not inner.strip():
        return read_switch(shortcode, reading)
    if _DOCUMENT.search(inner):
        return code.block(inner, "latex")
    tex = html.unescape(_TAGS.sub("", inner)).strip()
    delimited = _DELIMITED.fullmatch(tex)
    display = (
        shortcode.name in _DISPLAYED
        or any(shortcode.is_set(name) for name in ("display", "block", "displaystyle"))
        or (delimited is not None and delimited.lastgroup in {"a", "b"})
        or shortcode.named.get("display") == "block"
    )
    return markup(delimited[delimited.lastgroup or 0] if delimited else tex, display=display)


def read_switch(shortcode: Shortcode, _: Reading) -> str | None:
    """Return a switch apart from the text around it, where readers of HTML know it; None for others."""
    is_switch = shortcode.name in SWITCHES and shortcode.content is None
    return f"<span>[{shortcode.name}]</span>" if is_switch else None


def shown(shortcode: Shortcode, text: str) -> str:
    """Return the HTML of a text that shows a shortcode, in which readers of HTML see no switch."""
    return f"<span>{text[0]}</span>{text[1:]}" if shortcode.name in SWITCHES else text


def escape_less_than(text: str) -> str:
    """Write what is less than something in `$latex …$` so that no reader of HTML takes it for a tag.

    WordPress.com makes a picture of the formula before a browser sees it.
    """
    return _DOLLARS.sub(lambda match: _LESS_THAN.sub("&lt;", match[0]), text)


def markup(tex: str, *, display: bool) -> str:
    """Return a formula as the reader of HTML knows it; its line ends, which end comments, are references."""
    text = html.escape(tex.strip(), quote=False).replace("\n", "&#10;")
    if display:
        return f'\n\n<div class="math display">\\[{text}\\]</div>\n\n'
    return f'<span class="math inline">\\({text}\\)</span>'
