"""Classes of Temml → attributes and inline styles."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from PIL import ImageColor

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
_BOLD_DIGITS = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
_LIGHT = 128  # of 255, from which on dark letters can be read on a colour
_DECLARATION = re.compile(r"\s*([a-z-]+)\s*:\s*([^;]+?)\s*")
_VALUE = re.compile(r"[\w\s.%#()+,-]+")
_ALIGNMENTS = {"tml-left": "left", "tml-right": "right"}


def restyle(element: ET.Element) -> None:
    """Say with attributes and a style of its own what an element has a class of Temml for."""
    if element.attrib.keys() <= _PLAIN and not any("pt" in value for value in element.attrib.values()):
        return
    classes = element.get("class", "").split()
    declarations: dict[str, str] = {
        match[1]: match[2]
        for part in element.get("style", "").split(";")
        if (match := _DECLARATION.fullmatch(part)) and match[2] != "undefined"
    }
    colour = declarations.pop("color", None)
    declarations.pop("display", None)
    # Letters and digits are those of the style; browsers would slant and embolden them once more.
    if declarations.pop("font-weight", None) == "bold":
        for number in element.iter("mn"):
            number.text = (number.text or "").translate(_BOLD_DIGITS)
    for name in ("font-style", "font-family"):
        declarations.pop(name, None)
    style = [f"{name}:{value}" for name, value in declarations.items() if _VALUE.fullmatch(value)]
    if "tml-shift-left" in classes:
        style.append("transform:translateX(-100%)")
    for name in classes:
        if side := _ALIGNMENTS.get(name):
            # Chromium aligns tables in MathML by the second only, others by either.
            style += [f"text-align:{side}", f"text-align:-webkit-{side}"]
    kept = {"mathvariant": "normal"} if element.get("mathvariant") == "normal" else {}
    kept |= {name: value for name, value in element.attrib.items() if name in _ATTRIBUTES}
    kept = {name: _POINTS.sub(_ems, value) for name, value in kept.items()}
    slanted = next(filter(_SLANTED.fullmatch, classes), "")
    element.attrib.clear()
    element.attrib.update(kept)
    element.attrib.pop("style", None)
    if colour:
        _rgb(colour)
        element.set("mathcolor", colour)
    if element.tag == "mspace" and element.attrib.pop("mathbackground", ""):
        style.append(f"background:{colour or 'currentcolor'}")  # a rule, which is as dark as the letters
    if background := element.get("mathbackground"):
        _darken(element, background)
    if slanted:
        element.set("class", slanted)
    if style:
        element.set("style", _POINTS.sub(_ems, ";".join(style)))


def _darken(element: ET.Element, background: str) -> None:
    """Make letters on a light background dark, where the text of the page is light too."""
    red, green, blue, *_ = _rgb(background)
    if 0.299 * red + 0.587 * green + 0.114 * blue >= _LIGHT:  # ITU-R BT.601
        element.attrib.setdefault("mathcolor", "#000000")


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
