"""Formulas as MathML."""

from __future__ import annotations

import pytest
from lxml import etree

from postdocs.sphinx_ext.math.macros import Macro
from postdocs.sphinx_ext.math.mathml import to_mathml

# How many children an element of MathML Core must have.
CHILDREN = {
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}
CORE = {
    *CHILDREN,
    *(
        "math",
        "mi",
        "mn",
        "mo",
        "mtext",
        "mspace",
        "mrow",
        "mstyle",
        "msqrt",
        "mpadded",
        "mphantom",
        "mtable",
    ),
    *("mtr", "mtd", "mmultiscripts", "mprescripts"),
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
        if element.get("width") == "0em":
            return ""
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


def styles(element: etree._Element) -> dict[str, str]:
    """Return the declarations of an element; the last of a name holds."""
    return dict(part.split(":", 1) for part in element.get("style", "").split(";") if part)


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
    """Repetitions are written out; spaces between columns are the browser's, other text there is an error."""
    cells = parse(r"\begin{array}[t]{@{}*{2}{r@{\,}}p{2cm}} a & b & c \end{array}").iter("mtd")
    assert [styles(cell)["text-align"] for cell in cells] == [
        "-webkit-right",
        "-webkit-right",
        "-webkit-left",
    ]
    with pytest.raises(ValueError, match="an array can't have = between its columns"):
        to_mathml(r"\begin{array}{r@{=}l} a & b \end{array}", display=True)


def test_lines_are_as_long_as_what_they_mark() -> None:
    """No font has a character that stretches over a mean; a border does."""
    rows = [row for row in parse(r"\overline{AB} + \underline{CD}").iter("mrow") if row.get("style")]
    assert [("".join(row.itertext()), next(iter(styles(row)))) for row in rows] == [
        ("AB", "border-top"),
        ("CD", "border-bottom"),
    ]


def test_lines_between_rows_are_drawn() -> None:
    """Lines above a row, and below the last one, are borders of its cells."""
    latex = (
        r"\begin{array}{cc} \hline a & b \\ c & d \\[2pt] "
        r"\hline e & \boxed{\substack{f\\g}} \\ \hline \end{array}"
    )
    (table,) = (table for table in parse(latex).iter("mtable") if len(table) == 3)
    rows = [{side for cell in row for side in styles(cell) if "border" in side} for row in table]
    assert rows == [{"border-top"}, {"border-bottom"}, {"border-bottom"}]


def test_space_between_rows_is_kept() -> None:
    """A length after the end of a row makes it as much deeper; another bracket is part of the next row."""
    (strut,) = parse(r"a \\[1em] b").iter("mpadded")
    assert strut.get("depth") == "+1.36em"
    assert outline(r"\begin{matrix} a \\ [b] \end{matrix}") == "mtable(mtr(mtd(a))mtr(mtd([b])))"


@pytest.mark.parametrize(
    ("latex", "stretched"),
    [
        (r"\{ \langle \lVert \lfloor [ ( | \lvert a \rvert | ) ] \rfloor \rVert \rangle \}", ""),
        (r"a \uparrow b \to c \mid d / e \vert f \Vert \| g", ""),
        (r"\overset{n}{\to} \lbrace a \rbrack", ""),
        (r"\left( \frac{a}{b} \middle| c \right]", "(|]"),
        (r"\left( a \middle| -b \right]", ""),
        (r"\big( \Bigl\{ \biggr] \Bigg\Vert a", "({]‖"),
        (r"\binom{n}{k} \begin{pmatrix} a \end{pmatrix}", "()()"),
        (r"\xrightarrow{f} \overbrace{a+b} \widehat{ab}", "→⏞"),
    ],
)
def test_only_what_tex_stretches_stretches(latex: str, stretched: str) -> None:
    r"""`\left`, `\middle`, `\right`, the family of `\big`, matrices, arrows with text, braces."""
    operators = [operator for operator in parse(latex).iter("mo") if operator.get("stretchy") == "true"]
    assert "".join(operator.text or "" for operator in operators) == stretched
    for operator in parse(latex).iter("mo"):
        if (operator.text or "") in "()[]{}|‖⟨⟩⌊⌋↑→":
            assert operator.get("stretchy") in {"true", "false"}


def test_big_delimiters_have_the_sizes_of_tex() -> None:
    r"""`\big` is 1.2 times as high as a line, then each 0.6 more; only `\bigm` has space around."""
    tree = parse(r"\big( \Big( \bigg( \Bigg( a \bigm| b")
    operators = [operator for operator in tree.iter("mo") if operator.get("minsize")]
    assert [operator.get("minsize") for operator in operators] == ["1.2em", "1.8em", "2.4em", "3em", "1.2em"]
    assert {operator.get("maxsize") == operator.get("minsize") for operator in operators} == {True}
    assert {(operator.get("lspace"), operator.get("rspace")) for operator in operators} == {("0em", "0em")}
    assert len([space for space in tree.iter("mspace") if space.get("width") == "0.2778em"]) == 2


def test_scripts_have_no_space_around_operators() -> None:
    """TeX sets i=1 below a sum closer than elsewhere; browsers only make it smaller."""
    spaces = [
        operator.get("lspace") for operator in parse(r"\sum_{i=1} \frac{a=b}{c} x^{n+1} = 2").iter("mo")
    ]
    assert spaces == ["0em", "0em", None, "0em", None]  # the sum has nothing before it
    assert [o.get("lspace") for o in parse(r"\frac{a=b}{c}", display=False).iter("mo")] == ["0em"]


@pytest.mark.parametrize(
    ("latex", "colour"),
    [
        (r"\textcolor{red}{x}", "#ff0000"),
        (r"\textcolor{ForestGreen}{x}", "#089c54"),
        (r"\textcolor{#00FF7f}{x}", "#00ff7f"),
        (r"\textcolor[HTML]{00FF7f}{x}", "#00ff7f"),
        (r"\textcolor[rgb]{0, 0.5, 1}{x}", "#0080ff"),
        (r"\textcolor[RGB]{0,128,255}{x}", "#0080ff"),
        (r"\textcolor[cmyk]{1,0.5,0,0}{x}", "#0080ff"),
        (r"\color[gray]{0.5} x", "#808080"),
        (r"\definecolor{ours}{HTML}{0080ff} \textcolor{ours}{x}", "#0080ff"),
    ],
)
def test_colours_are_those_of_xcolor(latex: str, colour: str) -> None:
    """They are named, or made of numbers, as in LaTeX's package xcolor."""
    (coloured,) = (element for element in parse(latex).iter() if element.get("mathcolor"))
    assert (coloured.text, str(coloured.get("mathcolor")).lower()) == ("x", colour)


def test_strokes_are_drawn_over_what_they_strike() -> None:
    """Elements for them are in no MathML that all browsers know: they are the background of a row."""
    tree = parse(r"\cancel{a}^{b}_{\boxed{c}} \bcancel{d} \xcancel{e} \sout{f}")
    rows = [row for row in tree.iter("mrow") if row.get("style")]
    strokes = {"".join(row.itertext()): row.get("style", "").count("gradient") for row in rows}
    assert strokes == {"a": 1, "c": 0, "d": 1, "e": 2, "f": 1}


def test_what_a_formula_defines_is_kept_by_who_asks() -> None:
    """Definitions are added to those that were there."""
    macros: dict[str, Macro] = {}
    to_mathml(r"\newcommand{\R}{\mathbb{R}}", display=True, macros=macros)
    assert "ℝ" in to_mathml(r"\R", display=False, macros=macros)
    with pytest.raises(ValueError, match="is not known"):
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
    ("latex", "widths"),
    [
        (r"\big( x \Big]", ["width:0.458em", "width:0.472em"]),
        (r"\left( \frac{a}{b} \right)", ["width:0.736em"] * 2),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", ["width:0.736em"] * 2),
        (r"\left\{ x \right\}", [None, None]),
        (r"\left( \begin{matrix} a \\ b \\ c \\ d \end{matrix} \right)", [None, None]),
    ],
)
def test_fences_are_as_wide_as_their_height_asks(latex: str, widths: list[str | None]) -> None:
    """A fence that grows has the width of the form that fits; letters and the highest need none."""
    assert [fence.get("style") for fence in parse(latex).iter("mo")] == widths


def test_a_rule_has_the_colour_of_the_text() -> None:
    """A rule is dark on light and light on dark, as letters are."""
    (rule,) = parse(r"\rule{1em}{2pt}").iter("mspace")
    assert rule.get("style") == "background:currentcolor"
    assert rule.get("mathbackground") is None


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
        (r"√2", "msqrt(mpadded(mphantom(0)))2"),
        (r"\text{√2}", "mtext(√2)"),
    ],
)
def test_commands_that_temml_reads_otherwise(latex: str, expected: str) -> None:
    """What stands where is that of LaTeX and its packages mathtools, braket and unicode-math."""
    assert outline(latex) == expected


@pytest.mark.parametrize(
    ("latex", "colours"),
    [
        (r"\colorbox{yellow}{$x$}", ["#000000"]),
        (r"\colorbox{blue}{$x$}", []),
        (r"\colorbox{white}{$\textcolor{red}{x}$}", ["#000000", "#ff0000"]),
        (r"\fcolorbox{red}{yellow}{$x$}", ["#000000"]),
    ],
)
def test_letters_on_a_light_colour_are_dark(latex: str, colours: list[str]) -> None:
    """On a dark page letters are light, and could not be read there; colours of their own stay."""
    given = [element.get("mathcolor") for element in parse(latex).iter()]
    assert [str(colour).lower() for colour in given if colour] == colours


@pytest.mark.parametrize(
    ("latex", "sizes"),
    [
        ("x^{y^z}", [("z", "71.4%")]),
        ("x_{i_{j_k}}", [("jk", "71.4%")]),
        (r"\sqrt[3]{x}", [("3", "50%")]),
        (r"e^{-\frac{t}{2}}", [("t", "71.4%"), ("2", "71.4%")]),
        (r"{\scriptscriptstyle n}", [("n", "50%")]),
        (r"x^{\dfrac{a}{b}}", []),
        (r"x_i^2 + \frac{a}{b_j}", []),
    ],
)
def test_indices_of_indices_say_how_large_they_are(latex: str, sizes: list[tuple[str, str]]) -> None:
    """They are half as large as the line, however deep they are: no browser changes a size that is said."""
    sized = [element for element in parse(latex).iter() if "mathsize" in element.attrib]
    assert [("".join(element.itertext()), element.get("mathsize")) for element in sized] == sizes
    assert {element.get("scriptlevel") for element in sized} <= {"+0"}


@pytest.mark.parametrize("latex", [r"\hat{x}", r"x^{\hat{y}}", r"x_{a_{\tilde{b}}}", r"\overbrace{ab}"])
def test_accents_are_as_large_as_their_letters(latex: str) -> None:
    """An accent on a letter of an index is as small as that letter."""
    assert [mo.get("scriptlevel") for mo in parse(latex).iter("mo")] == ["+0"]
    assert "math-depth" not in to_mathml(latex, display=True)


def test_a_tilde_is_as_wide_as_other_accents() -> None:
    """It is the accent, not the sign on keyboards, which is as wide as an operator."""
    assert [mo.text for mo in parse(r"\tilde{x} \sim \tilde{y}_i").iter("mo")] == ["\u02dc", "∼", "\u02dc"]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\sideset{}{'}\sum_{k} a", "munder(∑′k)a"),
        (r"\sideset{}{^*}\prod_i^n", "munderover(msup(∏∗)in)"),
        (r"\sideset{_1^2}{_3^4}\bigcup_i", "munder(mmultiscripts(⋃34mprescripts()12)i)"),
        (r"\mathop{A+B}_i", "munder(A+Bi)"),
    ],
)
def test_limits_stand_below_what_a_formula_makes_an_operator(latex: str, expected: str) -> None:
    """A large operator with indices beside it, or whole formula, has its limits below and above."""
    assert outline(latex).replace("mspace()", "") == expected


@pytest.mark.parametrize(
    ("latex", "drawn"),
    [
        (r"\overlinesegment{AB}", "padding-top:0.35em"),
        (r"\underlinesegment{AB}", "padding-bottom:0.35em"),
        (r"\longdiv{12}", "border-left:0.06em solid"),
        (r"\textcircled{a}", "border-radius:50%"),
        (r"\angl{n}", "border-right:0.06em solid"),
    ],
)
def test_lines_around_a_part_are_drawn(latex: str, drawn: str) -> None:
    """Each line that Temml draws with an element that browsers lack is drawn in CSS."""
    styles = [row.get("style", "") for row in parse(latex).iter("mrow")]
    assert any(drawn in style for style in styles)


def test_rows_with_numbers_are_as_far_apart_as_others() -> None:
    """The strut of a row has the space above and below that its cells have."""
    cells = parse(r"\begin{align} a &= b \tag{1} \\ c &= d \end{align}").iter("mtd")
    assert all("padding-top:0.15em" in cell.get("style", "") for cell in cells)
    assert "padding:0" not in to_mathml(r"\begin{align} a &= b \tag{1} \end{align}", display=True)


def test_formulas_have_no_classes_of_their_own() -> None:
    r"""`\class` stays an error, for the classes of a page are those of the theme."""
    with pytest.raises(ValueError, match=r"\\class is not allowed"):
        to_mathml(r"\class{postdocs}{x}", display=True)


@pytest.mark.parametrize("command", [r"\nobreak", r"\allowbreak"])
def test_what_is_said_about_line_breaks_leaves_no_space(command: str) -> None:
    """An operator without a sign would have spaces around it."""
    for latex in (f"a {command} b", rf"a {command} b \newline c", rf"\frac{{a {command} b}}{{c}}"):
        assert not [*parse(latex).iter("mo")]
