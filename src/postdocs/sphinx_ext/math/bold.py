"""Bold letters and signs: those of Unicode where it has any, and a weight where it has none."""

from __future__ import annotations

import re
import string
import unicodedata
from xml.etree import ElementTree as ET

_WEIGHT = "font-weight:bold"
_LEAVES = frozenset({"mi", "mn", "mo"})  # text has a weight of its own
_NABLA = "𝛁"
_SYMBOLS = {"∂": "𝝏", "℘": "℘"}  # Unicode calls the latter a script capital
_ALPHABET = re.compile(r"(?:MATHEMATICAL )?((?:SCRIPT CAPITAL|FRAKTUR|BLACK-LETTER CAPITAL|NABLA).*)")
_UPRIGHT = {
    ord(character): ord(bold) + at
    for characters, bold in (
        (string.digits, "𝟎"),
        (string.ascii_uppercase, "𝐀"),
        (string.ascii_lowercase, "𝐚"),
    )
    for at, character in enumerate(characters)
}


def embolden(element: ET.Element) -> None:
    r"""Make what `\boldsymbol`, `\bm`, or `\pmb` is around bold.

    It leaves letters alone that are bold, which browsers would embolden once more.
    """
    for leaf in element.iter():
        text = leaf.text or ""
        if leaf.tag not in _LEAVES or not text.strip() or unicodedata.category(text[0]) == "Cf":
            continue
        if len(text) == 1 and leaf.tag != "mn":  # a letter is slanted by browsers
            leaf.text = _bold(text)
        else:
            leaf.text = text.translate(_UPRIGHT)
        if leaf.text == _NABLA:  # around which browsers have the space of any operator
            leaf.tag = "mi"
            leaf.attrib.clear()
        if not all("BOLD" in unicodedata.name(character, "") for character in leaf.text):
            leaf.set("style", ";".join(filter(None, (leaf.get("style"), _WEIGHT))))


def _bold(character: str) -> str:
    """Return the bold form of a symbol, or of a letter of an alphabet that has one."""
    name = _ALPHABET.fullmatch(unicodedata.name(character, ""))
    if name is None or character in _SYMBOLS:
        return _SYMBOLS.get(character, character)
    return unicodedata.lookup(f"MATHEMATICAL BOLD {name[1].replace('BLACK-LETTER', 'FRAKTUR')}")
