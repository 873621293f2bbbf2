"""Comments that are read and proved together come out as each does alone."""

from __future__ import annotations

from datetime import UTC

import pytest
from helpers import assert_linear
from hypothesis import example, given
from hypothesis import strategies as st

from postdocs.importer.comments import convert_comments
from postdocs.importer.entry import SourceComment
from postdocs.importer.html import simple
from postdocs.importer.html.parse import parse_body
from postdocs.importer.html.settle import read
from postdocs.importer.html.visible import words_of_body

PARTS = (
    "<p>", "</p>", "<br>", "<BR />", "&amp;", "&lt;b&gt;", "&nbsp;", "&#39;", "&#8217;", "&quot;", " ", "\n",
    "\xa0", "\u200b", "\u2028", "\u202e", "\U0001f600", "a", "Words", "1. ", "- ", "* ", "# ", "> ", "`",
    "```", "*", "_", "~", "---", "----", "===", "[a](b)", "[a]: b", "https://a.example/?b=1&amp;c.", "$x$",
    "\\", "|", "{{ x }}", "(a)=",
)  # fmt: skip
MARKS = (
    "<b>", "</b>", "<STRONG>", "</strong>", "<i>", "</i>", "<em>", "</em>", "</a>", '<a rel="x">',
    '<a href="https://a.example/b?c">', '<a href="https://a.example/" rel="nofollow ugc" target="_blank">',
    '<A HREF="HTTP://www.b.example">', '<a href="https://c.example/#d">', '<a href="/e">',
    '<a href="https://f.example" href="https://g.example">', '<a href=" https://h.example ">',
)  # fmt: skip
OTHERS = (
    *MARKS,
    "<ul><li>",
    "</ul>",
    "<blockquote>",
    "</blockquote>",
    "<pre>",
    "</pre>",
)


def html_of(*parts: str) -> st.SearchStrategy[str]:
    """Return HTML that is put together from parts."""
    return st.lists(st.sampled_from(parts), max_size=12).map("".join)


@given(html_of(*PARTS))
def test_simple_html_reads_as_a_parser_reads_it(html: str) -> None:
    """Paragraphs, line breaks, and text give the tree, and the words, that a browser makes of them."""
    document = simple.read(html)
    assert document is not None
    assert document == parse_body(read(html), None, [])[0]
    assert simple.words(html) == words_of_body(read(html), None)


@given(html_of(*PARTS, *MARKS))
def test_html_with_marks_reads_as_a_parser_reads_it(html: str) -> None:
    """So do links and emphasis, where their tags stand in each other; the parser has the rest."""
    document = simple.read(html, "https://example.org/post/")
    if document is not None:
        assert document == parse_body(read(html), "https://example.org/post/", [])[0]
        assert simple.words(html) == words_of_body(read(html), "https://example.org/post/")


@pytest.mark.parametrize("html", ["<b>a <i>b</i></b>", '<p><em><a href="https://a.example/b">c</a></em></p>'])
def test_marks_in_each_other_are_simple(html: str) -> None:
    """The parser isn't needed for the links and the emphasis that most comments have."""
    document = simple.read(html)
    assert document is not None
    assert document == parse_body(read(html), None, [])[0]


@pytest.mark.parametrize(
    "html",
    [
        "<b>a",
        "a</b>",
        "<b><i>a</b></i>",
        "<b>a<p>b</b>",
        "<b class=x>a</b>",
        "<u>a</u>",
        "<a href='b'>c</a>",
        '<a href="https://a.example"><a href="https://b.example">c</a></a>',
        "<p class=x>a",
        "a<!-- b -->",
        "&copy;",
        "&amp",
        "a < b",
        "\x00",
        "\ufffe",
        "<",
        "&#1;",
    ],
)
def test_other_html_is_for_the_parser(html: str) -> None:
    """Any other tag, reference, or character is left to the parser."""
    assert simple.read(html) is None


@given(st.lists(html_of(*PARTS, *OTHERS), min_size=2, max_size=6))
@example(["(a)=", "&amp;"])
def test_together_is_as_alone(contents: list[str]) -> None:
    """Neither the text of a comment nor what is said of it depends on the comments around it."""
    comments = [SourceComment(str(at), "Ann", html) for at, html in enumerate(contents)]
    together = convert_comments(comments, None, UTC)
    alone = [convert_comments([one], None, UTC) for one in comments]
    assert together.comments == tuple(one for each in alone for one in each.comments)
    assert together.notes == tuple(note for each in alone for note in each.notes)


@pytest.mark.parametrize("part", ["a", "<p>", "<br>", "&amp;", "<", "&", "<p", " ", "\xa0", "<br "])
def test_repeated_parts_take_linear_time(part: str) -> None:
    """HTML of one part again and again is read once."""
    assert_linear(lambda size: simple.read(part * size), 20_000)


def test_many_comments_take_linear_time() -> None:
    """Twice the comments take twice the time, whatever they reply to."""
    many = [SourceComment(str(at), "Ann", f"<p>Words {at}</p>", None, str(at - 1)) for at in range(800)]
    assert_linear(lambda size: convert_comments(many[:size], None, UTC), 800)
