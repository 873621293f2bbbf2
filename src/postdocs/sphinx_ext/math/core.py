"""MathML Core of what Temml writes: without its style sheet, and the same in all browsers.

https://www.w3.org/TR/mathml-core/
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from xml.etree import ElementTree as ET

from PIL import ImageColor

from postdocs.sphinx_ext.math.engine import LatexError
from postdocs.sphinx_ext.math.fences import set_widths
from postdocs.sphinx_ext.math.primes import lower_primes, lower_primes_above, set_space

_ELEMENTS = {
    *("math", "mi", "mn", "mo", "ms", "mtext", "mspace", "mrow", "mstyle", "mpadded", "mphantom", "merror"),
    *("mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover"),
    *("mmultiscripts", "mprescripts", "none", "mtable", "mtr", "mtd"),
}
# Of other elements Temml has numbers of equations, which Sphinx counts.
_READ = _ELEMENTS | {"menclose"}
_ATTRIBUTES = {
    *("display", "displaystyle", "scriptlevel", "mathcolor", "mathbackground", "mathsize", "style"),
    *("form", "fence", "separator", "stretchy", "symmetric", "largeop", "movablelimits", "accent"),
    *("accentunder", "lspace", "rspace", "minsize", "maxsize", "linethickness", "width", "height", "depth"),
    *("notation", "rowspacing", "columnspacing", "voffset", "columnspan", "rowspan"),
}
# Operators that stretch unless they are told not to (MathML Core, appendix B): fences and arrows.
_STRETCHY = re.compile(r"[()\[\]{}|‖√⟨-⟯⌈-⌋⦀-⦘⎰⎱\u2190-\u21ff\u27f0-\u27ff\u2900-\u297f\u2b30-\u2b4f]")
# Relations that appendix B does not have, and signs that have no space around them.
_SPACES = {**dict.fromkeys("⌣⌢∴∵", "0.2778em"), "?": "0em"}
# Operators between letters that Firefox takes for those over a range.
_NOT_LARGE = {*"⊎⊕⊖⊗⊘⊙"}
# Accents that fonts have in several widths, for those that they have in one.
_WIDE = {"ˆ": "\u0302"}
# Classes that say how many letters an accent is above, which browsers don't stretch as far.
_LETTERS = re.compile(r"tml-(?:tilde|hat)-(\d)")
# Classes for the style sheet of the theme: where Chromium sets accents beside the middle of a letter.
_SLANTED = re.compile(r"chr-(?:sml|med|lrg)(?:-vec)?")
_ITALICS = {ord("h"): "\u210e"} | {
    ord(first) + place: chr(italic + place)
    for first, italic in (("A", 0x1D434), ("a", 0x1D44E))
    for place in range(26)
    if chr(ord(first) + place) != "h"
}
# A point in em, as Temml counts; points would not grow with the text around.
_POINTS = re.compile(r"(-?[\d.]+)pt")
_POINTS_PER_EM = 11.9552
_BOLD_DIGITS = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
_MONOSPACE = {
    ord(first) + place: chr(start + place)
    for first, start, count in (("A", 0x1D670, 26), ("a", 0x1D68A, 26), ("0", 0x1D7F6, 10))
    for place in range(count)
}
_STRUT = (0.84, 0.36)  # height and depth of a row of `array`, in em, as LaTeX has it
_DEEPEST = 200  # browsers give up at 512
_APPLY = "\u2061"  # between a function and what it is applied to
_NEGATION = "\u0338"  # a stroke through the sign before it
_BARS = {"|", "‖"}
_NO_SPACES: tuple[dict[str, str], ...] = ({}, {"width": "0pt", "height": "0.5em"})
_ROWS = {"mrow", "msqrt", "mstyle", "mtd", "mphantom", "mpadded"}  # their children stand in a row
_LOW = {"mi", "mn", "mo", "mrow", "mspace", "mtext"}
_SCRIPTS = {"msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts"}
_DISPLAY, _TEXT, _SCRIPT = range(3)
_DECLARATION = re.compile(r"\s*([a-z-]+)\s*:\s*([^;]+?)\s*")
_VALUE = re.compile(r"[\w\s.%#()+,-]+")
_ALIGNMENTS = {"tml-left": "left", "tml-right": "right"}
_STROKE = (
    "linear-gradient(to top %s, transparent calc(50%% - 0.03em), currentColor calc(50%% - 0.015em), "
    "currentColor calc(50%% + 0.015em), transparent calc(50%% + 0.03em))"
)
_LINE = "0.06em solid"
# What `menclose` draws, in CSS: the element is in no MathML that all browsers know.
_NOTATIONS = {
    "top": {"border-top": _LINE, "padding-top": "0.1em"},
    "bottom": {"border-bottom": _LINE, "padding-bottom": "0.1em"},
    "box": {"border": _LINE, "padding": "0.3em"},
    "actuarial": {"border-top": _LINE, "border-right": _LINE, "padding": "0.04em 0.04em 0 0"},
    "phasorangle": {"border-bottom": _LINE, "border-left": _LINE, "padding": "0.1em 0.1em 0.1em 0.2em"},
    "updiagonalstrike": {
        "background": _STROKE % "left",
        "padding": "0.1em 0.05em",
        "print-color-adjust": "exact",
    },
    "downdiagonalstrike": {
        "background": _STROKE % "right",
        "padding": "0.1em 0.05em",
        "print-color-adjust": "exact",
    },
    "updiagonalstrike downdiagonalstrike": {
        "background": f"{_STROKE % 'left'}, {_STROKE % 'right'}",
        "padding": "0.1em 0.05em",
        "print-color-adjust": "exact",
    },
    "horizontalstrike": {
        "background": "linear-gradient(currentColor, currentColor) 0 55% / 100% 0.06em no-repeat",
        "padding": "0.1em 0.05em",
        "print-color-adjust": "exact",
    },
}


def finish(tree: ET.Element, *, display: bool) -> None:
    """Rewrite a formula, in place. display: whether it has a line of its own.

    Raises
    ------
    LatexError
        It names a colour that there is not, or has more parts in each other than readers of HTML take.

    """
    if _depth(tree) > _DEEPEST:
        raise LatexError("too many parts are in each other")
    if not display:
        tree.attrib.pop("display", None)
    for parent in [*tree.iter()]:
        _clear(parent)
    for element in tree.iter():
        _name(element)
    _close_up(tree, _DISPLAY if display else _TEXT)
    for element in tree.iter():
        if element.tag == "mo":
            _size(element)
        if _is_cases(element):
            element[1].set("class", "cases")
        if element.tag == "mtable":
            _place_cells(element)
        _restyle(element)
        if element.tag == "menclose":
            _enclose(element)
    set_widths(tree, display=display)


def _clear(parent: ET.Element) -> None:
    """Remove from an element what says nothing."""
    for child in parent if parent.tag not in _ROWS else ():
        if child.tag == "mrow" and len(child) > 1 and child[-1].tag == "mspace" and not child[-1].attrib:
            del child[-1]  # no letter follows
    for before, child in itertools.pairwise([None, *parent]):
        # Spaces that make nothing wider raise the index of a root. After an upright letter, they keep
        # Firefox from a space of its own.
        is_upright = before is not None and before.get("mathvariant") == "normal"
        is_nothing = child.tag == "mspace" and {**child.attrib} in _NO_SPACES and not is_upright
        # Where a line may be broken, Temml has an operator without a sign, which has spaces around it.
        is_nothing |= child.tag == "mo" and not child.text and not child.attrib
        if is_nothing or child.tag not in _READ:
            parent.remove(child)
    for place, child in [*enumerate(parent)][:0:-1]:
        if child.text == _APPLY:  # Firefox has a space of its own after a name, unless one is there
            has_space = place + 1 < len(parent) and parent[place + 1].tag == "mspace"
            space = parent[place + 1] if has_space else ET.Element("mspace", width="0em")
            if has_space:
                parent.remove(space)
            parent.insert(place, space)
    while parent.tag in _ROWS and len(parent) == 1 and parent[0].tag == "mrow" and not parent[0].attrib:
        parent[:] = [*parent[0]]


def _name(element: ET.Element) -> None:
    """Say in the elements and characters of MathML what a part is."""
    if element.tag == "mi" and element.text in _BARS:
        element.tag = "mo"
        set_space(element, "0em")
    if element.tag == "msup":
        lower_primes(element)
    if element.tag == "msubsup":
        lower_primes_above(element)
    if element.tag == "mtext" and element.get("mathvariant") == "monospace":
        element.text = (element.text or "").translate(_MONOSPACE)
    if element.tag == "mover" and (element[1].text, element[1].get("stretchy")) == ("→", "false"):
        element.set("accent", "true")  # else some browsers set it smaller, others don't
        element[1].set("mathsize", "50%")  # in fonts, it is as wide as between letters
    if element.tag in {"mover", "munder"} and element[1].get("stretchy") == "true":
        _widen(element, element[1])
    if element.tag == "mrow" and _is_low(element):
        for fence in element.iter("mo"):
            fence.set("stretchy", "false")
    if element.text and element.text.endswith(_NEGATION):
        letter = element.text.translate(_ITALICS) if element.tag == "mi" else element.text
        element.text = unicodedata.normalize("NFC", letter)


def _depth(tree: ET.Element) -> int:
    depth = 0
    level = [tree]
    while level:
        depth += 1
        level = [child for element in level for child in element]
    return depth


def _enclose(element: ET.Element) -> None:
    """Draw around an element what MathML Core has no element for."""
    for child in element.findall("mrow"):
        if not len(child):  # a stroke, in the style sheet of Temml
            element.remove(child)
    element.tag = "mrow"
    declarations = _NOTATIONS[element.attrib.pop("notation")]
    element.set("style", ";".join(f"{name}:{value}" for name, value in declarations.items()))


def _restyle(element: ET.Element) -> None:
    """Say with attributes and a style of its own what an element has a class of Temml for."""
    if not element.attrib:
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
        _check_colour(colour)
        element.set("mathcolor", colour)
    if element.tag == "mspace" and element.attrib.pop("mathbackground", ""):
        style.append(f"background:{colour or 'currentcolor'}")  # a rule, which is as dark as the letters
    if element.get("mathbackground"):
        _check_colour(element.attrib["mathbackground"])
    if slanted:
        element.set("class", slanted)
    if style:
        element.set("style", _POINTS.sub(_ems, ";".join(style)))


def _check_colour(colour: str) -> None:
    try:
        ImageColor.getrgb(colour)
    except ValueError:
        raise LatexError(f"the colour {colour} is not known") from None


def _ems(points: re.Match[str]) -> str:
    return f"{float(points[1]) / _POINTS_PER_EM:.4g}em"


def _widen(element: ET.Element, accent: ET.Element) -> None:
    """Make an accent as wide as what is below it: browsers stretch only some, fonts have only some."""
    letters = _LETTERS.fullmatch(accent.get("class", ""))
    if wide := _WIDE.get(accent.text or ""):
        accent.text = wide
        element.set("accent" if element.tag == "mover" else "accentunder", "true")
    elif letters:
        accent.set("stretchy", "false")
        accent.set("style", f"{accent.get('style', '')}transform:scale({letters[1]},1.1)")


def _is_low(row: ET.Element) -> bool:
    """Tell whether fences need not stretch: Chromium leaves more space beside those that may."""
    is_fenced = len(row) > 1 and {"fence", "form"} <= row[0].attrib.keys() & row[-1].attrib.keys()
    return is_fenced and all(
        element.tag in _LOW and not element.get("minsize") for element in row.iter() if element is not row
    )


def _size(operator: ET.Element) -> None:
    r"""Stretch only `\left`, `\middle` and `\right`, arrows with text, and the family of `\big`."""
    text = operator.text or ""
    is_middle = operator.get("form") == "infix" and operator.get("stretchy") == "true"
    if operator.get("minsize") or (operator.get("fence") == "true" and "stretchy" not in operator.attrib):
        operator.set("stretchy", "true")
    elif "stretchy" not in operator.attrib and _STRETCHY.fullmatch(text):
        operator.set("stretchy", "false")
    elif text in _NOT_LARGE:
        operator.attrib.setdefault("largeop", "false")
    if operator.get("minsize") or is_middle:
        set_space(operator, "0em")
    elif text in _SPACES:
        set_space(operator, _SPACES[text])
    if len(text.rstrip(_NEGATION)) == 1 and operator.get("mathvariant") != "normal":
        operator.text = (operator.text or "").translate(_ITALICS)


def _close_up(element: ET.Element, level: int) -> None:
    """Leave out the spaces around operators in scripts, as TeX does and browsers don't."""
    if element.get("displaystyle") == "true":
        level = _DISPLAY
    if int(element.get("scriptlevel") or 0) > 0:
        level = _SCRIPT
    if element.tag == "mo" and level == _SCRIPT and element.get("stretchy") != "true":
        set_space(element, "0em")
    if element.tag == "mtable" and element.get("displaystyle") != "true":
        level = max(level, _TEXT)
    for place, child in enumerate(element):
        inner = level
        if element.tag == "mfrac":
            inner = min(level + 1, _SCRIPT)
        elif (element.tag in _SCRIPTS and place) or (element.tag == "mroot" and place):
            inner = _SCRIPT
        _close_up(child, inner)


def _is_cases(row: ET.Element) -> bool:
    """Tell whether a row is a table beside a single brace, of which LaTeX has the rows further apart."""
    if row.tag != "mrow" or [child.tag for child in row] != ["mo", "mtable", "mo"] or row[1].get("class"):
        return False
    return (row[0].text or "", row[2].text or "") in {("{", ""), ("", "}")}


def _place_cells(table: ET.Element) -> None:
    """Say in the cells what the classes of their table say in the style sheet."""
    spread = "0.15em" if "tml-jot" in table.get("class", "") else "0"
    is_small = "tml-small" in table.get("class", "")
    spread = "0.35ex" if is_small else spread
    stretch = 1.2 if table.get("class") == "cases" else 1.0
    # Firefox adds to the padding of cells spaces that MathML Core doesn't have.
    table.set("rowspacing", "0ex")
    table.set("columnspacing", "0em")
    for row in table.iterfind("mtr"):
        if row.get("class") == "ff-squash":  # only its widths count, which Firefox would give a height
            row.set("style", "visibility:collapse")
        elif not is_small and len(row):  # LaTeX has such a strut, browsers have rows as high as their letters
            height, depth = (f"{stretch * size:.4g}em" for size in _STRUT)
            row[0].insert(0, ET.Element("mspace", width="0em", height=height, depth=depth))
    for cell in table.iterfind("mtr/mtd"):
        style = cell.get("style", "").replace("0.0400em", "0.4em")
        for side in ("right", "left"):  # what MathML Core has, and Firefox hasn't with the attributes above
            if f"padding-{side}" not in style and "padding:" not in style:
                style = f"padding-{side}:0.4em;{style}"
        if not is_small:  # LaTeX has half the space between columns around an array; a matrix has 0em there
            style = re.sub(r"(padding-(?:left|right):)0pt", r"\g<1>0.4em", style)
        style = style.replace("0.15em double", "0.25em double")
        if "padding-top" not in style:
            style = f"padding-top:{spread};padding-bottom:{spread};{style}"
        if any(text.get("class") == "tml-tag" for text in cell.iterfind("mtext")):
            cell.set("class", "tml-right")
        cell.set("style", style)
