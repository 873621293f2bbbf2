"""Space around large operators and dots as in TeX, because browsers add it on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

INTEGRALS = frozenset("∫∬∭⨌∮∯∰")
LARGE = INTEGRALS | frozenset("∑∏∐⋃⋂⨁⨂⨀⨄⨆⋁⋀")
_DOTS = frozenset("…⋯")
_ROWS = frozenset({"math", "mpadded", "mphantom", "mrow", "msqrt", "mstyle", "mtd"})
_AROUND = frozenset({"mmultiscripts", "mover", "msub", "msubsup", "msup", "munder", "munderover"})
_KINDS = {
    **dict.fromkeys("([{⟨⌊⌈", "opening"),
    **dict.fromkeys(")]}⟩⌋⌉!′″‴⁗", "closing"),
    **dict.fromkeys(",;", "separator"),
    **dict.fromkeys("|‖", "letter"),
    **dict.fromkeys(LARGE, "large"),
    **dict.fromkeys(_DOTS, "dots"),
}
_FORMS = {"prefix": "opening", "postfix": "closing"}
_APPLY = "\u2061"  # between a function and what it is applied to
_THIN, _NONE = "0.1667em", "0em"
# What has a thin space before and after it, of what stands there (The TeXbook, chapter 18, "Spacing"). A name
# such as log, and one that follows, have their own.
_BEFORE = {"letter", "closing"}
_AFTER = {
    "large": {"letter", "name", "large", "dots"},
    "dots": {"letter", "name", "large", "separator", "opening"},
}
# How far the upper end of an integral of Latin Modern Math leans over its lower end, in em: an index below
# stands that much to the left, and browsers leave the room for it on the right nevertheless.
_LEAN = {True: 0.591, False: 0.332}  # by whether it is on a line of its own
_INDEX = 0.7  # how large an index is beside what it belongs to
_DIGIT, _SIGN, _INFINITY = 0.5, 0.78, 1.0  # widths in em
_NARROWEST, _WIDEST = 0.3, 1.0  # of letters


def set_spaces(tree: ET.Element, *, display: bool) -> None:
    """Set the spaces in a finished formula. display: whether it has a line of its own."""
    if any((operator.text or "") in LARGE | _DOTS for operator in tree.iter("mo")):
        _set_spaces(tree, display=display)


def _set_spaces(element: ET.Element, *, display: bool) -> None:
    if "displaystyle" in element.attrib:
        display = element.attrib["displaystyle"] == "true"
    for place, child in enumerate(element):
        is_small = element.tag == "mfrac" or (place > 0 and element.tag in _AROUND)
        _set_spaces(child, display=display and not is_small)
    if element.tag not in _ROWS:
        return
    if len(element) > 1 or element.tag == "math":
        _set_around([*_cores(element)])
    for place, child in [*enumerate(element, 1)][::-1]:
        if excess := _excess(child, display=display):
            element.insert(place, ET.Element("mrow", style=f"margin-left:-{excess:.4g}em"))


def _set_around(cores: list[ET.Element]) -> None:
    """Set the spaces around what stands side by side."""
    kinds = ["", *map(_kind, cores), ""]
    for before, kind, after, core in zip(kinds, kinds[1:], kinds[2:], cores, strict=False):
        if kind in _AFTER:
            core.attrib.setdefault("lspace", _THIN if before in _BEFORE else _NONE)
            core.attrib.setdefault("rspace", _THIN if after in _AFTER[kind] else _NONE)


def _cores(row: ET.Element) -> Iterator[ET.Element]:
    """Yield what stands side by side in a row, and in the rows in it."""
    for child in row:
        core = _core(child)
        if core.tag == "mrow":
            yield from _cores(core)
        elif core.tag != "mspace" and core.text != _APPLY:
            yield core


def _core(element: ET.Element) -> ET.Element:
    """Return what a part is about: of an operator with limits the operator."""
    while len(element) and (element.tag in _AROUND or (element.tag in _ROWS and len(element) == 1)):
        element = element[0]
    return element


def _kind(core: ET.Element) -> str:
    text = core.text or ""
    if core.tag != "mo":
        return "name" if core.tag == "mi" and len(text) > 1 else "letter"
    return _FORMS.get(core.get("form", "")) or _KINDS.get(text, "infix")


def _excess(element: ET.Element, *, display: bool) -> float:
    """Return how much wider an integral with indices is in browsers than in TeX, in em, at least."""
    if element.tag not in {"msub", "msubsup"} or _core(element).text not in INTEGRALS:
        return 0
    lean = _LEAN[display]
    if element.tag == "msub":
        return lean
    lower, upper = _width(element[1], _NARROWEST), _width(element[2], _WIDEST)
    return max(0, min(lean, _INDEX * (lower - upper)))


def _width(index: ET.Element, letter: float) -> float:
    """Return the width of an index as large as the line, whose letters are so wide, all in em."""
    width = 0.0
    for token in index.iter():
        for sign in (token.text or "").strip():
            if token.tag == "mo":
                width += _SIGN
            elif sign.isdecimal():
                width += _DIGIT
            else:
                width += _INFINITY if sign == "∞" else letter
    return width
