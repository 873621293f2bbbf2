"""HTML of KaTeX → TeX, if it contains no MathML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from copy import copy

from bs4.element import AttributeValueList, Tag

from postdocs.importer.html.dom import classes, style, tags
from postdocs.importer.html.math import presentation, symbols
from postdocs.importer.html.math.accents import accented
from postdocs.importer.html.math.katex_delimiters import tall_delimiter
from postdocs.importer.html.math.mathml_tokens import FUNCTIONS

_PREFIX = "katex-"  # of the names of classes, of which KaTeX has given it to more and more
_INVISIBLE = frozenset({
    "accent-body", "arraycolsep", "frac-line", "overline-line", "pstrut", "rule", "strut", "underline-line",
    "vlist-s",
})  # fmt: skip
# What can't be told from its picture.
_UNREADABLE = frozenset({
    "boxed", "cancel-lap", "fbox", "hbox", "hdashline", "hline", "mover", "munder", "sout", "stretchy",
    "vertical-separator", "x-arrow",
})  # fmt: skip
_FONTS = {
    "mathbf": r"\mathbf", "mathbb": r"\mathbb", "mathcal": r"\mathcal", "mathfrak": r"\mathfrak",
    "mathrm": r"\mathrm", "mathsf": r"\mathsf", "mathtt": r"\mathtt", "mathscr": r"\mathscr",
    "boldsymbol": r"\boldsymbol",
}  # fmt: skip
_TEXT_FONTS = {
    "textbf": r"\textbf", "textit": r"\textit", "textsf": r"\textsf", "texttt": r"\texttt",
}  # fmt: skip
_OF_FRACTION = frozenset({"mopen", "mfrac", "mclose"})
_FENCED_FRACTION = [{"mopen"}, {"mfrac"}, {"mclose"}]
_SPACES = ((1.5, r"\qquad"), (0.9, r"\quad"))
_RELATIONS = {"⊥": r"\perp"}
_BARS = str.maketrans("∣∥", "|‖")  # unless they are relations
_NAME = re.compile(r"\\(?:operatorname\{[A-Za-z]+\}|[A-Za-z]{2,})")
_STROKE, _NOT_IN = "\ue020", "∈/"  # what is drawn for `\not`, and for `\notin`
_DEEPEST = 120


def to_tex(drawing: Tag) -> str:
    """Write the scripts, fractions, roots, accents, tables and symbols of a drawing as TeX.

    Raises
    ------
    ValueError
        There is something in it that a picture alone doesn't tell.

    """
    drawing = copy(drawing)
    for tag in drawing.find_all(True):
        names = AttributeValueList(name.removeprefix(_PREFIX) for name in classes(tag))
        tag["class"] = names
        if _UNREADABLE.intersection(names):
            raise ValueError(drawing.get_text())
    return _row(drawing, 0)


def _row(tag: Tag, depth: int) -> str:
    if depth > _DEEPEST:
        raise ValueError(tag.get_text())
    parts: list[str] = []
    for child in tag.children:
        if not isinstance(child, Tag):
            text = _plain(str(child))
            parts.append(symbols.to_tex(text if "mrel" in classes(tag) else text.translate(_BARS)))
            continue
        if "msupsub" in classes(child) and parts and re.search(r"(?<!\\)[\^_']", parts[-1]):
            parts[-1] = f"{{{parts[-1]}}}"
        parts.append(_element(child, depth + 1))
    return presentation.joined(parts)


def _plain(text: str) -> str:
    return text.replace("\u200b", "").strip()


def _element(tag: Tag, depth: int) -> str:
    """Write a box, in its colour, unless what is around has that."""
    tex = _box(tag, depth)
    colour = style(tag, "color")
    if not tex or (tag.parent is not None and style(tag.parent, "color") == colour):
        return tex
    return f"\\phantom{{{tex}}}" if colour == "transparent" else presentation.coloured(tex, colour)


def _box(tag: Tag, depth: int) -> str:
    names = set(classes(tag))
    if names & _INVISIBLE or "nulldelimiter" in names:
        return ""
    for name, write in _BOXES.items():
        if name in names:
            return write(tag, depth)
    if tag.name == "svg":
        raise ValueError(tag.get_text())
    if [{*classes(child)} & _OF_FRACTION for child in tags(iter(tag.children))] == _FENCED_FRACTION:
        return _fenced_fraction(tag, depth)
    if "minner" in names and (ends := _ends(tag)):
        return _delimited(tag, ends, depth)
    return _symbols(tag, names, depth)


def _symbols(tag: Tag, names: Set[str], depth: int) -> str:
    """Write what is only characters, or a row of boxes."""
    text = _plain(tag.get_text())
    if text == _NOT_IN:
        return r"\notin"
    is_token = text != "" and tag.find(True) is None
    if is_token and "mrel" in names:
        return _RELATIONS.get(text) or _row(tag, depth)
    if "mop" in names and text.isalpha() and text.isascii() and tag.find(class_=["msupsub", "vlist"]) is None:
        name = f"\\{text}" if text in FUNCTIONS else f"\\operatorname{{{text}}}"
        return name if len(text) > 1 else text
    command = next((_FONTS[name] for name in names if name in _FONTS), "")
    if command == r"\mathbf" and not text.isalnum():
        command = r"\boldsymbol"
    tex = _row(tag, depth)
    return f"{command}{{{tex}}}" if command and tex else tex


def _line(tag: Tag, depth: int) -> str:
    command = "overline" if "overline" in classes(tag) else "underline"
    return f"\\{command}{{{_entries(tag, depth)[0][1]}}}"


def _fraction(tag: Tag, depth: int) -> str:
    below, above = _pair(tag, depth)
    rows = tag.find(class_="vlist")
    has_line = isinstance(rows, Tag) and any(
        row.find(class_="frac-line", recursive=False) for row in tags(iter(rows.children))
    )
    return f"\\frac{{{above}}}{{{below}}}" if has_line else f"{{{above} \\atop {below}}}"


def _fenced_fraction(tag: Tag, depth: int) -> str:
    """Write a fraction between delimiters of its own, such as a binomial coefficient."""
    left, inner, right = (_element(child, depth + 1) for child in tags(iter(tag.children)))
    return f"\\left{left or '.'} {inner} \\right{right or '.'}" if left or right else inner


def _space(tag: Tag, depth: int) -> str:
    """Write a space as wide as no sign has one beside it, or the end of a line."""
    if "newline" in classes(tag):
        return "\\\\ "
    width = re.fullmatch(r"(\d+(?:\.\d+)?)em", style(tag, "margin-right"))
    return next((tex for least, tex in _SPACES if width and float(width[1]) >= least), "")


def _lap(tag: Tag, depth: int) -> str:
    inner = tag.find(class_="inner")
    unseen = inner.find(lambda box: style(box, "color") == "transparent") if isinstance(inner, Tag) else None
    if isinstance(unseen, Tag) and unseen.get_text() == tag.get_text():
        return ""  # it only makes room
    if _plain(tag.get_text()) != _STROKE:
        raise ValueError(tag.get_text())
    return r"\not"


def _drawing(tag: Tag, depth: int) -> str:
    """Leave out the sign of a root; other drawings can't be read."""
    around = tag.find_parent(class_="mord")
    if around is None or "sqrt" not in classes(around):
        raise ValueError(tag.get_text())
    return ""


def _text(tag: Tag, depth: int) -> str:
    pieces = []
    for child in tag.children:
        names = {*classes(child)} if isinstance(child, Tag) else set()
        if isinstance(child, Tag) and "text" in names:
            pieces.append(_text(child, depth))
        elif text := child.get_text():
            command = next((_TEXT_FONTS[name] for name in names if name in _TEXT_FONTS), r"\text")
            pieces.append(f"{command}{{{symbols.escape(text)}}}")
    return "".join(pieces)


def _scripts(tag: Tag, depth: int) -> str:
    entries = _entries(tag, depth)
    before = tag.find_previous_sibling()
    is_alone = before is None or not (_plain(before.get_text()) or before.find(True))
    lower = "".join(f"_{{{tex}}}" for height, tex in entries[:1] if len(entries) > 1 or height < 0)
    upper = "".join(
        presentation.raised(tex) for height, tex in entries[-1:] if len(entries) > 1 or height >= 0
    )
    return f"{'{}' if is_alone else ''}{lower}{upper}"


def _root(tag: Tag, depth: int) -> str:
    degree = next((child for child in tags(iter(tag.children)) if "root" in classes(child)), None)
    body = next(child for child in tags(iter(tag.children)) if child is not degree)
    index = f"[{_entries(degree, depth)[0][1]}]" if degree is not None else ""
    return f"\\sqrt{index}{{{_entries(body, depth)[0][1]}}}"


def _limits(tag: Tag, depth: int) -> str:
    """Write an operator with what is above and below it, which alone is small."""
    rows = tag.find(class_="vlist")
    entries = [tex for _, tex in _entries(tag, depth)]
    boxes = (
        [child for child in tags(iter(rows.children)) if _plain(child.get_text())]
        if isinstance(rows, Tag)
        else []
    )
    is_small = [box.find(class_="mtight", recursive=False) is not None for box in boxes]
    if is_small.count(False) != 1 or len(boxes) != len(entries):
        raise ValueError(tag.get_text())
    place = is_small.index(False)
    below, base, above = "".join(entries[:place]), entries[place], "".join(entries[place + 1 :])
    is_name = _NAME.fullmatch(base) is not None and _plain(boxes[place].get_text()).isascii()
    if is_name or boxes[place].find(class_="op-symbol") is not None:
        lower, upper = f"_{{{below}}}" if below else "", f"^{{{above}}}" if above else ""
        return presentation.with_star(base) + lower + upper
    base = f"\\underset{{{below}}}{{{base}}}" if below else base
    return f"\\overset{{{above}}}{{{base}}}" if above else base


def _accent(tag: Tag, depth: int) -> str:
    mark = tag.find_all(class_="accent-body")[-1]  # those before are of what is below it
    sign = "→" if mark.find(class_="overlay") is not None else mark.get_text().strip()
    return accented(_entries(tag, depth)[0][1], sign)


def _table(tag: Tag, depth: int) -> str:
    columns = [
        child
        for child in tags(iter(tag.children))
        if any(name.startswith("col-align-") for name in classes(child))
    ]
    sides = "".join(
        name[-1] for column in columns for name in classes(column) if name.startswith("col-align-")
    )
    heights = [_entries(column, depth, keep_empty=True) for column in columns]
    cells = [{round(height, 2): tex for height, tex in column} for column in heights]
    rows = sorted({height for column in cells for height in column}, reverse=True)
    body = " \\\\ ".join(" & ".join(column.get(height, "") for column in cells) for height in rows)
    if set(sides) == {"c"}:
        return f"\\begin{{matrix}} {body} \\end{{matrix}}"
    name, columns_of = ("aligned", "") if re.fullmatch("(?:rl)+", sides) else ("array", f"{{{sides}}}")
    return f"\\begin{{{name}}}{columns_of} {body} \\end{{{name}}}"


def _ends(tag: Tag) -> tuple[Tag, Tag] | None:
    """Return the delimiters around a row that are as tall as what is in it."""
    children = [*tags(iter(tag.children))]
    if len(children) > 1 and "mopen" in classes(children[0]) and "mclose" in classes(children[-1]):
        return children[0], children[-1]
    return None


def _delimited(tag: Tag, ends: tuple[Tag, Tag], depth: int) -> str:
    left, right = (_row(end, depth) or "." for end in ends)
    inner = [_element(child, depth + 1) for child in [*tags(iter(tag.children))][1:-1]]
    return f"\\left{left} {presentation.joined(inner)} \\right{right}"


def _pair(tag: Tag, depth: int) -> tuple[str, str]:
    entries = [tex for _, tex in _entries(tag, depth)]
    if len(entries) != 2:  # noqa: PLR2004 - what is below a line, and above it
        raise ValueError(tag.get_text())
    return entries[0], entries[1]


def _entries(tag: Tag, depth: int, *, keep_empty: bool = False) -> list[tuple[float, str]]:
    """Return what stands above each other, the lowest first: how far above the line, in em, and its TeX."""
    rows = tag.find(class_="vlist")
    entries: list[tuple[float, str]] = []
    for child in tags(iter(rows.children)) if isinstance(rows, Tag) else ():
        match = re.fullmatch(r"(-?\d+(?:\.\d+)?)em", style(child, "top"))
        strut = child.find(class_="pstrut")
        height = (
            re.fullmatch(r"(\d+(?:\.\d+)?)em", style(strut, "height")) if isinstance(strut, Tag) else None
        )
        tex = _row(child, depth + 1)
        if match and height and (tex or keep_empty):
            entries.append((-float(match[1]) - float(height[1]), tex))
    if not entries:
        raise ValueError(tag.get_text())
    return sorted(entries, key=lambda entry: entry[0])


_BOXES: Mapping[str, Callable[[Tag, int], str]] = {
    "msupsub": _scripts,
    "mfrac": _fraction,
    "mspace": _space,
    "sqrt": _root,
    "op-limits": _limits,
    "accent": _accent,
    "overline": _line,
    "underline": _line,
    "mtable": _table,
    "text": _text,
    "llap": _lap,
    "rlap": _lap,
    "hide-tail": _drawing,
    "mult": tall_delimiter,
}
