"""Roots as wide as in TeX: browsers leave more room beside their sign.

MathML Core takes the widest form of a sign for its width (§3.2.4.3), and keeps a narrow index before the sign
(§3.3.3.3), where TeX has it above. Classes say how much is too much; the style sheet of a site takes it away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from postdocs.sphinx_ext.math.heights import DEEP, SHORT, SIGNS, TALL
from postdocs.sphinx_ext.math.levels import DISPLAY

_ROOT, _LOW_ROOT, _INDEXED = "root", "root-low", "root-index"
_LEAST = 1.0  # height of the lowest form of the sign, in em; the others are wider
_RULE = 0.04
_GAP = {True: 0.148, False: 0.05}  # between the rule and what is below it, by whether it is displayed
_RAISED, _LOWERED = 0.8, 0.3  # how far an index reaches above a letter without ascender, and below any


def set_roots(tree: ET.Element, levels: Mapping[ET.Element, int]) -> None:
    """Mark the roots of a finished formula. levels: of its elements."""
    for root in tree.iter():
        if root.tag in {"msqrt", "mroot"}:
            content = root[:1] if root.tag == "mroot" else root
            names = [] if root.find(".//mtable") is not None else [_kind(content, levels.get(root))]
            if root.tag == "mroot" and len(root[1].text or "") == 1:
                names.append(_INDEXED)
            if names:
                root.set("class", " ".join(filter(None, (root.get("class"), *names))))


def _kind(content: Iterable[ET.Element], level: int | None) -> str:
    extent = _row(content)
    is_low = extent is not None and sum(extent) + _GAP[level == DISPLAY] + _RULE <= _LEAST
    return _LOW_ROOT if is_low else _ROOT


def _row(parts: Iterable[ET.Element]) -> tuple[float, float] | None:
    """Return how far a row reaches above and below the line, in em; None where it isn't only letters."""
    above = below = 0.0
    for part in parts:
        extent = _extent(part)
        if extent is None:
            return None
        above, below = max(above, extent[0]), max(below, extent[1])
    return above, below


def _extent(part: ET.Element) -> tuple[float, float] | None:
    text = part.text or ""
    match part.tag:
        case "mrow" if not part.attrib:
            return _row(part)
        case "mi" | "mn" if text.isalnum():
            return 0.45 if SHORT.issuperset(text) else TALL, 0.22 if DEEP.intersection(text) else 0.02
        case "msub" | "msup" if len(part[1].text or "") == 1:
            return _with_index(part)
        case "mspace":
            return 0, 0
    return SIGNS.get(text) if part.tag == "mo" else None


def _with_index(part: ET.Element) -> tuple[float, float] | None:
    base = _extent(part[0])
    if base and part.tag == "msub":
        return base[0], max(base[1], _LOWERED)
    return (_RAISED, base[1]) if base and base[0] < TALL else None
