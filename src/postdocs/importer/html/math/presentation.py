"""Presentation MathML (MathML Core and MathML 3) → TeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from bs4.element import NavigableString, Tag

from postdocs.importer.html.dom import attribute, classes, tags
from postdocs.importer.html.math import symbols
from postdocs.importer.html.math.accents import ABOVE, BELOW, WIDE
from postdocs.importer.html.math.mathml_tokens import FENCES, FUNCTIONS, TOKENS
from postdocs.importer.html.math.tables import environment

_SKIPPED = frozenset({"annotation", "annotation-xml", "none", "mprescripts", "maligngroup", "malignmark"})
_BRACKETS = frozenset({"(", "[", r"\{", r"\langle", r"\lfloor", r"\lceil"})
_CLOSING = frozenset({")", "]", r"\}", r"\rangle", r"\rfloor", r"\rceil"})
_TALL = re.compile(r"\\(?:d?frac|begin|sum|int|prod|left|over|under|atop)")
_NAME = re.compile(r"\\(?:operatorname|mathrm)\{([A-Za-z]{2,}(?:\\,[A-Za-z]+)*)\}")
_NUMBERS = frozenset({"mml-eqn-num", "mtr-glue"})  # of KaTeX, whose style sheet counts equations
_LARGE = frozenset("∑∏∐⋃⋂⨁⨂⋁⋀")
_STRIKES = {"updiagonalstrike": r"\cancel", "downdiagonalstrike": r"\bcancel"}
_CROSS = r"\xcancel"
_ZERO = re.compile(r"0(?:\.0*)?(?:\w+|%)?")
_PHANTOM = re.compile(r"\\phantom\{[^{}]*\}")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{3}(?:[0-9A-Fa-f]{3})?|[a-z]+", re.IGNORECASE)
_NO_COLOURS = frozenset({"currentcolor", "inherit", "initial", "none", "transparent", "unset"})
_RGB = re.compile(r"rgb\((\d{1,3}), ?(\d{1,3}), ?(\d{1,3})\)")
_DEEPEST = 60  # levels; what is deeper is text


def to_tex(tag: Tag, depth: int = 0) -> str:
    """Write an element of MathML, and all in it, as TeX."""
    name = tag.name.rpartition(":")[2]
    if name in _SKIPPED:
        return ""
    if depth > _DEEPEST:
        return symbols.to_tex(tag.get_text())
    children = [*_parts(tag)]
    if name in {"maction", "semantics"}:
        tex = to_tex(_shown(tag, children), depth + 1) if children else ""
    elif name in TOKENS and tag.find(_is_mathml) is None:  # but HTML may be in it
        tex = TOKENS[name](tag)
    elif name in _STRUCTURES:
        tex = _STRUCTURES[name](tag, children, depth)
    else:
        parts = [to_tex(child, depth + 1) for child in children]
        least, write = _LAYOUTS.get(name, (0, _in_row))
        tex = write(tag, children, parts) if len(parts) >= least else _row(children, parts)
    tex = coloured(tex, attribute(tag, "mathcolor"))
    return coloured(tex, attribute(tag, "mathbackground"), command=r"\bbox[%s]{%s}")


def _is_mathml(tag: Tag) -> bool:
    names = {"math", "mrow", "mstyle"}
    return tag.name in names or any(tag.name in known for known in (TOKENS, _STRUCTURES, _LAYOUTS))


def _parts(tag: Tag) -> Iterator[Tag]:
    """Yield what an element holds; text that is in none of its own, as in a row, is in one here."""
    holds_parts = tag.name in _LAYOUTS and _LAYOUTS[tag.name][0] > 1
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name not in _SKIPPED:
                yield child
        elif type(child) is NavigableString and not holds_parts and child.strip():
            text = Tag(name="mtext")
            text.append(NavigableString(child if tag.name in TOKENS else child.strip()))
            yield text


def coloured(tex: str, colour: str, *, command: str = r"\textcolor{%s}{%s}") -> str:
    """Write TeX in a colour of CSS; one that isn't a name, `#rrggbb` or `rgb()` changes nothing."""
    hexadecimal = _RGB.sub(lambda rgb: "#" + "".join(f"{int(part):02x}" for part in rgb.groups()), colour)
    is_colour = _COLOUR.fullmatch(hexadecimal) and hexadecimal.lower() not in _NO_COLOURS
    return command % (hexadecimal, tex) if tex and is_colour else tex


def _shown(tag: Tag, children: Sequence[Tag]) -> Tag:
    """Return which of several forms is shown: the first, or the one selected (MathML 3 §3.7.1)."""
    by_number = {str(number): child for number, child in enumerate(children, 1)}
    return by_number.get(attribute(tag, "selection"), children[0])


def _in_row(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    return _row(children, parts)


def _row(children: Sequence[Tag], parts: Sequence[str]) -> str:
    r"""Join the parts of a row; brackets that stretch with what is in them are a pair of \left and \right."""
    out = list(parts)
    fences = [_fence(child) for child in children]
    is_pair = len(out) > 1
    is_open = fences[-1:] == [""] or (parts[1:] and parts[1].startswith("\\begin{") and len(parts) == 2)  # noqa: PLR2004 - a brace and its cases
    if is_pair and fences[0] in _BRACKETS and is_open:
        return joined([f"\\left{fences[0]} ", *parts[1:], " \\right."])
    if is_pair and fences[0] == "" and fences[-1] in _CLOSING:
        return joined(["\\left. ", *parts[:-1], f" \\right{fences[-1]}"])
    opened: list[int] = []
    for at, fence in enumerate(fences):
        if fence in _BRACKETS:
            opened.append(at)
        elif fence in _CLOSING and opened:
            start = opened.pop()
            if _TALL.search("".join(parts[start + 1 : at])):
                out[start], out[at] = f"\\left{fences[start]} ", f" \\right{fence}"
        elif fence and fence not in _CLOSING and at in {0, len(fences) - 1} and fences[0] == fences[-1]:
            is_tall = _TALL.search("".join(parts[1:-1])) is not None
            out[at] = (f"\\left{fence} " if not at else f" \\right{fence}") if is_tall else fence
    return joined(out)


def _fence(tag: Tag) -> str | None:
    """Return the delimiter that an operator is, "" for an empty one; None for anything else."""
    while tag.name == "mrow" and len(children := [*tags(iter(tag.children))]) == 1:
        tag = children[0]
    if tag.name != "mo":
        return None
    text = tag.get_text().strip()
    if not text:
        return "" if "stretchy" in tag.attrs or attribute(tag, "fence") == "true" else None
    return None if attribute(tag, "stretchy") == "false" else FENCES.get(text)


def joined(parts: Sequence[str]) -> str:
    """Join TeX so that no name of a command grows into the letter behind it."""
    out = ""
    for part in filter(None, parts):
        out += f"{symbols.space_between(out, part)}{part}"
    return out


def _group(tex: str) -> str:
    return tex if len(tex) == 1 else f"{{{tex}}}"


def raised(tex: str) -> str:
    """Write what stands raised; primes are raised by themselves."""
    return tex if tex and not tex.strip("'") else f"^{_group(tex)}"


def _base(tag: Tag, tex: str) -> str:
    is_one = len(tex) == 1 or re.fullmatch(r"\\[A-Za-z]+(?:\{[^{}]*\})?", tex) is not None
    has_script = re.search(r"(?<!\\)[\^_]", tex) is not None
    return tex if is_one or (tag.name in {"mi", "mn", "mo"} and not has_script) else f"{{{tex}}}"


def _fraction(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    if _ZERO.fullmatch(attribute(tag, "linethickness")):
        return f"{{{parts[0]} \\atop {parts[1]}}}"
    return f"\\frac{{{parts[0]}}}{{{parts[1]}}}"


def _root(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    return f"\\sqrt[{parts[1]}]{{{parts[0]}}}"


def _square_root(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    return f"\\sqrt{{{_row(children, parts)}}}"


def _sub(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    return f"{_base(children[0], parts[0])}_{_group(parts[1])}"


def _sup(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    return _base(children[0], parts[0]) + raised(parts[1])


def _subsup(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    return f"{_base(children[0], parts[0])}_{_group(parts[1])}{raised(parts[2])}"


def with_star(tex: str) -> str:
    """Write a name so that it has limits above and below."""
    name = _NAME.fullmatch(tex)
    return f"\\operatorname*{{{name[1]}}}" if name else tex


def _with_limits(tag: Tag, tex: str) -> str:
    """Write what has limits above and below by itself, as a sum has; "" if it is none of these."""
    is_large = tag.get_text().strip() in _LARGE or tex.lstrip("\\") in FUNCTIONS
    return with_star(tex) if is_large or _NAME.fullmatch(tex) else ""


def _under(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    mark = children[1].get_text().strip()
    if children[1].name == "mo" and mark in BELOW:
        return f"{BELOW[mark]}{{{parts[0]}}}"
    is_brace = parts[0].startswith((r"\underbrace", r"\sum"))
    if base := parts[0] if is_brace else _with_limits(children[0], parts[0]):
        return f"{base}_{_group(parts[1])}"
    return f"\\underset{{{parts[1]}}}{{{parts[0]}}}"


def _over(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    mark = children[1].get_text().strip()
    if children[1].name == "mo" and mark in ABOVE:
        accent = ABOVE[mark]
        is_wide = attribute(children[1], "stretchy") != "false" and len(children[0].get_text().strip()) > 1
        return f"{WIDE.get(accent, accent) if is_wide else accent}{{{parts[0]}}}"
    is_brace = parts[0].startswith(r"\overbrace")
    if base := parts[0] if is_brace else _with_limits(children[0], parts[0]):
        return f"{base}^{_group(parts[1])}"
    return f"\\overset{{{parts[1]}}}{{{parts[0]}}}"


def _underover(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    if base := _with_limits(children[0], parts[0]):
        return f"{base}_{_group(parts[1])}{raised(parts[2])}"
    if children[0].name == "mo":
        return _subsup(tag, children, parts)
    return f"\\overset{{{parts[2]}}}{{\\underset{{{parts[1]}}}{{{parts[0]}}}}}"


def _enclosed(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    inner = _row(children, parts)
    notation = {*attribute(tag, "notation").split()}
    strikes = [command for name, command in _STRIKES.items() if name in notation]
    inner = f"{strikes[0] if len(strikes) == 1 else _CROSS}{{{inner}}}" if strikes else inner
    return f"\\boxed{{{inner}}}" if "box" in notation else inner


def _padded(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    """Write what takes no room as TeX has it; other room is the author's to see to."""
    inner = _row(children, parts)
    if inner in {"", r"\not"} or not _ZERO.fullmatch(attribute(tag, "width")):
        return inner
    if _PHANTOM.fullmatch(inner):
        return inner.replace(r"\phantom", r"\vphantom", 1)
    shift = attribute(tag, "lspace")
    lap = "clap" if shift.startswith("-0.5") else "llap" if shift.startswith("-") else "rlap"
    return f"\\math{lap}{{{inner}}}"


def _phantom(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    return f"\\phantom{{{_row(children, parts)}}}"


def _table(tag: Tag, children: Sequence[Tag], depth: int) -> str:
    rows = []
    for row in children:
        cells = [child for child in tags(iter(row.children)) if child.name == "mtd"]
        number = ""
        if row.name == "mlabeledtr" and cells:
            number, cells = cells[0].get_text().strip(), cells[1:]
        cells = [cell for cell in cells if not _NUMBERS.intersection(classes(cell))]
        rows.append(([to_tex(cell, depth + 1) for cell in cells], number))
    lists = (attribute(tag, name).split() for name in ("columnalign", "rowlines", "columnlines", "frame"))
    return environment(rows, *lists)


def _fenced(tag: Tag, children: Sequence[Tag], depth: int) -> str:
    opening, closing = (
        attribute(tag, name) if tag.has_attr(name) else default
        for name, default in (("open", "("), ("close", ")"))
    )
    separators = attribute(tag, "separators") if tag.has_attr("separators") else ","
    marks = [mark for mark in separators if not mark.isspace()]
    inner = ""
    for at, child in enumerate(children):
        mark = marks[min(at - 1, len(marks) - 1)] if at and marks else ""
        inner += f"{mark}{to_tex(child, depth + 1)}"
    left, right = (FENCES.get(mark.strip(), ".") for mark in (opening, closing))
    return f"\\left{left} {inner} \\right{right}"


def _multiscripts(tag: Tag, children: Sequence[Tag], depth: int) -> str:
    everything = [child for child in tags(iter(tag.children)) if not child.name.startswith("annotation")]
    if not everything:
        return ""
    names = [child.name for child in everything]
    place = names.index("mprescripts") if "mprescripts" in names else len(names)
    behind, before = everything[1:place], everything[place + 1 :]
    base = to_tex(everything[0], depth + 1)
    start = f"{{}}{_scripts(before, depth)}" if before else ""
    return f"{start}{_base(everything[0], base)}{_scripts(behind, depth)}"


def _scripts(scripts: Sequence[Tag], depth: int) -> str:
    out = ""
    for at, script in enumerate(scripts):
        tex = to_tex(script, depth + 1)
        out += (raised(tex) if at % 2 else f"_{_group(tex)}") if tex else ""
    return out


_STRUCTURES: Mapping[str, Callable[[Tag, Sequence[Tag], int], str]] = {
    "mtable": _table,
    "mfenced": _fenced,
    "mmultiscripts": _multiscripts,
}
# How many children each has at least (MathML Core §3.1.3), and how it is written.
_LAYOUTS: Mapping[str, tuple[int, Callable[[Tag, Sequence[Tag], Sequence[str]], str]]] = {
    "menclose": (1, _enclosed),
    "mfrac": (2, _fraction),
    "mover": (2, _over),
    "mpadded": (1, _padded),
    "mphantom": (1, _phantom),
    "mroot": (2, _root),
    "msqrt": (0, _square_root),
    "msub": (2, _sub),
    "msubsup": (3, _subsup),
    "msup": (2, _sup),
    "munder": (2, _under),
    "munderover": (3, _underover),
}
