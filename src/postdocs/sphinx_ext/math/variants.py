"""Letters and signs that are one character to Unicode, and several to LaTeX (StandardizedVariants.txt)."""

from __future__ import annotations

import unicodedata
from xml.etree import ElementTree as ET

_ROUND = "\ufe01"  # after script capitals: those of \mathscr, not of \mathcal
_STROKE = "\ufe00"  # after the empty set: the zero of \emptyset, not the circle of \varnothing
_EMPTY_SET = "∅"


def select_variant(letter: ET.Element) -> None:
    """Say which form a letter has, after the class that Temml gives it."""
    text, name = letter.text or "", letter.get("class")
    if name == "mathscr" and unicodedata.normalize("NFKC", text).isupper():
        letter.text = text + _ROUND
    elif name is None and text == _EMPTY_SET:
        letter.text = text + _STROKE
