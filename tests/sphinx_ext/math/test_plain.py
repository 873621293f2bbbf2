"""Formulas as plain text."""

from __future__ import annotations

import pytest
from helpers import read_html, searchable, texts
from lxml import etree
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.math.engine import convert
from postdocs.sphinx_ext.math.plain import plain_of


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("E = mc^2", "E = mc²"),
        (r"\frac{\partial u}{\partial t} = k \frac{\partial^2 u}{\partial x^2}", "∂u/∂t = k∂²u/∂x²"),
        (r"\alpha_i + \beta^{n+1}", "α_i + βⁿ⁺¹"),
        (r"\frac{a + b}{2}", "(a+b)/2"),
        (r"\sqrt{x^2+y^2}", "√(x²+y²)"),
        (r"\sum_{i=1}^n x_i", "∑_(i=1)ⁿx_i"),
        (r"O(n \log n)", "O(n log n)"),
        ("10^{-3}", "10⁻³"),
        ("-1", "−1"),
        ("f'(x)", "f′(x)"),
        (r"\hat{x} \in \mathbb{R}^d", "x ∈ ℝ^d"),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "(a, b; c, d)"),
        (r"\text{if } x<0", "if x < 0"),
        (r"\unknown^n", r"\unknown^n"),
        (r"\frac{1", r"\frac{1"),
        ("a\x0cb\x01", "a\x0cb\x01"),
    ],
)
def test_a_formula_can_be_read_without_markup(latex: str, text: str) -> None:
    """Signs, fractions, roots, indices and exponents are text; what can't be read stays LaTeX."""
    assert plain_of(latex, {}) == text


def test_macros_are_known_where_a_formula_becomes_text() -> None:
    """A macro stands for what it does on pages; what a formula defines is for that formula alone."""
    definitions = r"\newcommand{\R}{\mathbb{R}} \newcommand{\sq}[1]{#1^2}"
    macros = {**convert(definitions, display=False, macros={}, numbers={}).macros}
    assert plain_of(r"\sq{x} \in \R", macros) == "x² ∈ ℝ"
    assert plain_of(r"\def\y{z}\y", macros) == "z"
    assert {*macros} == {"\\R", "\\sq"}


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_what_describes_a_page_has_no_latex(app: SphinxTestApp) -> None:
    """A first paragraph with formulas is text where search engines and services show it."""
    text = (
        "---\ntitle: Heat\ndate: 2024-02-01\n---\n\nHow {math}`\\frac{\\partial u}{\\partial t}` behaves.\n"
    )
    (app.srcdir / "posts/2024/heat.md").write_text(text, encoding="utf-8")
    app.build()
    (described,) = read_html(app.outdir / "posts/2024/heat/index.html").xpath(
        "//meta[@name='description']/@content"
    )
    assert described == "How ∂u/∂t behaves."


CONFIG = {"tex": {"macros": {"R": r"\mathbb{R}", "norm": [r"\lVert #1 \rVert", 1]}}}
MACROS = """\
# Of {math}`\\R`

```{post} 2024-02-01
```

```{math}
\\newcommand{\\own}{\\alpha}
```

As {math}`\\norm{x} \\in \\R`, so {math}`\\own`.
"""


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"mathjax3_config": CONFIG})
def test_macros_of_the_site_and_of_the_page_hold_in_all_texts(app: SphinxTestApp) -> None:
    """Description, lists, feeds and search have what the formula stands for, and no LaTeX."""
    (app.srcdir / "norm.md").write_text(MACROS, encoding="utf-8")
    app.build()
    text = "As ‖x‖ ∈ ℝ, so α."
    page = read_html(app.outdir / "norm/index.html")
    assert page.xpath("//meta[@name='description']/@content") == [text]
    assert page.xpath("//meta[@property='og:title']/@content") == ["Of ℝ"]
    assert text in texts(read_html(app.outdir / "blog/index.html"), "post-summary")
    feed = etree.parse(app.outdir / "blog/atom.xml")
    assert text in [element.text for element in feed.iter("{*}summary")]
    assert "Of ℝ" in [element.text for element in feed.iter("{*}title")]
    found = searchable(app.outdir)["/norm/"]
    assert found["meta"]["title"] == "Of ℝ"
    assert "\\" not in found["content"]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_title_has_formulas_as_text(app: SphinxTestApp) -> None:
    """Windows, shared links, search and lists name a page with a formula in its heading as one reads it."""
    (app.srcdir / "posts/2024/heat.md").write_text(
        "---\ndate: 2024-02-01\n---\n\n# On {math}`\\frac{a}{2k}`\n\nText.\n", encoding="utf-8"
    )
    (app.srcdir / "manual.md").write_text(
        "---\norphan: true\n---\n\n# On {math}`u_t`\n\nMore.\n", encoding="utf-8"
    )
    app.build()
    for page, title in (("posts/2024/heat", "On a/(2k)"), ("manual", "On u_t")):
        root = read_html(app.outdir / page / "index.html")
        assert root.xpath("//title/text()")[0].startswith(title)
        assert root.xpath("//meta[@property='og:title']/@content") == [title]
        assert searchable(app.outdir)[f"/{page}/"]["meta"]["title"] == title
