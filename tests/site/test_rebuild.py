"""Builds after a change."""

from __future__ import annotations

import pytest
from helpers import read_html, texts
from sphinx.testing.util import SphinxTestApp


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_new_title_reaches_every_page_that_shows_it(app: SphinxTestApp) -> None:
    """After a post is retitled, home, lists and neighbours show the new title, though they did not change."""
    app.build()
    path = app.srcdir / "posts/2023/marked.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("The instant decides", "Renamed"), encoding="utf-8"
    )
    app.build()
    for page in ("", "blog/", "blog/archive/", "blog/author/ann-example/", "posts/2024/plain/"):
        content = read_html(app.outdir / f"{page}index.html").text_content()
        assert "Renamed" in content, page
        assert "The instant decides" not in content, page


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_post_that_goes_away_leaves_every_list(app: SphinxTestApp) -> None:
    """After a post is deleted, no other page links to it."""
    app.build()
    (app.srcdir / "posts/2023/marked.md").unlink()
    app.build()
    for page in ("", "blog/", "blog/archive/", "posts/2024/plain/"):
        assert "The instant decides" not in read_html(app.outdir / f"{page}index.html").text_content(), page
    assert texts(read_html(app.outdir / "posts/2024/plain/index.html"), "post-newer") == []


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_an_edit_of_a_body_writes_no_other_document_again(app: SphinxTestApp) -> None:
    """When nothing changed that other pages show, they are left as they are."""
    app.build()
    path = app.srcdir / "posts/2024/titled.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    written: list[str] = []
    app.connect("html-page-context", lambda app, name, *rest: written.append(name))
    app.build()
    documents = {name for name in written if name in app.env.found_docs}
    assert documents == {"posts/2024/titled"}
