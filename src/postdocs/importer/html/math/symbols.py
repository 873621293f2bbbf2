"""Characters → TeX, by the tables of docutils."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from docutils.utils.math import tex2unichar

_TABLES = (
    "mathord",
    "mathbin",
    "mathrel",
    "mathalpha",
    "mathop",
    "mathopen",
    "mathclose",
    "mathfence",
    "mathpunct",
)
_SPECIAL = {
    "#": r"\#", "$": r"\$", "%": r"\%", "&": r"\&", "_": r"\_", "{": r"\{", "}": r"\}", "\\": r"\backslash",
    "~": r"\sim", "^": r"\hat{}", "−": "-", "–": "-", "′": "'", "″": "''", "‴": "'''", "’": "'", "∗": "*",
    "⋅": r"\cdot", "·": r"\cdot", "…": r"\ldots", "⋯": r"\cdots", "→": r"\to", "≤": r"\le", "≥": r"\ge",
    "≠": r"\ne", "∣": r"\mid", "∥": r"\parallel", "⟹": r"\implies", "⟺": r"\iff", "∞": r"\infty",
    "\xa0": r"\ ",
    "∫": r"\int", "∈": r"\in", "∅": r"\emptyset", "¬": r"\neg", "ℏ": r"\hbar", "‖": r"\|", "⟨": r"\langle",
    "⟩": r"\rangle", "∑": r"\sum", "∏": r"\prod", "ϵ": r"\epsilon", "ε": r"\varepsilon", "ϕ": r"\phi",
    "φ": r"\varphi", ":": ":", "/": "/", "|": "|", "*": "*", "≔": ":=", "∶": ":", "△": r"\triangle",
    "∖": r"\setminus",
}  # fmt: skip
_TEXT = {
    "\\": r"\textbackslash ",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "%": r"\%",
    "#": r"\#",
    "&": r"\&",
    "_": r"\_",
}


def escape(text: str) -> str:
    r"""Write characters for `\text`."""
    return "".join(_TEXT.get(character, character) for character in text)


def to_tex(text: str) -> str:
    """Write characters for a formula; those that no command is for stay."""
    out = ""
    for character in unicodedata.normalize("NFC", text):
        tex = _command(character)
        out += " " if re.search(r"\\[A-Za-z]+$", out) and re.match(r"[A-Za-z]", tex) else ""
        out += tex
    return out


def _command(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character.isascii():
        return character
    return _commands().get(character) or _letter(character)


def _letter(character: str) -> str:
    """Write a letter of a mathematical alphabet (Unicode, Mathematical Alphanumeric Symbols)."""
    plain = unicodedata.normalize("NFKC", character)
    if plain == character or len(plain) != 1:
        return character
    name = unicodedata.name(character, "")
    tex = plain if plain.isascii() else _command(plain)
    for words, command in (
        ("DOUBLE-STRUCK", r"\mathbb"), ("FRAKTUR", r"\mathfrak"), ("BLACK-LETTER", r"\mathfrak"),
        ("SCRIPT", r"\mathcal"), ("SANS-SERIF", r"\mathsf"), ("MONOSPACE", r"\mathtt"),
        ("BOLD ITALIC", r"\boldsymbol"), ("BOLD", r"\mathbf"),
    ):  # fmt: skip
        if words in name:
            return f"{command}{{{tex}}}"
    return tex


@cache
def _commands() -> dict[str, str]:
    """Return the shortest command for each character."""
    commands: dict[str, str] = {}
    for table in _TABLES:
        for name, character in getattr(tex2unichar, table).items():
            if name.isalpha() and len(character) == 1 and len(name) < len(commands.get(character, "x" * 99)):
                commands[character] = f"\\{name}"
    return commands
