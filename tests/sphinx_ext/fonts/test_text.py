"""The font of text."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from helpers import read_html
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.fonts.text import letters_in

_POST = "---\ndate: 2024-02-01\n---\n# {0}\n\nText {0} *{1}* `ж`.\n"


def _letters(app: SphinxTestApp, end: str) -> set[str]:
    font = TTFont(io.BytesIO(Path(app.outdir, f"_static/postdocs-text{end}.woff2").read_bytes()))
    assert font["name"].getDebugName(1) == "Postdocs Text"  # the license reserves the name of the original
    assert "Open Font License" in font["name"].getDebugName(13)
    return {*map(chr, font.getBestCmap())}


def _preloaded(app: SphinxTestApp, page: str) -> list[str]:
    html = read_html(app.outdir / page / "index.html")
    return [link.rpartition("/")[2] for link in html.xpath("//link[@rel='preload'][@as='font']/@href")]


@pytest.mark.sphinx("dirhtml", testroot="theme", confoverrides={"postdocs_font": True})
def test_the_faces_have_the_letters_of_the_site(app: SphinxTestApp) -> None:
    """Each face follows the text that is set in it; a page preloads those that it uses."""
    posts = Path(app.srcdir, "posts")
    (posts / "one.md").write_text(_POST.format("Žluť", "ōs"), encoding="utf-8")
    (posts / "one.comments.yml").write_text("- {id: '1', author: Ada, text: 'Ďas *ř*'}\n", encoding="utf-8")
    app.build()
    assert {*"Žluťōs5Ď"} <= _letters(app, "")
    assert "ř" in _letters(app, "-italic")
    assert "ж" not in _letters(app, "")  # code has another font
    assert "ō" in _letters(app, "-italic")
    assert "Ž" not in _letters(app, "-italic")
    assert _preloaded(app, "posts/one") == ["postdocs-text.woff2", "postdocs-text-italic.woff2"]
    assert _preloaded(app, "blog/archive") == ["postdocs-text.woff2"]
    css = (app.outdir / "_static/postdocs-theme.css").read_text(encoding="utf-8")
    assert css.count("font-display:optional") == css.count("@font-face") == 10
    (posts / "one.md").write_text(_POST.format("Łódź", "é"), encoding="utf-8")
    app.build()
    assert "Ł" in _letters(app, "")
    assert "Ž" not in _letters(app, "")
    assert "ō" not in _letters(app, "-italic")


@pytest.mark.sphinx("dirhtml", testroot="theme", confoverrides={"postdocs_font": True})
def test_the_faces_have_the_letters_of_formulas_in_summaries(app: SphinxTestApp) -> None:
    """Lists show them as text. The page of the post sets them in another font, and loads no file for them."""
    post = "---\ndate: 2024-02-01\n---\n# One\n\nWith {math}`\\theta > 0` and ½.\n"
    Path(app.srcdir, "posts", "one.md").write_text(post, encoding="utf-8")
    app.build()
    assert "θ" in _letters(app, "-greek")
    assert {*">½"} <= _letters(app, "")
    assert _preloaded(app, "posts/one") == ["postdocs-math.woff2", "postdocs-text.woff2"]


@pytest.mark.sphinx("dirhtml", testroot="theme", confoverrides={"postdocs_font": True})
def test_each_face_that_the_style_sheet_names_is_there(app: SphinxTestApp) -> None:
    """One that no text is set in has a space, so that a link check finds no dead address."""
    Path(app.srcdir, "docs", "first.md").write_text("# First\n\nText.\n", encoding="utf-8")
    app.build()
    css = (app.outdir / "_static/postdocs-theme.css").read_text(encoding="utf-8")
    named = re.findall(r"url\(\"?([\w-]+\.woff2)", css)
    assert len({*named}) == 7
    assert [name for name in named if not (app.outdir / "_static" / name).is_file()] == []
    assert _letters(app, "-bold") == _letters(app, "-italic") == {" "}


@pytest.mark.sphinx("dirhtml", testroot="theme", confoverrides={"postdocs_font": True})
def test_a_script_costs_only_pages_that_have_it(app: SphinxTestApp) -> None:
    """Greek and Cyrillic letters are in files of their own, which other pages don't load."""
    posts = Path(app.srcdir, "posts")
    (posts / "one.md").write_text(_POST.format("Žluť", "ōs"), encoding="utf-8")
    app.build()
    before = _letters(app, "")
    (posts / "two.md").write_text(_POST.format("Свет", "где"), encoding="utf-8")
    (posts / "three.md").write_text(_POST.format("Φώς", "or"), encoding="utf-8")
    app.build()
    assert _letters(app, "") == before
    assert {*"Светгдеж"} == _letters(app, "-cyrillic")  # lists show code as text
    assert {*"Φώς"} == _letters(app, "-greek")
    assert _preloaded(app, "posts/one") == ["postdocs-text.woff2", "postdocs-text-italic.woff2"]
    assert _preloaded(app, "posts/two") == ["postdocs-text.woff2", "postdocs-text-cyrillic.woff2"]
    assert _preloaded(app, "posts/three")[:2] == ["postdocs-text.woff2", "postdocs-text-greek.woff2"]


def test_letters_are_those_of_the_text() -> None:
    """Markup, and what has other fonts, count for nothing; characters that are written as references do."""
    body = (
        "<p title='q'>a&amp;<em class='x'>b<code>c</code></em><code>d</code><strong>e</strong></p><h2>f</h2>"
    )
    assert letters_in(body, "", "em|i", "b|strong") == ["&abe", "b", "e"]
    assert letters_in("", "em") == [""]
    others = '<table><tr><th><strong>g</strong></th></tr></table><p class="admonition-title"><b>h</b></p>'
    assert letters_in(others, "", "b|strong") == ["", ""]
