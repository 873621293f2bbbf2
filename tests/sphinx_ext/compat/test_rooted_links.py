"""Links from the root of the host."""

from __future__ import annotations

from io import StringIO

import pytest
from helpers import read_html
from sphinx.testing.util import SphinxTestApp

BUILDERS = [
    pytest.param(marks=pytest.mark.sphinx("html", testroot="blog"), id="html"),
    pytest.param(marks=pytest.mark.sphinx("dirhtml", testroot="blog"), id="dirhtml"),
]


def write(app: SphinxTestApp, text: str) -> None:
    """Write a post."""
    path = app.srcdir / "posts/2024/rooted.md"
    path.write_text(f"---\ntitle: Rooted\ndate: 2024-02-01\n---\n\n{text}\n", encoding="utf-8")


@pytest.mark.parametrize((), BUILDERS)
def test_a_link_from_the_root_of_the_host_stays_as_written(app: SphinxTestApp, warning: StringIO) -> None:
    """Old posts link so to feeds, lists, and files beside the pages; feeds have the whole address."""
    written = {"/feed.xml": "Feed", "/tags/sea/?page=2#all": "Sea", "/demos/wave.html": "", "/": "home"}
    write(app, ", ".join(f"[{text}]({url})" for url, text in written.items()))
    app.build()
    assert warning.getvalue() == ""
    (page,) = (path for path in app.outdir.rglob("*.html") if "rooted" in path.as_posix())
    texts = {link.get("href"): link.text_content() for link in read_html(page).iter("a")}
    assert {url: texts[url] for url in written} == written | {"/demos/wave.html": "/demos/wave.html"}
    feed = (app.outdir / "blog/atom.xml").read_text(encoding="utf-8")
    assert "https://example.org/demos/wave.html" in feed


@pytest.mark.sphinx("xml", testroot="blog")
def test_a_document_that_is_no_site_has_the_whole_address(app: SphinxTestApp) -> None:
    """Nothing is at the root of a book."""
    write(app, "[Feed](/feed.xml)")
    app.build()
    text = (app.outdir / "posts/2024/rooted.xml").read_text(encoding="utf-8")
    assert 'refuri="https://example.org/feed.xml"' in text


@pytest.mark.sphinx("dirhtml", testroot="blog")
@pytest.mark.parametrize("target", ["/posts/2024/gone.md", "/posts/2024/gone", "/\\example.org/"])
def test_a_path_of_a_document_that_is_not_there_is_reported(
    app: SphinxTestApp, warning: StringIO, target: str
) -> None:
    """What looks like a file of the sources, or leads to another host, is no address of this one."""
    write(app, f"[It](<{target}>).")
    app.build()
    assert "rooted.md:6: WARNING: there is no page" in warning.getvalue()
