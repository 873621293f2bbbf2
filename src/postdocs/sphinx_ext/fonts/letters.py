"""Which letters and signs the formulas of a page are set in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape

from postdocs.sphinx_ext.math.set_formulas import FORMULA

_MOST_KEPT = 256  # of different formulas: pages have some in common, such as x
_TOKEN = re.compile(r"<(mi|mn|mo|ms|mtext)((?:\s[^>]*)?)>([^<]*)<")
_UPRIGHT = re.compile(r"\bmathvariant\s*=\s*[\"']?normal")
_ROOT = re.compile(r"<(?:msqrt|mroot)[\s>]")
# MathML Core §4.2: a single letter in `mi` is set in its mathematical italic form; Unicode has these in two
# blocks, and that of h is older than they are.
_ITALIC_BLOCKS = (range(0x1D434, 0x1D468), range(0x1D6A4, 0x1D6A6), range(0x1D6E2, 0x1D71C))
_ITALIC = {
    unicodedata.normalize("NFKC", chr(code)): chr(code)
    for block in _ITALIC_BLOCKS
    for code in block
    if unicodedata.category(chr(code)) != "Cn"
} | {"h": "\u210e"}
_MINUS = "\u2212"  # as which a hyphen in `mo` is shown (MathML Core §3.2.4)


def letters_in(body: str) -> str:
    """Return the characters that the formulas in HTML are set in, each once and in order; none is ""."""
    return "".join(sorted({letter for formula in FORMULA.findall(body) for letter in _letters_of(formula)}))


@lru_cache(_MOST_KEPT)
def _letters_of(formula: str) -> frozenset[str]:
    letters = {"√"} if _ROOT.search(formula) else set()
    for name, attributes, content in _TOKEN.findall(formula):
        text = unescape(content).strip()
        if name == "mi" and len(text) == 1 and not _UPRIGHT.search(attributes):
            text = _ITALIC.get(text, text)
        letters |= {*text} | ({_MINUS} if name == "mo" and "-" in text else set())
    return frozenset(letters)
