"""The formulas of a page."""

from __future__ import annotations

import pytest

from postdocs.sphinx_ext.math.set_formulas import formula_spans


@pytest.mark.parametrize(
    ("body", "formulas"),
    [
        ("<p>x</p>", []),
        ("<math><mi>x</mi></math> and <math\n display='block'><mi>y</mi></math>", ["x", "y"]),
        ("<mathematics></mathematics><math><mi>x</mi></math>", ["x"]),
        ("<math><mi>x</mi></math><math><mi>y</mi>", ["x"]),
        ("<math", []),
    ],
)
def test_formulas_of_a_body(body: str, formulas: list[str]) -> None:
    """They are elements `math` that end."""
    found = [body[start:end] for start, end in formula_spans(body)]
    assert all(formula.startswith("<math") and formula.endswith("</math>") for formula in found)
    assert [formula.partition("<mi>")[2][0] for formula in found] == formulas
