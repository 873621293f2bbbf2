"""Where formulas may be broken."""

from __future__ import annotations

import pytest
from lxml import etree

from postdocs.sphinx_ext.math.linear import text_of
from postdocs.sphinx_ext.math.mathml import to_mathml


def _rows(latex: str) -> list[str]:
    math = etree.fromstring(to_mathml(latex, display=False))
    return [text_of(row) for row in math] if math.get("class") == "breaks" else []


@pytest.mark.parametrize(
    ("latex", "rows"),
    [
        ("f(x) = a_0 + a_1 x + a_2 x^2", ["f(x) =", "a₀ +", "a₁x +", "a₂x²"]),
        (r"x \le -\frac{1}{2} \implies y > 0", ["x ≤", "−1/2 ⟹ ", "y >", "0"]),
        (r"-1 < x < 1 < y < 10", ["−1 <", "x <", "1 <", "y <", "10"]),
        ("f(x)", []),
        ("a = b + c", []),
        (r"\left(a + b + c + d\right)\left(e + f\right)", []),
    ],
)
def test_a_formula_breaks_after_relations_and_operators(latex: str, rows: list[str]) -> None:
    """A long formula has a row up to each operator; a short one, or one in brackets, stays in one piece."""
    assert _rows(latex) == rows


def test_the_operator_at_the_end_of_a_row_has_its_spaces() -> None:
    """Its form is written down: at the end of a row a browser would take it for a postfix."""
    math = etree.fromstring(to_mathml("f(x) = a_0 + a_1 x", display=False))
    assert [row[-1].get("form") for row in math][:-1] == ["infix", "infix"]
    assert math.get("alttext") == "f(x) = a_0 + a_1 x"


def test_what_can_be_wide_and_has_no_place_to_break_scrolls() -> None:
    """A long fraction is marked, so that the style sheet can give it a box that scrolls."""
    long = " + ".join(f"x_{number}" for number in range(9))
    math = etree.fromstring(to_mathml(rf"y = \frac{{{long}}}{{2}}", display=False))
    assert math.get("class") == "wide"
    assert "breaks" not in to_mathml("x", display=False)
