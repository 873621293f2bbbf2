"""What the structure of an entry looks like in MyST."""

from __future__ import annotations

import pytest
from helpers import new_site_settings

from postdocs.importer.ast import nodes
from postdocs.importer.entry import NoteKind
from postdocs.importer.html.parse import parse
from postdocs.importer.myst.anchors import anchors_of
from postdocs.importer.myst.minimal import lighten, to_blame
from postdocs.importer.myst.render import reader
from postdocs.importer.roundtrip import prove

_READ = reader(new_site_settings())
_BASE = "https://blog.example/p/"
_CASES = {
    "outline": (
        "<h3>One</h3><h4>Two</h4><h6>Three</h6><h3>Four</h3>",
        "## One\n\n### Two\n\n#### Three\n\n## Four\n",
    ),
    "anchors": (
        '<p><a href="#h-same">x</a> <a href="#id2">y</a></p>'
        '<h2 id="h-same">Same</h2><h2><a name="id2"></a>Same</h2>',
        "[x](#same) [y](#same-1)\n\n## Same\n\n## Same\n",
    ),
    "number": ("<h2>1. First</h2>", "## 1. First\n"),
    "note": (
        '<div class="admonition note"><p class="admonition-title">Note</p><p>Body.</p></div>',
        ":::{note}\nBody.\n:::\n",
    ),
    "own title": (
        '<details class="warning"><summary>Mind <em>it</em></summary><p>Body.</p></details>',
        ":::{admonition} Mind *it*\n:class: warning\n:collapsible: closed\n\nBody.\n:::\n",
    ),
    "details": (
        "<details><summary>More</summary><pre><code class='language-python'>x = 1</code></pre></details>",
        "<details>\n\n<summary>More</summary>\n\n```python\nx = 1\n```\n\n</details>\n",
    ),
    "figure": (
        '<figure><img src="/a.png" width="546" alt="An image: one"><figcaption>Cap</figcaption></figure>',
        ":::{figure} https://blog.example/a.png\n:alt: An image: one\n:width: 546\n\nCap\n:::\n",
    ),
    "figure with a title": (
        '<figure><img src="/a.png" title="Other"><figcaption>Cap</figcaption></figure>',
        ':::{figure-md}\n![](https://blog.example/a.png "Other")\n\nCap\n:::\n',
    ),
    "caption of code": (
        '<figure><pre><code class="language-python">x = 1</code></pre><figcaption>Cap</figcaption></figure>',
        "```{code-block} python\n:caption: Cap\n\nx = 1\n```\n",
    ),
    "code that does not lex": (
        '<pre><code class="language-python">x = $</code></pre>',
        "```python\nx = $\n```\n",
    ),
    "caption of a table": (
        "<table><caption>Cap</caption><tr><th>a</th></tr><tr><td>1</td></tr></table>",
        ":::{table} Cap\n| a |\n| --- |\n| 1 |\n:::\n",
    ),
    "places": (
        '<p><a href="#a">a</a> <a href="#b_1">b</a> <a href="#C">c</a></p><p id="a">One</p>'
        '<p>Two <a name="b_1"></a>three</p><ul id="C"><li>four</li></ul>',
        "[a](#a) [b](#b-1) [c](#c)\n\n(a)=\nOne\n\nTwo []{#b-1}three\n\n(c)=\n- four\n",
    ),
    "places with accents": (
        '<p><a href="#ref-B%C3%BCrkner">a</a></p><p id="ref-Bürkner">One</p><p id="日">two</p>',
        '[a](#ref-B%C3%BCrkner){.external}\n\n<div><span id="ref-Bürkner"></span></div>\n\nOne\n\ntwo\n',
    ),
    "places inside blocks": (
        '<p><a href="#a">a</a> <a href="#b">b</a></p><ul><li id="a">One</li></ul>'
        '<blockquote><p>two</p><pre id="b">three</pre></blockquote>',
        "[a](#a) [b](#b)\n\n- []{#a}One\n\n> two\n>\n> (b)=\n>\n> ```\n> three\n> ```\n",
    ),
    "place of a figure": (
        '<p><a href="#fig">see</a></p><figure id="fig"><img src="/a.png"><figcaption>C</figcaption></figure>',
        "[see](#fig)[]{#fig}\n\n:::{figure} https://blog.example/a.png\nC\n:::\n",
    ),
    "a place that a heading has": (
        '<p><a href="#x">a</a></p><h2>X</h2><p id="x">b</p>',
        '[a](#x)\n\n## X\n\n<div><span id="x"></span></div>\n\nb\n',
    ),
    "headings inside blocks": (
        '<h2>A</h2><blockquote><h3 id="q">Q</h3><p>b</p></blockquote><ul><li><h3>Q</h3>c</li></ul>'
        '<p><a href="#q">q</a></p>',
        "## A\n\n> ### Q\n>\n> b\n\n- ### Q\n  c\n\n[q](#q)\n",
    ),
    "one code span": (
        "<p><code><span>pip</span> <span>install</span></code> <code>a</code><code>b</code></p>",
        "`pip install` `ab`\n",
    ),
    "simple list": (
        '<ul class="simple"><li><p>one</p><ul class="simple"><li><p>two</p></li></ul></li></ul>',
        "- one\n  - two\n",
    ),
    "list in a simple list": (
        '<ul class="simple"><li><p>one</p><ol><li><p>two</p></li><li><p>three</p></li></ol></li></ul>',
        "- one\n  1. two\n  2. three\n",
    ),
    "numbers that jump": (
        '<ol><li value="4">a</li><li value="5">b</li><li value="9">c</li><li>d</li></ol>',
        "4. a\n5. b\n\n9) c\n10) d\n",
    ),
    "number of the first item": ('<ol start="3"><li value="7">a</li><li>b</li></ol>', "7. a\n8. b\n"),
    "spaces in the addresses of a figure": (
        '<figure><a href="/b c.png"><img src="/a b.png"></a><figcaption>D</figcaption></figure>',
        ":::{figure} https://blog.example/a%20b.png\n:target: https://blog.example/b%20c.png\n\nD\n:::\n",
    ),
    "titles of pictures that say nothing more": (
        '<figure><a href="/b.png"><img src="/low_tide-300x200.jpg" title="low-tide" alt="Sand"></a>'
        '<figcaption>C</figcaption></figure><figure><a href="/b.png"><img src="/a.png" title="the Ebb" '
        'alt="Plot of the ebb"></a><figcaption>D</figcaption></figure>',
        ":::{figure} https://blog.example/low_tide-300x200.jpg\n:alt: Sand\n:target: https://blog.example/b.png\n\n"
        "C\n:::\n\n:::{figure} https://blog.example/a.png\n:alt: Plot of the ebb\n"
        ":target: https://blog.example/b.png\n\nD\n:::\n",
    ),
    "title of a picture that says more": (
        '<figure><img src="/a.png" title="ebb" alt="Webb"><figcaption>D</figcaption></figure>',
        ':::{figure-md}\n![Webb](https://blog.example/a.png "ebb")\n\nD\n:::\n',
    ),
    "numbers that go down": (
        '<ol><li value="2">b</li><li value="1">a</li></ol>',
        "2. b\n\n1) a\n",
    ),
    "footnotes with names": (
        '<p>a<sup id="fnref:knuth_76"><a href="#fn:knuth_76" class="footnote">1</a></sup></p>'
        '<div class="footnotes"><ol><li id="fn:knuth_76"><p>b</p></li></ol></div>',
        "a[^knuth-76]\n\n[^knuth-76]: b\n",
    ),
    "the rule that MyST draws above footnotes": (
        '<p>a <a class="footnote-reference brackets" href="#why" role="doc-noteref">1</a></p><hr/>'
        '<p>c</p><hr class="footnotes docutils"/>'
        '<aside class="footnote brackets" id="why" role="doc-footnote"><p>b</p></aside>',
        "a [^why]\n\n----\n\nc\n\n[^why]: b\n",
    ),
    "named footnote of docutils": (
        '<p>a <a class="footnote-reference brackets" href="#why" role="doc-noteref">1</a></p>'
        '<aside class="footnote brackets" id="why" role="doc-footnote"><p>b</p></aside>',
        "a [^why]\n\n[^why]: b\n",
    ),
    "emphasis beside a letter": (
        "<p>これは<b>「太字」</b>です <i>(a)</i>b</p>",
        "これは<strong>「太字」</strong>です <em>(a)</em>b\n",
    ),
    "addresses": (
        '<p><a href="mailto:ann@blog.example">ann@blog.example</a> <a href="https://a.example/b_(c)">d</a> '
        '<a href="https://a.example/b c">e</a> <a href="https://a.example/b(c">f</a></p>',
        "<ann@blog.example> [d](https://a.example/b_(c)) [e](https://a.example/b%20c) "
        "[f](<https://a.example/b(c>)\n",
    ),
    "start": ('<ol start="5"><li>a</li><li>b</li></ol>', "5. a\n6. b\n"),
    "rule in a list": (
        '<ol><li><p>Say, "well-known"; that is it.</p><hr><p>C, d.</p></li></ol>',
        '1. Say, "well-known"; that is it.\n\n   <hr>\n\n   C, d.\n',
    ),
    "direction": (
        '<div dir="rtl" lang="he"><h2>א</h2><p>ב</p></div>',
        '## <span lang="he" dir="rtl">א</span>\n\n<div lang="he" dir="rtl">\n\nב\n\n</div>\n',
    ),
    "preformatted": ("<pre>2<sup>32</sup></pre>", "<pre>2<sup>32</sup></pre>\n"),
    "several pictures": (
        '<figure><img src="/a.png"><img src="/b.png"><figcaption>Both</figcaption></figure>',
        "<figure>\n\n![](https://blog.example/a.png)![](https://blog.example/b.png)\n\n"
        "<figcaption>\n\nBoth\n\n</figcaption>\n\n</figure>\n",
    ),
}


@pytest.mark.parametrize("name", _CASES)
def test_structure_is_written_as_an_author_would(name: str) -> None:
    """Each has the form that MyST has for it, and nothing is lost."""
    html, text = _CASES[name]
    document, _ = parse(html, _BASE)
    proof = prove(document, _READ)
    assert proof.text == text
    assert NoteKind.LOST not in {note.kind for note in proof.notes}


def test_links_from_elsewhere_find_sections_and_empty_anchors() -> None:
    """The ids on a section, before a heading and inside it lead to the anchor of the heading."""
    html = '<section id="id1"><a name="id2"></a><h2 id="id3">Real <span id="id4">Name</span></h2></section>'
    document, _ = parse(html, _BASE)
    assert anchors_of(document) == dict.fromkeys(["id3", "id4", "id2", "id1"], "real-name")


def test_a_heading_without_an_id_has_the_one_that_generators_make_of_it() -> None:
    """Links from other posts find it; an id in the source goes first."""
    document, _ = parse(
        "<h2>Low & high</h2><h2>Low & high</h2><h2 id=toc-1>Ebb</h2><p id=low>a</p><h2>Low</h2>", None
    )
    anchors = anchors_of(document)
    assert anchors["low--high"] == "low--high"
    assert anchors["low--high-1"] == "low--high-1"
    assert anchors["toc-1"] == "ebb"
    assert "ebb" not in anchors


def _read_stars(text: str) -> tuple[nodes.Document, list[str]]:
    """Read text in which nothing but a bare star is syntax, and a paragraph ends at a blank line."""
    parts = [part.replace("\\*", "★").replace("\\", "") for part in text.split("\n\n") if part]
    blocks = tuple(nodes.Paragraph((nodes.Text(part.replace("*", "").replace("★", "*")),)) for part in parts)
    return nodes.Document(blocks), []


def test_only_the_escapes_that_a_block_needs_stay() -> None:
    """An escape that changes nothing goes, in blocks and in footnotes."""
    texts = lighten([r"a\, b\* \(c\)\.", r"[^1]: d\,"], 1, _read_stars)
    assert texts == [r"a, b\* (c).", "[^1]: d,"]


def test_the_block_that_is_read_in_another_way_is_to_blame() -> None:
    """Of several blocks that came back different, only those that do so alone are written more carefully."""
    expected = nodes.Document(tuple(nodes.Paragraph((nodes.Text(text),)) for text in ("a", "b*", "c")))
    assert to_blame({0, 1, 2}, ["a", "b*", "c"], expected, _read_stars) == {1}
    assert to_blame({0, 2}, ["a", "b*", "c"], expected, _read_stars) == {0, 2}
