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
    "menclose", "mfrac", "mover", "mpadded", "mphantom", "mrow", "msqrt", "mroot", "mstyle", "msub",
    "msubsup", "msup", "mlabeledtr", "mtable", "mtd", "mtr", "munder", "munderover", "texatom",
})  # fmt: skip
_DECORATION = frozenset({
    "assistive-mml", "dstrut", "labels", "line", "nstrut", "spacer", "speech", "strut", "surd", "tstrut",
})  # fmt: skip
_LINES = {"mjx-dstrike": "downdiagonalstrike", "mjx-ustrike": "updiagonalstrike", "rect": "box"}
_ARROWS = {
    frozenset(pieces): arrow
    for pieces, arrow in (
        ("→−", "→"), ("←−", "←"), ("←→", "↔"), ("←→−", "↔"), ("⇒=", "⇒"), ("⇐=", "⇐"), ("⇐⇒", "⇔"),
        ("⇐⇒=", "⇔"), ("↑⏐", "↑"), ("↓⏐", "↓"), ("↑↓", "↕"), ("⇑‖", "⇑"), ("⇓‖", "⇓"), ("⇑⇓", "⇕"),
    )
}  # fmt: skip
_LONG_ARROWS = str.maketrans("⟵⟶⟷", "←→↔")  # what MathJax 4 draws above and below some letters
_FONT = re.compile(r"(?<![A-Z])[A-Z]+-([A-Z]+)(?=-[0-9A-F]+$|\s|$)")  # `NCM-C` or `MJX-1-NCM-C-46`
_HEIGHT = re.compile(r"translate\(\s*-?[\d.]+[ ,]+(-?[\d.]+)")
_DEEPEST = 120
# Pieces of large delimiters (Unicode, Miscellaneous Technical), and of braces in the fonts of MathJax.
_PIECES = {
    **dict.fromkeys("⎛⎜⎝", "("), **dict.fromkeys("⎞⎟⎠", ")"), **dict.fromkeys("⎡⎢⎣", "["),
    **dict.fromkeys("⎤⎥⎦", "]"),
    **dict.fromkeys("⎧⎨⎩⎪", "{"), **dict.fromkeys("⎫⎬⎭", "}"),
    **dict.fromkeys("\ue150\ue151\ue152\ue153\ue154\ue155\ue156", "⏟"), "⏞": "⏞",
}  # fmt: skip


def to_tex(drawing: Tag) -> str:
    """Write a drawing of MathJax as TeX: CHTML, whose elements are named after those of MathML, or SVG.

    Raises
    ------
    ValueError
        There are characters in it that say nothing, or more boxes in each other than in any formula.

    """
    nodes = list(_mathml(drawing, 0))
    row = Tag(name="math")
    for node in nodes:
        row.append(node)
    return presentation.to_tex(row)


def _kind(tag: Tag) -> str:
    return (attribute(tag, "data-mml-node") or tag.name.removeprefix("mjx-")).lower()


def _token(tag: Tag, kind: str) -> Tag:
    node = Tag(name=kind)
    characters = _characters(tag, is_whole=False) or _characters(tag)
    if kind == "mo" and tag.find(True) is not None and not characters:
        raise ValueError(characters)
    pieces = {_PIECES.get(character, character) for character in characters}
    is_stretched = len(pieces) == 1 and pieces <= {*_PIECES.values()}
    node.append(NavigableString(pieces.pop() if is_stretched else _ARROWS.get(frozenset(pieces), characters)))
    if kind == "mi" and len(characters) == 1 and (variant := _variant(tag, characters)):
        node["mathvariant"] = variant
    if kind == "mo" and not _is_relation(tag):
        node["data-mjx-texclass"] = "ORD"
    if any(unicodedata.category(character) == "Co" for character in node.get_text()):
        raise ValueError(characters)
    return node


def _is_relation(tag: Tag) -> bool:
    """Tell whether there is space before a sign and behind it, as CHTML notes it."""
    following = tag.find_next_sibling()
    return tag.has_attr("space") and following is not None and following.has_attr("space")


def _mathml(tag: Tag, depth: int) -> Iterator[Tag]:
    """Yield the elements of MathML that an element of a drawing, or what is in it, stands for."""
    kind = _kind(tag)
    if depth > _DEEPEST:
        raise ValueError(tag.get_text())
    if kind in _DECORATION or tag.has_attr("data-labels"):
        return
    if kind == "mspace":
        yield Tag(name=kind, attrs={"width": style(tag, "width")})
        return
    if kind in _TOKENS:
        yield _coloured(tag, _token(tag, kind))
        return
    children = [node for child in tags(iter(tag.children)) for node in _mathml(child, depth + 1)]
    if kind not in _LAYOUTS:
        yield from children
        return
    if kind in {"msqrt", "mroot"}:
        children = [child for child in children if child.get_text() != "√"]
    node = _coloured(tag, Tag(name="mrow" if kind == "texatom" else kind))
    _describe(tag, kind, node)
    for child in _in_order(tag, kind, children):
        node.append(child)
    if kind in {"mover", "munder"}:
        for operator in node.find_all("mo", recursive=False)[-1:]:
            operator.string = operator.get_text().translate(_LONG_ARROWS)
    if kind == "mover" and node.get_text().endswith("⏟"):
        list(node.children)[-1].replace_with(_operator("⏞"))
    if kind == "mtable":
        _number(tag, node)
        _draw_lines(tag, node)
    yield node


def _describe(tag: Tag, kind: str, node: Tag) -> None:
    """Give a layout the attributes that its drawing tells."""
    if kind == "mfrac" and not _has_line(tag):
        node["linethickness"] = "0"
    if kind == "menclose":
        node["notation"] = " ".join(_lines(tag))
    elif kind != "mtd" and (style(tag, "border-top") or style(tag, "border")):
        raise ValueError(tag.get_text())
    block = tag.find("mjx-block", recursive=False)
    if isinstance(block, Tag) and style(block, "width") == "0px":
        box = block.find("mjx-rbox", recursive=False)
        node["width"], node["lspace"] = "0", style(box, "left") if isinstance(box, Tag) else ""


def _variant(tag: Tag, character: str) -> str:
    """Return the letters that a single character is set in, where it isn't one of theirs."""
    names = attribute(tag, "class").split()
    font = _font(tag.find(["use", "mjx-c"]))
    if not font and unicodedata.is_normalized("NFKC", character):
        font = _font(tag.find_parent("mjx-math"))  # in MathJax 4, that of all that has no other
    if "mjx-cal" in names or font == "C":
        return "script"
    return "normal" if "mjx-n" in names or font == "N" else ""


def _font(tag: object) -> str:
    """Return which font of its family MathJax says something is drawn in, such as `N`, the upright one."""
    names = f"{attribute(tag, 'class')} {attribute(tag, 'xlink:href')}" if isinstance(tag, Tag) else ""
    match = _FONT.search(names)
    return match[1] if match else ""


def _coloured(tag: Tag, node: Tag) -> Tag:
    """Give an element the colours of its box."""
    ground = tag.find(lambda box: box.has_attr("data-bgcolor"), recursive=False)
    colours = {
        "mathcolor": style(tag, "color") or attribute(tag, "fill"),
        "mathbackground": attribute(ground, "fill")
        if isinstance(ground, Tag)
        else style(tag, "background-color"),
    }
    for name, colour in colours.items():
        if colour:
            node[name] = colour
    return node


def _has_line(tag: Tag) -> bool:
    """Tell whether a fraction has a line of its own; a binomial coefficient has none."""
    lines = tag.find_all("mjx-line")
    has_own = any(line.find_parent("mjx-mfrac") is tag for line in lines)
    return has_own or tag.find(_is_rule, recursive=False) is not None


def _is_rule(tag: Tag) -> bool:
    return tag.name == "rect" and not tag.has_attr("data-bgcolor")


def _lines(tag: Tag) -> Iterator[str]:
    """Yield the lines around what is enclosed and through it, as MathML calls them (MathML 3 §3.3.9)."""
    for box in tags(iter(tag.children)):
        if box.name in _LINES:
            yield _LINES[box.name]
        elif box.name == "line" and all(
            attribute(box, f"{axis}1") != attribute(box, f"{axis}2") for axis in "xy"
        ):
            goes_up = float(attribute(box, "y1")) < float(attribute(box, "y2"))  # y counts from below
            yield "updiagonalstrike" if goes_up else "downdiagonalstrike"
        elif style(box, "border"):
            yield "box"
        elif box.name not in {"g", "mjx-box"} and not box.has_attr("data-bgcolor"):
            raise ValueError(tag.get_text())


def _number(tag: Tag, table: Tag) -> None:
    """Give the rows of a table their numbers, which are drawn beside it."""
    beside = tag.find(
        lambda box: box.name == "mjx-labels" or (box.name == "g" and box.has_attr("data-labels"))
    )
    cells = beside.find_all(lambda box: _kind(box) == "mtd") if isinstance(beside, Tag) else []
    numbers = [number for cell in cells if (number := "".join(map(_characters, cell.find_all(_is_text))))]
    rows = table.find_all("mlabeledtr", recursive=False)
    for row, number in zip(rows, numbers, strict=False):
        label = Tag(name="mtd")
        label.append(NavigableString(number))
        row.insert(0, label)
    for row in rows[len(numbers) :]:
        row.name = "mtr"


def _draw_lines(tag: Tag, table: Tag) -> None:
    """Note the sides and the lines of a table, which CHTML has at the cells; those of SVG are anywhere."""
    grid = tag.find(lambda box: box.name == "mjx-itable" and box.parent.name != "mjx-labels")
    if not isinstance(grid, Tag):
        if tag.find(lambda box: box.has_attr("data-line") or box.has_attr("data-frame")):
            raise ValueError(tag.get_text())
        return
    rows = [
        [cell for cell in tags(iter(row.children)) if _kind(cell) == "mtd"]
        for row in tags(iter(grid.children))
    ]
    widest = max(rows, key=len, default=[])
    table["columnalign"] = " ".join(style(cell, "text-align") or "center" for cell in widest)
    table["columnlines"] = " ".join(_line(style(cell, "border-left")) for cell in widest[1:])
    table["rowlines"] = " ".join(_line(style(row[0], "border-top")) for row in rows[1:] if row)
    table["frame"] = _line(style(grid, "border"))
    if any(style(grid, f"border-{side}") for side in ("left", "top", "right", "bottom")):
        raise ValueError(tag.get_text())


def _line(border: str) -> str:
    return "none" if not border else "dashed" if "dashed" in border else "solid"


def _is_text(tag: Tag) -> bool:
    return _kind(tag) in _TOKENS


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
        case "munderover" if not is_svg and [child.name for child in children[1:]] == ["munder"]:
            return [*tags(iter(children[1].children)), children[0]]
        case "mover" if not is_svg and tag.find("mjx-over", recursive=False) is not None:
            return [*children[1:], children[0]]
        case "mroot" if not is_svg or _is_index_first(tag):
            return [*children[1:], children[0]]
        case _:
            return children


def _is_index_first(root: Tag) -> bool:
    """Tell whether the index of a root is before what is under the root, as in pictures of MathJax 4."""
    first = next(tags(iter(root.children)), None)
    return first is not None and first.has_attr("data-mml-node")


def _height(tag: Tag) -> float:
    match = _HEIGHT.match(attribute(tag, "transform"))
    return float(match[1]) if match else 0


def _characters(tag: Tag, *, is_whole: bool = True) -> str:
    """Return the characters of a token. One that is drawn as several glyphs, such as ″, is one.

    is_whole: with what only makes ends of a sign longer, in MathJax 4 often a part of another sign.
    """
    if not is_whole and _font(tag) == "EM":
        return ""
    code = attribute(tag, "data-c")
    if not code and (match := _GLYPH.search(attribute(tag, "class"))):
        code = match[1]
    if not code and tag.name == "use":
        code = attribute(tag, "xlink:href").rpartition("-")[2]
    if re.fullmatch(r"[0-9A-F]{2,6}", code) and int(code, 16) <= 0x10FFFF:  # noqa: PLR2004 - the last of Unicode
        return chr(int(code, 16))
    if tag.name in {"mjx-utext", "text"}:
        return tag.get_text()
    return "".join(_characters(part, is_whole=is_whole) for part in tags(iter(tag.children)))
