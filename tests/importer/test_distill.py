"""Elements of Distill's template."""

from __future__ import annotations

import pytest

from postdocs.importer.entry import Note
from postdocs.importer.html.rendered import page


def shown(html: str) -> tuple[str, list[Note]]:
    """Return HTML as its page shows it, and the notes on it."""
    notes: list[Note] = []
    return page.read(html, None, notes).decode_contents(), notes


def test_footnotes_are_those_of_other_generators() -> None:
    """Each has a number, and stands in a list below."""
    html, notes = shown("<p>a<d-footnote>One <i>x</i>.</d-footnote> b<dt-fn>Two.</dt-fn></p>")
    reference = '<sup id="fnref:{0}-distill"><a class="footnote-ref" href="#fn:{0}-distill">{0}</a></sup>'
    assert html == (
        f"<p>a{reference.format(1)} b{reference.format(2)}</p>"
        '<section class="footnotes"><ol><li id="fn:1-distill"><p>One <i>x</i>.</p></li>'
        '<li id="fn:2-distill"><p>Two.</p></li></ol></section>'
    )
    assert not notes


def test_a_footnote_may_have_paragraphs() -> None:
    """They stay apart."""
    html, _ = shown("<div>a<d-footnote><p>One.</p><p>Two.</p></d-footnote></div>")
    assert html.endswith('<li id="fn:1-distill"><div><p>One.</p><p>Two.</p></div></li></ol></section>')


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<d-code block language="js">\n  if (a) {\n    b\n  }\n</d-code>',
            '<pre><code class="language-js">if (a) {\n  b\n}\n</code></pre>',
        ),
        ('<p>a <d-code language="js"> b </d-code></p>', '<p>a <code class="language-js">b</code></p>'),
        ("<p>a <dt-code>b</dt-code></p>", "<p>a <code>b</code></p>"),
    ],
)
def test_code_is_code(html: str, expected: str) -> None:
    """In a line, or a block without the space that all lines begin with."""
    assert shown(html) == (expected, [])


def test_citations_are_the_keys_of_their_works() -> None:
    """The report says so."""
    html, notes = shown('<p>a <d-cite key="b, c"></d-cite></p>')
    assert html == "<p>a <span>[b, c]</span></p>"
    assert [note.before for note in notes] == ["b, c"]


def test_other_elements_are_left() -> None:
    """Whatever their names begin with."""
    assert shown("<p><d-x>a</d-x></p>")[0] == "<p><d-x>a</d-x></p>"
