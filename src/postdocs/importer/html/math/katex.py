"""HTML of KaTeX → TeX, if it contains no MathML."""

from __future__ import annotations

import re
from itertools import zip_longest

from bs4.element import Tag

from postdocs.importer.html.dom import classes, style, tags
from postdocs.importer.html.math import presentation, symbols
from postdocs.importer.html.math.accents import accented
from postdocs.importer.html.math.mathml_tokens import FUNCTIONS

_INVISIBLE = frozenset({
    "arraycolsep", "frac-line", "hide-tail", "katex-rule", "katex-strut", "mspace", "overline-line", "pstrut",
    "rule", "strut", "underline-line", "vlist-s",
})  # fmt: skip
# What can't be told from its picture.
_UNREADABLE = frozenset({
    "boxed", "cancel-lap", "fbox", "hbox", "katex-boxed", "katex-fbox", "katex-stretchy", "llap", "mover",
    "mult", "munder", "rlap", "sout", "stretchy", "vertical-separator", "x-arrow",
})  # fmt: skip
_FONTS = {
    "mathbf": r"\mathbf", "mathbb": r"\mathbb", "mathcal": r"\mathcal", "mathfrak": r"\mathfrak",
    "mathrm": r"\mathrm", "mathsf": r"\mathsf", "mathtt": r"\mathtt", "mathscr": r"\mathscr",
    "boldsymbol": r"\boldsymbol",
}  # fmt: skip
_DEEPEST = 200


def to_tex(drawing: Tag) -> str:
    """Write the scripts, fractions, roots, accents, tables and symbols of a drawing as TeX.

    Raises
    ------
    ValueError
        There is something in it that a picture alone doesn't tell.

    """
    if any(_UNREADABLE.intersection(classes(tag)) for tag in drawing.find_all(True)):
        raise ValueError(drawing.get_text())
    return _row(drawing, 0)


def _row(tag: Tag, depth: int) -> str:
    if depth > _DEEPEST:
        raise ValueError(tag.get_text())
    parts = [
        _element(child, depth + 1)
        if isinstance(child, Tag)
        else symbols.to_tex(str(child).replace("\u200b", "").strip())
        for child in tag.children
    ]
    return presentation.joined(parts)


def _element(tag: Tag, depth: int) -> str:  # noqa: PLR0911 - one for each kind of box
    names = {name.removeprefix("katex-") for name in classes(tag)}
    if names & _INVISIBLE:
        return ""
    if "nulldelimiter" in names:
        return ""
    if "msupsub" in names:
        return _scripts(tag, depth)
    if "mfrac" in names:
        below, above = _pair(tag, depth)
        return f"\\frac{{{above}}}{{{below}}}"
    if "sqrt" in names:
        return _root(tag, depth)
    if "op-limits" in names:
        return _limits(tag, depth)
    if "accent" in names:
        return _accent(tag, depth)
    if names & {"overline", "underline"}:
        command = "overline" if "overline" in names else "underline"
        return f"\\{command}{{{_entries(tag, depth)[0][1]}}}"
    if "mtable" in names:
        return _table(tag, depth)
    if "minner" in names and tag.find(class_="delimcenter", recursive=False):
        return _delimited(tag, depth)
    if "text" in names:
        return f"\\text{{{symbols.escape(tag.get_text())}}}"
    if (
        "mop" in names
        and (name := tag.get_text()).isalpha()
        and name.isascii()
        and tag.find(class_="msupsub") is None
    ):
        return f"\\{name}" if name in FUNCTIONS else f"\\operatorname{{{name}}}"
    command = next((_FONTS[name] for name in names if name in _FONTS), "")
    tex = _row(tag, depth)
    return f"{command}{{{tex}}}" if command and tex else tex


def _scripts(tag: Tag, depth: int) -> str:
    entries = _entries(tag, depth)
    if len(entries) > 1:
        return f"_{{{entries[0][1]}}}^{{{entries[1][1]}}}"
    height, tex = entries[0]
    if set(tex) == {"'"}:
        return tex
    return f"{'_' if height < 0 else '^'}{{{tex}}}"


def _root(tag: Tag, depth: int) -> str:
    degree = next(
        (child for child in tags(iter(tag.children)) if {"root", "katex-root"} & set(classes(child))), None
    )
    body = next(child for child in tags(iter(tag.children)) if child is not degree)
    index = f"[{_entries(degree, depth)[0][1]}]" if degree is not None else ""
    return f"\\sqrt{index}{{{_entries(body, depth)[0][1]}}}"


def _limits(tag: Tag, depth: int) -> str:
    entries = [tex for _, tex in _entries(tag, depth)]
    place = next((at for at, tex in enumerate(entries) if re.match(r"\\[A-Za-z]+", tex)), None)
    if place is None:
        raise ValueError(tag.get_text())
    below, above = "".join(entries[:place]), "".join(entries[place + 1 :])
    return entries[place] + (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")


def _accent(tag: Tag, depth: int) -> str:
    mark = tag.find_all(class_="accent-body")[-1]  # those before are of what is below it
    sign = "→" if mark.find(class_=["overlay", "katex-overlay"]) is not None else mark.get_text().strip()
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
    cells = [[tex for _, tex in reversed(_entries(column, depth, keep_empty=True))] for column in columns]
    body = " \\\\ ".join(" & ".join(row) for row in zip_longest(*cells, fillvalue=""))
    if set(sides) == {"c"}:
        return f"\\begin{{matrix}} {body} \\end{{matrix}}"
    name, columns_of = ("aligned", "") if re.fullmatch("(?:rl)+", sides) else ("array", f"{{{sides}}}")
    return f"\\begin{{{name}}}{columns_of} {body} \\end{{{name}}}"


def _delimited(tag: Tag, depth: int) -> str:
    children = list(tags(iter(tag.children)))
    ends = {at for at, child in enumerate(children) if {"mopen", "mclose"} & set(classes(child))}
    if ends != {0, len(children) - 1}:
        raise ValueError(tag.get_text())
    left, right = (_row(children[at], depth) or "." for at in (0, -1))
    inner = presentation.joined([_element(child, depth + 1) for child in children[1:-1]])
    return f"\\left{left} {inner} \\right{right}"


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
