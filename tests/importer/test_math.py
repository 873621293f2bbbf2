"""Formulas in whatever form a blog has them become formulas, and none of them is lost on the way."""

from __future__ import annotations

import re
from html import escape

import pytest
from bs4.element import Tag
from docutils.utils.math import tex2unichar
from expressions import GROUPS, expressions
from helpers import new_site_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from properties import examples

from importer.outline import show
from postdocs.importer.ast.nodes import Math, MathBlock
from postdocs.importer.ast.visit import walk
from postdocs.importer.html.dom import read
from postdocs.importer.html.math import symbols
from postdocs.importer.html.math.mark import mark
from postdocs.importer.html.math.presentation import to_tex
from postdocs.importer.html.parse import parse
from postdocs.importer.html.visible import words
from postdocs.importer.myst.render import reader
from postdocs.importer.roundtrip import prove
from postdocs.importer.words import words_of
from postdocs.sphinx_ext.math.mathml import set_formula, to_mathml

_ALTTEXT = re.compile(r' alttext="[^"]*"')
# Those of which pages have the form that MathJax shows.
ALIKE = dict(zip("▾~▴◇◼◻^⧵▸∣⊧⤳◂▵", "▼∼▲◊■□ˆ∖▶|⊨⇝◀△", strict=True))
READ = reader(new_site_settings())
TEX = st.text(st.sampled_from("ab1 .+^_{}[]()\\$%&\n'\""), max_size=14)
DELIMITED = st.tuples(
    st.sampled_from([r"\(%s\)", r"\[%s\]", "$%s$", "$$%s$$", "$latex %s$", "[latex]%s[/latex]", "%s"]), TEX
).map(lambda parts: parts[0].replace("%s", parts[1]))


def latex_of(mathml: str) -> str:
    """Return what the importer makes of MathML that doesn't say which LaTeX it is of."""
    math = read(_ALTTEXT.sub("", mathml)).find("math")
    assert isinstance(math, Tag)
    return to_tex(math)


def characters(mathml: str) -> str:
    """Return the characters of a formula, without selectors of variants."""
    return re.sub("[\ufe00-\ufe0f]", "", read(mathml).get_text())


def tex_of(html: str) -> list[str]:
    """Return the formulas of a page, in order."""
    document, _ = parse(html, None)
    return [node.tex for node in walk(document) if isinstance(node, Math | MathBlock)]


@given(st.lists(DELIMITED, max_size=4).map(" ".join))
@settings(max_examples=examples(1))
def test_no_word_of_a_formula_is_lost(text: str) -> None:
    """Whatever stands between delimiters, its words are in the tree."""
    html = f"<p>{text.replace('&', '&amp;')}</p>"
    document, _ = parse(html, None)
    assert words_of(document) == words(html)


@given(DELIMITED)
@settings(max_examples=examples(0.5))
def test_a_formula_is_written_and_read_again(text: str) -> None:
    """Whatever a formula holds, it is one in the post that is written of it, and counted."""
    document, _ = parse(f"<p>{text.replace('&', '&amp;')}</p>", None)
    proof = prove(document, READ)
    assert [note for note in proof.notes if note.kind == "lost"] == []
    formulas = sum(isinstance(node, Math | MathBlock) for node in walk(document))
    assert proof.counts.formulas == formulas


@given(st.lists(DELIMITED, max_size=4).map(" ".join))
@settings(max_examples=examples(1))
def test_formulas_are_found_once(text: str) -> None:
    """A page whose formulas are marked has no more of them."""
    body = read(f"<p>{text.replace('&', '&amp;')}</p>")
    mark(body)
    before = str(body)
    mark(body)
    assert str(body) == before


@pytest.mark.parametrize(
    "opener", ["$", "$$", r"\(", r"\[", r"\begin{align}", "{$", "[latex]", "$latex ", r"a\\", "[mathjax]."]
)
def test_delimiters_without_a_partner_cost_no_more_than_text(opener: str) -> None:
    """Twenty thousand delimiters that nothing closes are text."""
    assert tex_of(f"<p>{opener * 20_000}</p>") == []


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{a}{b}+\sqrt[3]{x}",
        r"\sum_{i=1}^n x_i^2",
        r"\left( \frac{1}{2} \right)",
        r"\mathbf{v}\cdot\mathbb{R}\in\mathcal{O}",
        r"f'(x)=\hat{\theta}",
        r"x_1'+f''+{f'}^2",
        r"\limsup_n a_n+\operatorname*{arg\,max}_x f",
        r"\mathrm{Hom}(A,B)\operatorname{Hom}_k(A,B)\mathrm{k\Omega}",
        r"\emptyset\mathscr{A}\mathcal{A}\boldsymbol{\mathcal{L}}\boldsymbol{\nabla}\not{D}",
        r"a\parallel b\lesssim d\coloneqq e\bmod f",
    ],
)
def test_latex_of_mathml_means_the_same(latex: str) -> None:
    """What the engine makes of LaTeX is LaTeX again, of which it makes the same."""
    mathml = to_mathml(latex, display=True)
    again = to_mathml(latex_of(mathml), display=True)
    assert _ALTTEXT.sub("", again) == _ALTTEXT.sub("", mathml)


def test_nearly_all_formulas_of_mathml_say_the_same() -> None:
    """Of what other blogs write, whatever it is, comes LaTeX that can be read."""
    same = []
    for expression in (found for group in GROUPS for found in expressions(group)):
        try:
            formula = set_formula(expression.latex, display=True, numbers={"eq:one": "1"})
        except ValueError:
            continue
        again = set_formula(latex_of(formula.mathml), display=True)
        same.append(again.line.replace(" ", "") == formula.line.replace(" ", ""))
    assert sum(same) >= 0.97 * len(same)


@pytest.mark.parametrize("table", ["mathbin", "mathord", "mathrel", "mathop", "mathopen", "mathclose"])
def test_pages_know_the_command_of_each_character(table: str) -> None:
    """They set it as this character, or as one that looks like it."""
    for character in {*getattr(tex2unichar, table).values()}:
        tex = symbols.to_tex(character)
        assert characters(to_mathml(tex, display=False)) == ALIKE.get(character, character), tex


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("x₁²y", "x_{1}^{2}y"),
        ("10⁻¹", "10^{-1}"),
        ("²", "{}^{2}"),
        ("αᵢ", r"\alpha_{i}"),
        ("x̂ D̸", r"\hat{x} \not{D}"),
        ("𝐱𝕏𝓛𝜴", r"\mathbf{x}\mathbb{X}\boldsymbol{\mathcal{L}}\boldsymbol{\Omega}"),
        ("ⓧ½№", "ⓧ½№"),
        ("µm", r"\mu m"),
    ],
)
def test_characters_keep_what_they_say(text: str, tex: str) -> None:
    """A small digit is an index, and a letter with a mark or of another alphabet is no plain one."""
    assert symbols.to_tex(text) == tex


@pytest.mark.parametrize(
    ("colour", "tex"),
    [
        ("red", r"\textcolor{red}{x}"),
        ("#0a0", r"\textcolor{#0a0}{x}"),
        ("rgb(255, 136, 0)", r"\textcolor{#ff8800}{x}"),
        ("currentColor", "x"),
        (r"red}{\evil{", "x"),
    ],
)
def test_only_colours_become_colours(colour: str, tex: str) -> None:
    """Of MathML and of drawings: no other value can bring LaTeX along."""
    drawn = f"<span class='mord' style='color:{colour}'>x</span>"
    assert tex_of(f"<p><math><mi mathcolor='{colour}'>x</mi></math></p>") == [tex]
    assert tex_of(f"<p><span class='katex'><span class='katex-html'>{drawn}</span></span></p>") == [
        tex.lower()
    ]


def test_a_root_with_nothing_in_it_is_no_crash() -> None:
    """As in a drawing of MathJax that was cut."""
    parts = '<g data-mml-node="mroot"></g><g data-mml-node="mi"><use data-c="78"/></g>'
    drawing = f'<svg><g data-mml-node="math">{parts}</g></svg>'
    document, _ = parse(f'<p><mjx-container jax="SVG">{drawing}</mjx-container></p>', None)
    assert [node.tex for node in walk(document) if isinstance(node, Math)] == ["x"]


def test_mathml_without_end_is_cut() -> None:
    """MathML that is nested deeper than any formula is still read."""
    tex = to_tex(read("<math>" + "<msqrt>" * 200 + "<mi>x</mi></math>"))
    assert tex.count(r"\sqrt") > 50
    assert tex.count("{") == tex.count("}")


def test_a_formula_in_html_that_is_kept_is_marked_as_one() -> None:
    """A table that stays HTML has its formulas in the element that the build sets."""
    html = (
        r'<table><tr><th colspan="2">Rate \(k_1\)</th></tr><tr><td>$$y_2$$</td><td>'
        r'<img class="latex" alt="z_3" src="https://s0.wp.com/latex.php?latex=z_3"></td></tr></table>'
    )
    document, _ = parse(html, None)
    assert show(document) == (
        "html\n"
        r'  |<table><tbody><tr><th colspan="2">Rate <span class="math notranslate nohighlight">\(k_1\)</span>'
        "</th>"
        r'</tr><tr><td><div class="math notranslate nohighlight">\[y_2\]</div></td><td>'
        r'<span class="math notranslate nohighlight">\(z_3\)</span></td></tr></tbody></table>'
    )
    assert prove(document, READ).counts.formulas == 3


def test_a_long_formula_is_one() -> None:
    """There is no length from which a formula is text."""
    tex = " + ".join(rf"\frac{{a_{{{number}}}}}{{b}}" for number in range(400))
    assert tex_of(rf"<p>\[{tex}\] and \({tex}\)</p>") == [tex, tex]


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\text{low_tide}_1", r"\text{low\_tide}_1"),
        (r"\mbox {a_b c\_d}", r"\mbox {a\_b c\_d}"),
        (r"\text{if $x_1$}", r"\text{if $x_1$}"),
        (r"\mathrm{a_b}", r"\mathrm{a_b}"),
    ],
)
def test_an_underscore_in_words_is_one(tex: str, expected: str) -> None:
    """As MathJax shows it; the build could not read it. Anywhere else it is a script."""
    assert tex_of(rf"<p>\({tex}\)</p>") == [expected]
    assert to_mathml(expected, display=False)


@pytest.mark.parametrize(
    "html",
    [
        r"<ul><li>One \[ a<br>+ b \] two</li><li>\[ c \\<br>- d \]</li></ul>",
        r"<ol><li>\[ e<br>1. f \]</li></ol><blockquote><p>Say \[ g<br>&gt; h \] here</p></blockquote>",
        r"<dl><dt>\(k\)</dt><dd>is \[l<br># m\]</dd></dl>",
        r"<table><tr><th>\(|x|\)</th></tr><tr><td>\[\{1 | 2\}<br>\\\]</td></tr><tr><td>3</td></tr></table>",
        r"<p>\(\text{``q''}\), \(\text{`$y$`}\), \(\text{if $x$}\), *\(x\)*, 5\(x\)6, \(\$5\)</p>",
        r"<p>\[\begin{array}{l}<br># \\<br>1. \\<br>--- \\<br>``` \\<br>&lt;div&gt;<br>\end{array}\]</p>",
    ],
)
def test_a_formula_is_one_wherever_it_stands(html: str) -> None:
    """In lists, quotes, terms and cells a formula stays Markdown, whatever its lines begin with."""
    document, _ = parse(html, None)
    proof = prove(document, READ)
    assert proof.notes == ()
    assert proof.counts.formulas == sum(isinstance(node, Math | MathBlock) for node in walk(document)) > 0


def test_formulas_side_by_side_are_parted() -> None:
    """In what nbconvert makes of a notebook no space is between two; elsewhere four dollars are money."""
    assert tex_of(r"<p>$$\mu = u$$$$\begin{split} a &amp;= b \end{split}$$</p>") == [
        r"\mu = u",
        r"\begin{split} a &= b \end{split}",
    ]
    assert tex_of("<p>Cheap is $$ and dear is $$$$ here, $$ too.</p>") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$latex a$$latex b$c", ["a", "b"]),
        ("$$latex a$", ["a"]),
        ("$x_1$$y_2$ and $z_3$", ["x_1", "y_2", "z_3"]),
        (r"$\text{if $a$$b$}$$c_4$", [r"\text{if $a$$b$}", "c_4"]),
        ("$$x_1$$ and $y_2$", ["x_1", "y_2"]),
        ("$5 off, and $$x_1$$", ["x_1"]),
    ],
)
def test_a_formula_ends_at_the_first_dollar(text: str, expected: list[str]) -> None:
    """As in MathJax and WordPress: the next may begin right behind it."""
    assert tex_of(f"<p>{text}</p>") == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>[latexpage]</p><p>Low</p>", "Low"),
        ("<p>[mathjax] Low<br>[LaTeXpage]<br>water [nomathjax] </p>", "Low water"),
        ("<p>Low [mathjax] water</p>", "Low [mathjax] water"),
        ("<p>Low <code>[mathjax]</code> [[latexpage]]</p>", "Low [mathjax] [[latexpage]]"),
    ],
)
def test_a_switch_of_formulas_is_no_text(html: str, expected: str) -> None:
    """QuickLaTeX's and MathJax-LaTeX's go, but not where a sentence or code is about them."""
    assert " ".join(words(html)) == expected


def test_a_letter_may_follow_a_formula_that_is_no_amount() -> None:
    """MathJax looks at nothing behind it; on a page without formulas these are prices."""
    text = "<p>$R=[$nodes, $a_1$and $a < b$or $5 to $6 in A$7</p>"
    assert tex_of(f"<p>[mathjax]</p>{text}") == ["R=[", "a_1", "a < b"]
    assert tex_of(text.replace("$a_1$and", "")) == []


@pytest.mark.parametrize(
    "code",
    [
        r"""$text .= "\t".'<b>'.$name""",
        r"$row->name{$column}_{$key}",
        r"$a = preg_replace('/\s+/', ' ', $b)",
        r"echo $first \n $second;",
        r"$wpdb->escape($comment_author)",
        r":s:^\(\s*\):\1#",
        r"s/\([a-z]*\) \([^0-9]\)\(.*\)/\2\1/",
    ],
)
def test_variables_of_programs_are_no_formulas(code: str) -> None:
    """Their names begin with a dollar; what stands between two may look like a command."""
    assert tex_of(f"<p>{escape(code)}</p>") == []


@pytest.mark.parametrize("tex", [r"\int f \d x", r"x", r"[0-9] \alpha", r"a_1"])
def test_what_regular_expressions_have_too_may_be_in_formulas(tex: str) -> None:
    """A command of TeX, a script, or a letter between escaped brackets is one on any page."""
    assert tex_of(rf"<p>\({tex}\)</p>") == [tex]


@pytest.mark.parametrize(
    "tex", [r"f'(x) \le g'(x)", r"""\text{say "low"}""", r"\alpha -> \infty", r"\d x \to \pi"]
)
def test_primes_and_words_in_formulas_are_no_strings(tex: str) -> None:
    """A formula with a command is one on any page, also with one that programs have as an escape."""
    assert tex_of(f"<p>${escape(tex)}$</p>") == [tex]


def test_a_switch_says_that_dollars_are_formulas() -> None:
    """Without it a dollar sign may be money."""
    assert tex_of("<p>[mathjax]</p><p>Let $x$ be.</p>") == ["x"]
    assert tex_of("<p>Let $x$ be.</p>") == []
