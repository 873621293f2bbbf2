"""Hundreds of expressions over the notation of amsmath, mathtools, physics and mhchem, and their MathML."""

from __future__ import annotations

import pytest
from expressions import GROUPS, expressions

from postdocs.sphinx_ext.math.mathml import to_mathml

LEAST = 0.97  # of the expressions that are set


@pytest.mark.parametrize("group", GROUPS)
def test_expressions_are_set_as_they_were_reviewed(group: str) -> None:
    """Their MathML is that which was compared by eye with what KaTeX shows, in Chromium and Firefox.

    After a change on purpose, look at the contact sheets (`python tests/browser/contact_sheets.py`) and let
    `python tests/expressions.py` write the files anew.
    """
    for expression in expressions(group):
        assert expression.set_again() == expression.expected, expression.latex


def test_nearly_all_expressions_are_set() -> None:
    """Of more than 300 expressions at least 97 % are set; of the rest it is said what is wrong."""
    everything = [expression for group in GROUPS for expression in expressions(group)]
    set_ones = [expression for expression in everything if not expression.expected.startswith("! ")]
    assert len(everything) > 300
    assert len(set_ones) / len(everything) >= LEAST


def test_a_formula_in_a_line_has_the_same_parts() -> None:
    """Expressions that stand by themselves can stand in a line of text too."""
    for expression in expressions("real-formulas"):
        assert "<math" in to_mathml(expression.latex, display=False, numbers={"eq:one": "1"})
