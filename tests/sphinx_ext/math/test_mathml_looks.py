"""Sizes, spaces, colours, and lines of formulas as MathML."""

from __future__ import annotations

import pytest

from postdocs.sphinx_ext.math.mathml import to_mathml
from sphinx_ext.math.mathml_trees import outline, parse, styles


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
    assert (strut.get("height"), strut.get("depth")) == ("0em", "1.36em")
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


@pytest.mark.parametrize(
    ("latex", "widths"),
    [
        (r"\big( x \Big]", ["width:0.458em", "width:0.472em"]),
        (r"\left( \frac{a}{b} \right)", ["width:0.597em"] * 2),
        (r"\left( \frac{f(x)}{b^2} \right)", ["width:0.736em", None, None, "width:0.736em"]),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", ["width:0.736em"] * 2),
        (r"\left\{ x \right\}", [None, None]),
        (r"\left( \begin{matrix} a \\ b \\ c \\ d \end{matrix} \right)", [None, None]),
    ],
)
def test_fences_are_as_wide_as_their_height_asks(latex: str, widths: list[str | None]) -> None:
    """A fence that grows has the width of the form that fits; letters and the highest need none."""
    assert [fence.get("style") for fence in parse(latex).iter("mo")] == widths


@pytest.mark.parametrize(
    ("latex", "height"),
    [
        (r"\binom{n}{k}", "2.4em"),
        (r"{n \choose k}", "2.4em"),
        (r"\tbinom{n}{k}", "1.2em"),
        (r"\binom{\frac{a}{b}}{k}", "2.4em"),
    ],
)
def test_fences_of_binomial_coefficients_have_a_size_of_their_own(latex: str, height: str | None) -> None:
    """It doesn't depend on what is between them: The TeXbook, appendix G, rule 15e."""
    fences = [fence for fence in parse(latex).iter("mo") if fence.text in {"(", ")"}]
    assert [(fence.get("minsize"), fence.get("maxsize")) for fence in fences] == [(height, height)] * 2


def test_fences_may_be_a_little_lower_than_what_they_stand_around() -> None:
    """By a tenth (The TeXbook, chapter 17), where it is sure how high that is."""
    for latex, most in (
        (r"\left( {n \atop k} \right)", "1.8em"),
        (r"\left( x \right)", None),
        (r"\left( \overset{a}{\frac{a}{b}} \right)", None),
        (r"\begin{pmatrix} a \\ b \end{pmatrix}", None),
    ):
        assert {fence.get("maxsize") for fence in parse(latex).iter("mo") if fence.text in {"(", ")"}} == {
            most
        }


def test_fences_of_tables_in_tables_say_their_height() -> None:
    """Firefox knows the height of a table in a cell too late for them."""
    latex = r"\begin{cases} \begin{cases} a \\ b \end{cases} & c \\ d & e \end{cases}"
    braces = [brace.get("minsize") for brace in parse(latex).iter("mo") if brace.text == "{"]
    assert braces == [None, "2.88em"]


def test_primes_are_told_from_other_signs() -> None:
    """Firefox would take the small form of a prime above an index, which is thick."""
    signs = [(sign.text, sign.get("class")) for sign in parse("x' + y''_i").iter("mo")]
    assert signs == [("′", "prime"), ("+", None), ("″", "prime")]


def test_a_raised_rule_reaches_as_far_up() -> None:
    """Its height is its own and that by which it is raised."""
    (padded,) = parse(r"\rule[2pt]{1em}{1em}").iter("mpadded")
    assert (padded.get("height"), padded.get("depth")) == ("1.167em", "0em")


def test_a_rule_has_the_colour_of_the_text() -> None:
    """A rule is dark on light and light on dark, as letters are."""
    (rule,) = parse(r"\rule{1em}{2pt}").iter("mspace")
    assert rule.get("style") == "background:currentcolor"
    assert rule.get("mathbackground") is None


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


@pytest.mark.parametrize(
    ("latex", "is_low"),
    [
        (r"\overline{x}", True),
        (r"\overline{z_a \omega}", True),
        (r"\overline{X}", False),
        (r"\overline{x + y}", False),
        (r"\overline{x^2}", False),
        (r"\overline{\text{xx}}", False),
        (r"\underline{x}", False),
    ],
)
def test_a_line_above_low_letters_is_told_from_others(latex: str, is_low: bool) -> None:
    """The style sheet lowers it in Firefox, where boxes of letters are as high as those of capitals."""
    assert [row.get("class") == "low" for row in parse(latex).iter("mrow") if row.get("style")] == [is_low]


@pytest.mark.parametrize(
    "latex",
    [
        r"y \tag{3}",
        r"\begin{align} a &= b \tag{1} \\ c &= d \end{align}",
        r"\begin{gather} a \tag{1} \end{gather}",
        r"\begin{multline} a \\ b \end{multline}",
    ],
)
def test_rows_that_reach_the_edge_are_as_wide_as_the_text(latex: str) -> None:
    r"""A `\tag` stands at the edge, and the last row of `multline` ends there."""
    (table,) = parse(latex).iter("mtable")
    assert styles(table) == {"width": "100%"}


def test_rows_with_numbers_are_as_far_apart_as_others() -> None:
    """The strut of a row has the space above and below that its cells have."""
    cells = parse(r"\begin{align} a &= b \tag{1} \\ c &= d \end{align}").iter("mtd")
    assert all("padding-top:0.15em" in cell.get("style", "") for cell in cells)
    assert "padding:0" not in to_mathml(r"\begin{align} a &= b \tag{1} \end{align}", display=True)
