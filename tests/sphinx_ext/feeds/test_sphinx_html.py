"""What Sphinx says by class, for readers that know no classes."""

from __future__ import annotations

import html5lib
import pytest
from articles import all_of, stand, tree, written

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


def test_mail_addresses_are_no_longer_hidden() -> None:
    """Docutils writes an address for browsers only; readers of a feed get it as it is."""
    left = stand(written("Mail ann@example.org or `Bob <mailto:b@example.org?subject=Hi>`__.\n"))
    assert all_of(left, "//a/@href") == ["mailto:ann@example.org", "mailto:b@example.org?subject=Hi"]
    assert all_of(left, "//a") == ["ann@example.org", "Bob"]
    assert all_of(left, "//a/span") == []
