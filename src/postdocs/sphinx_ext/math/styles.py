"""Classes of Temml → attributes and inline styles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from xml.etree import ElementTree as ET

from PIL import ImageColor

from postdocs.sphinx_ext.math.bold import embolden
from postdocs.sphinx_ext.math.engine import LatexError

_ATTRIBUTES = {
    *("display", "displaystyle", "scriptlevel", "mathcolor", "mathbackground", "mathsize", "style"),
    *("form", "fence", "separator", "stretchy", "symmetric", "largeop", "movablelimits", "accent"),
    *("accentunder", "lspace", "rspace", "minsize", "maxsize", "linethickness", "width", "height", "depth"),
    *("notation", "rowspacing", "columnspacing", "voffset", "columnspan", "rowspan"),
}
_PLAIN = _ATTRIBUTES - {"style", "mathbackground"}  # that stay as they are
# Classes for the style sheet of the theme: where Chromium sets accents beside the middle of a letter.
_SLANTED = re.compile(r"chr-(?:sml|med|lrg)(?:-vec)?")
# A point in em, as Temml counts; points would not grow with the text around.
_POINTS = re.compile(r"(-?[\d.]+)pt")
_POINTS_PER_EM = 11.9552
_LIGHT = 128  # of 255, from which on dark letters can be read on a colour
_MOST_KEPT = 256  # elements: most formulas have the same ones
_DECLARATION = re.compile(r"\s*([a-z-]+)\s*:\s*([^;]+?)\s*")
_VALUE = re.compile(r"[\w\s.%#()+,-]+")
_ALIGNMENTS = {"tml-left": "left", "tml-right": "right"}


def restyle(element: ET.Element) -> None:
    """Say with attributes and a style of its own what an element has a class of Temml for."""
    if element.attrib.keys() <= _PLAIN and not any("pt" in value for value in element.attrib.values()):
        return
    attributes, is_bold = _restyled(element.tag, (*element.attrib.items(),))
    element.attrib.clear()
    element.attrib.update(attributes)
    if is_bold:
        embolden(element)


@lru_cache(_MOST_KEPT)
def _restyled(tag: str, attributes: tuple[tuple[str, str], ...]) -> tuple[Mapping[str, str], bool]:
    """Return the attributes that an element has instead, and whether Temml has it bold."""
    before = dict(attributes)
    classes = before.get("class", "").split()
    declarations: dict[str, str] = {
        match[1]: match[2]
        for part in before.get("style", "").split(";")
        if (match := _DECLARATION.fullmatch(part)) and match[2] != "undefined"
    }
    colour = declarations.pop("color", None)
    is_bold = declarations.get("font-weight") == "bold"
    if is_bold:
        del declarations["font-weight"]
    for name in ("display", "font-style", "font-family"):
        declarations.pop(name, None)
    style = [f"{name}:{value}" for name, value in declarations.items() if _VALUE.fullmatch(value)]
    if "tml-shift-left" in classes:
        style.append("transform:translateX(-100%)")
    for name in classes:
        if side := _ALIGNMENTS.get(name):
            # Chromium aligns tables in MathML by the second only, others by either.
            style += [f"text-align:{side}", f"text-align:-webkit-{side}"]
    kept = {"mathvariant": "normal"} if before.get("mathvariant") == "normal" else {}
    kept |= {name: value for name, value in before.items() if name in _ATTRIBUTES and name != "style"}
    kept = {name: _POINTS.sub(_ems, value) for name, value in kept.items()}
    if colour:
        _rgb(colour)
        kept["mathcolor"] = colour
    if tag == "mspace" and kept.pop("mathbackground", ""):
        style.append(f"background:{colour or 'currentcolor'}")  # a rule, which is as dark as the letters
    if "mathbackground" in kept and _is_light(kept["mathbackground"]):
        kept.setdefault("mathcolor", "#000000")  # where the text of the page is light too
    if slanted := next(filter(_SLANTED.fullmatch, classes), ""):
        kept["class"] = slanted
    if style:
        kept["style"] = _POINTS.sub(_ems, ";".join(style))
    return kept, is_bold


def _is_light(background: str) -> bool:
    """Tell whether letters on a colour have to be dark."""
    red, green, blue, *_ = _rgb(background)
    return 0.299 * red + 0.587 * green + 0.114 * blue >= _LIGHT  # ITU-R BT.601


def _rgb(colour: str) -> tuple[int, ...]:
    """Return the parts of a colour, 0 to 255.

    Raises
    ------
    LatexError
        There is no such colour.

    """
    try:
        return ImageColor.getrgb(colour)
    except ValueError:
        raise LatexError(f"the colour {colour} is not known") from None


def _ems(points: re.Match[str]) -> str:
    return f"{float(points[1]) / _POINTS_PER_EM:.4g}em"
