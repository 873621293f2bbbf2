"""Output of MathJax 3 and 4 → TeX, if nothing else states the TeX."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from bs4.element import NavigableString, Tag

from postdocs.importer.html.dom import attribute, style, tags
from postdocs.importer.html.math import presentation

_GLYPH = re.compile(r"(?:^|\s)mjx-c([0-9A-F]+)(?=\s|$)")
_TOKENS = frozenset({"mi", "mn", "mo", "ms", "mtext"})
_LAYOUTS = frozenset({
    "math", "menclose", "mfrac", "mover", "mphantom", "mrow", "msqrt", "mroot", "mstyle", "msub", "msubsup",
    "msup", "mtable", "mtd", "mtr", "munder", "munderover", "texatom",
})  # fmt: skip
_DECORATION = frozenset({
    "assistive-mml", "dstrut", "line", "nstrut", "spacer", "speech", "strut", "surd", "tstrut", "labels",
})  # fmt: skip
_HEIGHT = re.compile(r"translate\(\s*-?[\d.]+[ ,]+(-?[\d.]+)")
_DEEPEST = 60
# Pieces of large delimiters (Unicode, Miscellaneous Technical), and of braces in the fonts of MathJax.
_PIECES = {
    **dict.fromkeys("⎛⎜⎝", "("), **dict.fromkeys("⎞⎟⎠", ")"), **dict.fromkeys("⎡⎢⎣", "["),
    **dict.fromkeys("⎤⎥⎦", "]"),
    **dict.fromkeys("⎧⎨⎩⎪", "{"), **dict.fromkeys("⎫⎬⎭", "}"),
    **dict.fromkeys("\ue150\ue151\ue152\ue153\ue154\ue155\ue156", "⏟"),
}  # fmt: skip


def to_tex(drawing: Tag) -> str:
    """Write a drawing of MathJax as TeX: CHTML, whose elements are named after those of MathML, or SVG.

    Raises
    ------
    ValueError
        There are characters in it that say nothing.

    """
    nodes = list(_mathml(drawing, 0))
    row = Tag(name="math")
    for node in nodes:
        row.append(node)
    return presentation.to_tex(row)


def _kind(tag: Tag) -> str:
    return (attribute(tag, "data-mml-node") or tag.name.removeprefix("mjx-")).lower()


def _mathml(tag: Tag, depth: int) -> Iterator[Tag]:
    """Yield the elements of MathML that an element of a drawing, or what is in it, stands for."""
    kind = _kind(tag)
    if kind in _DECORATION or depth > _DEEPEST:
        return
    if kind in _TOKENS:
        node = Tag(name=kind)
        characters = _characters(tag)
        if kind == "mo" and tag.find(True) is not None and not characters:
            raise ValueError(characters)
        pieces = {_PIECES.get(character, character) for character in characters}
        node.append(
            NavigableString(
                pieces.pop() if len(pieces) == 1 and pieces <= {*_PIECES.values()} else characters
            )
        )
        if any(unicodedata.category(character) == "Co" for character in node.get_text()):
            raise ValueError(characters)
        yield node
        return
    children = [node for child in tags(iter(tag.children)) for node in _mathml(child, depth + 1)]
    if kind not in _LAYOUTS:
        yield from children
        return
    if kind == "math":
        yield from children
        return
    if kind in {"msqrt", "mroot"}:
        children = [child for child in children if child.get_text() != "√"]
    node = Tag(name="mrow" if kind == "texatom" else kind)
    for child in _in_order(tag, kind, children):
        node.append(child)
    if kind == "mover" and node.get_text().endswith("⏟"):
        list(node.children)[-1].replace_with(_operator("⏞"))
    if kind == "mtable":
        sides = [style(cell, "text-align") or "center" for cell in tag.find_all("mjx-mtd")]
        node["columnalign"] = " ".join(
            sides[: len(node.find_all("mtd")) // max(len(node.find_all("mtr")), 1)]
        )
    yield node


def _operator(character: str) -> Tag:
    node = Tag(name="mo")
    node.append(NavigableString(character))
    return node


def _in_order(tag: Tag, kind: str, children: Sequence[Tag]) -> Sequence[Tag]:
    """Put the parts of a layout in the order of MathML; drawings have what is above before what is below."""
    is_svg = tag.has_attr("data-mml-node")
    match kind:
        case "msubsup" | "munderover" if len(children) == 3:  # noqa: PLR2004 - base and two scripts
            if is_svg:
                parts = [child for child in tags(iter(tag.children)) if child.has_attr("data-mml-node")]
                is_above = len(parts) > 1 and _height(parts[1]) > 0
            else:
                is_above = True
            if not is_svg and tag.find("mjx-over", recursive=False) is not None:
                return [children[1], children[2], children[0]]
            return [children[0], children[2], children[1]] if is_above else children
        case "mover" if not is_svg and tag.find("mjx-over", recursive=False) is not None:
            return [*children[1:], children[0]]
        case "mroot" if not is_svg:
            return [*children[1:], children[0]]
        case _:
            return children


def _height(tag: Tag) -> float:
    match = _HEIGHT.match(attribute(tag, "transform"))
    return float(match[1]) if match else 0


def _characters(tag: Tag) -> str:
    out = ""
    for inner in [tag, *tag.find_all(True)]:
        code = attribute(inner, "data-c") or (
            match[1] if (match := _GLYPH.search(attribute(inner, "class"))) else ""
        )
        if not code and inner.name == "use":
            code = attribute(inner, "xlink:href").rpartition("-")[2]
        if re.fullmatch(r"[0-9A-F]{2,6}", code) and int(code, 16) <= 0x10FFFF:  # noqa: PLR2004 - the last of Unicode
            out += chr(int(code, 16))
        elif inner.name in {"mjx-utext", "text"}:
            out += inner.get_text()
    return out
