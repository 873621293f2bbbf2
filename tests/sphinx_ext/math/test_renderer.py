"""Formulas on pages, as MathML, and the settings for them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import quickjs
from docutils.nodes import document
from helpers import read_html
from sphinx.application import Sphinx
from sphinx.errors import ConfigError
from sphinx.testing.util import SphinxTestApp
from sphinx.util.docutils import docutils_namespace, patch_docutils

from postdocs.sphinx_ext.math import engine
from postdocs.sphinx_ext.math.set_formulas import formulas_of


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
    assert page.xpath("string(//p/span/math//mtext)") == "\xa0&\xa0"


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


LABELS = r"""# Labels

\begin{align}
a &= b \label{eq:first} \\
c &= d
\end{align}

\begin{equation}
e = f
\end{equation}

By $\eqref{eq:first}$, $\ref{eq:first}$ and {eq}`eq:first`; not by $\eqref{nosuch}$.
"""


@pytest.mark.sphinx("html", testroot="math")
def test_labels_of_latex_are_those_of_equations(app: SphinxTestApp) -> None:
    r"""What `\label` names in an AMS environment, `\eqref`, `\ref` and the role can refer to."""
    (app.srcdir / "index.md").write_text(LABELS, encoding="utf-8")
    app.build()
    page = read_html(app.outdir / "index.html")
    assert page.xpath("//p/span/math/mtext/text()") == ["(1)", "1"]
    (link,) = page.xpath("//p/a[contains(@class, 'internal')]")
    assert (link.text, len(page.xpath(f"//*[@id='{link.get('href')[1:]}']"))) == ("(1)", 1)
    (warning,) = app.warning.getvalue().splitlines()
    assert "index.md:12: WARNING: The formula can't be read: no equation of this page has" in warning


@pytest.mark.sphinx("html", testroot="math")
def test_a_formula_that_cannot_be_read_is_one_warning(app: SphinxTestApp) -> None:
    """It says the file, the line and what is wrong; the page shows the LaTeX as it is."""
    app.build()
    warnings = app.warning.getvalue().splitlines()
    assert len(warnings) == 2
    assert (
        r"index.md:27: WARNING: The formula can't be read: the command \nosuch is not known;" in warnings[0]
    )
    assert "index.md:29: WARNING: The formula can't be read: } is missing." in warnings[1]
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
    confoverrides={"extensions": ["myst_parser", "postdocs", "sphinx.ext.imgmath"]},
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
    assert ["".join(math.itertext()) for math in formulas] == ["ℝ{x}→n", "", "ℵ"]
    (warning,) = app.warning.getvalue().splitlines()
    assert r"other.md:7: WARNING: The formula can't be read: the command \own is not known;" in warning


@pytest.mark.parametrize("macro", [1, ["x", "1"], [], ["x", 10], ["x", 1, 2], ["x", 1, "y", "z"], {"x": "y"}])
def test_a_macro_of_the_settings_that_is_none_ends_the_build(macro: object, tmp_path: Path) -> None:
    """The message names the setting and the macro."""
    config = {"tex": {"macros": {"x": macro}}}
    text = f"extensions = ['myst_parser', 'ablog', 'postdocs']\nmathjax3_config = {config}\n"
    (tmp_path / "conf.py").write_text(text, encoding="utf-8")
    with (
        patch_docutils(tmp_path),
        docutils_namespace(),
        pytest.raises(ConfigError, match=r"^conf\.py: mathjax3_config: macros: x: .* is not a macro"),
    ):
        Sphinx(tmp_path, tmp_path, tmp_path / "out", tmp_path / "doctrees", "html", status=None, warning=None)


@pytest.mark.sphinx("dirhtml", testroot="math")
def test_a_written_document_keeps_no_formulas(app: SphinxTestApp) -> None:
    """It may stay in memory until the build ends; what is made of its page has them before."""
    held: list[int] = []

    def note(priority: int) -> None:
        def count(app: Sphinx, name: str, template: str, context: object, doctree: document | None) -> None:
            held.extend([] if doctree is None else [len(formulas_of(doctree))])

        app.connect("html-page-context", count, priority=priority)

    note(1)
    note(1_000)
    app.build()
    assert held[0] > 1
    assert held[1] == 0


def test_processes_that_write_share_an_engine(
    make_app: Callable[..., SphinxTestApp], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It starts before the first of them parts, where a document has formulas."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "conf.py").write_text("extensions = ['myst_parser', 'ablog', 'postdocs']\n", encoding="utf-8")
    (source / "index.rst").write_text("Home\n====\n", encoding="utf-8")
    for number in range(12):
        text = f"Page\n====\n\nText.\n\n:math:`x_{number}`\n"
        (source / f"page-{number}.rst").write_text(text, encoding="utf-8")
    starts = tmp_path / "starts"
    make = quickjs.Context

    def noted() -> quickjs.Context:
        with starts.open("a", encoding="utf-8") as file:
            file.write(f"{os.getpid()}\n")
        return make()

    monkeypatch.setattr(quickjs, "Context", noted)
    engine._program.cache_clear()  # noqa: SLF001 - other tests in this process have started one
    app = make_app("dirhtml", srcdir=source, parallel=2)
    app.build()
    assert starts.read_text(encoding="utf-8") == f"{os.getpid()}\n"
    assert "<msub>" in (app.outdir / "page-11/index.html").read_text(encoding="utf-8")
