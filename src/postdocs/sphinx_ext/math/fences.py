"""Widths of fences that stretch: Chromium leaves as much room for each as its widest form needs.

MathML Core has it so, because a browser knows widths before heights (§3.2.4.3, "Layout of operators").
Heights are estimated here as TeX would have them; a fence gets the width of the form that is as high.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree import ElementTree as ET

from postdocs.sphinx_ext.math.heights import DEEP, SHORT, SIGNS, TALL
from postdocs.sphinx_ext.math.spaces import INTEGRALS, LARGE

_EMS = re.compile(r"([-+]?\d*\.?\d+)em")
_AXIS = 0.25  # above the baseline, in em
_SCRIPT = 0.7  # how large indices are beside what they belong to
_PARENTHESES = (
    (1.0, 0.389),
    (1.1, 0.422),
    (1.2, 0.458),
    (1.45, 0.523),
    (1.8, 0.597),
    (2.1, 0.663),
    (2.4, 0.736),
)
_BRACKETS = ((1.0, 0.278), (1.1, 0.34), (1.2, 0.417), (1.45, 0.444), (1.8, 0.472), (2.1, 0.499), (2.4, 0.528))
_BRACES = ((1.0, 0.5), (1.1, 0.54), (1.2, 0.583), (1.45, 0.624), (1.8, 0.667), (2.1, 0.707), (2.4, 0.75))
_ANGLES = ((1.0, 0.389), (1.1, 0.428), (1.2, 0.472), (1.45, 0.537), (1.8, 0.611), (2.1, 0.677), (2.4, 0.75))
_FLOORS = (
    (1.0, 0.444),
    (1.1, 0.458),
    (1.2, 0.472),
    (1.45, 0.499),
    (1.8, 0.528),
    (2.1, 0.555),
    (2.4, 0.583),
    (3.0, 0.623),
)
_SLASHES = (
    (1.0, 0.5),
    (1.31, 0.617),
    (1.72, 0.768),
    (2.25, 0.964),
    (2.95, 1.222),
    (3.86, 1.557),
    (5.06, 1.997),
)
# Heights and widths, in em, of the forms that our font has; a fence is put together from parts, which are the
# widest, where none is high enough.
_FORMS = {
    **dict.fromkeys("()", _PARENTHESES),
    **dict.fromkeys("[]", _BRACKETS),
    **dict.fromkeys("{}", _BRACES),
    **dict.fromkeys("⟨⟩", (*_ANGLES, (3.0, 0.908))),
    **dict.fromkeys("⌊⌋⌈⌉", _FLOORS),
    **dict.fromkeys("/\\", _SLASHES),
    "√": ((1.0, 0.833),),
}
_ACCENTS, _ACCENT = frozenset("ˆ˜¯˙¨ˇ˘´`˚"), 0.25  # and how high they are above letters
_RADICALS = (1.0, 1.2, 1.4, 1.8, 2.4, 3.0)  # heights of the forms of the sign of a root
# How high fences of binomial coefficients are, by whether they are displayed: `\Bigg` and `\big`, whatever is
# between them (The TeXbook, appendix G, rule 15e, with the sizes of Computer Modern).
_BINOMIAL = {True: 2.4, False: 1.2}
_LARGE = {**dict.fromkeys(LARGE, 1.4), **dict.fromkeys(INTEGRALS, 2.2)}


class _Extent(NamedTuple):
    """How far something reaches above and below the baseline, in em of its surroundings.

    is_sure: no part of it may reach further.
    """

    above: float
    below: float
    is_sure: bool = True


_NOTHING = _Extent(0, 0)
# A fence may be a little lower than what is between it (The TeXbook, chapter 17, \delimiterfactor and
# \delimitershortfall).
_FACTOR, _SHORTFALL = 0.901, 0.5
_SURE = frozenset(
    {"math", "mfrac", "mi", "mn", "mo", "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup"}
)


def set_widths(tree: ET.Element, *, display: bool) -> None:
    """Give fences of a finished formula the width of the form that fits what they stand around."""
    if any(operator.get("stretchy") == "true" for operator in tree.iter("mo")):
        _extent(tree, display=display)


def _extent(element: ET.Element, *, display: bool, in_table: bool = False) -> _Extent:
    if "displaystyle" in element.attrib:
        display = element.attrib["displaystyle"] == "true"
    if element.tag == "mo":
        return _operator(element, display=display)
    if element.tag == "mspace":
        return _Extent(ems(element.get("height", "")), ems(element.get("depth", "")))
    if not len(element):
        return _letters(element) if element.text else _NOTHING
    in_table |= element.tag == "mtd"
    parts: list[_Extent] = []
    for place, child in enumerate(element):
        is_full = _is_full(element, place)
        scale = 1 if is_full or (element.tag == "mfrac" and display) else _SCRIPT
        extent = _extent(child, display=display and is_full, in_table=in_table)
        parts.append(_scaled(extent, scale))
    extent = _composed(element, parts, display=display)
    for fence in element.iterfind("mo[@stretchy='true']"):
        if "minsize" not in fence.attrib:
            height = 2 * max(extent.above - _AXIS, extent.below + _AXIS)
            least = max(_FACTOR * height, height - _SHORTFALL, 1) if extent.is_sure else height
            is_binomial = _is_binomial(element)
            fit = _fit(fence, _BINOMIAL[display] if is_binomial else least)
            if fence.text and (is_binomial or fit < height):
                fence.attrib |= {"symmetric": "true", **dict.fromkeys(("minsize", "maxsize"), f"{fit:.4g}em")}
            extent = extent._replace(
                above=max(extent.above, fit / 2 + _AXIS), below=max(extent.below, fit / 2 - _AXIS)
            )
            if in_table and element.find("mtable") is not None:  # which Firefox measures too late
                fence.set("minsize", f"{height:.4g}em")
    return _scaled(extent, 1 if element.get("scriptlevel", "0") in {"0", "-1", "+0"} else _SCRIPT)


def _is_binomial(row: ET.Element) -> bool:
    r"""Tell whether a row is of `\binom`, `\choose` or `\genfrac`; fences of `\left` have a form."""
    return [part.tag for part in row] == ["mo", "mfrac", "mo"] and "form" not in row[0].attrib


def _composed(element: ET.Element, parts: list[_Extent], *, display: bool) -> _Extent:
    """Return how far an element reaches whose parts reach so far, each in em of the element."""
    above, below = max(part.above for part in parts), max(part.below for part in parts)
    is_sure = element.tag in _SURE and all(part.is_sure for part in parts)
    match element.tag, parts:
        case "mfrac", [upper, lower]:
            up, down, gap = (0.677, 0.686, 0.14) if display else (0.394, 0.345, 0.06)
            above = upper.above + max(up, upper.below + gap + _AXIS)
            below = lower.below + max(down, lower.above + gap - _AXIS)
        case "mtable", rows:
            half = sum(row.above + row.below for row in rows) / 2
            above, below = half + _AXIS, half - _AXIS
        case "mtr", _:
            jot = 0.15 * any("padding-top:0.15em" in cell.get("style", "") for cell in element)
            above, below = jot + above, jot + below
        case "mpadded", _:  # as of a letter or a bracket with an index
            said = element.attrib
            is_sure = said.keys() <= {"height", "depth"} and all(part.is_sure for part in parts)
            above = ems(said["height"]) if "height" in said else above
            below = ems(said["depth"]) if "depth" in said else below
        case "msqrt" | "mroot", [base, *_]:
            height = base.above + base.below + (0.188 if display else 0.09)
            spare = next((form for form in _RADICALS if form >= height), height) - height
            above, below = height - base.below + spare / 2, base.below + spare / 2
        case "mover", [base, _] if _is_accent(element[1]):
            return _Extent(base.above + _ACCENT, base.below, base.is_sure)
        case "munder" | "mover" | "munderover", [base, *limits]:
            above = base.above + sum(limits[-1] if element.tag != "munder" else _NOTHING)
            below = base.below + sum(limits[0] if element.tag != "mover" else _NOTHING)
        case "msub" | "msup" | "msubsup", [base, *scripts]:
            raised = scripts[-1].above + max(0.42, base.above - 0.25) if element.tag != "msub" else 0
            lowered = scripts[0].below + max(0.3, base.below + 0.2) if element.tag != "msup" else 0
            above, below = max(base.above, raised), max(base.below, lowered)
    return _Extent(above, below, is_sure)


def _is_accent(sign: ET.Element) -> bool:
    return sign.text in _ACCENTS or (sign.tag == "mo" and sign.get("mathsize") == "50%")  # of a vector


def _scaled(extent: _Extent, scale: float) -> _Extent:
    return extent._replace(above=extent.above * scale, below=extent.below * scale)


def _letters(element: ET.Element) -> _Extent:
    text = element.text or ""
    is_sure = element.tag in {"mi", "mn"} and text.isalnum()
    return _Extent(
        0.45 if SHORT.issuperset(text) else TALL,
        0.22 if not is_sure or DEEP.intersection(text) else 0.02,
        is_sure,
    )


def _is_full(parent: ET.Element, place: int) -> bool:
    """Tell whether a part is as large as its parent: no index, and not in a fraction."""
    if parent.tag == "mfrac":
        return False
    return place == 0 or not parent.tag.startswith(("msu", "mun", "mov", "mroot", "mmulti"))


def _operator(operator: ET.Element, *, display: bool) -> _Extent:
    height = _LARGE.get(operator.text or "", 0) if display else 0
    if "minsize" in operator.attrib:
        height = ems(operator.attrib["minsize"])
        _fit(operator, height)
    elif operator.get("stretchy") == "true":
        return _NOTHING  # it is as high as what is beside it
    if height:
        return _Extent(height / 2 + _AXIS, height / 2 - _AXIS)
    return _Extent(*SIGNS.get(operator.text or "", (TALL + 0.03, 0.25)))


def _fit(fence: ET.Element, height: float) -> float:
    """Give a fence the width of the form that is high enough; return how high it is."""
    forms = _FORMS.get(fence.text or "", ())
    form, width = next((form for form in forms if form[0] >= height - 0.005), (height, None))
    if width is not None:
        fence.set("style", f"width:{width}em")
    return form


def ems(length: str) -> float:
    """Return a length in em; others are rare where fences are, and count as nothing."""
    match = _EMS.fullmatch(length)
    return float(match[1]) if match else 0
