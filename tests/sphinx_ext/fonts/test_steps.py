"""The font of formulas in a build."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from helpers import read_html
from sphinx.testing.util import SphinxTestApp

_FONT = "_static/postdocs-math.woff2"


def _write(app: SphinxTestApp, name: str, formula: str) -> None:
    text = f"---\ntitle: {name}\ndate: 2024-02-01\n---\n\nSo {formula}.\n"
    Path(app.srcdir, f"posts/2024/{name}.md").write_text(text, encoding="utf-8")


def _letters(out: Path) -> str:
    font = TTFont(io.BytesIO(Path(out, _FONT).read_bytes()))
    return "".join(map(chr, sorted(font.getBestCmap())))


def _asks(out: Path, page: str) -> bool:
    links = read_html(Path(out, page)).xpath("//link[@rel='preload'][@as='font']")
    return any(link.get("href").endswith(_FONT) for link in links)


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_the_font_has_what_the_formulas_of_all_pages_need(app: SphinxTestApp) -> None:
    """It follows each edit; only pages with formulas ask for it, and without any there is none."""
    _write(app, "one", "{math}`x`")
    _write(app, "two", "{math}`y`")
    _write(app, "none", "none")
    app.build()
    assert _letters(app.outdir) == "𝑥𝑦"
    assert _asks(app.outdir, "posts/2024/one/index.html")
    assert not _asks(app.outdir, "posts/2024/none/index.html")
    _write(app, "two", "{math}`z`")
    app.build()
    assert _letters(app.outdir) == "𝑥𝑧"
    Path(app.srcdir, "posts/2024/one.md").unlink()
    app.build()
    assert _letters(app.outdir) == "𝑧"
    _write(app, "two", "nothing")
    app.build()
    assert not Path(app.outdir, _FONT).exists()


@pytest.mark.parametrize("builder", ["singlehtml", "epub"])
def test_other_builders(builder: str, make_app: type[SphinxTestApp], sphinx_test_tempdir: Path) -> None:
    """A site in one page has the font too; a book has MathML, and uses the fonts of its reader."""
    source = sphinx_test_tempdir / builder
    source.mkdir()
    (source / "conf.py").write_text(
        "extensions = ['myst_parser', 'ablog', 'postdocs']\nmyst_enable_extensions = ['dollarmath']\n"
        "project = 'Book'\nversion = '1'\ncopyright = 'Ann'\nepub_show_urls = 'no'\n",
        encoding="utf-8",
    )
    (source / "index.md").write_text("# Book\n\nSo $x_1$.\n\n$$\ny\n$$ (y)\n", encoding="utf-8")
    app = make_app(builder, srcdir=source)
    app.build()
    assert app.warning.getvalue() == ""
    assert Path(app.outdir, _FONT).exists() == (builder == "singlehtml")
    page = next(path for path in app.outdir.rglob("index.*html")).read_text(encoding="utf-8")
    assert page.count("<math") == 2
    assert page.count('xmlns="http://www.w3.org/1998/Math/MathML"') == 2 * (builder == "epub")
