"""Articles as HTML that stands by itself in a feed reader."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from articles import PAGE, all_of, stand, written


def test_the_title_of_the_page_is_left_out() -> None:
    """An entry has a title of its own; more headings of its level go under it, and the rest with them."""
    assert stand('<section id="t"><h1>Title<a class="headerlink" href="#t">#</a></h1><p>A</p></section>') == (
        "<section><p>A</p></section>"
    )
    assert stand("<h1>One</h1><h1>Two</h1><h2>Three</h2>") == "<h2>Two</h2><h3>Three</h3>"


def test_nothing_of_the_page_around_it_stays() -> None:
    """Marks beside headings, scripts, styles, comments, controls and the theme's classes and ids go."""
    body = """<h2 id="part">Part<a class="headerlink" href="#part" title="Link">¶</a></h2><!-- c -->
        <link rel="stylesheet" href="x.css"><meta name="a" content="b"><style>p {}</style>
        <script>run()</script>
        <p class="lead tex2jax_ignore" id="p1" onclick="run()" data-x="1">Text</p>
        <form action="/send"><label>Name <input name="n"></label><select><option>one</option></select>
        <textarea>x</textarea><button>Send</button></form>"""
    left = stand(body)
    assert " ".join(left.split()) == "<h2>Part</h2> <p>Text</p> <div>Name </div>"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:run()",
        " JavaScript:run()",
        "java\nscript:run()",
        "&#1;javascript:run()",
        "javascript&colon;run()",
        "vbscript:run()",
        "data:text/html,<script>run()</script>",
        "data:image/svg+xml,<svg onload=run()>",
        "http://[x",
        "unknown:x",
    ],
)
def test_an_address_that_leads_nowhere_or_runs_leaves_its_text(address: str) -> None:
    """A link loses an address that may do harm, or is none; its words stay."""
    assert stand(f'<p>a <a href="{address}">b</a> c</p>') == "<p>a b c</p>"


def test_addresses_are_absolute() -> None:
    """All that lead out of the article are seen from the page, whatever attribute they are in."""
    left = stand(
        '<a href="../b/?x=1&amp;y=2#z">a</a><a href="">b</a><a href="//cdn.example/x">c</a>'
        '<a href="mailto:ann@example.org">d</a><a href="https://例え.jp/%7Ea/日?a#">e</a>'
        '<picture><source srcset="a.png 1x,  b,c.png  2x, javascript:x 3x, d.png">'
        '<img src="../../_images/x.png" alt="f"></picture>'
        '<blockquote cite="/q"><video poster="p.png"><source src="v.mp4"></video></blockquote>'
    )
    base = "https://example.org/~lab"
    assert all_of(left, "//@href") == [
        f"{base}/posts/b/?x=1&y=2#z",
        PAGE,
        "https://cdn.example/x",
        "mailto:ann@example.org",
        "https://例え.jp/%7Ea/日?a#",
    ]
    assert all_of(left, "//@src") == [f"{base}/_images/x.png", f"{PAGE}v.mp4"]
    assert all_of(left, "//@srcset") == [f"{PAGE}a.png 1x, {PAGE}b,c.png 2x, {PAGE}d.png"]
    assert all_of(left, "//@cite | //@poster") == ["https://example.org/q", f"{PAGE}p.png"]


def test_a_reader_gets_the_picture_itself() -> None:
    """Copies for the width of a page are not for feeds; sizes are."""
    tag = '<img alt="a" src="x.png" width="9" height="6" srcset="x-5.webp 5w, x.png 9w" sizes="9px">'
    assert stand(tag) == f'<img alt="a" src="{PAGE}x.png" width="9" height="6"/>'
    assert all_of(stand('<img alt="a" srcset="x.png 1x">'), "//@srcset") == [f"{PAGE}x.png 1x"]


def test_pictures_may_be_in_the_text_itself() -> None:
    """A `data:` address of a picture stays, and the alternative of one that has no address left."""
    left = stand(
        '<img src="data:image/png;base64,AA" alt="a"><img src="data:text/html,x" alt="b"><img alt="c">'
    )
    assert left == '<img src="data:image/png;base64,AA" alt="a"/>bc'


def test_an_alternative_that_is_the_address_is_none() -> None:
    """Docutils writes the address of a picture where its author said nothing of it."""
    (alternative,) = all_of(stand(written(".. image:: dot.png\n")), "//img/@alt")
    assert alternative == ""


def test_links_within_the_article_stay_in_it() -> None:
    """Targets are found as a browser finds them and named after the post; others are on the page."""
    left = stand(
        f'<p id="a">A</p><p id="日">B</p><p id="a">twin</p><a name="old">C</a><p id="unused">D</p>'
        f'<a href="#a">1</a><a href="#%E6%97%A5">2</a><a href="{PAGE}#old">3</a><a href="./#a">4</a>'
        '<a href="#elsewhere">5</a><a href="../b/#a">6</a><a href="#">7</a>'
    )
    assert [unquote(address) for address in all_of(left, "//@href")] == [
        *("#first-a", "#first-日", "#first-old", "#first-a"),
        *(f"{PAGE}#elsewhere", "https://example.org/~lab/posts/b/#a", PAGE),
    ]
    assert all_of(left, "//@id") == ["first-a", "first-日", "first-old"]


def test_what_refers_to_ids_refers_to_the_new_ones() -> None:
    """Cells name their headers, and whatever is described its description."""
    left = stand(
        '<table><tr><th id="h">H</th><td headers="h gone" aria-describedby="d">1</td></tr></table>'
        '<p id="d">D</p><svg><defs><pattern id="g"></pattern></defs><rect fill="url(#g)"></rect></svg>'
    )
    assert all_of(left, "//@headers | //@aria-describedby | //@fill") == [
        "first-h",
        "first-d",
        "url(#first-g)",
    ]
    assert all_of(left, "//@id") == ["first-h", "first-d", "first-g"]


def test_tasks_show_whether_they_are_done() -> None:
    """A box that only shows something is a letter; others are controls."""
    left = stand(
        '<p><input class="task-list-item-checkbox" disabled="disabled" type="checkbox">a</p>'
        '<p><input checked="checked" disabled="disabled" type="checkbox">b</p><input type="checkbox">c'
    )
    assert left == "<p>☐ a</p><p>☑ b</p>c"


def test_what_is_embedded_becomes_a_link() -> None:
    """Frames and objects of elsewhere are links under their title or address; drawings are pictures."""
    left = stand(
        '<div><iframe src="//films.example/1" title="A film"><p>old</iframe></div>'
        '<p>b <embed src="/e.swf"></p><iframe srcdoc="x"></iframe><iframe src="javascript:x()"></iframe>'
        '<object data="https://example.org/x.pdf"><p>The <b>paper</b></p></object>'
        '<object type="image/svg+xml" data="d.svg"><p>a → b</p></object>'
    )
    assert [*zip(all_of(left, "//a/@href"), all_of(left, "//a"), strict=True)] == [
        ("https://films.example/1", "A film"),
        ("https://example.org/e.swf", "https://example.org/e.swf"),
        ("https://example.org/x.pdf", "The paper"),
    ]
    assert all_of(left, "//img/@src | //img/@alt") == [f"{PAGE}d.svg", "a → b"]
    assert not re.search("<(iframe|embed|object)", left)
