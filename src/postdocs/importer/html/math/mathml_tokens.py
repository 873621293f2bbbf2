"""The tokens of MathML, which hold characters (MathML Core §3.2) → TeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bs4.element import Tag

from postdocs.importer.html.dom import attribute
from postdocs.importer.html.math import symbols

FENCES = {
    "(": "(", ")": ")", "[": "[", "]": "]", "{": r"\{", "}": r"\}", "|": "|", "‖": r"\|", "⟨": r"\langle",
    "⟩": r"\rangle", "〈": r"\langle", "〉": r"\rangle", "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil",
    "⌉": r"\rceil", "∥": r"\|", "∣": "|", "/": "/",
}  # fmt: skip
_BARS = {"∣": "|", "∥": r"\|"}  # as letters they have no space around them
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


def _identifier(tag: Tag) -> str:
    text = tag.get_text().translate(_INVISIBLE).strip()
    if text in FUNCTIONS:
        return f"\\{text}"
    variant = _VARIANTS.get(attribute(tag, "mathvariant"), "")
    if len(text) > 1 and text.isalpha() and text.isascii():
        command = variant or "\\operatorname"
        return f"{command}{{{text}}}"
    tex = _BARS.get(text) or symbols.to_tex(text)
    return f"{variant}{{{tex}}}" if variant and (tex.isalpha() or variant != "\\mathrm") else tex


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
    if text == "∣" and attribute(tag, "fence") != "true":
        return r"\mid"
    return FENCES.get(text) or symbols.to_tex(text)


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


TOKENS: Mapping[str, Callable[[Tag], str]] = {
    "mi": _identifier,
    "mn": _number,
    "mo": _operator,
    "ms": _text,
    "mtext": _text,
    "mspace": _space,
}
