"""Which letters and signs the formulas of a page are set in."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from lxml.html import document_fromstring

from postdocs.sphinx_ext.math.part import TOKENS, Element, Part
from postdocs.sphinx_ext.math.set_formulas import SetFormula, formula_spans

_NO_FORMULAS: Mapping[str, SetFormula] = {}
_MOST_KEPT = 1024  # of letters and signs, most of which many formulas have
_ROOTS = frozenset({"msqrt", "mroot"})
# MathML Core §4.2: a single letter in `mi` is set in its mathematical italic form; Unicode has these in two
# blocks, and that of h is older than they are.
_ITALIC_BLOCKS = (range(0x1D434, 0x1D468), range(0x1D6A4, 0x1D6A6), range(0x1D6E2, 0x1D71C))
_ITALIC = {
    # One step: by all steps, as of NFKC, the italic form of ϖ would be that of π.
    chr(int(unicodedata.decomposition(chr(code)).removeprefix("<font> "), 16)): chr(code)
    for block in _ITALIC_BLOCKS
    for code in block
    if unicodedata.category(chr(code)) != "Cn"
} | {"h": "\u210e"}
_MINUS = "\u2212"  # as which a hyphen in `mo` is shown (MathML Core §3.2.4)


def letters_in(body: str, formulas: Mapping[str, SetFormula] = _NO_FORMULAS) -> str:
    """Return the characters that the formulas in HTML are set in, each once and in order; none is "".

    formulas: those in the body that the renderer has set, by their MathML.
    """
    found = {body[start:end] for start, end in formula_spans(body)}
    others = (_letters(document_fromstring(f"<body>{mathml}")) for mathml in found - formulas.keys())
    known = (formulas[mathml].as_text(letters_of) for mathml in found & formulas.keys())
    return "".join(sorted({*"".join((*known, *others))}))


def letters_of(math: Part) -> str:
    """Return the characters that a formula is set in, some of them more than once."""
    return _letters(math.element)


def _letters(math: Element) -> str:
    """Return the characters of a formula, some of them more than once."""
    letters = []
    for element in math.iter():
        if element.tag in TOKENS and element.text:
            letters.append(_shown(element.tag, element.text, element.get("mathvariant", "")))
        elif element.tag in _ROOTS:
            letters.append("√")
    return "".join(letters)


@lru_cache(_MOST_KEPT)
def _shown(name: str, content: str, variant: str) -> str:
    text = content.strip()
    if name == "mi" and len(text) == 1 and variant != "normal":
        return _ITALIC.get(text, text)
    return text + _MINUS if name == "mo" and "-" in text else text
