"""Formulas in feeds."""

from __future__ import annotations

import html.parser

import feedparser  # type: ignore[import-untyped]  # it ships no types
import lxml.html
import pytest
from bs4 import BeautifulSoup
from expressions import GROUPS, expressions
from lxml import etree

from postdocs.sphinx_ext.feeds.article import standalone
from postdocs.sphinx_ext.feeds.formulas import with_signs
from postdocs.sphinx_ext.math.mathml import set_formula, to_mathml
from postdocs.sphinx_ext.math.set_formulas import CLASS

LINES = {"‾", "\u0332"}


def _article(latex: str) -> str:
    return standalone(f"<p>So {to_mathml(latex, display=False)}.</p>", "https://example.org/a/", "p")


class _Stripped(html.parser.HTMLParser):
    """What is left where all tags are taken out, as readers do with elements that they do not know."""

    def __init__(self, article: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(article)

    def handle_data(self, data: str) -> None:
        self.text += data


def _feed(article: str) -> str:
    item = f"<item><description><![CDATA[{article}]]></description></item>"
    return f"<rss version='2.0'><channel>{item}</channel></rss>"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("u_t = k u_{xx}", "So u_t = k u_xx."),
        (r"\Delta t \le \frac{\Delta x^2}{2k}", "So Δt ≤ Δx^2/(2k)."),
        (r"\sqrt{x+1}", "So √(x+1)."),
        (r"a_1 x_{12}^3", "So a_1 x_12^3."),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "So (a, b; c, d)."),
        (r"\begin{cases}1&x>0\\-1&x<0\end{cases}", "So {1, x > 0; −1, x < 0."),
        (r"A \xrightarrow{} B \xrightarrow{f} C", "So A → B →^ f C."),
        (r"f = 9.81\,\mathrm{m}\,\mathrm{s}^{-2}", "So f = 9.81 m s^(−2)."),
        (r"\sqrt{\frac ab}", "So √(a/b)."),
        (r"\begin{pmatrix}\phantom{-}1&-2\end{pmatrix}", "So (1, −2)."),
        (r"\ce{^{227}_{90}Th+}", "So _90^227 Th ^+."),
    ],
)
def test_a_formula_without_its_tags_can_be_read(latex: str, text: str) -> None:
    """Readers that take MathML apart show signs for what it says by place."""
    article = _article(latex)
    soup, tree = BeautifulSoup(article, "html.parser"), lxml.html.fromstring(article)
    for stripped in (_Stripped(article).text, soup.get_text(), str(tree.text_content())):
        assert " ".join(stripped.split()) == text
    (entry,) = feedparser.parse(_feed(article)).entries
    assert entry.description.count("<m") == article.count("<m")  # it keeps MathML
    assert " ".join(_Stripped(entry.description).text.split()) == text


@pytest.mark.parametrize("group", GROUPS)
def test_signs_leave_formulas_what_they_are(group: str) -> None:
    """Nothing that is shown comes or goes, and elements have the children that MathML wants.

    Where their boxes are, `tests/browser/test_feed_formulas.py` measures.
    """
    for expression in expressions(group):
        try:
            formula = set_formula(expression.latex, display=True, numbers={"eq:one": "1"})
        except ValueError:
            continue
        before, after = etree.fromstring(formula.mathml), etree.fromstring(formula.as_text(with_signs))
        assert _shown(after) == _shown(before), expression.latex
        for table in after.iter("mtable"):
            assert {row.tag for row in table} <= {"mtr"}
            assert {cell.tag for row in table for cell in row} <= {"mtd"}
        for name, count in {
            "mfrac": 2,
            "mroot": 2,
            "msub": 2,
            "msup": 2,
            "mover": 2,
            "munderover": 3,
        }.items():
            assert {len(element) for element in after.iter(name)} <= {count}
        assert all(
            [child.tag for child in element][1:] == ["annotation"] for element in after.iter("semantics")
        )


def _shown(root: etree._Element) -> list[tuple[str, str]]:
    """Return the letters and signs that are shown, but for lines, which are drawn on pages."""
    tokens = root.iter("mi", "mn", "mo", "ms", "mtext")
    hidden = {*root.xpath("//mphantom//*")}
    return [
        (str(element.tag), element.text or "")
        for element in tokens
        if element not in hidden and element.text not in LINES
    ]


def test_columns_of_feeds_are_apart() -> None:
    """On a page they are by the styles of their cells."""
    assert "spacing" not in set_formula(r"\begin{matrix}a&b\end{matrix}", display=False).as_text(with_signs)


def test_colours_stay() -> None:
    """Those of letters, and those behind them."""
    formula = set_formula(r"\colorbox{yellow}{\textcolor{blue}{x}}", display=False).as_text(with_signs)
    assert 'mathbackground="#FFFF00"' in formula
    assert 'mathcolor="#0000FF"' in formula


def test_what_is_not_shown_is_a_space() -> None:
    """About as wide, for no reader may show its letters; what it was left out for stands by itself."""
    phantom = set_formula(r"a\phantom{-x}b", display=False).as_text(with_signs)
    assert '<mspace width="1.1em" height="0.7em"></mspace>' in phantom
    assert "mphantom" not in set_formula(r"\ce{^14C}", display=False).as_text(with_signs)
    shifted = etree.fromstring(set_formula(r"\mathllap{c}", display=False).as_text(with_signs))
    assert shifted.xpath("count(//mi)") == shifted.xpath("count(mrow/mi)") == 1


@pytest.mark.parametrize(
    ("latex", "mathml", "text"),
    [
        (r"\overline{x}", "<mover><mrow><mi>x</mi></mrow><mo>‾</mo></mover>", "x‾"),
        (r"\underline{x}", "<munder><mrow><mi>x</mi></mrow><mo>\u0332</mo></munder>", "x\u0332"),
        (r"\cancel{x}", "<menclose><mi>x</mi></menclose>", "x"),
        (r"\boxed{x}", "<menclose><mi>x</mi></menclose>", "x"),
    ],
)
def test_what_a_page_draws_is_an_element(latex: str, mathml: str, text: str) -> None:
    """Most readers leave styles out: without its line a mean is another number."""
    for display in (True, False):
        formula = set_formula(latex, display=display)
        for formulas in ({}, {formula.mathml: formula}):
            root = etree.fromstring(
                standalone(f"<p>{formula.mathml}</p>", "https://example.org/", "p", formulas)
            )
            assert " style=" not in etree.tostring(root, encoding="unicode")
            assert root.xpath("string()") == text
            (drawn,) = next(root.iter("math"))
            for element in drawn.iter():
                element.attrib.clear()
            assert etree.tostring(drawn, encoding="unicode") == mathml


@pytest.mark.parametrize("group", GROUPS)
def test_formulas_of_the_renderer_are_as_if_the_article_had_been_read_with_them(group: str) -> None:
    """Held back while an article is cleaned, they come out as they would have, wherever they stand."""
    for expression in expressions(group):
        try:
            block, line = (
                set_formula(expression.latex, display=display, numbers={"eq:one": "1"})
                for display in (True, False)
            )
        except ValueError:
            continue
        on_own, inline = block.mathml, line.mathml
        body = (
            f"<h1>{inline}</h1><p>a {on_own}, <b>{inline}</b>, "
            f'<span class="{CLASS}">{inline}</span> and <span class="{CLASS}" id="f">{inline}</span></p>'
            f"<iframe src='/f'>{inline}</iframe><!--{inline}-->"
        )
        read = standalone(body, "https://example.org/a/", "p")
        assert standalone(body, "https://example.org/a/", "p", {on_own: block, inline: line}) == read
        assert "<math" in read


def test_what_stands_for_a_picture_says_formulas_as_text() -> None:
    """An attribute holds no elements; around it, formulas are what they are."""
    formula = set_formula(r'x_{12} < \text{"}k', display=False)
    picture = f'<object data="/p.png" type="image/png">Of {formula.mathml}.</object>'
    body = f'<p>{formula.mathml} "&lt; {picture}</p>'
    article = standalone(body, "https://example.org/a/", "p", {formula.mathml: formula})
    root = etree.fromstring(article)
    assert root.xpath("img/@alt") == ['Of x₁₂ < "k.']
    assert len(root.findall("math")) == 1


def test_formulas_that_an_author_puts_into_attributes_stay_in_them() -> None:
    """Nothing of an attribute becomes an element, and what is cut there breaks no article."""
    formula = set_formula("x", display=False)
    names = ("style", "title", "href", "id", "src", "srcset", "class")
    attributes = " ".join(f"{name}='width: {formula.mathml}; a'" for name in names)
    body = f"<p><a {attributes}>a</a> <img {attributes}> <code {attributes}>b</code></p>"
    article = standalone(body, "https://example.org/a/", "p", {formula.mathml: formula})
    root = etree.fromstring(article)
    assert next(root.iter("math"), None) is None
    assert {*root.xpath("//@title")} == {"width: x; a"}
    assert "width: x" in root.xpath("//@style")


def test_what_only_looks_like_a_formula_of_the_renderer_is_cleaned() -> None:
    """HTML of the author that is no formula of the page goes through the cleaner."""
    formula = set_formula("x", display=False)
    author = formula.mathml.replace("<math", '<math onclick="run()"')
    body = f"<p>{author} {formula.mathml}</p>"
    article = standalone(body, "https://example.org/a/", "p", {formula.mathml: formula})
    assert "onclick" not in article
    assert article.count("<mi>x</mi>") == article.count("<math") == 2
