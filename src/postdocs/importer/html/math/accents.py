"""Marks above and below: characters → commands of TeX."""

from __future__ import annotations

ABOVE = {
    "^": r"\hat", "ˆ": r"\hat", "~": r"\tilde", "˜": r"\tilde", "¯": r"\bar", "ˉ": r"\bar", "‾": r"\overline",
    "_": r"\overline", "→": r"\vec", "˙": r"\dot", ".": r"\dot", "¨": r"\ddot", "ˇ": r"\check",
    "˘": r"\breve", "´": r"\acute", "ˊ": r"\acute", "ˋ": r"\grave", "`": r"\grave", "⏞": r"\overbrace",
    "―": r"\overline", "–": r"\overline", "⎴": r"\overbracket", "˚": r"\mathring", "‵": r"\grave",
    "←": r"\overleftarrow", "↔": r"\overleftrightarrow", "...": r"\dddot", "....": r"\ddddot",
    "…": r"\dddot", "….": r"\ddddot", "⏠": r"\overgroup", "⏜": r"\overparen",
    # Of a letter, in the same character or behind it.
    "\u0300": r"\grave", "\u0301": r"\acute", "\u0302": r"\hat", "\u0303": r"\tilde", "\u0304": r"\bar",
    "\u0305": r"\overline", "\u0306": r"\breve", "\u0307": r"\dot", "\u0308": r"\ddot",
    "\u030a": r"\mathring", "\u030c": r"\check", "\u20d7": r"\vec", "\u20db": r"\dddot",
    "\u20dc": r"\ddddot",
}  # fmt: skip
BELOW = {
    "→": r"\underrightarrow",
    "←": r"\underleftarrow",
    "⏡": r"\undergroup",
    "⏝": r"\underparen",
    "⎵": r"\underbracket",
    "∼": r"\utilde",
    "_": r"\underline",
    "⏟": r"\underbrace",
    "‾": r"\underline",
    "¯": r"\underline",
    "―": r"\underline",
    "–": r"\underline",
}
WIDE = {r"\hat": r"\widehat", r"\tilde": r"\widetilde", r"\bar": r"\overline", r"\vec": r"\overrightarrow"}


def accented(base: str, mark: str) -> str:
    """Write a base under an accent, which is a character.

    Raises
    ------
    ValueError
        It is no accent.

    """
    if mark not in ABOVE:
        raise ValueError(mark)
    return f"{ABOVE[mark]}{{{base}}}"
