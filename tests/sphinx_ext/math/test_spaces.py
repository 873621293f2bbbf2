"""Spaces between the parts of a formula."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from postdocs.sphinx_ext.math.mathml import to_mathml

THIN, THICK, NONE = "0.1667em", "0.2778em", "0em"


def spaces(latex: str, sign: str) -> list[tuple[str | None, str | None]]:
    """Return the spaces before and after each operator with a sign."""
    operators = etree.fromstring(to_mathml(latex, display=True)).iter("mo")
    return [(mo.get("lspace"), mo.get("rspace")) for mo in operators if mo.text == sign]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"a \sum_i x", (THIN, THIN)),
        (r"\sum_i x", (NONE, THIN)),
        (r"f(x) \sum_i x", (THIN, THIN)),
        (r"{a + b} \sum^n x", (THIN, THIN)),
        (r"a \le \sum_{i=1}^n x", (NONE, THIN)),
        (r"a + \sum x", (NONE, THIN)),
        (r"[\sum_i x]", (NONE, THIN)),
        (r"\lVert \sum_i \rVert", (NONE, NONE)),
        (r"\left\{ \sum_i \right\}", (NONE, NONE)),
        (r"a, \sum (x)", (NONE, NONE)),
        (r"\log \sum_i x", (NONE, THIN)),
        (r"\int \sum \log x", (NONE, THIN)),
        (r"\sum_i = 1", (NONE, NONE)),
        (r"\sum \left(x\right)", (NONE, THIN)),
        (r"\vphantom{\sum} x", (NONE, NONE)),
        (r"\begin{aligned} a &= \sum_i x \end{aligned}", (NONE, THIN)),
    ],
)
def test_a_large_operator_stands_close_to_what_has_its_own_space(
    latex: str, expected: tuple[str, str]
) -> None:
    """TeX has a thin space between it and letters, and none beside brackets, relations and names."""
    assert spaces(latex, "∑") == [expected]


@pytest.mark.parametrize(
    ("latex", "sign", "expected"),
    [
        (r"1, \dots, n", "…", (NONE, THIN)),
        (r"a \ldots b", "…", (THIN, THIN)),
        (r"x + \cdots + x", "⋯", (NONE, NONE)),
        (r"(\dots)", "…", (NONE, NONE)),
        (r"x^{1 \dots n}", "…", (NONE, NONE)),
    ],
)
def test_dots_have_a_thin_space_beside_letters_and_commas(
    latex: str, sign: str, expected: tuple[str, str]
) -> None:
    """Beside operators these have a space, and in indices there is none."""
    assert spaces(latex, sign) == [expected]


def margins(latex: str) -> list[str]:
    """Return the content of each element that has a thin space before it as its margin."""
    tree = etree.fromstring(to_mathml(latex, display=True))
    return ["".join(each.itertext()) for each in tree.iter() if each.get("style") == f"margin-left:{THIN}"]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"x \left(a\right) y", ["(a)", "y"]),
        (r"x \left(a\right)^2", ["(a)2"]),
        (r"\left[a\right] \left[b\right]", ["[b]"]),
        (r"(x) \left(a\right)", ["(a)"]),
        (r"x \begin{pmatrix} a \end{pmatrix}", ["(a)"]),
        (r"\frac{1}{2} \left(a\right)", ["(a)"]),
        (r"{x + y} \left(a\right)", ["(a)"]),
        (r"a + \left(b\right) = \left(c\right), \left(d\right)", []),
        (r"\left( \left(a\right) \right)", []),
        (r"x^{y \left(a\right) z}", []),
        (r"x{\left(a\right)}y", []),
        (r"x{\left(a\right)}^2{b \left(c\right)}y", ["(c)"]),
        (r"x \sqrt{\left(a\right)} + {\left(a\right)} \left(b\right)", ["(b)"]),
        (r"x{\sin y}", []),
        (r"x \binom{n}{k} y", []),
        (r"f(x) y", []),
        (r"\bigl( x \bigr) y", []),
        (r"-\log p", ["log"]),
        (r"(x) \log y", ["log"]),
        (r"2 \log y, a = \log y", []),
    ],
)
def test_what_left_and_right_enclose_and_names_have_a_thin_space_beside_letters(
    latex: str, expected: list[str]
) -> None:
    """The table of TeX says between which parts; in indices there is none."""
    assert margins(latex) == expected


@pytest.mark.parametrize(
    ("latex", "sign", "expected"),
    [
        (r"\left(a\right) (b)", "(", [(None, None), (THIN, None)]),
        (r"\left(a\right), b", ",", [(THIN, None)]),
        (r"a = = b", "=", [(None, NONE), (NONE, None)]),
        (r"(X, \le)", "≤", [(NONE, NONE)]),
        (r"a \mid \left(b\right)", "|", [(THICK, THICK)]),
        (r"a = b + c", "=", [(None, None)]),
    ],
)
def test_operators_say_their_spaces_where_browsers_have_others(
    latex: str, sign: str, expected: list[tuple[str | None, str | None]]
) -> None:
    """There is none between two relations, and none between one and a bracket or a comma."""
    assert spaces(latex, sign) == expected


@pytest.mark.parametrize(
    ("latex", "sign", "expected"),
    [
        (r"\langle \cdot, \cdot \rangle", "⋅", [(NONE, NONE), (NONE, NONE)]),
        (r"x \mapsto \cdot", "⋅", [(NONE, NONE)]),
        (r"a \times = b", "×", [(NONE, NONE)]),
        (r"a + \times b", "×", [(NONE, NONE)]),
        (r"a \cdot b", "⋅", [(None, None)]),
        (r"(a) \cdot \log b", "⋅", [(None, None)]),
        (r"{} \cdot b", "⋅", [(None, None)]),
    ],
)
def test_an_operator_without_two_sides_is_a_symbol(
    latex: str, sign: str, expected: list[tuple[str | None, str | None]]
) -> None:
    """It has no space around it: rules 5 and 6 of The TeXbook, appendix G."""
    assert spaces(latex, sign) == expected


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"x \overset{\text{def}}{=} y", ["margin-left:0.2778em"] * 2),
        (r"\begin{aligned} x &\stackrel{(1)}{=} y \end{aligned}", ["margin-left:0.2778em"] * 2),
        (r"x \overset{a}{=}", ["margin-left:0.2778em"]),
        (r"\overset{a}{=} x", ["margin-left:0.2778em"]),
        (r"x^{a \overset{b}{=} c}", []),
    ],
)
def test_a_relation_with_a_label_has_its_space_beside_the_label(latex: str, expected: list[str]) -> None:
    """Chromium leaves the space of the relation below the label, which touches what is beside it."""
    tree = etree.fromstring(to_mathml(latex, display=True))
    styles = [element.get("style", "") for element in tree.iter() if element.tag != "mtd"]
    assert [style for style in styles if style] == expected


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\begin{aligned} a &= b \\ &+ c \end{aligned}", [(None, None)]),
        (r"\begin{split} a &= b \\ &\quad + c \end{split}", [(None, None)]),
        (r"\begin{multline} a \\ + b \\ + c \end{multline}", [(None, None)] * 2),
        (r"\begin{gathered} a \\ + b \end{gathered}", [(None, None)]),
    ],
)
def test_a_row_goes_on_with_an_operator(latex: str, expected: list[tuple[str | None, str | None]]) -> None:
    """In `aligned` and `multline` it has the space of one between two terms, as in amsmath."""
    tree = etree.fromstring(to_mathml(latex, display=True))
    signs = [mo for mo in tree.iter("mo") if mo.text == "+"]
    assert [mo.get("form") for mo in signs] == (["prefix"] if "gathered" in latex else [None] * len(signs))
    assert spaces(latex, "+") == expected


@pytest.mark.parametrize(
    ("latex", "sign", "expected"),
    [
        ("f: X", ":", (THICK, THICK)),
        (r"N \rtimes H", "⋊", ("0.2222em", "0.2222em")),
        (r"a \mid b", "|", (THICK, THICK)),
        (r"x_{a \mid b}", "|", (NONE, NONE)),
        ("x_{i:j}", ":", (NONE, NONE)),
    ],
)
def test_signs_have_the_space_of_their_kind(latex: str, sign: str, expected: tuple[str, str]) -> None:
    """A bar and a colon are relations, a semidirect product an operator; in indices they have no space."""
    assert spaces(latex, sign) == [expected]


@pytest.mark.parametrize("latex", [r"\log \left(x\right)", r"\lim_n \left(x\right)", r"\log x"])
def test_a_name_has_a_thin_space_after_it(latex: str) -> None:
    r"""Before `\left` too, but not before a bracket that does not stretch."""
    spaces_ = etree.fromstring(to_mathml(latex, display=True)).iter("mspace")
    assert [space.get("width") for space in spaces_ if space.get("height") is None] == [THIN]


@pytest.mark.parametrize(
    ("latex", "display", "leans"),
    [
        (r"\int_D f", True, [0.591]),
        (r"\int_D f", False, [0.332]),
        (r"\textstyle \oint_C f", True, [0.332]),
        (r"\frac{\iint_D f}{\displaystyle \int_D f}", True, [0.332, 0.591]),
        (r"\int_{-\infty}^\infty f", True, [0.546]),
        (r"\int_0^1 f + \int^b g + \int h + \sum_i x_i", True, []),
        (r"\int\limits_D f", True, []),
    ],
)
def test_what_follows_an_integral_is_close_to_its_index(
    latex: str, display: bool, leans: list[float]
) -> None:
    """The room that the upper end of an integral needs is none beside an index at its lower end."""
    mathml = to_mathml(latex, display=display)
    assert [float(lean) for lean in re.findall(r'style="margin-left:-([\d.]+)em"', mathml)] == leans


@pytest.mark.parametrize(
    ("latex", "sign", "expected"),
    [
        (r"\approx 3", "≈", [(NONE, None)]),
        (r"x =", "=", [(None, NONE)]),
        (r"\to", "→", [(NONE, NONE)]),
        (r"\begin{aligned} a &= b \end{aligned}", "=", [(None, None)]),
    ],
)
def test_no_space_is_where_a_formula_begins_or_ends(
    latex: str, sign: str, expected: list[tuple[str | None, str | None]]
) -> None:
    """A relation has space to something, which is in the cell before where equations are aligned."""
    assert spaces(latex, sign) == expected


def test_no_space_is_behind_a_name_that_ends_a_formula() -> None:
    """A rule, which is a space with a colour, keeps its width."""
    assert '<mi>log</mi><mspace width="0em">' in to_mathml(r"x \log", display=True)
    assert '<mi>log</mi><mspace width="0.1667em">' in to_mathml(r"\log x", display=True)
    assert '<mspace width="1em"' in to_mathml(r"x \rule{1em}{1em}", display=True)


def test_a_relation_that_may_be_a_prefix_keeps_its_space() -> None:
    r"""Browsers take `\sim` at the start of a row for a sign of logic, which has none."""
    assert '<mo form="infix">∼</mo>' in to_mathml(r"\begin{aligned} a &\sim b \end{aligned}", display=True)
    assert '<mo form="infix" lspace="0em">∼</mo>' in to_mathml(r"\sim 3", display=False)
