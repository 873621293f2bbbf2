"""The engine that sets formulas: what it refuses, and what it takes from macros."""

from __future__ import annotations

import hashlib
import itertools
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from html import escape
from pathlib import Path
from string import ascii_letters

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from properties import examples

from postdocs.sphinx_ext.math import engine
from postdocs.sphinx_ext.math.macros import Macro
from postdocs.sphinx_ext.math.mathml import to_mathml

TEMML = Path(engine.__file__).with_name("temml").joinpath("temml.min.js").read_text(encoding="utf-8")
COMMANDS = sorted({*re.findall(r'"\\\\([A-Za-z]+)"', TEMML)})
PLACES = (
    r"\@{}{}",
    r"x^\@{a}_\@{b}",
    r"\hat{\@ x}\@1em",
    r"\left\@ x\right. \@",
    r"\begin{matrix}\@ a & \@[b]{c}{d}\end{matrix}",
)
UNKNOWN = "is not known; define it in postdocs_math_macros"
DEEP = "too many parts are in each other"
MUCH = "its macros stand for more than anybody reads"


@pytest.mark.parametrize("part", engine.PATCHES)
def test_each_part_that_is_replaced_is_there_once(part: str) -> None:
    """A newer Temml may have it otherwise."""
    assert TEMML.count(part) == 1


@pytest.mark.parametrize(
    ("latex", "wrong"),
    [
        (r"\nosuch{x}", rf"the command \nosuch {UNKNOWN}"),
        (r"x + \text{\nosuch}", rf"the command \nosuch {UNKNOWN}"),
        (r"\begin{nosuch} x \end{nosuch}", "the environment nosuch is not known"),
        (r"\begin{matrix} x \end{pmatrix}", r"\end{pmatrix} is not the end of \begin{matrix}"),
        (r"\begin{array}{z} x \end{array}", "unknown column alignment: z"),
        (r"\frac{a}", "} is missing"),
        (r"\sqrt{a", "} is missing"),
        (r"a } b", "} can't be here"),
        (r"\left( a", r"\right is missing"),
        (r"{a & b}", "} is missing before &"),
        (r"x^", "no index follows ^"),
        (r"\theta__2", "no index follows _"),
        (r"\sqrt^2", r"\sqrt has no argument"),
        (r"\hspace{1 parsec} x", "invalid unit: 'pa'"),
        (r"\text{a", "} is missing"),
        (r"x \hline y", r"\hline does not begin a row of an array"),
        ("x \x01", "U+0001 can't be in a page"),
        ("x \ud800", "U+D800 can't be in a page"),
        ("x" * 30_000, "it is longer than 20000 characters"),
        ("x" * 1_000_000, "it is longer than 20000 characters"),
        (r"\textcolor{nosuch}{x}", "the colour nosuch is not known"),
        (r"\textcolor{valueOf}{x}", "the colour valueOf is not known"),
        (r"\begin{prooftree}\AxiomC{a}\valueOf\end{prooftree}", rf"the command \valueOf {UNKNOWN}"),
        (r"\textcolor[gray]{2}{x}", "the colour 2 is not known"),
        (r"\textcolor[cmyk]{1,1,1}{x}", "the colour 1,1,1 is not known"),
        (r"\textcolor{red;}{x}", "the colour is not known; write #rrggbb, or a name of CSS"),
        (r"\href{javascript:alert(1)}{x}", rf"the command \href {UNKNOWN}"),
        (r"\style{color:nosuch}{x}", "the colour nosuch is not known"),
        (r"\newcolumntype{c}{c}\begin{array}{c}x\end{array}", "an array has too many columns"),
        (r"\begin{array}{*{99}{*{99}{*{99}{*{99}{c}}}}}x\end{array}", "an array has too many columns"),
        (r"\begin{array}{*{99}{*{99}{*{99}{*{99}{|}}}}}x\end{array}", "an array has too many columns"),
        (r"\imat{51}", "matrices have 1 to 50 rows and columns"),
        (r"\pmqty{\xmat{\xmat{\xmat{1}{50}{50}}{50}{50}}{50}{50}}", MUCH),
        (r"\enclose{nosuch}{x}", r"the notation nosuch of \enclose is not known"),
        (r"\char1", r"it has a \char that can't be in a page"),
        (r"\unicode{x110000}", "there is no character x110000"),
        (r"\root 3 x", r"\of is missing"),
        (r"\includegraphics{/etc/hostname}", r"the command \includegraphics is not allowed"),
        (r"\eqref{nosuch}", "no equation of this page has the label nosuch"),
        ("{" * 5000 + "}" * 5000, DEEP),
        (r"\left(" * 2000, DEEP),
        (r"\begin{matrix}" * 1000, DEEP),
        (r"\sqrt{" * 150 + "x" + "}" * 150, DEEP),
        (r"\def\a{\a} \a", MUCH),
        (r"\def\a{x\a} \a", MUCH),
        (
            "".join(rf"\def\{a}{{\{b}\{b}}}" for a, b in itertools.pairwise(ascii_letters)) + r"\def\Z{}\a",
            MUCH,
        ),
        (r"\newcommand{\a}[x]{y}", r"\a takes 0 to 9 arguments"),
        (r"\newcommand{a1}{y}", "expected a control sequence, got 'a1'"),
        (r"\newcommand{}{y}", "expected a control sequence, got ''"),
        (r"\newcommand{\a}[1]{#1} \a", "} is missing"),
        (r"\newcommand", "} is missing"),
        (r"\def", "expected a control sequence"),
    ],
)
def test_what_is_wrong_with_a_formula_is_said(latex: str, wrong: str) -> None:
    """No formula, however strange, is a crash, or is shown as another than it is."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - all of the message is compared
        to_mathml(latex, display=True)
    assert str(caught.value) == wrong
    assert "<mi>y</mi>" in to_mathml("y", display=True)


WORDS = st.sampled_from(
    [
        *(
            r"\frac",
            r"\left(",
            r"\right)",
            r"\begin{aligned}",
            r"\end{aligned}",
            r"\begin{array}{c|}",
            r"\end{array}",
        ),
        *(
            r"\\",
            r"\\[",
            "&",
            "{",
            "}",
            "[",
            "]",
            "^",
            "_",
            "'",
            "#",
            "#1",
            "$",
            "%",
            "~",
            "\n",
            "\n\n",
            " ",
            "x",
            "1",
        ),
        *(
            r"\def\a",
            r"\newcommand",
            r"\a",
            r"\text",
            r"\ce",
            r"\pu",
            r"\tag",
            r"\label",
            r"\eqref",
            r"\let",
            "\\",
        ),
        *(
            r"\sqrt",
            r"\middle|",
            r"\big",
            r"\color",
            r"\textcolor",
            r"\hline",
            r"\qty",
            r"\dv",
            r"\ev",
            r"\operatorname",
        ),
        *(
            r"\DeclarePairedDelimiter",
            r"\newenvironment",
            r"\begin",
            r"\end",
            r"\substack",
            r"\not",
            r"\verb|",
            "->",
            "é",
        ),
        *("<script>", "&lt;", "]]>", '"', "\x00", "\u2028", "\U0001d538", "\u0301"),
    ]
)


@given(st.lists(WORDS | st.text(max_size=3), max_size=30).map("".join), st.booleans())
def test_no_latex_is_a_crash(latex: str, display: bool) -> None:
    """Whatever an author writes is MathML, or a ValueError with one line."""
    try:
        mathml = to_mathml(latex, display=display, macros={})
    except engine.LatexError as error:
        mathml = f"<math>{escape(str(error))}</math>"
    assert etree.fromstring(mathml).tag == "math"
    assert "<script" not in mathml


@given(st.sampled_from(COMMANDS), st.sampled_from(PLACES))
@settings(max_examples=examples(4))
def test_no_command_is_a_crash(name: str, place: str) -> None:
    """Of all that there are, wherever it stands, and with the arguments that it takes or others."""
    with suppress(engine.LatexError):
        etree.fromstring(to_mathml(place.replace("@", name), display=True))


def test_definitions_are_those_of_latex_and_mathjax() -> None:
    """What one formula defines, the next can use: arguments, defaults, delimiters, stars, environments."""
    macros: dict[str, Macro] = {}
    definitions = (
        r"\newcommand{\half}[2][1]{\frac{#1}{#2}} \DeclarePairedDelimiter\size{|}{|} \let\eps\varepsilon"
        r"\newenvironment{rows}[1]{\begin{array}{#1}}{\end{array}} \newcommand{\water}{\ce{H2O}}"
        r"\DeclareMathOperator*{\best}{best} \def\pair#1;#2.{(#1,#2)} {\newcommand*{\inner}{z}}"
    )
    to_mathml(definitions, display=True, macros=macros)
    for latex, same in (
        (r"\half{3}", r"\frac{1}{3}"),
        (r"\half[\eps]{3}", r"\frac{\varepsilon}{3}"),
        (r"x^\half2", r"x^{\frac12}"),
        (r"\size*{\frac{x}{y}}", r"\left|\frac{x}{y}\right|"),
        (r"\begin{rows}{cc} a & b \end{rows}", r"\begin{array}{cc} a & b \end{array}"),
        (r"\water", r"\ce{H2O}"),
        (r"\best_x y", r"\operatorname*{best}_x y"),
        (r"\pair x;y.", "(x,y)"),
        (r"\inner", "z"),
    ):
        tree, expected = (
            to_mathml(text, display=True, macros={**macros}).replace("<mrow>", "").replace("</mrow>", "")
            for text in (latex, same)
        )
        assert tree.partition(">")[2] == expected.partition(">")[2], latex


def test_each_thread_has_an_engine_of_its_own() -> None:
    """The engine belongs to the thread that started it; formulas of two threads are the same."""
    latex = r"\frac{1}{2} + \sqrt{\theta}"
    with ThreadPoolExecutor(2) as threads:
        results = [
            threads.submit(engine.convert, latex, display=True, macros={}, numbers={}) for _ in range(4)
        ]
    assert {result.result().mathml for result in results} == {
        engine.convert(latex, display=True, macros={}, numbers={}).mathml
    }


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("temml.min.js", "1ab19148afe0dbc836b7a74f344071b3f3a70a7a8259ae4049e76894fcdf8d95"),
        ("mhchem.min.js", "c63a7800e842a6846e7e8af6e05b3eb225783b92a7818f9868a2554375c57523"),
        ("physics.js", "dfeb3ec0b028b63e10086b8d6cde1134ece0348f3256053dcd7b502c705e4c7d"),
    ],
)
def test_the_files_of_temml_are_as_they_were_published(name: str, digest: str) -> None:
    """They are those of the package temml 0.13.5, unmodified; what it lacks is in a file of our own."""
    content = (Path(engine.__file__).parent / "temml" / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == digest


def test_no_formula_changes_what_commands_mean_in_the_next() -> None:
    r"""The tokens of a macro are its own each time: `\noexpand` marks one, and the next use is unmarked."""
    name = r"\operatorname{f} x"
    before = to_mathml(name, display=False)
    with pytest.raises(ValueError, match="is missing"):
        to_mathml(r"\expandafter\noexpand" + name, display=False)
    assert to_mathml(name, display=True).partition(">")[2] == before.partition(">")[2]
