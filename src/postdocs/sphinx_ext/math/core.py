"""Output of Temml → MathML Core, without a style sheet and equal in all browsers.

https://www.w3.org/TR/mathml-core/
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from xml.etree import ElementTree as ET

from postdocs.sphinx_ext.math.cell_colours import colour_cells
from postdocs.sphinx_ext.math.columns import set_columns
from postdocs.sphinx_ext.math.enclosures import SEGMENT, enclose, take_enclosures
from postdocs.sphinx_ext.math.engine import LatexError
from postdocs.sphinx_ext.math.fences import set_widths
from postdocs.sphinx_ext.math.italics import mark_leaning
from postdocs.sphinx_ext.math.laps import leave_room
from postdocs.sphinx_ext.math.levels import DISPLAY, TEXT, set_levels
from postdocs.sphinx_ext.math.operators import ITALICS, NEGATION, size
from postdocs.sphinx_ext.math.primes import lower_primes, lower_primes_above, mark_primes, set_space
from postdocs.sphinx_ext.math.roots import set_roots
from postdocs.sphinx_ext.math.scripts import lower_limit, place_scripts, place_shifted
from postdocs.sphinx_ext.math.spaces import LARGE, set_spaces, take_groups
from postdocs.sphinx_ext.math.styles import restyle
from postdocs.sphinx_ext.math.tables import is_cases, place_cells
from postdocs.sphinx_ext.math.variants import select_variant

_ELEMENTS = {
    *("math", "mi", "mn", "mo", "ms", "mtext", "mspace", "mrow", "mstyle", "mpadded", "mphantom", "merror"),
    *("mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover"),
    *("mmultiscripts", "mprescripts", "none", "mtable", "mtr", "mtd"),
}
_CHILDREN = {  # how many an element has, each with a meaning by its place
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}
# Of other elements Temml has numbers of equations, which Sphinx counts.
_READ = _ELEMENTS | {"menclose"}
# Classes that say how many letters an accent is above, which browsers don't stretch as far.
_LETTERS = re.compile(r"tml-(tilde|hat)-(\d)")
_STRETCHED = {"tilde": 1, "hat": 1.5}  # letters that an accent is as wide as
_MONOSPACE = {
    ord(first) + place: chr(start + place)
    for first, start, count in (("A", 0x1D670, 26), ("a", 0x1D68A, 26), ("0", 0x1D7F6, 10))
    for place in range(count)
}
# Accents as wide as others, and in our font: the tilde of keyboards is as wide as an operator, the overline
# would come from another one, too wide and too thick.
_ACCENTS = {"~": "\u02dc", "\u203e": "\u00af"}
_DEEPEST = 200  # browsers give up at 512
_CENTRED = "-0.5width"  # of what is centred where it is, of which Chromium knows nothing
_APPLY = "\u2061"  # between a function and what it is applied to
_OPERATORS = {"|", "‖", "√"}  # which Temml has as letters
_RELATIONS = str.maketrans("|‖", "\u2223\u2225")  # bars that can be negated
_NO_SPACES: tuple[dict[str, str], ...] = ({}, {"width": "0pt", "height": "0.5em"})
_ROWS = {"mrow", "msqrt", "mstyle", "mtd", "mphantom", "mpadded"}  # their children stand in a row
_LIMITS = {"munder", "mover"}
_LOW = {"mi", "mn", "mo", "mrow", "mspace", "mtext"}


def finish(tree: ET.Element, *, display: bool) -> None:
    """Rewrite a formula, in place. display: whether it has a line of its own.

    Raises
    ------
    LatexError
        It names a colour that there is not, or has more parts in each other than readers of HTML take.

    """
    has_many = len([*tree.iter()]) > _DEEPEST  # as few have: the others can't be that deep
    if has_many and _depth(tree) > _DEEPEST:
        raise LatexError("too many parts are in each other")
    if not display:
        tree.attrib.pop("display", None)
    _take_marks(tree)
    groups = take_groups(tree)
    _tidy(tree)
    for element in tree.iter():
        _name(element)
    levels = set_levels(tree, DISPLAY if display else TEXT)
    for element in tree.iter():
        match element.tag:
            case "mo":
                size(element)
            case "mrow" | "mtd" if is_cases(element):
                next(element.iterfind("mtable")).set("class", "cases")
            case "mtable":
                place_cells(element)
            case "menclose" if SEGMENT in element.get("class", "").split():
                element.set("notation", f"{element.get('notation')} segment")
        if element.attrib:
            restyle(element)
        if element.tag == "menclose":
            enclose(element)
    for padded in tree.iter("mpadded"):
        place_shifted(padded)
    set_spaces(levels, groups)
    _lower_fences(tree)
    set_widths(tree, display=display)
    set_roots(tree, levels)
    mark_leaning(tree)
    mark_primes(tree)
    if display:
        leave_room(tree, levels)


def _take_marks(tree: ET.Element) -> None:
    """Do what the dialect has marked parts for, if there are any."""
    if tree.find(".//menclose") is not None:
        set_columns(tree)
        colour_cells(tree)
        take_enclosures(tree)


def _tidy(tree: ET.Element) -> None:
    """Take out what Temml has where MathML has no place for it, or where it says nothing."""
    parents = [element for element in tree.iter() if len(element)]
    if any(parent.tag in _LIMITS for parent in parents):
        for parent in parents:
            _free(parent)
    for parent in reversed(parents):  # what is in a row before the row, for it may be taken out
        _clear(parent)


def _free(parent: ET.Element) -> None:
    r"""Let what follows a name stand after its limit, not in it: `\underset{x}{\operatorname{argmin}}`."""
    for place, child in [*enumerate(parent, 1)][::-1]:
        if child.tag in _LIMITS:
            after = child[1:-1]
            del child[1:-1]
            parent[place:place] = after


def _clear(parent: ET.Element) -> None:
    """Remove from an element what says nothing."""
    for child in parent if parent.tag not in _ROWS else ():
        if child.tag == "mrow" and len(child) > 1 and child[-1].tag == "mspace" and not child[-1].attrib:
            del child[-1]  # no letter follows
    for before, child in itertools.pairwise([None, *parent]):
        match child.tag:
            case "mspace":
                # Spaces that make nothing wider raise the index of a root. After an upright letter, they keep
                # Firefox from a space of its own.
                is_upright = before is not None and before.get("mathvariant") == "normal"
                is_nothing = child.attrib in _NO_SPACES and not is_upright
            case "mo":
                # Where a line may be broken or not, Temml has an operator without a sign, with spaces around.
                is_nothing = not (child.text or len(child) or child.attrib.keys() - {"linebreak"})
            case tag:
                is_nothing = tag not in _READ
        if is_nothing and len(parent) > _CHILDREN.get(parent.tag, 0):
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
    text = element.text
    if element.tag == "msubsup":
        lower_primes_above(element)
    match element.tag:
        case "mi" if text in _OPERATORS:
            element.tag = "mo"
            set_space(element, "0em")
        case "mi":
            select_variant(element)
        case "mo" if len(element):  # of `\\mathop`: only signs are operators
            element.tag = "mrow"
            for name in ("lspace", "movablelimits", "rspace"):
                element.attrib.pop(name, None)
        case "mtext" if element.get("mathvariant") == "monospace":
            element.text = (text or "").translate(_MONOSPACE)
        case "msup":
            lower_primes(element)
        case "mover" | "munder":
            _fit_accent(element, element[1])
            if element.tag == "munder" and element[0].text not in LARGE:
                lower_limit(element)
        case "mpadded" if element.get("lspace") == _CENTRED:
            row = ET.Element("mrow", style="transform:translateX(-50%)")
            row.extend(element)
            element[:] = [row]
            element.attrib.clear()
            element.set("width", "0em")
    if element.tag in {"msub", "msup", "msubsup"}:
        place_scripts(element)
    if text and text.endswith(NEGATION):
        letter = text.translate(ITALICS if element.tag == "mi" else _RELATIONS)
        element.text = unicodedata.normalize("NFC", letter)


def _depth(tree: ET.Element) -> int:
    depth = 0
    level = [tree]
    while level:
        depth += 1
        level = [child for element in level for child in element]
    return depth


def _fit_accent(element: ET.Element, accent: ET.Element) -> None:
    """Make an accent as wide as what is below it: browsers stretch only some, fonts have only some."""
    if element.tag == "mover" and (accent.text, accent.get("stretchy")) == ("→", "false"):
        element.set("accent", "true")  # else some browsers set it smaller, others don't
        accent.set("mathsize", "50%")  # in fonts, it is as wide as between letters
    if accent.get("stretchy") != "true":
        accent.text = _ACCENTS.get(accent.text or "", accent.text)
        return
    letters = _LETTERS.fullmatch(accent.get("class", ""))
    if letters:
        accent.set("stretchy", "false")
        width = float(letters[2]) * _STRETCHED[letters[1]]
        accent.set("style", f"{accent.get('style', '')}transform:scale({width:.4g},1.1)")


def _lower_fences(tree: ET.Element) -> None:
    """Let fences around what is low not stretch: Chromium leaves more space beside those that may."""
    for row in tree.iter("mrow"):
        is_fenced = len(row) > 1 and {"fence", "form"} <= row[0].attrib.keys() & row[-1].attrib.keys()
        if not is_fenced or not all(map(_is_low, itertools.islice(row.iter(), 1, None))):
            continue
        for part in row.iter("mo"):
            if part.get("stretchy") == "true":
                part.set("stretchy", "false")


def _is_low(part: ET.Element) -> bool:
    return part.tag in _LOW and not part.attrib.keys() & {"minsize", "style"}
