r"""Formulas in HTML: `\(…\)` and `\[…\]` in a `span` or `div` of the class that Sphinx gives formulas.

Tables with spans, folded parts and the like are HTML in a post, which MyST passes on as it is. Their formulas
become nodes of the document, so that all that is done with formulas is done with them.
"""

from __future__ import annotations

import re
from html import unescape

from docutils import nodes

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.images.paths import html_pieces
from postdocs.sphinx_ext.math.set_formulas import CLASS

_START = rf'<(?P<tag>span|div) class="{CLASS}"(?P<id>(?: id="[^"<>]*")?)>'
_FORMULA = re.compile(
    _START + r"\s*(?:\\\((?P<inline>[^<]*)\\\)|\\\[(?P<display>[^<]*)\\\])\s*</(?P=tag)>", re.IGNORECASE
)
_TEXT = re.compile(r"\s*(?:\\\((?P<inline>.*)\\\)|\\\[(?P<display>.*)\\\])\s*", re.DOTALL)
_ONLY_START = re.compile(_START)


def read_formulas(build: Build, doctree: nodes.document) -> None:
    """Make nodes of the formulas in HTML."""
    for node in [*html_pieces(doctree)]:
        if parts := _parts(node) or _inline_parts(node):
            node.parent.replace(node, parts)


def _parts(node: nodes.raw) -> list[nodes.Node]:
    """Return what stands for a piece of HTML: the HTML between its formulas, and these; [] if it has none."""
    text = node.astext()
    parts: list[nodes.Node] = []
    end = 0
    for match in _FORMULA.finditer(text):
        parts += [_piece(node, text[end : match.start()]), _node(match, match["tag"], node)]
        end = match.end()
    return [*parts, _piece(node, text[end:])] if parts else []


def _inline_parts(node: nodes.raw) -> list[nodes.Node]:
    """Return what stands for a tag in a paragraph, where MyST parts a formula from the tags around it."""
    start = _ONLY_START.fullmatch(node.astext())
    if start is None:
        return []
    siblings = node.parent.children
    place = siblings.index(node)
    text, end = (*siblings[place + 1 : place + 3], None, None)[:2]
    match = _TEXT.fullmatch(text.astext()) if isinstance(text, nodes.Text) else None
    if match is None or end is None or end.astext() != f"</{start['tag']}>":
        return []
    del siblings[place + 1 : place + 3]
    return [_node(match, "span", node)]


def _piece(node: nodes.raw, text: str) -> nodes.raw:
    piece = nodes.raw("", text, **node.attributes)
    piece.source, piece.line = node.source, node.line
    return piece


def _node(match: re.Match[str], tag: str, node: nodes.raw) -> nodes.Element:
    """Make the node of a formula; in a `span` one on a line of its own can't be a block."""
    latex = unescape(match["inline"] if match["display"] is None else match["display"]).strip()
    if match["display"] is not None and tag == "span":
        latex = f"\\displaystyle {latex}"
    is_block = match["display"] is not None and tag == "div"
    new: nodes.Element = nodes.math_block(latex, latex, nowrap=False, number=None, label=None)
    if not is_block:
        new = nodes.math(latex, latex)
    new.source, new.line = node.source, node.line
    if (node.line or 0) and "\n" in match.string[: match.start()]:
        new.line = (node.line or 0) + match.string.count("\n", 0, match.start())
    return new
