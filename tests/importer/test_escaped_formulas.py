"""Formulas with the escapes of Markdown."""

from __future__ import annotations

import pytest

from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import walk
from postdocs.importer.escaped_formulas import without_escapes
from postdocs.sphinx_ext.math.check import checker


def _mended(*formulas: str) -> tuple[list[str], int]:
    blocks = tuple(nodes.Paragraph((nodes.Math(tex),)) for tex in formulas[:-1])
    document = nodes.Document((*blocks, nodes.MathBlock(formulas[-1])))
    changed, notes = without_escapes(document, checker({}))
    texts = [node.tex for node in walk(changed) if isinstance(node, nodes.Math | nodes.MathBlock)]
    return texts, len(notes)


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\Theta = \left\\{ \theta\_1 \right\\}", r"\Theta = \left\{ \theta_1 \right\}"),
        (r"Y_t^\*", "Y_t^*"),
        (r"0 \leq k \< n", r"0 \leq k < n"),
        (r"\left\{ u \mid 0 \< u \right\}", r"\left\{ u \mid 0 < u \right\}"),
    ],
)
def test_a_formula_that_can_be_read_only_without_escapes_has_none(tex: str, expected: str) -> None:
    """So the old page had it, and the report names it."""
    assert _mended(tex) == ([expected], 1)


@pytest.mark.parametrize("tex", [r"\{x\}\,\\ y", r"a \& b \_ c \# d", r"\nosuch\*", r"x \| y"])
def test_other_formulas_stay(tex: str) -> None:
    """Those that can be read with them, and those that can't be read without them either."""
    assert _mended("x", tex) == (["x", tex], 0)


def test_what_a_formula_defines_holds_for_those_after_it() -> None:
    """As in the build."""
    assert _mended(r"\newcommand{\own}{y}", r"\own^\*") == ([r"\newcommand{\own}{y}", r"\own^*"], 1)


def test_escapes_before_an_index_are_taken_out_of_all_formulas() -> None:
    """A page that MathJax sets shows an underscore there; nobody wants one before braces."""
    given = (r"h\_1, \dots, h\_m", r"\nabla\_{\theta} \log \pi\_\text{old}", r"\text{max\_len}\_i")
    expected = [r"h_1, \dots, h_m", r"\nabla_{\theta} \log \pi_\text{old}", r"\text{max\_len}_i"]
    assert _mended(*given) == (expected, 3)
    assert _mended(r"h\_1", r"x\_\,y") == ([r"h\_1", r"x\_\,y"], 0)
    assert _mended(r"x\_{1} \nosuch", r"y\_{2}") == ([r"x\_{1} \nosuch", "y_{2}"], 1)


@pytest.mark.parametrize(
    ("tex", "expected", "notes"),
    [
        ("X_0=$100,000", r"X_0=\$100,000", 1),
        (r"\frac{$10 + $5}{2}", r"\frac{\$10 + \$5}{2}", 1),
        (r"x \text{ if $y$} = $5", r"x \text{ if $y$} = \$5", 1),
        (r"x \text{ if $y$}, \$5", r"x \text{ if $y$}, \$5", 0),
    ],
)
def test_a_dollar_in_a_formula_is_a_sign(tex: str, expected: str, notes: int) -> None:
    """Pages with other delimiters have it, and MathJax shows it; a formula in words keeps its own."""
    assert _mended(tex) == ([expected], notes)
