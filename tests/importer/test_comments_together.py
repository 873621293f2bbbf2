"""Comments that are read and proved together come out as each does alone."""

from __future__ import annotations

from datetime import UTC

import pytest
from helpers import assert_linear
from hypothesis import given
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
OTHERS = (
    "<b>",
    "</b>",
    "<i>",
    "</i>",
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


@pytest.mark.parametrize(
    "html",
    ["<b>a</b>", "<p class=x>a", "a<!-- b -->", "&copy;", "&amp", "a < b", "\x00", "\ufffe", "<", "&#1;"],
)
def test_other_html_is_for_the_parser(html: str) -> None:
    """Any other tag, reference, or character is left to the parser."""
    assert simple.read(html) is None


@given(st.lists(html_of(*PARTS, *OTHERS), min_size=2, max_size=6))
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
