"""Formulas as MathML."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from string import ascii_letters

import pytest
from helpers import read_html
from lxml import etree
from sphinx.application import Sphinx
from sphinx.errors import ConfigError
from sphinx.testing.util import SphinxTestApp
from sphinx.util.docutils import docutils_namespace, patch_docutils

from postdocs.sphinx_ext.math.macros import Macro
from postdocs.sphinx_ext.math.mathml import to_mathml

# How many children an element of MathML Core must have.
CHILDREN = {
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}
CORE = {
    *CHILDREN,
    *("math", "mi", "mn", "mo", "mtext", "mspace", "mrow", "msqrt", "mphantom", "mtable", "mtr", "mtd"),
}


def parse(latex: str, *, display: bool = True) -> etree._Element:
    """Return a formula's tree."""
    tree = etree.fromstring(to_mathml(latex, display=display))
    for element in tree.iter():
        assert element.tag in CORE
        assert len(element) == CHILDREN.get(str(element.tag), len(element))
    return tree


def outline(latex: str, *, display: bool = True) -> str:
    """Return the elements that are no rows, and the characters, in short."""

    def of(element: etree._Element) -> str:
        inner = "".join(of(child) for child in element) + (element.text or "")
        return inner if element.tag in {"math", "mrow", "mi", "mn", "mo"} else f"{element.tag!s}({inner})"

    return of(parse(latex, display=display)).replace("\u2061", "")


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
        (r"f''", "msup(f′′)"),
        (r"\sqrt2", "msqrt(2)"),
        (r"\sqrt[3]{x}", "mroot(x3)"),
        (r"\sum_{i=1}^n i", "munderover(∑i=1n)i"),
        (r"\int_0^1 x\,\mathrm{d}x", "msubsup(∫01)xmspace()dx"),
        (r"\lim_{x \to 0} x", "munder(limx→0)x"),
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
        (r"\mathrm{SO_4^{2-}}", "Smsubsup(O42−)"),
        (r"a \iff b \dots", "a⟺b…"),
        (r"\stackrel{!}{=}", "mover(=!)"),
        (r"\not= \not\in", "≠∉"),
        (r"50\% \& \$ \# \_ \{", "50%&$#_{"),
        (r"x % a comment", "x"),
        (r"a = b \label{x} \nonumber", "a=b"),
        (r"a \tag{2}", "amspace()mtext((2))"),
        (r"\text{if $x$, 5\%}", "mtext(if\xa0)xmtext(, 5%)"),
        (r"\boxed{x}", "x"),
        (r"α + ∑_i x ≤ ∞", "α+munder(∑i)x≤∞"),
        ('日本 = "😀"', '日本=mtext(")mtext(😀)mtext(")'),
        ("a < b & c > d", "mtable(mtr(mtd(a<b)mtd(c>d)))"),
        (r"a \\[2pt] b \\", "mtable(mtr(mtd(a))mtr(mtd(b)))"),
        ("a\n\nb", "mtable(mtr(mtd(a))mtr(mtd(b)))"),
        (r"\begin{equation} x \end{equation}", "x"),
        (r"\begin{align} a &= b \\ &= c \end{align}", "mtable(mtr(mtd(a)mtd(=b))mtr(mtd()mtd(=c)))"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(mtable(mtr(mtd(a)mtd(b))mtr(mtd(c)mtd(d))))"),
        (r"\begin{array}{l|r} a & b \end{array}", "mtable(mtr(mtd(a)mtd(b)))"),
        (r"\begin{cases} a & b \\ c \end{cases}", "{mtable(mtr(mtd(a)mtd(b))mtr(mtd(c)))"),
        (r"\sum_{\substack{i\\j}} x", "munder(∑mtable(mtr(mtd(i))mtr(mtd(j))))x"),
        (r"\newcommand{\R}{\mathbb{R}} \R^n", "msup(ℝn)"),
        (r"\newcommand\half[1][x]{\frac{#1}2} \half \half[y]", "mfrac(x2)mfrac(y2)"),
        (r"\newcommand{\set}[2]{\{#1 : #2\}} \set{x}{y}", "{x∶y}"),
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
    """Each cell says itself how it is aligned, for browsers take that from no table."""
    styles = [
        cell.get("style", "") for cell in parse(r"\begin{array}{|l|cr} a & b & c \end{array}").iter("mtd")
    ]
    assert styles == [
        "text-align: left; border-right: thin solid; border-left: thin solid",
        "",
        "text-align: right",
    ]
    sides = [cell.get("style", "")[:16] for cell in parse(r"a &= b & c &= d").iter("mtd")]
    assert sides == ["text-align: righ", "text-align: left"] * 2


def test_lines_are_as_long_as_what_they_mark() -> None:
    """No font has a character that stretches over a mean; a border does."""
    over, under = parse(r"\overline{AB} + \underline{CD}").findall("mrow")
    assert ("".join(over.itertext()), over.get("style")) == (
        "AB",
        "border-top: thin solid; padding-top: 0.1em",
    )
    assert ("".join(under.itertext()), under.get("style", "")[:21]) == ("CD", "border-bottom: thin s")


def test_lines_between_rows_are_drawn() -> None:
    """Lines above a row, and below the last one, are borders of its cells."""
    latex = (
        r"\begin{array}{cc} \hline a & b \\ c & d \\[2pt] "
        r"\hline e & \boxed{\substack{f\\g}} \\ \hline\hline \end{array}"
    )
    rows = [{cell.get("style", "") for cell in row} for row in parse(latex)[0] if row.tag == "mtr"]
    assert rows == [
        {"border-top: thin solid"},
        {""},
        {"border-top: thin solid; border-bottom: thin solid"},
    ]


@pytest.mark.parametrize(
    ("latex", "colour"),
    [
        (r"\textcolor{red}{x}", "red"),
        (r"\textcolor{ForestGreen}{x}", "forestgreen"),
        (r"\textcolor{#00FF7f}{x}", "#00ff7f"),
        (r"\textcolor[HTML]{00FF7f}{x}", "#00ff7f"),
        (r"\textcolor[rgb]{0, 0.5, 1}{x}", "#0080ff"),
        (r"\textcolor[RGB]{0,128,255}{x}", "#0080ff"),
        (r"\color[gray]{0.5} x", "#808080"),
    ],
)
def test_colours_are_those_of_the_web(latex: str, colour: str) -> None:
    """They are named, or made of numbers, as in LaTeX's package xcolor."""
    (coloured,) = (row for row in parse(latex).iter("mrow") if row.get("mathcolor"))
    assert ("".join(coloured.itertext()), coloured.get("mathcolor")) == ("x", colour)


def test_marks_are_where_they_were_made() -> None:
    """Scripts and roots come in another order in MathML; their marks come with them."""
    tree = parse(
        r"\cancel{a}^{\textcolor{red}{b}}_{\boxed{c}} \sqrt[\textcolor{blue}{d}]{\bcancel{e}} \xcancel{f}"
    )
    rows = [(row, "".join(row.itertext())) for row in tree.iter("mrow")]
    assert {text: row.get("mathcolor") for row, text in rows if row.get("mathcolor")} == {
        "b": "red",
        "d": "blue",
    }
    strokes = {text: row.get("style", "").count("gradient") for row, text in rows if row.get("style")}
    assert strokes == {"a": 1, "c": 0, "e": 1, "f": 2}
    assert [*tree.iter("mspace")] == []


def test_what_a_formula_defines_is_kept_by_who_asks() -> None:
    """Definitions are added to those that were there."""
    macros: dict[str, Macro] = {}
    to_mathml(r"\newcommand{\R}{\mathbb{R}}", display=True, macros=macros)
    assert "ℝ" in to_mathml(r"\R", display=False, macros=macros)
    with pytest.raises(ValueError, match="Unknown"):
        to_mathml(r"\R", display=False)


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


@pytest.mark.parametrize(
    ("latex", "wrong"),
    [
        (r"\nosuch{x}", r'Unknown LaTeX command "\nosuch"'),
        (r"\begin{nosuch} x \end{nosuch}", "the environment nosuch is not known"),
        (r"\begin{matrix} x \end{pmatrix}", r"\end{pmatrix} is not the end of matrix"),
        (r"\begin{array}{p} x \end{array}", "the columns p are not known"),
        (r"\frac{a}", "frac lacks an argument"),
        (r"\sqrt{a", "} is missing"),
        (r"a } b", "} closes nothing"),
        (r"\left( a", r"\right is missing"),
        (r"{a & b}", "& is not in a table"),
        (r"x^", "^ lacks an argument"),
        (r"\hspace{1 parsec} x", "1parsec is not a length"),
        (r"\text{a", "} is missing"),
        ("x \x01", "U+0001 can't be in a page"),
        ("{" * 5000 + "}" * 5000, "more than 50 groups are in each other"),
        (r"\sqrt" * 3000 + "x", "more than 50 groups are in each other"),
        (r"\left(" * 2000, "more than 50 groups are in each other"),
        (r"\begin{matrix}" * 1000, "more than 50 groups are in each other"),
        (r"\def\a{\a} \a", "its macros stand for more than anybody reads"),
        (r"\def\a{x\a} \a", "its macros stand for more than anybody reads"),
        (
            "".join(rf"\def\{one}{{\{next_}\{next_}}}" for one, next_ in pairwise(ascii_letters)) + r"\a",
            "its macros stand for more than anybody reads",
        ),
        (r"\def\a#1{#1#1} " + r"\a{" * 30 + "x" + "}" * 30, "its macros stand for more than anybody reads"),
        (r"\newcommand{\a}[1]{#2} \a x", "#2 is no argument of a command of 1"),
        (r"\newcommand{\a}[x]{y}", r"\a takes x arguments, which is no number"),
        (r"\newcommand{a}{y}", "a is no name of a command"),
        (r"\newcommand{\a}[1]{#1} \a", "an argument is missing"),
        (r"\newcommand{\a}[1", "] is missing"),
        (r"\newcommand", "an argument is missing"),
        (r"\def", "nothing is no name of a command"),
        (r"\def\a", "an argument is missing"),
        (r"\def\a#1.{x}", r"the arguments #1. of \a are not known"),
        (r"\textcolor{nosuch}{x}", "the colour nosuch is not known"),
        (r"\textcolor[rgb]{1,2,3}{x}", "the colour 1,2,3 is not known"),
        (r"\textcolor[cmyk]{1,1,1}{x}", "the colour 1,1,1 is not known"),
        (r"\textcolor{red;}{x}", "the colour red; is not known"),
        (r"x \hline y", r"\hline does not begin a row of an array"),
        (r"\begin{array}{c} x \hline \end{array}", r"\hline does not begin a row of an array"),
        (r"\ce{H2O}", r"\ce is chemistry, which is not read; write \mathrm{H_2O}"),
        ("x" * 30_000, "it is longer than 20000 characters"),
    ],
)
def test_what_is_wrong_with_a_formula_is_said(latex: str, wrong: str) -> None:
    """No formula, however strange, is a crash, or is shown as another than it is."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - all of the message is compared
        to_mathml(latex, display=True)
    assert str(caught.value) == wrong


@pytest.mark.sphinx("html", testroot="math")
def test_pages_show_formulas_without_scripts(app: SphinxTestApp) -> None:
    """Inline or in its own box, a formula is in the page; MathJax is not."""
    app.build()
    page = read_html(app.outdir / "index.html")
    assert [
        script.get("src") for script in page.iter("script") if "mathjax" in (script.get("src") or "").lower()
    ] == []
    assert len(page.xpath("//p/span[contains(@class, 'math')]/math[not(@display)]")) == 1
    assert (
        len(page.xpath("//div[contains(@class, 'math')]/div[@class='formula']/math[@display='block']")) == 4
    )
    assert page.xpath("string(//p/span/math/mtext)") == "\xa0&\xa0"


@pytest.mark.sphinx("dirhtml", testroot="math")
def test_equations_are_numbered_and_referenced(app: SphinxTestApp) -> None:
    """A label makes a number with a link, and a target for references, even where the LaTeX is wrong."""
    app.build()
    page = read_html(app.outdir / "index.html")
    for label, number in (("energy", "(1)"), ("lines", "(2)"), ("unread", "(3)")):
        (box,) = page.xpath(f"//div[@id='equation-{label}']")
        assert box.xpath("string(span[@class='eqno']/text())") == number
        assert box.xpath("span/a[@class='headerlink']/@href") == [f"#equation-{label}"]
    assert page.xpath("//p/a[@class='reference internal']/text()") == ["(1)", "(2)"]


@pytest.mark.sphinx("html", testroot="math")
def test_a_formula_that_cannot_be_read_is_one_warning(app: SphinxTestApp) -> None:
    """It says the file, the line and what is wrong; the page shows the LaTeX as it is."""
    app.build()
    warnings = app.warning.getvalue().splitlines()
    assert len(warnings) == 2
    assert 'index.md:27: WARNING: The formula can\'t be read: Unknown LaTeX command "\\nosuch"' in warnings[0]
    assert "index.md:29: WARNING: The formula can't be read: } is missing" in warnings[1]
    page = read_html(app.outdir / "index.html")
    assert page.xpath("//p/code[contains(@class, 'math')]/text()") == [r"\nosuch{x} < 1"]
    assert page.xpath("//div[@id='equation-unread']/pre/code/text()") == [r"\frac{1}{2"]


@pytest.mark.sphinx("html", testroot="math", confoverrides={"html_math_renderer": "mathjax"})
def test_a_renderer_that_the_author_chose_stays(app: SphinxTestApp) -> None:
    """Who names MathJax in conf.py gets MathJax."""
    app.build()
    page = read_html(app.outdir / "index.html")
    assert [*page.iter("math")] == []
    assert any("mathjax" in (script.get("src") or "") for script in page.iter("script"))


@pytest.mark.sphinx(
    "html",
    testroot="math",
    confoverrides={"extensions": ["myst_parser", "postdocs.sphinx_ext.math.mathml", "sphinx.ext.imgmath"]},
)
def test_a_renderer_of_another_extension_is_the_choice_of_who_loads_it(app: SphinxTestApp) -> None:
    """Two renderers beside Sphinx's own would end the build; the author's comes first."""
    assert getattr(app.builder, "math_renderer_name", None) == "imgmath"


@pytest.mark.sphinx("text", testroot="math")
def test_other_builders_are_as_they_were(app: SphinxTestApp) -> None:
    """Where there is no HTML, there is nothing to warn of."""
    app.build()
    assert app.warning.getvalue() == ""
    assert r"\nosuch{x} < 1" in (app.outdir / "index.txt").read_text(encoding="utf-8")


CONFIG = {"tex": {"macros": {"R": r"\mathbb{R}", "set": [r"\{#1\}", 1], "to": [r"\xrightarrow{#1}", 1, "n"]}}}


@pytest.mark.sphinx("html", testroot="math", confoverrides={"mathjax3_config": CONFIG})
def test_macros_of_the_settings_are_known(app: SphinxTestApp) -> None:
    """What a site has set for MathJax means the same; what a formula defines holds to the end of the page."""
    text = "# A\n\n$\\R \\set{x} \\to$ $\\newcommand{\\own}{ℵ}$ $\\own$\n"
    (app.srcdir / "index.md").write_text(text, encoding="utf-8")
    (app.srcdir / "other.md").write_text("---\norphan: true\n---\n\n# B\n\n$\\own$\n", encoding="utf-8")
    app.build()
    formulas = read_html(app.outdir / "index.html").xpath("//p/span/math")
    assert ["".join(math.itertext()) for math in formulas] == ["ℝ{x}⟶n", "", "ℵ"]
    (warning,) = app.warning.getvalue().splitlines()
    assert 'other.md:7: WARNING: The formula can\'t be read: Unknown LaTeX command "\\own"' in warning


@pytest.mark.parametrize("macro", [1, ["x", "1"], [], ["x", 10], ["x", 1, 2], ["x", 1, "y", "z"], {"x": "y"}])
def test_a_macro_of_the_settings_that_is_none_ends_the_build(macro: object, tmp_path: Path) -> None:
    """The message names the setting and the macro."""
    config = {"tex": {"macros": {"x": macro}}}
    text = f"extensions = ['myst_parser', 'ablog', 'postdocs']\nmathjax3_config = {config}\n"
    (tmp_path / "conf.py").write_text(text, encoding="utf-8")
    with (
        patch_docutils(tmp_path),
        docutils_namespace(),
        pytest.raises(ConfigError, match=r"^conf\.py: mathjax3_config: macros: x: .* is no macro"),
    ):
        Sphinx(tmp_path, tmp_path, tmp_path / "out", tmp_path / "doctrees", "html", status=None, warning=None)
