"""Indices beside a single sign, and limits below names, as high and low as TeX has them.

The TeXbook, appendix G, rules 13a and 18a: the indices of all signs are equally high and low; only those of
something composed follow how far that reaches. Browsers follow signs too: the indices of x and y, or of a
letter and a bracket, would not be in a line.
"""

from __future__ import annotations

import unicodedata
from xml.etree import ElementTree as ET

from postdocs.sphinx_ext.math.fences import ems

_DESCENDING = frozenset("fgjpqyQβγζημξρςφϕχψϱ")
_CLOSING = frozenset(")]}|‖⟩⌋⌉")
_BARS = frozenset("|‖")
_HEIGHT = "0.66em"  # of a letter, for the indices of which browsers have the least shift
_LIMIT = "0.69em"  # height of a limit, in em of its own, whose baseline is as low as TeX has it at least


def place_scripts(element: ET.Element) -> None:
    """Set the indices of a sign, which an element has as its first child."""
    base = element[0]
    if base.tag == "mrow" and len(base) > 1 and _is_closing(base[-1]) and base[-1].get("form") == "postfix":
        scripts = ET.Element(element.tag)  # to TeX they are those of the bracket alone
        scripts.extend((base[-1], *element[1:]))
        element.tag = "mrow"
        element[:] = [*base[:-1], scripts]
        element = scripts
    sign = element[0]
    letter = sign[0] if sign.tag == "mover" else sign
    if _is_closing(sign):
        element[0] = _padded(sign, depth="0em", height=_HEIGHT)
    elif element.tag != "msup" and letter.tag == "mi" and _descends(letter.text or ""):
        element[0] = _padded(sign, depth="0em")


def lower_limit(element: ET.Element) -> None:
    """Set a limit below a name as low as below a sum, as Chromium does with large operators only."""
    limit = element[1]
    strut = ET.Element("mspace", width="0em", height=_LIMIT)
    if limit.tag == "mrow":
        limit.insert(0, strut)
    elif limit.tag not in {"mo", "mtable"}:
        element[1] = ET.Element("mrow")
        element[1].extend((strut, limit))


def place_shifted(padded: ET.Element) -> None:
    """Say how far a rule that is raised reaches: MathML Core adds nothing to the size that a part has."""
    up = ems(padded.get("voffset", ""))
    if up and len(padded) and padded[0].tag == "mspace":  # one around nothing has no part
        padded.set("height", f"{max(0, ems(padded[0].get('height', '')) + up):.4g}em")
        padded.set("depth", f"{max(0, -up):.4g}em")


def _is_closing(sign: ET.Element) -> bool:
    is_bar = sign.tag == "mi" and sign.text in _BARS  # which becomes an operator later
    return is_bar or (sign.tag == "mo" and sign.get("stretchy") == "false" and (sign.text or "") in _CLOSING)


def _descends(letter: str) -> bool:
    return len(letter) == 1 and unicodedata.normalize("NFKC", letter) in _DESCENDING


def _padded(sign: ET.Element, **sizes: str) -> ET.Element:
    padded = ET.Element("mpadded", sizes)
    padded.append(sign)
    return padded
