"""The benchmark of formulas: its posts, and what it measures."""

from __future__ import annotations

import re

import pytest
from blogs import corpus
from blogs.formulas import PER_POST, with_formulas, without_formulas
from blogs.measuring import Cost
from formulas import ratios

from postdocs.sphinx_ext.math.mathml import to_mathml

_FORMULA = re.compile(r"\$\$\n(.*?)\n\$\$|\$([^$\n]+)\$", re.DOTALL)


def test_each_post_has_ten_formulas_that_can_be_set() -> None:
    """They are those of a real post: some letters, some in a line, some on a line of their own."""
    formulas = set()
    for post in corpus.posts(20):
        matches = _FORMULA.findall(with_formulas(post).body)
        assert len(matches) == PER_POST
        formulas |= {(display or inline, bool(display)) for display, inline in matches}
    assert len(formulas) > 5 * 20  # most of them differ
    for latex, display in formulas:
        assert to_mathml(latex, display=display)


def test_posts_without_formulas_are_otherwise_the_same() -> None:
    """What is compared differs in nothing but formulas."""
    for post in corpus.posts(20):
        plain = without_formulas(post).body
        assert "$" not in plain
        assert _FORMULA.sub("", with_formulas(post).body).split() == plain.split()


def test_the_ratios_are_those_of_wall_and_cpu_time() -> None:
    """Readers wait for the one; the other depends less on what else runs."""
    assert ratios(Cost(1, 2, 0, 0), Cost(9, 3, 0, 0)) == pytest.approx((9, 1.5))
