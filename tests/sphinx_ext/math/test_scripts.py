"""Indices beside a sign, and limits below a name."""

from __future__ import annotations

import pytest

from sphinx_ext.math.mathml_trees import outline, parse


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("(a+b)^2", "(a+bmsup(mpadded())2)"),
        ("[a]_i^2", "[amsubsup(mpadded(])i2)"),
        ("|a|^2", "|amsup(mpadded(|)2)"),
        (r"\left(a\right)^2", "msup((a)2)"),
        ("(a)b^2", "(a)msup(b2)"),
    ],
)
def test_the_index_of_a_bracket_is_beside_it(latex: str, expected: str) -> None:
    r"""What the brackets are around raises no index, but with `\left` and `\right`."""
    assert outline(latex) == expected


@pytest.mark.parametrize(
    ("latex", "padded"),
    [("y_i x_i", "y"), (r"\hat{\beta}_1 \hat{h}_1", "βˆ"), ("p^2 q_1^2", "q"), (r"\mathbf{y}_i \mu_0", "𝐲μ")],
)
def test_lower_indices_are_in_a_line(latex: str, padded: str) -> None:
    """The lower end of a letter, with an accent or without, does not lower its index."""
    rows = [row for row in parse(latex).iter("mpadded") if row.get("depth") == "0em"]
    assert "".join("".join(row.itertext()) for row in rows) == padded


@pytest.mark.parametrize(
    ("latex", "count"), [(r"\max_x f", 1), (r"\lim_{n} f", 1), (r"\sum_i x", 0), (r"\underbrace{a}_b", 1)]
)
def test_a_limit_below_a_name_is_as_low_as_below_a_sum(latex: str, count: int) -> None:
    """A strut keeps it there."""
    assert len([space for space in parse(latex).iter("mspace") if space.get("height") == "0.69em"]) == count


@pytest.mark.parametrize("latex", [r"\int_D^{} f", r"\sum_a^{}", "x^{}", "x_{}^{}", r"\int^{}_{}"])
def test_an_index_may_be_empty(latex: str) -> None:
    """TeX sets nothing there, and the signs around it."""
    assert parse(latex) is not None
