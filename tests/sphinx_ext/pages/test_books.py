"""Posts in books, texts and catalogs."""

from __future__ import annotations

from pathlib import Path

import pytest
from sphinx.testing.util import SphinxTestApp

TITLE = "Title from the heading"


@pytest.fixture
def site(app: SphinxTestApp) -> Path:
    """A site whose table of contents has a stub for the list, and one post."""
    index = "# Home\n\n```{toctree}\nblog\nposts/2024/titled\n```\n\n```{postlist} 2\n```\n"
    Path(app.srcdir, "index.md").write_text(index, encoding="utf-8")
    Path(app.srcdir, "blog.md").write_text("# Blog\n", encoding="utf-8")
    Path(app.srcdir, "hidden.md").write_text("# Far\n\n```{post}\n```\n\nHidden words.\n", encoding="utf-8")
    return Path(app.srcdir)


@pytest.mark.parametrize(
    "builder",
    ["epub", "singlehtml", "text", "latex", "man", "gettext", "linkcheck", "xml", "texinfo", "json"],
)
@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_all_builders_work_and_hold_drafts_back(
    builder: str, site: Path, make_app: type[SphinxTestApp]
) -> None:
    """None fails, and what is not to be seen is in none of their files."""
    settings = {
        "version": "1",
        "copyright": "Ann",
        "suppress_warnings": ["epub", "toc"],
        "linkcheck_ignore": [".*"],
    }
    app = make_app(builder, srcdir=site, confoverrides=settings)
    app.build()
    assert app.statuscode == 0
    files = [file for file in app.outdir.rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files if b"Hidden words" in file.read_bytes()]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_book_has_headlines_and_lists(site: Path, make_app: type[SphinxTestApp]) -> None:
    """A post says when it was written and by whom; lists link to what is in the book, and name the rest."""
    app = make_app("latex", srcdir=site, confoverrides={"suppress_warnings": ["toc"]})
    app.build()
    (file,) = app.outdir.glob("*.tex")
    text = file.read_text(encoding="utf-8").replace("\\sphinxhyphen{}", "-")
    assert text.count(f"{{\\sphinxcrossref{{{TITLE}}}}}") >= 1
    title, _, rest = text.partition("{Title from the ")
    assert title
    assert "9 March 2024" in rest[:400]
    assert "The instant decides" in text.partition("{Blog}")[2]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_one_long_page_links_only_to_what_is_on_it(site: Path, make_app: type[SphinxTestApp]) -> None:
    """A post that is in no table of contents is text in a list."""
    app = make_app("singlehtml", srcdir=site, confoverrides={"suppress_warnings": ["toc"]})
    app.build()
    text = (app.outdir / "index.html").read_text(encoding="utf-8")
    assert 'href="#document-posts/2024/titled"' in text
    assert 'href="#document-posts/2024/plain"' not in text
