"""Presentation MathML (MathML Core, and what MathML 3 has beside it) → TeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bs4.element import Tag

from postdocs.importer.html.dom import attribute, tags
from postdocs.importer.html.math import symbols

_ROWS = frozenset({
    "math", "maction", "merror", "mpadded", "mrow", "mstyle", "mtd", "semantics", "mjx-math", "mjx-texatom",
})  # fmt: skip
_SKIPPED = frozenset({"annotation", "annotation-xml", "none", "mprescripts", "maligngroup", "malignmark"})
_FENCES = {
    "(": "(", ")": ")", "[": "[", "]": "]", "{": r"\{", "}": r"\}", "|": "|", "‖": r"\|", "⟨": r"\langle",
    "⟩": r"\rangle", "〈": r"\langle", "〉": r"\rangle", "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil",
    "⌉": r"\rceil", "∥": r"\|", "∣": "|", "/": "/",
}  # fmt: skip
_BRACKETS = frozenset({"(", "[", r"\{", r"\langle", r"\lfloor", r"\lceil"})
_CLOSING = frozenset({")", "]", r"\}", r"\rangle", r"\rfloor", r"\rceil"})
_TALL = re.compile(r"\\(?:d?frac|begin|sum|int|prod|left|over|under|atop)")
_ACCENTS = {
    "^": r"\hat", "ˆ": r"\hat", "̂": r"\hat", "~": r"\tilde", "˜": r"\tilde", "¯": r"\bar", "‾": r"\overline",
    "_": r"\overline", "→": r"\vec", "⃗": r"\vec", "˙": r"\dot", ".": r"\dot", "¨": r"\ddot", "ˇ": r"\check",
    "˘": r"\breve", "´": r"\acute", "`": r"\grave", "⏞": r"\overbrace", "̄": r"\bar", "̇": r"\dot",
    "―": r"\overline", "–": r"\overline", "⎴": r"\overbracket",
}  # fmt: skip
_BELOW = {
    "_": r"\underline",
    "⏟": r"\underbrace",
    "‾": r"\underline",
    "¯": r"\underline",
    "―": r"\underline",
    "–": r"\underline",
}
_WIDE = {r"\hat": r"\widehat", r"\tilde": r"\widetilde", r"\bar": r"\overline", r"\vec": r"\overrightarrow"}
_VARIANTS = {
    "bold": r"\mathbf", "normal": r"\mathrm", "double-struck": r"\mathbb", "script": r"\mathcal",
    "fraktur": r"\mathfrak", "sans-serif": r"\mathsf", "monospace": r"\mathtt", "bold-italic": r"\boldsymbol",
    "bold-script": r"\boldsymbol", "bold-fraktur": r"\mathfrak", "bold-sans-serif": r"\mathsf",
}  # fmt: skip
_SPACES = ((1.5, r"\qquad"), (0.9, r"\quad"), (0.26, r"\;"), (0.2, r"\:"), (0.1, r"\,"))
_INVISIBLE = str.maketrans(dict.fromkeys("\u2061\u2062\u2063\u2064\u200b\ufeff\u200d\u2060"))
FUNCTIONS = frozenset({
    "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp",
    "gcd", "hom", "inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min", "Pr", "sec",
    "sin", "sinh", "sup", "tan", "tanh",
})  # fmt: skip
_LARGE = frozenset("∑∏∐⋃⋂⨁⨂⋁⋀")
_DEEPEST = 60  # levels; what is deeper is text


def to_tex(tag: Tag, depth: int = 0) -> str:  # noqa: PLR0911 - one for each kind of element
    """Write an element of MathML, and all in it, as TeX."""
    name = tag.name.rpartition(":")[2]
    if name in _SKIPPED:
        return ""
    if depth > _DEEPEST:
        return symbols.to_tex(tag.get_text())
    children = [child for child in tags(iter(tag.children)) if child.name not in _SKIPPED]
    if name in _TOKENS:
        return _TOKENS[name](tag)
    if name == "semantics":
        return to_tex(children[0], depth + 1) if children else ""
    if name in {"mtable", "mfenced", "mmultiscripts"}:
        return _STRUCTURES[name](tag, children, depth)
    parts = [to_tex(child, depth + 1) for child in children]
    if name in _LAYOUTS and len(parts) >= _LAYOUTS[name][0]:
        return _LAYOUTS[name][1](tag, children, parts)
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
    if tag.name != "mo":
        return None
    text = tag.get_text().strip()
    if not text:
        return "" if "stretchy" in tag.attrs or attribute(tag, "fence") == "true" else None
    return None if attribute(tag, "stretchy") == "false" else _FENCES.get(text)


def joined(parts: Sequence[str]) -> str:
    """Join TeX so that no name of a command grows into the letter behind it."""
    out = ""
    for part in filter(None, parts):
        out += " " if re.search(r"\\[A-Za-z]+$", out) and re.match(r"[A-Za-z]", part) else ""
        out += part
    return out


def accented(base: str, mark: str) -> str:
    """Write a base under an accent, which is a character.

    Raises
    ------
    ValueError
        It is no accent.

    """
    if mark not in _ACCENTS:
        raise ValueError(mark)
    return f"{_ACCENTS[mark]}{{{base}}}"


def _group(tex: str) -> str:
    return tex if len(tex) == 1 else f"{{{tex}}}"


def _base(tag: Tag, tex: str) -> str:
    is_one = len(tex) == 1 or re.fullmatch(r"\\[A-Za-z]+(?:\{[^{}]*\})?", tex) is not None
    return tex if is_one or tag.name in {"mi", "mn", "mo"} else f"{{{tex}}}"


def _identifier(tag: Tag) -> str:
    text = tag.get_text().translate(_INVISIBLE).strip()
    if text in FUNCTIONS:
        return f"\\{text}"
    variant = _VARIANTS.get(attribute(tag, "mathvariant"), "")
    if len(text) > 1 and text.isalpha() and text.isascii():
        command = variant or "\\operatorname"
        return f"{command}{{{text}}}"
    tex = symbols.to_tex(text)
    return f"{variant}{{{tex}}}" if variant and not (variant == "\\mathrm" and tex.startswith("\\")) else tex


def _number(tag: Tag) -> str:
    tex = symbols.to_tex(tag.get_text().strip())
    variant = _VARIANTS.get(attribute(tag, "mathvariant"), "")
    return f"{variant}{{{tex}}}" if variant and variant != "\\mathrm" else tex


def _operator(tag: Tag) -> str:
    text = tag.get_text().translate(_INVISIBLE).strip()
    if text in FUNCTIONS:
        return f"\\{text}"
    if len(text) > 1 and text.isalpha() and text.isascii():
        return f"\\operatorname{{{text}}}"
    return _FENCES.get(text) or symbols.to_tex(text)


def _text(tag: Tag) -> str:
    text = tag.get_text().replace("\xa0", " ")
    if not text.strip():
        return "\\ " if text else ""
    return f"\\text{{{symbols.escape(text)}}}"


def _space(tag: Tag) -> str:
    match = re.fullmatch(r"(-?[\d.]+)(em|ex|px|pt)?", attribute(tag, "width").strip())
    if match is None or match[1].count(".") > 1 or not match[1].strip("-."):
        return ""
    width = float(match[1]) * {"ex": 0.45, "px": 0.06, "pt": 0.08}.get(match[2] or "em", 1)
    return next((name for least, name in _SPACES if width >= least), "\\!" if width <= -0.1 else "")  # noqa: PLR2004 - a thin space, taken back


def _fraction(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    if re.fullmatch(r"0(?:\.0*)?(?:\w+|%)?", attribute(tag, "linethickness")):
        return f"{{{parts[0]} \\atop {parts[1]}}}"
    return f"\\frac{{{parts[0]}}}{{{parts[1]}}}"


def _root(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    return f"\\sqrt[{parts[1]}]{{{parts[0]}}}"


def _square_root(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    return f"\\sqrt{{{_row(children, parts)}}}"


def _sub(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    return f"{_base(children[0], parts[0])}_{_group(parts[1])}"


def _sup(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    if parts[1] and set(parts[1]) == {"'"}:
        return _base(children[0], parts[0]) + parts[1]
    return f"{_base(children[0], parts[0])}^{_group(parts[1])}"


def _subsup(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    return f"{_base(children[0], parts[0])}_{_group(parts[1])}^{_group(parts[2])}"


def _is_large(tag: Tag, tex: str) -> bool:
    return tag.get_text().strip() in _LARGE or tex.lstrip("\\") in FUNCTIONS or "operatorname" in tex


def _under(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    mark = children[1].get_text().strip()
    if children[1].name == "mo" and mark in _BELOW:
        return f"{_BELOW[mark]}{{{parts[0]}}}"
    if _is_large(children[0], parts[0]) or parts[0].startswith((r"\underbrace", r"\sum")):
        return f"{parts[0]}_{_group(parts[1])}"
    return f"\\underset{{{parts[1]}}}{{{parts[0]}}}"


def _over(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    mark = children[1].get_text().strip()
    if children[1].name == "mo" and mark in _ACCENTS:
        accent = _ACCENTS[mark]
        is_wide = attribute(children[1], "stretchy") != "false" and len(children[0].get_text().strip()) > 1
        return f"{_WIDE.get(accent, accent) if is_wide else accent}{{{parts[0]}}}"
    if _is_large(children[0], parts[0]) or parts[0].startswith(r"\overbrace"):
        return f"{parts[0]}^{_group(parts[1])}"
    return f"\\overset{{{parts[1]}}}{{{parts[0]}}}"


def _underover(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    if _is_large(children[0], parts[0]) or children[0].name == "mo":
        return _subsup(tag, children, parts)
    return f"\\overset{{{parts[2]}}}{{\\underset{{{parts[1]}}}{{{parts[0]}}}}}"


def _enclosed(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    inner = _row(children, parts)
    notation = attribute(tag, "notation").split()
    commands = {"box": r"\boxed", "updiagonalstrike": r"\cancel", "downdiagonalstrike": r"\bcancel"}
    command = next((commands[name] for name in notation if name in commands), "")
    return f"{command}{{{inner}}}" if command else inner


def _phantom(tag: Tag, children: Sequence[Tag], parts: Sequence[str]) -> str:
    return f"\\phantom{{{_row(children, parts)}}}"


def _table(tag: Tag, children: Sequence[Tag], depth: int) -> str:
    rows = []
    for row in children:
        cells = [child for child in tags(iter(row.children)) if child.name == "mtd"]
        number = ""
        if row.name == "mlabeledtr" and cells:
            number, cells = f" \\tag{{{cells[0].get_text().strip().strip('()')}}}", cells[1:]
        rows.append(" & ".join(to_tex(cell, depth + 1) for cell in cells) + number)
    align = attribute(tag, "columnalign").split()
    body = " \\\\ ".join(rows)
    if align[:2] == ["right", "left"]:
        return f"\\begin{{aligned}} {body} \\end{{aligned}}"
    if align and set(align) <= {"left", "right", "center"} and set(align) != {"center"}:
        width = max(row.count("&") for row in rows) + 1 if rows else 1
        columns = "".join(side[0] for side in (align + [align[-1]] * width)[:width])
        return f"\\begin{{array}}{{{columns}}} {body} \\end{{array}}"
    return f"\\begin{{matrix}} {body} \\end{{matrix}}"


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
    left, right = (_FENCES.get(mark.strip(), ".") for mark in (opening, closing))
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
        out += f"{'^' if at % 2 else '_'}{_group(tex)}" if tex else ""
    return out


_TOKENS: Mapping[str, Callable[[Tag], str]] = {
    "mi": _identifier,
    "mn": _number,
    "mo": _operator,
    "ms": _text,
    "mtext": _text,
    "mspace": _space,
}
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
    "mphantom": (1, _phantom),
    "mroot": (2, _root),
    "msqrt": (0, _square_root),
    "msub": (2, _sub),
    "msubsup": (3, _subsup),
    "msup": (2, _sup),
    "munder": (2, _under),
    "munderover": (3, _underover),
}
