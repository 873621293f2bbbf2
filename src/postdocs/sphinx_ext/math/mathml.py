"""Formulas as MathML Core, which all browsers set."""

from __future__ import annotations

from collections.abc import Mapping
from json import dumps, loads
from xml.etree import ElementTree as ET

from postdocs.core.shared_cache import Arguments, SharedCache
from postdocs.sphinx_ext.math.core import finish
from postdocs.sphinx_ext.math.engine import LatexError, convert
from postdocs.sphinx_ext.math.linebreaks import with_breaks
from postdocs.sphinx_ext.math.macros import Macro, Macros
from postdocs.sphinx_ext.math.markup import markup_of
from postdocs.sphinx_ext.math.part import Part
from postdocs.sphinx_ext.math.rows import with_rows
from postdocs.sphinx_ext.math.set_formulas import SetFormula

_NO_NUMBERS: Mapping[str, str] = {}
MOST_KEPT = 4096  # some formulas are on several pages, such as x, and in the description of their page


def set_formula(
    latex: str,
    *,
    display: bool,
    macros: dict[str, Macro] | None = None,
    numbers: Mapping[str, str] = _NO_NUMBERS,
) -> SetFormula:
    r"""Set a formula, for a line of its own, or for a line of text, in which it may be broken.

    macros: by their names; those that the formula defines are added. numbers: of the equations that `\ref`
    and `\eqref` can name, by their labels.

    Its LaTeX is an attribute: as an annotation it would be text, which readers of feeds that know no
    MathML would show too.

    Raises
    ------
    ValueError
        The formula can't be read; it says what is wrong.

    """
    formula = FORMULAS(*arguments_of(latex, display=display, macros=macros, numbers=numbers))
    if macros is not None:
        macros.update(formula.macros)
    return formula


def arguments_of(
    latex: str,
    *,
    display: bool,
    macros: Macros | None = None,
    numbers: Mapping[str, str] = _NO_NUMBERS,
) -> Arguments:
    """Return what a formula is called in `FORMULAS`, as `set_formula` takes it."""
    return latex.strip(), display, _as_json(macros), _as_json(numbers)


def _as_json(mapping: Mapping[str, object] | None) -> str:
    return dumps({**mapping}) if mapping else "{}"  # as most are empty


def to_mathml(
    latex: str,
    *,
    display: bool,
    macros: dict[str, Macro] | None = None,
    numbers: Mapping[str, str] = _NO_NUMBERS,
) -> str:
    """Return the element `math` of a formula, as `set_formula` sets it."""
    return set_formula(latex, display=display, macros=macros, numbers=numbers).mathml


def _set(latex: str, display: bool, macros: str, numbers: str) -> SetFormula:
    converted = convert(with_rows(latex), display=display, macros=loads(macros), numbers=loads(numbers))
    try:
        tree = ET.fromstring(converted.mathml)  # noqa: S314 - Temml's own, which has no entities
    except ET.ParseError:
        raise LatexError(r"it has a \char that can't be in a page") from None
    finish(tree, display=display)
    tree.set("alttext", " ".join(latex.split()))
    part = Part.of(tree) if display else with_breaks(Part.of(tree))
    mathml = markup_of(tree)
    return SetFormula(mathml, converted.macros, part)


FORMULAS = SharedCache(_set, MOST_KEPT)
"""Formulas that have been set, by LaTeX, by whether they are displayed, and by macros and numbers as JSON."""
