"""Operators in formulas: which of them stretch, and how much space stands around them, as in TeX."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from postdocs.sphinx_ext.math.primes import set_space

ITALICS = {ord("h"): "\u210e"} | {
    ord(first) + place: chr(italic + place)
    for first, italic in (("A", 0x1D434), ("a", 0x1D44E))
    for place in range(26)
    if chr(ord(first) + place) != "h"
}
"""Letters in the form in which a single one is set, by the codes of the plain ones."""

NEGATION = "\u0338"
"""A stroke through the sign before it."""

# Operators that stretch unless they are told not to (MathML Core, appendix B): fences and arrows.
_STRETCHY = re.compile(r"[()\[\]{}|‖√⟨-⟯⌈-⌋⦀-⦘⎰⎱\u2190-\u21ff\u27f0-\u27ff\u2900-\u297f\u2b30-\u2b4f]")
# Relations and operators that appendix B has otherwise or not, and signs that have no space around them.
_SPACES = {
    **dict.fromkeys("⌣⌢∴∵", "0.2778em"),
    **dict.fromkeys("⋇⋉⋊", "0.2222em"),
    **dict.fromkeys("?⌜⌝⌞⌟⎰⎱", "0em"),
}
_UPRIGHT = frozenset("↑↓↕⇑⇓⇕")
# Operators between letters that Firefox takes for those over a range.
_NOT_LARGE = {*"⊎⊕⊖⊗⊘⊙"}


def size(operator: ET.Element) -> None:
    r"""Stretch only `\left`, `\middle` and `\right`, arrows with text, and the family of `\big`."""
    text = operator.text or ""
    if text == "√":  # the sign alone: only what may grow is in the middle of the line
        operator.attrib |= {"symmetric": "true", "minsize": "1em", "maxsize": "1em"}
    is_arrow = operator.get("fence") == "true" and text in _UPRIGHT  # no dictionary has it as a fence
    is_middle = operator.get("form") == "infix" and operator.get("stretchy") == "true"
    if operator.get("minsize") or (operator.get("fence") == "true" and "stretchy" not in operator.attrib):
        operator.set("stretchy", "true")
    elif "stretchy" not in operator.attrib and _STRETCHY.fullmatch(text):
        operator.set("stretchy", "false")
    elif text in _NOT_LARGE:
        operator.attrib.setdefault("largeop", "false")
    if operator.get("minsize") or is_middle or is_arrow:
        set_space(operator, "0em")
    elif not text and operator.get("fence") == "true":  # of \left. or \right. (The TeXbook, chapter 17)
        outside, inside = ("lspace", "rspace") if operator.get("form") == "prefix" else ("rspace", "lspace")
        operator.attrib |= {inside: "0em", outside: "0.12em"}
    elif text in _SPACES:
        set_space(operator, _SPACES[text])
    if len(text.rstrip(NEGATION)) == 1 and operator.get("mathvariant") != "normal":
        operator.text = (operator.text or "").translate(ITALICS)
