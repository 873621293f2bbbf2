"""Articles as HTML that stands by itself in a feed reader."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from docutils.core import publish_parts
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from postdocs.site.syndication.content import standalone

PAGE = "https://example.org/~lab/posts/first/"


def stand(body: str) -> str:
    """Return an article of the page that stands by itself."""
    return standalone(body, PAGE, "first")


def written(rst: str) -> str:
    """Return what docutils' writer makes of a text; Sphinx's builds on it."""
    settings = {"initial_header_level": 2, "doctitle_xform": False, "footnote_references": "brackets"}
    return str(publish_parts(rst, writer="html5", settings_overrides=settings)["body"])


def tree(text: str) -> html.HtmlElement:
    """Parse HTML."""
    return html.fragment_fromstring(text, create_parent="div")


def all_of(text: str, path: str) -> list[str]:
    """Return what an XPath finds, as text."""
    found = tree(text).xpath(path)
    assert isinstance(found, list)
    return [
        str(value.text_content()) if isinstance(value, html.HtmlElement) else str(value) for value in found
    ]


UNSEEN = {"button", "head", "iframe", "script", "select", "style", "template", "textarea", "title"}


def seen(text: str) -> str:
    """Return the letters that a browser shows, told by another parser, without white space."""
    parts: list[str] = []
    root = etree.Element("root")
    for part in html5lib.parseFragment(text, treebuilder="lxml", namespaceHTMLElements=False):
        if isinstance(part, str):
            _append(root, part)
        else:
            root.append(part)
    _seen(root, parts)
    return "".join("".join(parts).split())


def _append(root: etree._Element, text: str) -> None:
    if len(root):
        root[-1].tail = (root[-1].tail or "") + text
    else:
        root.text = (root.text or "") + text


def _seen(element: etree._Element, parts: list[str]) -> None:
    hidden = (
        not isinstance(element.tag, str)
        or element.tag in UNSEEN
        or "hidden" in element.attrib
        or "display:none" in element.get("style", "")
    )
    if not hidden:
        parts.append(element.text or "")
        for child in element:
            _seen(child, parts)
    parts.append(element.tail or "")


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
        '<img src="../../_images/x.png" srcset="a.png 1x,  b,c.png  2x, javascript:x 3x, d.png" alt="f">'
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


NOTES = """Text [#a]_ and more [#b]_, again [#a]_.

.. [#a] Note *one*.

   Its end.
.. [#b] Note two.

After.
"""


def test_footnotes_are_numbers_in_the_text_and_a_list_at_the_end() -> None:
    """A number in the text leads to its note, and each note back to every place that names it."""
    left = stand(written(NOTES))
    assert all_of(left, "//sup/a") == ["[1]", "[2]", "[1]"]
    assert all_of(left, "//*[last()][self::ol]/li/@value") == ["1", "2"]
    notes = [" ".join(note.split()) for note in all_of(left, "//ol/li")]
    assert notes == ["Note one. Its end. ↩︎ ↩︎", "Note two. ↩︎"]
    assert "After." not in "".join(notes)
    root = tree(left)
    for link in root.xpath("//sup/a"):
        (note,) = root.xpath("//li[@id=$id]", id=link.get("href")[1:])
        assert f"#{link.get('id')}" in [back.get("href") for back in note.iter("a")]


def test_notes_without_numbers_keep_their_marks() -> None:
    """A symbol or name stands before its note or source."""
    left = stand(written("A [*]_ and [1]_, see [Foo]_.\n\n.. [*] Star.\n.. [1] One.\n.. [Foo] A book.\n"))
    assert [note.split() for note in all_of(left, "//ul/li")] == [["[*]", "Star.", "↩︎"], ["[1]", "One.", "↩︎"]]
    assert "[Foo] A book." in [" ".join(text.split()) for text in all_of(left, "//p")]


def test_boxes_have_a_title_that_shows() -> None:
    """Admonitions, topics and sidebars are quotations under a strong line."""
    left = stand(written(".. note:: Take *care*.\n\n.. topic:: Aside\n\n   Text.\n\n.. rubric:: Small\n"))
    assert all_of(left, "//blockquote/p[1]/strong") == ["Note", "Aside"]
    assert all_of(left, "//blockquote/p[2]") == ["Take care.", "Text."]
    assert all_of(left, "//p/strong[text()='Small']") == ["Small"]


def test_letters_of_lists_and_sides_of_cells_are_attributes() -> None:
    """What a style sheet would say of a list or a cell is said without one."""
    assert all_of(stand(written("a. x\nb. y\n\nI. z\n")), "//ol/@type") == ["a", "I"]
    left = stand(
        '<table><tr><td class="text-right" style="width: 9%; color: red">1</td></tr></table>'
        '<ol start="3" reversed><li>x</ol>'
    )
    assert all_of(left, "//td/@style | //ol/@start | //ol/@reversed") == [
        *("text-align: right; width: 9%", "3", "")
    ]


CODE = "\n\ndef f(x):\n\n\treturn x < 1  # <b>\n"
HIGHLIGHTED = """<div class="highlight-python notranslate" id="f"><div class="highlight"><pre><span></span>

<span class="k">def</span><span class="w"> </span><span class="nf">f</span><span class="p">(</span>x):

<span class="hll"><span class="linenos">3</span>\t<span class="k">return</span> x &lt; 1  # &lt;b&gt;
</span></pre></div>
</div>
"""


@pytest.mark.parametrize(
    ("body", "language"),
    [
        (HIGHLIGHTED, "language-python"),
        (HIGHLIGHTED.replace("python", "default"), None),
        (
            '<div class="highlight-c++"><table class="highlighttable"><tr><td class="linenos"><pre>1\n2</pre>'
            '</td><td class="code"><div class="highlight"><pre>\n\n\ndef f(x):\n\n\treturn x &lt; 1  # '
            "&lt;b>\n</pre></div></td></tr></table></div>",
            "language-c++",
        ),
        (
            '<pre>\n<code class="hljs language-rust">\n\ndef f(x):\n\n\treturn x &lt; 1  # &lt;b>\n'
            "</code></pre>",
            "language-rust",
        ),
    ],
)
def test_code_keeps_its_text_and_language_and_nothing_else(body: str, language: str | None) -> None:
    """White space is the same to the letter, also after another reading; colours and line numbers go."""
    for left in (stand(body), stand(stand(body))):
        (pre,) = html5lib.parseFragment(left, treebuilder="lxml", namespaceHTMLElements=False)[:1]
        (code,) = pre
        assert (pre.tag, code.tag, code.get("class")) == ("pre", "code", language)
        assert "".join(pre.itertext()) == CODE


def test_code_is_still_a_target() -> None:
    """A listing that the article links to can be reached."""
    left = stand(HIGHLIGHTED + '<a href="#f">above</a>')
    assert all_of(left, "//pre/@id | //a/@href") == ["first-f", "#first-f"]


def test_boxes_of_code_with_more_in_them_stay() -> None:
    """What an author's own HTML has beside code is no decoration."""
    left = stand('<div class="highlight"><pre>x</pre><p>Words</p></div>')
    assert left == "<div><pre>x</pre><p>Words</p></div>"


FORMULA = (
    '<math display="block"><semantics><mrow><msup><mi>x</mi><mn>2</mn></msup><mo>&lt;</mo>'
    '<mfrac><mi>a</mi><mi>b</mi></mfrac><mtable><mtr><mtd columnspan="2"><mtext>if</mtext></mtd></mtr>'
    '</mtable></mrow><annotation encoding="application/x-tex">x^2 &lt; a</annotation></semantics></math>'
)


@pytest.mark.parametrize(
    "kept",
    [
        FORMULA,
        '<table><caption>C</caption><thead><tr><th scope="col">A</th></tr></thead>'
        '<tbody><tr><td colspan="2" rowspan="3">1</td></tr></tbody></table>',
        '<figure><img src="https://example.org/x.png" alt="X" width="3" height="4"/>'
        "<figcaption><p>Words</p></figcaption></figure>",
        '<details open=""><summary>S</summary><p>T</p></details>',
        "<dl><dt>Term</dt><dd><p>Said</p></dd></dl>",
        "<pre>\n\n  two <b>empty</b>\n\tlines\n</pre>",
        "<p><kbd>Ctrl</kbd> H<sub>2</sub>O m<sup>2</sup> <code>c</code> <mark>m</mark> <s>s</s></p>",
        '<p lang="ar" dir="rtl">نص <abbr title="long">l</abbr></p>',
        "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>",
        '<audio src="https://example.org/a.ogg" controls=""></audio>',
        '<svg viewBox="0 0 1 1"><linearGradient></linearGradient><text x="1">Words</text></svg>',
        '<p style="text-align: center"><span title="t">x</span></p>',
    ],
)
def test_what_means_something_stays(kept: str) -> None:
    """Formulas, tables, figures, definitions, media and the rest of HTML come out as they went in."""
    assert stand(kept) == kept


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


@settings(deadline=None)
@given(SOUP)
@example("<table><p>one<tr><td>two</table>three")
@example("<p>one<b>two<p>three</b>four")
@example('<a class="brackets" role="doc-noteref" href="#a"><div>one</div></a>')
def test_all_that_a_browser_shows_is_there(body: str) -> None:
    """However broken the HTML is, no visible letter is lost, added or moved."""
    assert seen(stand(body)) == seen(body)


@settings(deadline=None)
@given(SOUP | st.text(max_size=60).map(lambda text: f"<p>{text}</p>"))
def test_what_comes_out_may_go_in_again(body: str) -> None:
    """A second time moves and loses nothing; what is crossed or wrongly nested is in order then."""
    left = stand(body)
    again = stand(left)
    assert seen(again) == seen(left)
    assert stand(again) == again


@settings(deadline=None)
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
