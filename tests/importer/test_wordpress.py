"""What WordPress makes of what it stores."""

from __future__ import annotations

import pytest

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.visible import words
from postdocs.importer.sources.wordpress.library import Attachment, Library
from postdocs.importer.sources.wordpress.post import to_html


def html_of(raw: str, notes: list[Note] | None = None) -> str:
    """Return the HTML of a post without attachments."""
    return to_html(raw, Library(), [] if notes is None else notes)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\nb\n\nc", "<p>a<br />\nb</p>\n<p>c</p>"),
        ("a\r\n\r\nb", "<p>a</p>\n<p>b</p>"),
        ("a<br><br/>b", "<p>a</p>\n<p>b</p>"),
        ("a<br />\nb", "<p>a<br />\nb</p>"),
        ("<p>a</p>\n\n<p>b</p>", "<p>a</p>\n<p>b</p>"),
        ("a\n<h2>b</h2>\nc", "<p>a</p>\n<h2>b</h2>\n<p>c</p>"),
        ("<ul>\n<li>a</li>\n<li>b\nc</li>\n</ul>", "<ul><li>a</li>\n<li>b<br />\nc</li>\n</ul>"),
        ("<ul>\n<li>a\n\nb</li>\n</ul>", "<ul><li><p>a</p>\n<p>b</p>\n</li>\n</ul>"),
        ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p>\n<p>b</p>\n</blockquote>"),
        ("<pre>a\n\n<b>b</b></pre>\nc", "<pre>a\n\n<b>b</b></pre><p>c</p>"),
        ("<div>a</div>", "<div>a</div>"),
        ("a <em\nclass='x'>b</em>", "<p>a <em class='x'>b</em></p>"),
        ("a\n\n<hr />\n\nb", "<p>a</p>\n<hr /><p>b</p>"),
        ("a\n<!--more-->\nb", "<p>a</p>\n<p>b</p>"),
        ("1 < 2\n\nb", "<p>1 < 2</p>\n<p>b</p>"),
        ("", ""),
    ],
)
def test_paragraphs(raw: str, expected: str) -> None:
    """Empty lines part paragraphs and line feeds break lines, but not in and around blocks."""
    assert html_of(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            '[caption id="a" width="9"]<a href="b"><img src="c" /></a> Two <em>words</em>[/caption]',
            '<figure><a href="b"><img src="c" /></a><figcaption>Two <em>words</em></figcaption>\n</figure>',
        ),
        (
            '[sourcecode language="python"]\nif a < b:\n\n    [c]\n[/sourcecode]',
            '<pre><code class="language-python">if a &lt; b:\n\n    [c]</code></pre>',
        ),
        ("[code]a &lt; b[/code]", "<pre><code>a &lt; b</code></pre>"),
        ("[php]$a = 1;[/php]", '<pre><code class="language-php">$a = 1;</code></pre>'),
        ("[code] is a word", "<p>[code] is a word</p>"),
        ("[[gallery]] is written so", "<p>[gallery] is written so</p>"),
        (
            "[embed]https://e.org/a?b=1[/embed]",
            '<p><a href="https://e.org/a?b=1">https://e.org/a?b=1</a></p>',
        ),
        ("https://e.org/v", '<p><a href="https://e.org/v">https://e.org/v</a></p>'),
        ('[audio mp3="https://e.org/a.mp3"]', '<p><a href="https://e.org/a.mp3">https://e.org/a.mp3</a></p>'),
        ("<pre>[gallery]</pre>", "<pre>[gallery]</pre>"),
        ("[sic] and [1]", "<p>[sic] and [1]</p>"),
    ],
)
def test_shortcodes(raw: str, expected: str) -> None:
    """Shortcodes become the markup that they stand for, and other brackets stay."""
    assert html_of(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("$latex a<b$ and $latex c > d & e<f$", "<p>$latex a&lt;b$ and $latex c > d & e&lt;f$</p>"),
        ("$latex x$ <b>and</b> $latex y$", "<p>$latex x$ <b>and</b> $latex y$</p>"),
        ("$latex x<br /> y$", "<p>$latex x<br /> y$</p>"),
        ("$latexed <b>and</b> $5", "<p>$latexed <b>and</b> $5</p>"),
        ("<pre>$latex a&lt;b$</pre>", "<pre>$latex a&lt;b$</pre>"),
    ],
)
def test_formulas_hold_no_tags(raw: str, expected: str) -> None:
    """In `$latex …$` less-than signs are no tags: WordPress draws it before browsers see it."""
    assert html_of(raw) == expected


def test_galleries() -> None:
    """A gallery shows the attachments that it names, else those of the post; what is missing is noted."""
    notes: list[Note] = []
    files = {id_: Attachment(f"https://e.org/{id_}.png") for id_ in "123"}
    library = Library(files, {"7": ["3"]})
    named = to_html('[gallery ids="2,1"]', library, notes)
    own = to_html("[gallery]", library, notes, post="7")
    to_html('[gallery ids="1,9"]', library, notes)

    assert named.index("2.png") < named.index("1.png")
    assert "3.png" in own
    assert [note.kind for note in notes] == [NoteKind.NOTICED, NoteKind.NOTICED, NoteKind.LOST]
    assert [note.what for note in notes[1:]] == [
        "a gallery is 1 picture, one below the other",
        "a gallery is 1 picture, one below the other, of 2",
    ]


def test_blocks() -> None:
    """In a post made of blocks the comments go, line feeds mean nothing, and what is between is classic."""
    notes: list[Note] = []
    raw = (
        '<!-- wp:paragraph {"a":"b"} -->\n'
        + "<p>a\nb</p>\n<!-- /wp:paragraph -->\n\nc\nd\n\n"
        + '<!-- wp:embed {"url":"x"} --><figure>'
        + '<div class="wp-block-embed__wrapper">\nhttps://e.org/v\n</div></figure>'
        + "<!-- /wp:embed -->\n<!-- wp:latest-posts /-->\n<!-- wp:tides/chart /-->"
    )
    result = html_of(raw, notes)

    assert result.startswith("<p>a\nb</p>")
    assert "<p>c<br />\nd</p>" in result
    assert '<a href="https://e.org/v">https://e.org/v</a></div>' in result
    assert "wp:" not in result
    assert [note.kind for note in notes] == [NoteKind.LEFT_OUT, NoteKind.LOST]


def test_plugins() -> None:
    """A shortcode of a plugin comes along as text, with a note."""
    notes: list[Note] = []

    assert '[contact-form id="3"]' in html_of('Write: [contact-form id="3"]', notes)
    assert "[contact-form …]" in notes[0].what


def test_switches_of_formulas() -> None:
    """A switch that a post uses is apart from its text, also in a sentence; one that it shows is text."""
    notes: list[Note] = []
    post = html_of("[latexpage]\nLet $x$ [nomathjax] be.\n\n[[mathjax]]", notes)

    assert words(post) == ["Let", "x", "be.", "[mathjax]"]
    assert notes == []


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\nhttps://e.org/v\n!", '<p>a<br />\n<a href="https://e.org/v">https://e.org/v</a><br />\n!</p>'),
        ("<ul><li>See\n https://e.org/v </li></ul>", '<ul><li>See<br />\n<a href="https://e.org/v">https://e.org/v</a></li>\n</ul>'),
        ("See https://e.org/v\nnow", "<p>See https://e.org/v<br />\nnow</p>"),
        ("<a href='b'>\nhttps://e.org/v\n</a>", "<p><a href='b'><br />\nhttps://e.org/v<br />\n</a></p>"),
        ("<code>\nhttps://e.org/v\n</code>", "<p><code><br />\nhttps://e.org/v<br />\n</code></p>"),
        ("<!-- wp:paragraph --><p>https://e.org/v</p><!-- /wp:paragraph -->", '<p><a href="https://e.org/v">https://e.org/v</a></p>'),
        ("<!-- wp:paragraph --><p>See https://e.org/v</p><!-- /wp:paragraph -->", "<p>See https://e.org/v</p>"),
    ],
)  # fmt: skip
def test_an_address_on_its_own_line_is_an_embed(raw: str, expected: str) -> None:
    """In a paragraph with other lines too, but not in a link or in code."""
    assert html_of(raw) == expected
