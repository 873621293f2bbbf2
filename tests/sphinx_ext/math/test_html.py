"""Formulas in pieces of HTML are set like any other."""

from __future__ import annotations

import pytest
from helpers import read_html
from sphinx.testing.util import SphinxTestApp

PAGE = r"""# A

<table><tr><th colspan="2">Rate <span class="math notranslate nohighlight">\(k_1 &lt; 2\)</span></th></tr>
<tr><td><div class="math notranslate nohighlight">\[\sum_i y_i\]</div></td><td>
<span class="math notranslate nohighlight">\(\nosuch\)</span></td></tr></table>

Words <ruby><span class="math notranslate nohighlight">\\(z\\)</span><rt>zed</rt></ruby>, and
<span class="math">\\(kept\\)</span>.
"""


@pytest.mark.sphinx("html", testroot="math")
def test_formulas_in_html_are_set(app: SphinxTestApp) -> None:
    """In a cell and in a line of text a formula becomes MathML; what can't be read is told with its line."""
    (app.srcdir / "index.md").write_text(PAGE, encoding="utf-8")
    app.build()
    page = read_html(app.outdir / "index.html")
    assert page.xpath("//th/span[@class='math notranslate nohighlight']/math/@alttext") == ["k_1 < 2"]
    assert page.xpath("//td/div/div[@class='formula']/math[@display='block']/@alttext") == [r"\sum_i y_i"]
    assert page.xpath("//td//code/text()") == [r"\nosuch"]
    assert page.xpath("//ruby/span/math/@alttext") == ["z"]
    assert page.xpath("//p/span[@class='math']/text()") == [r"\(kept\)"]
    (warning,) = app.warning.getvalue().splitlines()
    assert "index.md:5: WARNING: The formula can't be read" in warning


@pytest.mark.sphinx("text", testroot="math")
def test_other_builders_take_formulas_of_html(app: SphinxTestApp) -> None:
    """A builder that writes no HTML gets the formulas without the HTML around them."""
    (app.srcdir / "index.md").write_text(PAGE, encoding="utf-8")
    app.build()
    assert app.warning.getvalue() == ""
    assert "k_1 < 2" in (app.outdir / "index.txt").read_text(encoding="utf-8")
