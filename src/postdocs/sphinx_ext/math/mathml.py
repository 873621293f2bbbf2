"""Formulas as MathML Core, which all browsers set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from json import dumps, loads
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from postdocs.core.shared_cache import SharedCache
from postdocs.sphinx_ext.math.core import finish
from postdocs.sphinx_ext.math.engine import Converted, LatexError, convert
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


class Call(NamedTuple):
    """How a formula is called in `FORMULAS`; macros and numbers are JSON."""

    latex: str
    display: bool
    macros: str
    numbers: str


def arguments_of(
    latex: str,
    *,
    display: bool,
    macros: Macros | None = None,
    numbers: Mapping[str, str] = _NO_NUMBERS,
) -> Call:
    """Return what a formula is called in `FORMULAS`, as `set_formula` takes it."""
    return Call(latex.strip(), display, _as_json(macros), _as_json(numbers))


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


def set_formulas(
    calls: Iterable[tuple[str, bool, dict[str, Macro], Mapping[str, str]]],
) -> Iterator[SetFormula]:
    """Set formulas as `set_formula` does, and yield those that nobody had set before.

    Temml reads all of them before the first is rewritten: each of the two would take the other out of the
    caches of a processor. A formula that can't be read is left out.

    calls: LaTeX, whether it is displayed, macros and numbers.
    """
    known = FORMULAS.known()
    read: dict[Call, Converted] = {}
    for latex, display, macros, numbers in calls:
        call = arguments_of(latex, display=display, macros=macros, numbers=numbers)
        with suppress(LatexError):
            if call in known:
                macros.update(FORMULAS(*call).macros)
                continue
            if call not in read:
                read[call] = _read(call)
            macros.update(read[call].macros)
    for call, converted in read.items():
        with suppress(LatexError):
            formula = _rewritten(call, converted)
            FORMULAS.add({call: formula})
            yield formula


def _set(*arguments: Any) -> SetFormula:
    call = Call(*arguments)
    return _rewritten(call, _read(call))


def _read(call: Call) -> Converted:
    latex = with_rows(call.latex)
    return convert(latex, display=call.display, macros=loads(call.macros), numbers=loads(call.numbers))


def _rewritten(call: Call, converted: Converted) -> SetFormula:
    try:
        tree = ET.fromstring(converted.mathml)  # noqa: S314 - Temml's own, which has no entities
    except ET.ParseError:
        raise LatexError(r"it has a \char that can't be in a page") from None
    finish(tree, display=call.display)
    tree.set("alttext", " ".join(call.latex.split()))
    part = Part.of(tree) if call.display else with_breaks(Part.of(tree))
    mathml = markup_of(tree)
    return SetFormula(mathml, converted.macros, part)


FORMULAS = SharedCache(_set, MOST_KEPT)
"""Formulas that have been set, by `Call`."""
