"""Sizes and spaces in indices, as TeX has them (The TeXbook, chapter 17, "Styles")."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from postdocs.sphinx_ext.math.primes import set_space

DISPLAY, TEXT, SCRIPT, SCRIPT_OF_SCRIPT = range(4)
"""Levels of TeX: a formula on a line of its own, one in a line, indices, and indices of these."""

_NONE = "0em"
# The space of TeX beside relations, and after the punctuation `\\colon`, where Temml has less.
_WIDER = {("|", "0.22em"): "0.2778em", (":", "0.2222em"): "0.2778em", (":", "0.1667em"): "0.3333em"}
_WITH_SCRIPTS = {"msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mroot"}
_WITH_ACCENTS = {"munder", "mover", "munderover"}
_EMPTY = {"none", "mprescripts"}
# How large the smallest level is beside the one around it. Browsers know by themselves, but Firefox makes
# nothing smaller than 8 points that it shrinks, and Chromium shrinks what is in indices of indices once more.
_SMALLEST = {DISPLAY: "50%", TEXT: "50%", SCRIPT: "71.4%"}
_DEPTH = re.compile(r"math-depth:\s*\d;?")

AS_AROUND = "+0"
"""The `scriptlevel` of what browsers don't shrink (MathML Core §2.1.6, "scriptlevel")."""


def set_levels(tree: ET.Element, level: int) -> dict[ET.Element, int]:
    """Set the size of indices of indices, and leave out the spaces around operators in any index.

    Return the level of each element, in the order of the formula. level: of the whole.
    """
    levels: dict[ET.Element, int] = {}
    _set_levels(tree, level, None, levels)
    return levels


def _set_levels(element: ET.Element, level: int, around: int | None, levels: dict[ET.Element, int]) -> None:
    """Set the levels of an element and of what is in it. around: that around it, where browsers shrink it."""
    tag = element.tag
    depth = element.get("scriptlevel")
    outer = level if around is None else around
    if depth == AS_AROUND:
        level, around = outer, None
    elif depth is not None:
        level = (TEXT, SCRIPT, SCRIPT_OF_SCRIPT)[max(0, min(int(depth), 2))]
    if element.get("displaystyle") == "true":
        level = DISPLAY
    if level == SCRIPT_OF_SCRIPT and (around is not None or depth is not None) and tag not in _EMPTY:
        element.set("scriptlevel", AS_AROUND)
        if outer in _SMALLEST:
            element.attrib.setdefault("mathsize", _SMALLEST[outer])
        _forget_depth(element)
    if tag == "mo" and element.get("stretchy") != "true":
        _set_space(element, is_small=level >= SCRIPT)
    if tag == "mtable" and element.get("displaystyle") != "true":
        level = max(level, TEXT)
    levels[element] = level
    for place, child in enumerate(element):
        if tag == "mfrac":
            smaller = min(level + 1, SCRIPT_OF_SCRIPT)
            _set_levels(child, smaller, level if level > DISPLAY else None, levels)
        elif place and tag in _WITH_SCRIPTS:
            is_accent = child.tag == "mo" and tag in _WITH_ACCENTS
            smaller = SCRIPT_OF_SCRIPT if level >= SCRIPT or tag == "mroot" else SCRIPT
            if is_accent and _forget_depth(child):  # Temml has the depth of a formula without indices
                child.set("scriptlevel", AS_AROUND)
            _set_levels(child, smaller, None if is_accent else level, levels)
        else:
            _set_levels(child, level, None, levels)


def _set_space(operator: ET.Element, *, is_small: bool) -> None:
    """Leave no space around an operator in an index, and around relations as much as TeX does."""
    for side in ("lspace", "rspace"):
        if width := _WIDER.get((operator.text or "", operator.get(side, ""))):
            operator.set(side, _NONE if is_small else width)
    if is_small:
        set_space(operator, _NONE)


def _forget_depth(element: ET.Element) -> bool:
    """Take the depth out of the style of an element; tell whether there was one."""
    style, count = _DEPTH.subn("", element.get("style", ""))
    if count:
        element.set("style", style)
    return bool(count)
