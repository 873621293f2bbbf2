"""The tokens of MathML, which hold characters (MathML Core §3.2) → TeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bs4.element import Tag

from postdocs.importer.html.dom import attribute, tags
from postdocs.importer.html.math import symbols

FENCES = {
    "(": "(", ")": ")", "[": "[", "]": "]", "{": r"\{", "}": r"\}", "|": "|", "‖": r"\|", "⟨": r"\langle",
    "⟩": r"\rangle", "〈": r"\langle", "〉": r"\rangle", "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil",
    "⌉": r"\rceil", "∥": r"\|", "∣": "|", "/": "/",
}  # fmt: skip
_RELATIONS = {"∣": r"\mid", "∥": r"\parallel", "⊥": r"\perp"}
_ANGLES = {"<": r"\langle", ">": r"\rangle"}
_BARS = {"∣": "|", "∥": r"\|"}  # as letters they have no space around them
_VARIANTS = {
    "bold": r"\mathbf", "normal": r"\mathrm", "double-struck": r"\mathbb", "script": r"\mathcal",
    "fraktur": r"\mathfrak", "sans-serif": r"\mathsf", "monospace": r"\mathtt", "bold-italic": r"\boldsymbol",
    "bold-script": r"\boldsymbol", "bold-fraktur": r"\mathfrak", "bold-sans-serif": r"\mathsf",
}  # fmt: skip
_SOLIDUS = "⧸"  # of MathJax, through what follows
_THIN, _APPLY = r"\,", "\u2061"
_FIRST_OF_OTHERS = 0x400  # Unicode, behind Latin and Greek
_WITH_SCRIPTS = frozenset({"mmultiscripts", "mover", "msub", "msubsup", "msup", "munder", "munderover"})
_BOLD, _BOLD_SIGN = r"\mathbf", r"\boldsymbol"
_TEXT_VARIANTS = {
    "bold": r"\textbf", "italic": r"\textit", "monospace": r"\texttt", "sans-serif": r"\textsf",
}  # fmt: skip
# Spaces that KaTeX has as characters; one that is taken back ends in U+2063.
_TEXT_SPACES = {
    "\u200a": "", "\u2009": r"\,", "\u2005": r"\:", "\u2005\u200a": r"\;", "\u200a\u2063": "",
    "\u2009\u2063": r"\!", "\u205f\u2063": r"\negmedspace", "\u2005\u2063": r"\negthickspace",
}  # fmt: skip
_CAPITALS = frozenset("ΓΔΘΛΞΠΣΥΦΨΩ")  # upright to TeX, italic to MathML
_SPACES = ((1.5, r"\qquad"), (0.9, r"\quad"), (0.26, r"\;"), (0.2, r"\:"), (0.1, r"\,"))
_INVISIBLE = str.maketrans(dict.fromkeys("\u2061\u2062\u2063\u2064\u200b\ufeff\u200d\u2060"))
FUNCTIONS = frozenset({
    "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp",
    "gcd", "hom", "inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min", "Pr", "sec",
    "sin", "sinh", "sup", "tan", "tanh",
})  # fmt: skip


def _identifier(tag: Tag) -> str:
    text = _shown(tag)
    words = text.split()  # of `lim sup`, whatever space it has
    if "".join(words) in FUNCTIONS:
        return f"\\{''.join(words)}"
    if len(text) > 1 and all(map(_is_name, words)):
        command = _variant(tag) or ("\\operatorname" if _is_applied(tag) else "\\mathrm")
        return f"{command}{{{_THIN.join(map(symbols.to_tex, words))}}}"
    if text in _CAPITALS and not tag.has_attr("mathvariant"):
        return f"\\var{symbols.to_tex(text).removeprefix(chr(92))}"
    return _with_variant(tag, text, _BARS.get(text) or symbols.to_tex(text))


def _shown(tag: Tag) -> str:
    return tag.get_text().translate(_INVISIBLE).strip()


def _variant(tag: Tag) -> str:
    return _VARIANTS.get(attribute(tag, "mathvariant"), "")


def _with_variant(tag: Tag, text: str, tex: str) -> str:
    """Write characters in the letters that an element asks for; signs and capitals of Greek are upright."""
    variant = _variant(tag)
    if not variant or (
        variant == "\\mathrm" and not tex.isalpha() and not (_is_name(text) and text.islower())
    ):
        return tex
    is_letter = _is_name(text) or text.isdecimal()
    return f"{variant if is_letter or variant != _BOLD else _BOLD_SIGN}{{{tex}}}"


def _is_name(word: str) -> bool:
    """Tell whether these are Latin or Greek letters; TeX sets others as text."""
    return word.isalpha() and all(code < _FIRST_OF_OTHERS for code in map(ord, word))


def _is_applied(tag: Tag) -> bool:
    """Tell whether a name is that of a function: behind it and its indices is a sign of its own (U+2061)."""
    following = [sibling for sibling in tags(iter(tag.next_siblings)) if sibling.name != "mspace"]
    parent = tag.parent
    if following[:1] and following[0].name == "mo":
        return following[0].get_text().strip() == _APPLY
    is_base = parent is not None and parent.name in _WITH_SCRIPTS and tag.find_previous_sibling() is None
    return is_base and parent is not None and _is_applied(parent)


def _number(tag: Tag) -> str:
    text = tag.get_text().strip()
    tex = symbols.to_tex(text).replace(",", "{,}")  # else the comma is between two numbers
    return _with_variant(tag, text, tex)


def _operator(tag: Tag) -> str:
    text = _shown(tag)
    texclass = attribute(tag, "data-mjx-texclass")  # as MathJax notes it
    is_fence = attribute(tag, "fence") == "true" or texclass in {"CLOSE", "OPEN"}
    is_relation = not (is_fence or texclass == "ORD" or tag.has_attr("stretchy"))
    if text in FUNCTIONS:
        return f"\\{text}"
    if len(text) > 1 and text.isalpha() and text.isascii():
        return r"\bmod" if text == "mod" else f"\\operatorname{{{text}}}"
    special = _ANGLES if is_fence else _RELATIONS if is_relation else {}
    tex = special.get(text) or FENCES.get(text) or symbols.to_tex(text)
    return _with_variant(tag, text, tex)


def _text(tag: Tag) -> str:
    text = tag.get_text()
    if text == _SOLIDUS:
        return r"\not"
    if text in _TEXT_SPACES:
        return _TEXT_SPACES[text]
    text = text.replace("\xa0", " ")
    if not text.strip():
        return "\\ " if text else ""
    command = _TEXT_VARIANTS.get(attribute(tag, "mathvariant"), r"\text")
    return f"{command}{{{symbols.escape(text)}}}"


def _space(tag: Tag) -> str:
    if attribute(tag, "linebreak") == "newline":
        return "\\\\ "
    match = re.fullmatch(r"(-?[\d.]+)(em|ex|px|pt)?", attribute(tag, "width").strip())
    if match is None or match[1].count(".") > 1 or not match[1].strip("-."):
        return ""
    beside = (tag.find_previous_sibling(), tag.find_next_sibling())
    if any(sign is not None and sign.get_text().strip() == _APPLY for sign in beside):
        return ""  # TeX has a space there by itself
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
