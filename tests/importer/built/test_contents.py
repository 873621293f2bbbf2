"""Tables of contents in the articles of built pages."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from postdocs.importer.built.contents import take_contents
from postdocs.importer.entry import NoteKind

HEADINGS = '<h2 id="a">A</h2><p>Text of a.</p><section id="b"><h2>B</h2><p id="c">Text of b.</p></section>'


@pytest.mark.parametrize(
    "contents",
    [
        '<div class="toc"><ul><li><a href="#a">A</a><ul><li><a href="#b">B</a></li></ul></li></ul></div>',
        '<nav id="TOC" role="doc-toc"><h2>On this page</h2><ul><li><a href="#a">A</a></li></ul></nav>',
        '<details class="table-of-contents"><summary>Contents</summary><a href="#b">B</a></details>',
        '<ul id="markdown-toc"><li><a href="#a">A</a></li></ul>',
    ],
)
def test_what_lists_the_headings_goes(contents: str) -> None:
    """It is named, and the headings stay."""
    article = BeautifulSoup(f"<article><p>First.</p>{contents}{HEADINGS}</article>", "html.parser").article
    assert article is not None
    (note,) = take_contents(article)
    assert note.kind is NoteKind.LEFT_OUT
    assert str(article) == f"<article><p>First.</p>{HEADINGS}</article>"


@pytest.mark.parametrize(
    "contents",
    [
        '<ul class="list"><li><a href="#a">A</a></li></ul>',
        '<div class="toc"><a href="#a">A</a> and what the author says of it in a few words more</div>',
        '<div class="toc"><a href="/other/">Other</a></div>',
        '<div class="toc"><a href="#c">A paragraph</a></div>',
        '<div class="toc"><a href="#gone">Nothing</a></div>',
        '<div class="toc">Words</div>',
    ],
)
def test_what_an_author_wrote_stays(contents: str) -> None:
    """A list without a mark, with words of its own, or with other links."""
    html = f"<article><p>First.</p>{contents}{HEADINGS}</article>"
    article = BeautifulSoup(html, "html.parser").article
    assert article is not None
    assert take_contents(article) == []
    assert str(article) == html
