"""Spaces in a formula as in TeX, where those of browsers (MathML Core, appendix B) differ."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import NamedTuple
from xml.etree import ElementTree as ET

from postdocs.sphinx_ext.math.levels import DISPLAY, SCRIPT
from postdocs.sphinx_ext.math.linear import INFIX
from postdocs.sphinx_ext.math.primes import set_space

INTEGRALS = frozenset("∫∬∭⨌∮∯∰")
BINARY = frozenset("+−±∓×÷∗⋆⋅∘∙•∩∪⊎⊓⊔∨∧∖≀⋄⊕⊖⊗⊘⊙†‡")
LARGE = INTEGRALS | frozenset("∑∏∐⋃⋂⨁⨂⨀⨄⨆⋁⋀")
# Between a part, by its row, and the next, by its column (The TeXbook, chapter 18, "Spacing"): 1 is a thin
# space, 2 a medium and 3 a thick one; those in brackets are none in indices, and * never occurs.
_TABLE = """
      ord op  bin rel open close punct inner
ord   0   1   (2) (3) 0    0     0     (1)
op    1   1   *   (3) 0    0     0     (1)
bin   (2) (2) *   *   (2)  *     *     (2)
rel   (3) (3) *   0   (3)  0     0     (3)
open  0   0   *   0   0    0     0     0
close 0   1   (2) (3) 0    0     0     (1)
punct (1) (1) *   (1) (1)  (1)   (1)   (1)
inner (1) 1   (2) (3) (1)  0     (1)   (1)
"""
_WIDTHS = {"0": "0em", "1": "0.1667em", "2": "0.2222em", "3": "0.2778em"}
_NONE, _THIN, _MEDIUM, _THICK = _WIDTHS.values()
_COLUMNS, *_LINES = map(str.split, _TABLE.strip().splitlines())
_SPACES = {
    (line[0], column): space for line in _LINES for column, space in zip(_COLUMNS, line[1:], strict=True)
}
_KINDS = {
    **dict.fromkeys("([{⟨⌊⌈", "open"),
    **dict.fromkeys(")]}⟩⌋⌉!′″‴⁗", "close"),
    **dict.fromkeys(",;", "punct"),
    **dict.fromkeys("|‖/∇√", "ord"),
    **dict.fromkeys(BINARY, "bin"),
    **dict.fromkeys("…⋯⋱", "inner"),
    **dict.fromkeys("⟂⪯⪰", "rel"),
    **dict.fromkeys(LARGE, "op"),
}
_GROUP = "postdocs-group"  # the class of what braces are around, as the engine writes it
_FENCES = {"prefix": "open", "postfix": "close"}
# A binary operator after or before these is an ordinary symbol.
_BEFORE_SIGNS, _AFTER_SIGNS = {"bin", "op", "rel", "open", "punct"}, {"rel", "close", "punct"}
_SIGNS = frozenset("+−±∓")  # which browsers know as prefixes, without space
_ALSO_PREFIXES = frozenset("∼")  # relations that browsers know as prefixes too, without space
_ITS_OWN = "own"  # of what says its spaces, beside which nothing is added
# What browsers have before and after operators that say nothing; of large ones and dots, each has its own.
_AS_IT_IS = {"bin": (_MEDIUM, _MEDIUM), "rel": (_THICK, _THICK), "punct": (_NONE, _THIN)}
_SPACED = _AS_IT_IS.keys() | {"op", "inner"}
_ROWS = frozenset({"math", "mpadded", "mphantom", "msqrt", "mtd"})
_GROUPS = frozenset({"mrow", "mstyle"})  # rows that are what is in them, if that is one thing
_SINGLES = _GROUPS | {"mpadded"}
_HOLDERS = _ROWS | _GROUPS
_STACKS = frozenset({"mover", "munder", "munderover"})
_AROUND = frozenset({"mmultiscripts", "msub", "msubsup", "msup"}) | _STACKS
_APPLY = "\u2061"  # between a function and what it is applied to
# How far the upper end of an integral of our font leans over its lower end, in em: an index below
# stands that much to the left, and browsers leave the room for it on the right nevertheless.
_LEAN = {True: 0.591, False: 0.332}  # by whether it is on a line of its own
_INDEX = 0.7  # how large an index is beside what it belongs to
_DIGIT, _SIGN, _INFINITY = 0.5, 0.78, 1.0  # widths in em
_NARROWEST, _WIDEST = 0.3, 1.0  # of letters


class _Atom(NamedTuple):
    """What stands beside others: an element, and what it begins and ends with, each with its kind."""

    element: ET.Element
    first: ET.Element
    last: ET.Element
    begins: str
    ends: str


def take_groups(tree: ET.Element) -> set[ET.Element]:
    """Take the mark from rows with braces around them; return these rows."""
    groups = set()
    for row in tree.iter("mrow"):
        classes = row.get("class", "").split()
        if _GROUP in classes:
            groups.add(row)
            del row.attrib["class"]
            if others := " ".join(name for name in classes if name != _GROUP):
                row.set("class", others)
    return groups


def set_spaces(levels: dict[ET.Element, int], groups: set[ET.Element]) -> None:
    """Set the spaces in a finished formula.

    levels: of its elements, each after what it is in. groups: rows with braces around them, which are
    ordinary symbols (The TeXbook, chapter 17, "Atoms").
    """
    inside: set[ET.Element] = set()
    for row, level in levels.items():
        if row.tag in _ROWS or (row.tag in _GROUPS and row not in inside and len(row) > 1):
            atoms: list[_Atom] = []
            _gather(row, atoms, levels, groups, inside)
            _set_around(atoms, is_small=level >= SCRIPT, is_cell=row.tag == "mtd")
    if all(element.text not in INTEGRALS for element in levels):
        return
    for row, level in levels.items():
        if row.tag in _HOLDERS:
            for place, child in [*enumerate(row, 1)][::-1]:
                if place < len(row) and (excess := _excess(child, display=level == DISPLAY)):
                    row.insert(place, ET.Element("mrow", style=f"margin-left:-{excess:.4g}em"))


def _is_inner(row: ET.Element) -> bool:
    r"""Tell whether a row is what `\left` and `\right` stand around; a binomial coefficient is not."""
    fences = (row[0], row[-1]) if len(row) else ()
    is_fenced = all(fence.get("stretchy") == "true" and "minsize" not in fence.attrib for fence in fences)
    return len(row) > 1 and is_fenced and row[1].get("linethickness") != "0px"


def _gather(
    row: ET.Element,
    atoms: list[_Atom],
    levels: dict[ET.Element, int],
    groups: set[ET.Element],
    inside: set[ET.Element],
) -> None:
    """Add what stands side by side in a row, and in the rows in it that only group; note these as inside."""
    for place, child in enumerate(row):
        is_space = child.tag == "mspace" or (child.tag == "mrow" and child.attrib and not len(child))
        if is_space or child.text == _APPLY:
            continue
        is_row = child.tag == "mrow" and not child.attrib and len(child) > 1 and not _is_inner(child)
        if (is_row and child not in groups) or (
            child.tag == "mstyle" and len(child) > 1 and levels.get(child) == levels[row]
        ):
            inside.add(child)
            _gather(child, atoms, levels, groups, inside)
        elif place + 2 < len(row) and row[place + 2].text == _APPLY:
            # Temml has a space before a name, unless it takes what is before for no letter.
            begins = _ITS_OWN if place and row[place - 1].tag == "mspace" else "op"
            atoms.append(_Atom(child, child, row[place + 1], begins, "op"))
        else:
            atoms.append(_atom(child, groups))


def _atom(element: ET.Element, groups: Collection[ET.Element] = ()) -> _Atom:
    core, stack = element, None
    while len(core) and (core.tag in _AROUND or (core.tag in _SINGLES and len(core) == 1)):
        stack = core if core.tag in _STACKS else stack
        core = core[0]
    if core in groups:
        return _Atom(element, core, core, "ord", "ord")
    if core.tag == "mrow" and _is_inner(core):
        return _Atom(element, core, core, "inner", "inner")
    if core.tag == "mrow" and len(core) and "fence" in core[0].attrib:
        return _Atom(element, core[0], core[-1], _kind(core[0]), _kind(core[-1]))
    if stack is not None and _kind(core) == "rel":  # Chromium has its space below a wide label, not beside it
        core.attrib |= {"lspace": _NONE, "rspace": _NONE}
        return _Atom(element, stack, stack, "rel", "rel")
    return _Atom(element, core, core, _kind(core), _kind(core))


def _kind(core: ET.Element) -> str:
    if core.tag != "mo":
        return "ord"
    text, form = core.text or "", core.get("form", "")
    if core.get("fence") == "true" and form in _FENCES:
        return _FENCES[form]
    if core.get("fence") == "false" and "minsize" in core.attrib:  # of the family of \big without l, m or r
        return "ord"
    kind = _KINDS.get(text) or ("rel" if INFIX.fullmatch(text) else _ITS_OWN)
    said = {core.get("lspace"), core.get("rspace")}
    # A bar is a letter, unless it has spaces, as \mid and \middle.
    is_said = None not in said and (kind in {"bin", "rel"} or (kind == "ord" and said != {_NONE}))
    return _ITS_OWN if is_said else kind


def _set_around(atoms: list[_Atom], *, is_small: bool, is_cell: bool) -> None:
    """Set the spaces around what stands side by side.

    is_cell: it is in a cell. In most tables with a relation at the edge of one, the formula goes on there.
    """
    if not atoms:
        return
    atoms = _with_signs(atoms)
    first, last = atoms[0], atoms[-1]
    if first.begins == "rel" and first.first.text in _ALSO_PREFIXES:
        first.first.set("form", "infix")
    for atom, side, own in ((first, "left", "lspace"), (last, "right", "rspace")):
        edge, kind = (atom.first, atom.begins) if side == "left" else (atom.last, atom.ends)
        if kind == "rel" and edge.tag in _STACKS:
            if is_cell:
                _add_margin(atom.element, side, _THICK)
        elif edge.tag == "mspace" and kind == "op":  # after a name
            edge.set("width", _NONE)
        elif _own(edge, kind, own) is None or (kind == "rel" and not is_cell):
            edge.set(own, _NONE)
    for left, right in pairwise(atoms):
        space = _SPACES.get((left.ends, right.begins), "*")
        if space == "*":
            _set_between(left, right, None)
        elif is_small and space.startswith("("):
            _set_between(left, right, _NONE)
        else:
            _set_between(left, right, _WIDTHS[space.strip("()")])


def _with_signs(atoms: list[_Atom]) -> list[_Atom]:
    r"""Return atoms of which binary operators stand between two things; others are symbols, as in `(\cdot)`.

    The TeXbook, appendix G, rules 5 and 6.
    """
    kept: list[_Atom] = []
    for atom, after in zip(atoms, [*(each.begins for each in atoms[1:]), "close"], strict=True):
        before = kept[-1].ends if kept else "open"
        kept.append(_sign(atom, before, after) if atom.begins == "bin" else atom)
    return kept


def _sign(atom: _Atom, before: str, after: str) -> _Atom:
    """Return what a binary operator is between what ends and what begins so."""
    sign = atom.first
    is_prefix = sign.get("form") == "prefix"  # as far as Temml can tell
    has_no_space = is_prefix and sign.text in _SIGNS
    if before in _BEFORE_SIGNS or after in _AFTER_SIGNS or (before == _ITS_OWN and has_no_space):
        if not has_no_space:
            set_space(sign, _NONE)
        return atom._replace(begins="ord", ends="ord")
    if is_prefix:
        del sign.attrib["form"]
    return atom


def _set_between(left: _Atom, right: _Atom, width: str | None) -> None:
    """Set the space between two atoms; None is as much as they have themselves."""
    after, before = _own(left.last, left.ends, "rspace"), _own(right.first, right.begins, "lspace")
    if width is None:
        wanted = after or _NONE, before or _NONE
    elif width != before and left.ends in _SPACED and left.last.tag in {"mo", "mspace"}:
        wanted = width, _NONE
    else:
        wanted = _NONE, width
    if wanted[0] != after:
        left.last.set("width" if left.last.tag == "mspace" else "rspace", wanted[0])
    if wanted[1] != before and right.first.tag == "mo":
        right.first.set("lspace", wanted[1])
    elif wanted[1] != before:
        _add_margin(right.element, "left", wanted[1])


def _add_margin(element: ET.Element, side: str, width: str) -> None:
    style = element.get("style", "")
    element.set("style", f"{style}{';' if style else ''}margin-{side}:{width}")


def _own(core: ET.Element, kind: str, side: str) -> str | None:
    """Return the space that browsers leave beside an atom; None where they have other ones than TeX."""
    if core.tag == "mspace" and kind == "op":  # after a name
        return core.get("width")
    if core.tag != "mo":
        return _NONE
    if side in core.attrib:
        return core.attrib[side]
    if kind in {"op", "inner"}:
        return None
    return _AS_IT_IS.get(kind, (_NONE, _NONE))[side == "rspace"]


def _excess(element: ET.Element, *, display: bool) -> float:
    """Return how much wider an integral with indices is in browsers than in TeX, in em, at least."""
    if element.tag not in {"msub", "msubsup"} or _atom(element).first.text not in INTEGRALS:
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
