"""Titles in ASCII, as generators write them in addresses with Unidecode: https://pypi.org/project/Unidecode/."""

from __future__ import annotations

import unicodedata

# What Unicode doesn't take apart, as Unidecode spells it.
_SPELLED = str.maketrans({
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D",
    "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L", "ħ": "h", "Ħ": "H", "ı": "i", "ŋ": "ng",  # noqa: RUF001 - the characters themselves
    "Ŋ": "NG", "ŧ": "t", "Ŧ": "T", "ƒ": "f", "‐": "-", "‑": "-", "–": "-", "—": "--", "―": "--",  # noqa: RUF001 - the characters themselves
    "−": "-", "→": "-", "‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "«": "<<", "»": ">>",  # noqa: RUF001 - the characters themselves
    "×": "x", "÷": "/", "°": "deg", "©": "(c)", "®": "(r)", "§": "SS", "¶": "P", "€": "EUR", "⁄": "/",  # noqa: RUF001 - the characters themselves
})  # fmt: skip
_SOUNDS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Sc"})  # what words may be made of


def to_ascii(text: str) -> str:
    """Return a text in ASCII; "" where that can't be known: of letters and signs, only Latin ones are.

    Unidecode writes those of all scripts.
    """
    spelled = unicodedata.normalize("NFKC", text).translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).translate(_SPELLED)
    if any(not char.isascii() and unicodedata.category(char)[:2] in _SOUNDS for char in plain):
        return ""
    return plain.encode("ascii", "ignore").decode()
