"""Formulas as MathML."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest

from postdocs.sphinx_ext.math.macros import Macro
from postdocs.sphinx_ext.math.mathml import FORMULAS, set_formula, set_formulas, to_mathml
from sphinx_ext.math.mathml_trees import outline, parse, styles


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\frac{a}{b}", "mfrac(ab)"),
        (r"\frac12", "mfrac(12)"),
        (r"x^\frac12", "msup(xmfrac(12))"),
        (r"{a \over b}", "mfrac(ab)"),
        (r"{n \choose k}", "(mfrac(nk))"),
        (r"x^12", "msup(x1)2"),
        (r"x_1^2", "msubsup(x12)"),
        (r"_6^{14}C", "msubsup(614)C"),
        (r"f'^2", "msup(f′2)"),
        (r"f''", "f″"),
        (r"\sqrt2", "msqrt(2)"),
        (r"\sqrt[3]{x}", "mroot(x3)"),
        (r"\sum_{i=1}^n i", "munderover(∑i=1n)i"),
        (r"\int_0^1 x\,\mathrm{d}x", "msubsup(∫01)xmspace()dmspace()x"),
        (r"\lim_{x \to 0} x", "munder(limx→0)mspace()x"),
        (r"\operatorname*{arg\,max}_x f", "munder(arg\u2009maxx)mspace()f"),
        (r"\operatorname{Tr}(A)", "Tr(A)"),
        (r"n \log n", "nmspace()logmspace()n"),
        (r"\underbrace{a}_{n}", "munder(munder(a⏟)n)"),
        (r"\hat{x}", "mover(xˆ)"),
        (r"\mathbb{R} \mathcal{L} \mathbf{x}", "ℝℒ𝐱"),
        (r"\bm{\beta} x", "𝜷x"),
        (r"{\bf x} y", "𝐱y"),
        (r"\left\{ x \middle| y \right\}", "{x|y}"),
        (r"\left< x \right>", "⟨x⟩"),
        (r"\big( x \Big]", "(x]"),
        (r"\mathrm{SO_4^{2-}}", "Smspace()msubsup(O42−)"),
        (r"a \iff b \dots", "amspace()⟺mspace()b…"),
        (r"\stackrel{!}{=}", "mover(=!)"),
        (r"\not= \not\in", "≠∉"),
        (r"50\% \& \$ \# \_ \{", "50%&$#_{"),
        (r"x % a comment", "x"),
        (r"a = b \label{x} \nonumber", "a=b"),
        (r"a \tag{2}", "mtable(mtr(mtd()mtd(a)mtd(mtext((2)))))"),
        (r"\text{if $x$, 5\%}", "mtext(if\xa0)xmtext(,\xa05%)"),
        (r"\boxed{x}", "x"),
        (r"α + ∑_i x ≤ ∞", "α+munder(∑i)x≤∞"),
        ('日本 = "😀"', 'mtext(日)mtext(本)="mtext(😀)"'),
        ("a < b & c > d", "mtable(mtr(mtd(a<b)mtd(c>d)))"),
        (r"a \\ b \\", "mtable(mtr(mtd(a))mtr(mtd(b)))"),
        ("a\n\nb", "mtable(mtr(mtd(a))mtr(mtd(b)))"),
        (r"\begin{equation} x \end{equation}", "x"),
        (r"\begin{align} a &= b \\ &= c \end{align}", "mtable(mtr(mtd(a)mtd(=b))mtr(mtd()mtd(=c)))"),
        (r"\begin{align} [a, b] &= c \end{align}", "mtable(mtr(mtd([a,b])mtd(=c)))"),
        (r"\begin{aligned}[t] a &= b \end{aligned}", "mtable(mtr(mtd(a)mtd(=b)))"),
        (r"\begin{aligned} [a, b] &= c \end{aligned}", "mtable(mtr(mtd([a,b])mtd(=c)))"),
        (r"\begin{gather}[a] \\ b \end{gather}", "mtable(mtr(mtd([a]))mtr(mtd(b)))"),
        (r"\begin{multlined}[b] a \end{multlined}", "mtable(mtr(mtd(a)))"),
        (r"\begin{array}{c}[a] \end{array}", "mtable(mtr(mtd([a])))"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(mtable(mtr(mtd(a)mtd(b))mtr(mtd(c)mtd(d))))"),
        (r"\begin{array}{l|r} a & b \end{array}", "mtable(mtr(mtd(a)mtd(b)))"),
        (r"\begin{cases} a & b \\ c \end{cases}", "{mtable(mtr(mtd(a)mtd(b))mtr(mtd(c)mtd()))"),
        (r"\sum_{\substack{i\\j}} x", "munder(∑mstyle(mtable(mtr(mtd(i))mtr(mtd(j)))))x"),
        (r"\newcommand{\R}{\mathbb{R}} \R^n", "msup(ℝn)"),
        (r"\newcommand\half[1][x]{\frac{#1}2} \half \half[y]", "mfrac(x2)mfrac(y2)"),
        (r"\newcommand{\set}[2]{\{#1 : #2\}} \set{x}{y}", "{x:y}"),
        (r"\renewcommand*{\vec}[1]{\mathbf{#1}} \vec x", "𝐱"),
        (r"\newcommand{\a}{x} \providecommand{\a}{y} \providecommand{\b}{z} \a\b", "xz"),
        (r"\def\f#1#2{f(#1, #2)} \f ab + \f{ab}{\f xy}", "f(a,b)+f(ab,f(x,y))"),
        (r"\def\a{\b} \def\b{x} \frac\a\b", "mfrac(xx)"),
        (r"\DeclareMathOperator{\Tr}{Tr} \Tr(A)", "Tr(A)"),
        (r"\newcommand{\be}{\begin{cases}} \be a \end{cases}", "{mtable(mtr(mtd(a)))"),
        (r"\begin{array}{c} \hline a \\ \hline b \\ \hline \end{array}", "mtable(mtr(mtd(a))mtr(mtd(b)))"),
        (r"\textcolor{red}{x} + \cancel y", "x+y"),
        (r"{\color{red} x + y} z", "x+yz"),
        ("", ""),
    ],
)
def test_latex_is_read_as_tex_reads_it(latex: str, expected: str) -> None:
    """What scientists write becomes the elements that say the same."""
    assert outline(latex) == expected


def test_columns_are_aligned_without_a_style_sheet() -> None:
    """Each cell says itself how it is aligned, for Chromium in its own words; browsers ask no table."""
    cells = [*parse(r"\begin{array}{|l|cr} a & b & c \end{array}").iter("mtd")]
    assert [styles(cell).get("text-align") for cell in cells] == ["-webkit-left", None, "-webkit-right"]
    assert [cell.get("style", "").count("text-align:") for cell in cells] == [2, 0, 2]
    assert {*styles(cells[0])} >= {"border-left", "border-right"}
    assert not {*styles(cells[1]), *styles(cells[2])} & {"border-left", "border-right"}
    sides = [styles(cell)["text-align"] for cell in parse(r"a &= b & c &= d").iter("mtd")]
    assert sides == ["-webkit-right", "-webkit-left"] * 2


def test_columns_of_arrays_are_those_that_latex_reads() -> None:
    """Repetitions are written out, and a paragraph stands on the left."""
    cells = parse(r"\begin{array}[t]{@{}*{2}{r@{\,}}p{2cm}} a & b & c \end{array}").iter("mtd")
    assert [styles(cell)["text-align"] for cell in cells] == [
        "-webkit-right",
        "-webkit-right",
        "-webkit-left",
    ]


def test_what_a_formula_defines_is_kept_by_who_asks() -> None:
    """Definitions are added to those that were there."""
    macros: dict[str, Macro] = {}
    to_mathml(r"\newcommand{\Q}{\mathbb{Q}}", display=True, macros=macros)
    assert "ℚ" in to_mathml(r"\Q", display=False, macros=macros)
    with pytest.raises(ValueError, match="is not known"):
        to_mathml(r"\Q", display=False)


def test_only_formulas_of_their_own_are_blocks() -> None:
    """Limits of functions go below where there is room."""
    assert parse("x").get("display") == "block"
    assert parse("x", display=False).get("display") is None
    assert outline(r"\limsup_n x", display=True).startswith("munder(")
    assert outline(r"\limsup_n x", display=False).startswith("msub(")


def test_the_latex_is_kept_where_it_is_no_text() -> None:
    """A reader that knows no MathML shows text only, and must not show the formula twice."""
    latex = r'\text{"<b>&amp;"} < x'
    tree = parse(latex)
    assert tree.get("alttext") == latex
    assert "".join(tree.itertext()) == '"<b>&amp;"<x'
    assert [*tree.iter("b", "annotation", "semantics")] == []


def test_environments_of_a_line_of_their_own_can_stand_in_text() -> None:
    r"""In a line of text `split` and `multline` are rows as well; they can't be as wide as the line."""
    assert outline(r"\begin{split} a &= b \end{split}", display=False) == "mtable(mtr(mtd(a)mtd(=b)))"
    rows = "mtable(mtr(mtd(a))mtr(mtd(b)))"
    assert outline(r"\begin{multline} a \\ b \end{multline}", display=False) == rows


def test_a_name_of_a_function_is_followed_by_one_space() -> None:
    """Firefox adds one of its own after a name that none follows at once, and Chromium never does."""
    row = parse(r"\sin x \log(y)")[0]
    parts = [
        (part.tag, part.text or part.get("width")) for part in row.iter() if part.tag in {"mi", "mspace"}
    ]
    assert parts[:3] == [("mi", "sin"), ("mspace", "0.1667em"), ("mi", "x")]
    assert parts[-3:] == [("mi", "log"), ("mspace", "0em"), ("mi", "y")]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\prescript{14}{6}{C}", "mmultiscripts(Cmprescripts()614)"),
        (r"\not\!p", "𝑝\u0338"),
        (r"\not \negthinspace D", "𝐷\u0338"),
        (r"\set{x | x > 0}", "{mspace()x|x>0mspace()}"),
        (r"\set{x}", "{mspace()xmspace()}"),
        (r"a \newline b", "mtable(mtr(mtd(a))mtr(mtd(b)))"),
        (r"a \vcentcolon= b", "a:=b"),
        (r"√2", "√2"),
        (r"\text{√2}", "mtext(√2)"),
    ],
)
def test_commands_that_temml_reads_otherwise(latex: str, expected: str) -> None:
    """What stands where is that of LaTeX and its packages mathtools, braket and unicode-math."""
    assert outline(latex) == expected


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\sideset{}{'}\sum_{k} a", "munder(∑′k)a"),
        (r"\sideset{}{^*}\prod_i^n", "munderover(msup(∏∗)in)"),
        (r"\sideset{_1^2}{_3^4}\bigcup_i", "munder(mmultiscripts(⋃34mprescripts()12)i)"),
        (r"\mathop{A+B}_i", "munder(A+Bi)"),
        (r"\underset{x}{\operatorname{argmin}}", "munder(argminx)"),
        (r"\overset{x}{\operatorname{argmin}}", "mover(argminx)"),
    ],
)
def test_limits_stand_below_what_a_formula_makes_an_operator(latex: str, expected: str) -> None:
    """A large operator with indices beside it, or whole formula, has its limits below and above."""
    assert outline(latex).replace("mspace()", "") == expected


@pytest.mark.parametrize(
    "command", [r"\class{tml-right}", r"\cssId{a}", r"\htmlClass{a}", r"\htmlData{a=b}", r"\htmlId{a}"]
)
def test_formulas_have_no_classes_and_names_of_their_own(command: str) -> None:
    """Those of a page are those of the theme; what they are of is shown."""
    formula = to_mathml(rf"{command}{{x}}", display=True)
    assert formula.partition(">")[2] == "<mi>x</mi></math>"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"x^\hat{a}", r"x^{\hat{a}}"),
        (r"x_\max", r"x_{\max}"),
        (r"x_\left(a\right)", r"x_{\left(a\right)}"),
        (r"x^\operatorname{up}_\operatorname{in}", r"x^{\operatorname{up}}_{\operatorname{in}}"),
        (r"\theta^\color{red}{y}", r"\theta^{\color{red}{y}}"),
    ],
)
def test_a_command_is_an_index_without_braces(latex: str, expected: str) -> None:
    """MathJax takes it with its arguments, as names of several elements too."""
    assert outline(latex) == outline(expected)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\makebox[4em][valueOf]{x}", r"\makebox[4em][c]{x}"),
        (r"\makebox[4em][L]{x}", r"\makebox[4em][l]{x}"),
        (
            r"\begin{empheq}[valueOf=a, left=b]{align} x \end{empheq}",
            r"\begin{empheq}[left=b]{align} x \end{empheq}",
        ),
    ],
)
def test_an_option_that_is_not_known_changes_nothing(latex: str, expected: str) -> None:
    """Names that objects of JavaScript have by themselves are no options."""
    assert outline(latex) == outline(expected)


@pytest.mark.parametrize(
    ("latex", "line"),
    [
        (r"F\big(x)", "F(x)"),
        (r"\Big[0, 1)", "[0, 1)"),
        (r"f\bigl(g(x)\bigr)", "f(g(x))"),
        (r"\big{(}x\big{)}", "(x)"),
    ],
)
def test_a_delimiter_has_its_size_whatever_closes_it(latex: str, line: str) -> None:
    """It is one by itself, not the start of a pair."""
    assert set_formula(latex, display=True).line == line


@pytest.mark.parametrize(
    ("latex", "line"),
    [
        (r"\text{# of a & b, \# 2}", "# of a & b, # 2"),
        (r"\newcommand{\named}[1]{\text{#1}} \named{x}", "x"),
        (r"\begin{eqnarray} a &=& b \tag{1} \\ c &=& d \tag{2} \end{eqnarray}", ", a = b, (1); , c = d, (2)"),
    ],
)
def test_mathjax_takes_more_than_latex(latex: str, line: str) -> None:
    """A sign of LaTeX is one of text there, and rows of each environment have numbers."""
    assert set_formula(latex, display=True).line == line


@pytest.mark.parametrize("command", [r"\end{matrix}", r"\right)", r"\middle|", r"\over b", r"\\\\"])
def test_what_ends_a_part_is_no_index(command: str) -> None:
    """TeX says so too."""
    with pytest.raises(ValueError, match="as superscript"):
        to_mathml(rf"x^{command}", display=True)


def test_signs_have_the_variants_that_latex_has() -> None:
    r"""Unicode has them as one character each. `\mathscr` is not `\mathcal`; text has the character alone."""
    formula = to_mathml(r"\mathscr{A} \mathcal{A} \emptyset \varnothing", display=True)
    assert "<mi>𝒜\ufe01</mi><mi>𝒜</mi><mi>∅\ufe00</mi><mi>∅</mi>" in formula
    assert set_formula(r"\mathscr{A} \emptyset", display=True).line == "𝒜∅"


@pytest.mark.parametrize("latex", [r"\overset{}{}", r"\stackrel{}{}", r"\frac{}{}", r"\sqrt[]{}", "{}_{}^{}"])
def test_an_empty_part_keeps_its_place(latex: str) -> None:
    """An element whose children have a meaning by their place has all of them."""
    counts = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "mover": 2, "munder": 2, "msubsup": 3}
    for element in parse(latex).iter():
        assert len(element) == counts.get(str(element.tag), len(element))


@pytest.mark.parametrize("command", [r"\nobreak", r"\allowbreak"])
def test_what_is_said_about_line_breaks_leaves_no_space(command: str) -> None:
    """An operator without a sign would have spaces around it."""
    for latex in (f"a {command} b", rf"a {command} b \newline c", rf"\frac{{a {command} b}}{{c}}"):
        assert not [*parse(latex).iter("mo")]


def test_styles_give_only_their_colours() -> None:
    """Anything else of CSS is the page's, and may be hostile."""
    latex = r"\style{color:red; background: url(//example.org/x); position:fixed}{x}"
    assert '<mi mathcolor="#ff0000">x</mi>' in to_mathml(latex, display=True)
    assert not {"url", "fixed"} & {*re.findall(r"\w+", to_mathml(latex, display=True).partition(">")[2])}


def test_formulas_that_are_set_at_once_are_what_each_of_them_is_alone() -> None:
    """One after another, with what those before have defined, each once; what can't be read is left out."""
    latex = [
        r"\newcommand{\atonce}{27182}",
        r"\atonce",
        r"\atonce + 1 \eqref{one}",
        r" \atonce ",
        r"\atonce{",
        r"\char1 \atonce",
        r"\def\atonce{31415}",
        r"\atonce",
    ]
    numbers = {"one": "27182"}
    macros: dict[str, Macro] = {}
    calls = [(text, place % 2 == 0, macros, numbers) for place, text in enumerate(latex)]
    together = [*set_formulas(calls)]
    assert len(together) == 5  # the second and the fourth are the same
    known = FORMULAS.known()
    alone: dict[str, Macro] = {}
    for text, display, _, _ in calls:
        with suppress(ValueError):
            assert set_formula(text, display=display, macros=alone, numbers=numbers) in together
    assert alone == macros
    assert FORMULAS.known() == known
    assert not [*set_formulas([(latex[1], False, {}, numbers), (latex[0], True, {}, numbers)])]
