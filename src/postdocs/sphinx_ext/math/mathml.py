"""Formulas as MathML Core, which all browsers set."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from json import dumps, loads
from xml.etree import ElementTree as ET

from postdocs.sphinx_ext.math.core import finish
from postdocs.sphinx_ext.math.engine import Converted, convert
from postdocs.sphinx_ext.math.macros import Macro
from postdocs.sphinx_ext.math.rows import with_rows

_NO_NUMBERS: Mapping[str, str] = {}
_MOST_KEPT = 4096  # formulas; a page, its feeds and its summary have the same ones


def to_mathml(
    latex: str,
    *,
    display: bool,
    macros: dict[str, Macro] | None = None,
    numbers: Mapping[str, str] = _NO_NUMBERS,
) -> str:
    r"""Return the element `math` for a formula, inline or for a line of its own.

    macros: by their names; those that the formula defines are added. numbers: of the equations that `\ref`
    and `\eqref` can name, by their labels.

    Its LaTeX is an attribute: as an annotation it would be text, which readers of feeds that know no
    MathML would show too.

    Raises
    ------
    ValueError
        The formula can't be read; it says what is wrong.

    """
    converted = _converted(latex.strip(), display, dumps(macros or {}), dumps({**numbers}))
    if macros is not None:
        macros.update(converted.macros)
    return converted.mathml


@lru_cache(maxsize=_MOST_KEPT)
def _converted(latex: str, display: bool, macros: str, numbers: str) -> Converted:
    made = convert(with_rows(latex), display=display, macros=loads(macros), numbers=loads(numbers))
    tree = ET.fromstring(made.mathml)  # noqa: S314 - Temml's own, which has no entities
    finish(tree, display=display)
    tree.set("alttext", " ".join(latex.split()))
    return Converted(ET.tostring(tree, encoding="unicode", short_empty_elements=False), made.macros)
