"""A formula in a line of plain text, as descriptions of pages and summaries of feeds have it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from xml.etree import ElementTree as ET

from docutils import nodes

from postdocs.sphinx_ext.math.macros import Macro
from postdocs.sphinx_ext.math.mathml import to_mathml

_RAISED = str.maketrans("0123456789+-−=()n′″∘", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ′″°")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_INVISIBLE = dict.fromkeys((0x2061, 0x2062, 0x2063, 0x2064))  # function application, times, separator, plus
_SPACED = frozenset(  # operators between two things
    "=≠<>≤≥≈≡∼∝→←↔⇒⇐⇔∈∉⊂⊆∪∩+−±×·"
)
_DEFINITION = re.compile(r"\\(?:(?:new|renew|provide)command|g?def|DeclareMathOperator)\b")
_JOINED = {"mtr": ", ", "mtable": "; "}  # cells and rows


def macros_in(document: nodes.document, macros: Mapping[str, Macro]) -> dict[str, Macro]:
    """Return the macros that hold in a document: those of the site, and those that its formulas define."""
    defined = {**macros}
    for node in document.findall(lambda node: isinstance(node, nodes.math | nodes.math_block)):
        if _DEFINITION.search(latex := node.astext()):
            with suppress(ValueError):  # the page says what is wrong with it
                to_mathml(latex, display=False, macros=defined)
    return defined


def plain_of(latex: str, macros: Mapping[str, Macro]) -> str:
    r"""Return a formula as text: `\frac{\partial u}{\partial t}` is `∂u/∂t`.

    macros: by their names. What can't be read, such as a command that nobody knows, or a character that no
    XML can have, stays LaTeX.
    """
    try:
        tree = ET.fromstring(to_mathml(latex, display=False, macros={**macros}))  # noqa: S314 - our own
    except (ValueError, ET.ParseError):
        return latex
    text = " ".join(_text(tree).translate(_INVISIBLE).split())
    return f"−{text[2:]}" if text.startswith("− ") else text


def _text(element: ET.Element) -> str:
    parts = [_text(child) for child in element]
    text = (element.text or "") + _JOINED.get(element.tag, "").join(parts)
    match element.tag:
        case "msub" | "munder":
            text = parts[0] + _script(parts[1], "_", _LOWERED)
        case "msup":
            text = parts[0] + _script(parts[1], "^", _RAISED)
        case "msubsup" | "munderover":
            text = parts[0] + _script(parts[1], "_", _LOWERED) + _script(parts[2], "^", _RAISED)
        case "mover":  # an accent
            text = parts[0]
        case "mfrac":
            text = f"{_grouped(parts[0])}/{_grouped(parts[1])}"
        case "msqrt":
            text = f"√{_grouped(text)}"
        case "mroot":
            text = f"√{_grouped(parts[0])}"
        case "mspace":
            text = " "
        case "mo" if text in _SPACED:
            text = f" {text} "
    return text


def _script(text: str, sign: str, small: dict[int, int]) -> str:
    """Return what is above or below: small where Unicode has all of it, else behind a sign."""
    dense = text.replace(" ", "")
    return dense.translate(small) if all(ord(c) in small for c in dense) else sign + _grouped(text)


def _grouped(text: str) -> str:
    """Return text, in brackets if it has parts of its own."""
    dense = text.replace(" ", "")
    return dense if text.strip() == dense and not set(",/") & set(dense) else f"({dense})"
