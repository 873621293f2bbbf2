"""HTML of authors, however it is written."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import pytest
from articles import PAGE, seen, stand, tree
from hypothesis import example, given
from hypothesis import strategies as st


def test_what_waits_for_a_script_is_shown() -> None:
    """Readers run none: what a page has for browsers without scripts is in the feed."""
    assert stand('<noscript><img src="/x.png" alt="X"></noscript>') == (
        '<img src="https://example.org/x.png" alt="X"/>'
    )


def test_media_without_an_address_leave_their_words() -> None:
    """A film that nothing can be seen of is what stands in for it; others get controls and never start."""
    assert stand("<video><track><p>Words</p></video>") == "<p>Words</p>"
    left = stand('<video autoplay loop><source src="v.mp4"></video>')
    assert left == f'<video loop="" controls=""><source src="{PAGE}v.mp4"/></video>'


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>x</p>",
        '<p style="color: red; DISPLAY : none">x</p>',
        '<p class="note d-none">x</p>',
        '<img class="only-dark" src="x.png"><figcaption>x</figcaption>',
        "<dialog>x</dialog>",
        "<template>x</template>",
        '<span class="linenos">x</span>',
    ],
)
def test_what_the_page_hides_is_hidden(hidden: str) -> None:
    """A reader has no style sheet that would hide it."""
    assert stand(f"a{hidden}b") == "ab"


@pytest.mark.parametrize(
    "raw",
    [
        *("</body></html>", "</article></section></div>", "\0", "&#0;&#1;", "\ud800", "<!-- a", "<b><i></b>"),
        *("<table><tr>", "<script>", "<style>", "<textarea>", "<select><option>", "<template>", "<title>"),
        *(
            "<plaintext>",
            "<noscript>",
            "<noembed>",
            "<iframe src=x>",
            "<xmp>",
            "<dialog>",
            "<button>",
            "<h1>",
        ),
        *(
            "<svg>",
            "<math><mtext>",
            "<p><object>",
            "<![CDATA[",
            "<?php echo 1 ?>",
            "</",
            "<",
            "&",
            "<div" * 300,
        ),
        *(
            "<video src=x>",
            "<a href=x>",
            "<ul><li>",
            "<p hidden=until-found>",
            "cd <path>",
            "<set>",
            "<gone>",
        ),
    ],
)
def test_html_of_the_author_never_cuts_the_article(raw: str) -> None:
    """Whatever one paragraph leaves open, ends too early or crosses, the next is there, once."""
    left = stand(f"<section><p>Before {raw} here</p>\n<p>After <b>all</b>.</p></section>\n<p>End.</p>")
    assert re.search(r"Before.*After (<b>)?all(</b>)?\..*End\.", left, re.DOTALL)


@pytest.mark.parametrize(
    "name", ["path", "set", "desc", "mi", "T", "x-y", "svg", "button", "select", "title"]
)
def test_a_placeholder_takes_no_words_away(name: str) -> None:
    """Who writes `cd <path>` and forgets that it is a tag loses the tag and nothing else."""
    assert stand(f"<p>cd <{name}> and go</p>") == "<p>cd  and go</p>"


def test_deeper_nesting_than_any_page_needs_is_made_flat() -> None:
    """Thousands of elements in each other are neither an error nor lost words."""
    for tag in ("div", "span", "ul><li", "h1", "aside class=footnote", "svg"):
        assert seen(stand(f"<{tag}>" * 3000 + "deep" + f"</{tag.partition('>')[0]}>")) == "deep"


WORD = st.sampled_from(["one", " two ", "三", "&lt;b&gt;", "&amp;", "é\n", "&nbsp;", "'\"", "#", "[1]"])
NAME = st.sampled_from([
    "p", "div", "section", "span", "b", "i", "em", "code", "pre", "a", "ul", "ol", "li", "table", "tbody",
    "tr", "td", "th", "caption", "blockquote", "figure", "figcaption", "h2", "h3", "dl", "dt", "dd",
    "details", "summary", "sup", "sub", "kbd", "aside", "center", "form", "label", "fieldset", "legend",
    "font",
])  # fmt: skip
ATTRIBUTES = st.sampled_from([
    "", ' id="a"', ' id="b" class="note"', ' href="#a"', ' href="../x#b"', ' src="javascript:x"',
    ' href="http://[x"', ' onclick="run()"', ' style="display:none"', ' hidden=""', ' class="admonition"',
    ' class="admonition-title"', ' class="highlight"', ' style="color:red; width: 3px"', ' headers="a b"',
    ' class="label"', ' title="<p>"', ' name="c"', ' class="rubric" role="doc-noteref" href="#c"',
    ' class="highlight-python"',
])  # fmt: skip
WHOLE = st.sampled_from([
    "<br>", "<hr/>", "<script>x<p></script>", "<style>p{}</style>", "<!-- c -->", '<img src="x.png" alt="y">',
    '<input type="text">', "</body>", "</html>", "\n\n", '<svg id="b"><g><text>one</text></g></svg>',
    "<math><mrow><mi>x</mi><mo>&lt;</mo></mrow></math>", "<x-y>", "</x-y>", "<path>", "</path>", "<mi>",
])  # fmt: skip
PIECES = st.one_of(
    WORD,
    st.builds("<{}{}>".format, NAME, ATTRIBUTES),
    st.builds("</{}>".format, NAME),
    WHOLE,
)
SOUP = st.lists(PIECES, max_size=40).map("".join)


@given(SOUP)
@example("<table><p>one<tr><td>two</table>three")
@example("<p>one<b>two<p>three</b>four")
@example('<a class="brackets" role="doc-noteref" href="#a"><div>one</div></a>')
def test_all_that_a_browser_shows_is_there(body: str) -> None:
    """However broken the HTML is, no visible letter is lost, added or moved."""
    assert seen(stand(body)) == seen(body)


@given(SOUP | st.text(max_size=60).map(lambda text: f"<p>{text}</p>"))
def test_what_comes_out_may_go_in_again(body: str) -> None:
    """A second time moves and loses nothing; what is crossed or wrongly nested is in order then."""
    left = stand(body)
    again = stand(left)
    assert seen(again) == seen(left)
    assert stand(again) == again


@given(SOUP)
def test_nothing_in_it_needs_the_page(body: str) -> None:
    """Every address is absolute, or leads to the one element of that id; no handler or class is left."""
    root = tree(stand(body))
    ids = [str(value) for value in root.xpath("//@id")]
    assert len(ids) == len(set(ids))
    for address in map(str, root.xpath("//@href | //@src")):
        assert urlsplit(address).scheme in {"http", "https"} or unquote(address[1:]) in ids
    assert all(id_.startswith("first-") for id_ in ids)
    assert root.xpath("//@onclick | //@class[not(starts-with(., 'language-'))]") == []
