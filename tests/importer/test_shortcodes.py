"""Shortcodes of WordPress and its plugins become what they show."""

from __future__ import annotations

import pytest

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.parse import parse
from postdocs.importer.myst.anchors import plain_text
from postdocs.importer.sources.wordpress.library import Attachment, Library
from postdocs.importer.sources.wordpress.post import to_html

FILES = {
    "1": Attachment("https://e.org/one.png", "One", "A <em>caption</em>", "a hill"),
    "2": Attachment("https://e.org/two.mp3", "Two & more"),
    "3": Attachment("https://e.org/three.mp4", "Three"),
}
LIBRARY = Library(FILES, {"7": ["2", "3"]})


def html_of(raw: str, notes: list[Note] | None = None) -> str:
    """Return the HTML of a post with two files attached."""
    return to_html(raw, LIBRARY, [] if notes is None else notes, post="7")


def code(text: str, language: str = "") -> str:
    """Return the HTML of a block of code."""
    classes = f' class="language-{language}"' if language else ""
    return f"<pre><code{classes}>{text}</code></pre>"


CRAYON = '<pre class="lang:c decode:true">#include &lt;a.h&gt;</pre>'


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ('[cce lang="diff"]\n-a\n+b[0]\n[/cce]', code("-a\n+b[0]", "diff")),
        ("[ccnLe_php]\necho '<h1>x</h1>';\n[/ccnLe_php]", code("echo '&lt;h1&gt;x&lt;/h1&gt;';", "php")),
        ("[cci lang='c']a<b[/cci]", "<p><code>a&lt;b</code></p>"),
        (
            "[crayon lang=\"html\" title='t']\n<p>x\n\n[gallery]</p>\n[/crayon]",
            code("&lt;p&gt;x\n\n[gallery]&lt;/p&gt;", "html"),
        ),
        ('[crayon inline="true"]f(x)[/crayon]', "<p><code>f(x)</code></p>"),
        ("[python]\nif a:\n    b\n[/python]", code("if a:\n    b", "python")),
        ("[CODE lang=js]a[1][/CODE]", code("a[1]", "js")),
        ("[code language=”css”]a{}[/code]", code("a{}", "css")),
        ('[pastacode lang="r" manual="x%20%3C-%201%0Ay"/]', code("x &lt;- 1\ny", "r")),
        ("[highlight]a word[/highlight]", "<p>[highlight]a word[/highlight]</p>"),
        ("[code]<!-- wp:x /--><b>1</b>[/code]", code("&lt;!-- wp:x /--&gt;&lt;b&gt;1&lt;/b&gt;")),
        ('<pre lang="php"><?php\n echo "<h1>";\n</pre>', code('&lt;?php\n echo "&lt;h1&gt;";', "php")),
        ('<pre lang="cpp" escaped="true">a &lt; b</pre>', code("a &lt; b", "cpp")),
        (CRAYON, CRAYON),
        ('<pre class="language-html"><code><h1>x</h1></code></pre>', code("&lt;h1&gt;x&lt;/h1&gt;", "html")),
        ('<pre lang="fr">Un <em>vers</em></pre>', '<pre lang="fr">Un <em>vers</em></pre>'),
    ],
)  # fmt: skip
def test_code_is_kept_to_the_letter(raw: str, expected: str) -> None:
    """Whatever is in a shortcode for code is text: markup, other shortcodes, comments."""
    assert html_of(raw) == expected


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("[youtube https://www.youtube.com/watch?v=aBc]", "https://www.youtube.com/watch?v=aBc"),
        ("[youtube=https://youtu.be/aBc?t=5&amp;rel=0]", "https://youtu.be/aBc?t=5&amp;rel=0"),
        ('[youtube id="a-_c" width=600]', "https://www.youtube.com/watch?v=a-_c"),
        ("[embedyt]https://youtu.be/x[/embedyt]", "https://youtu.be/x"),
        ("[vimeo 123456]", "https://vimeo.com/123456"),
        ("[vimeo clip_id='123456']", "https://vimeo.com/123456"),
        ("[gist id=ab12 file=a_b.py]", "https://gist.github.com/ab12#file-a_b-py"),
        ("[gist]https://gist.github.com/ann/ab12[/gist]", "https://gist.github.com/ann/ab12"),
        ("[tweet https://twitter.com/a/status/1]", "https://twitter.com/a/status/1"),
        ('[soundcloud url="//api.soundcloud.com/tracks/1" /]', "https://api.soundcloud.com/tracks/1"),
        ("[slideshare id=123&doc=some-talk]", "https://www.slideshare.net/slideshow/embed_code/123"),
        ("[spotify spotify:album:aB1]", "https://open.spotify.com/album/aB1"),
        ('[codepen_embed slug_hash="aB" user="ann"][/codepen_embed]', "https://codepen.io/ann/pen/aB"),
        ("[audio https://e.org/a.mp3]", "https://e.org/a.mp3"),
        ("[audio https://e.org/a.mp3|titles=A]", "https://e.org/a.mp3"),
        ('[audio src="/a.mp3"][/audio]', "/a.mp3"),
        ("[video width=640 mp4='https://e.org/v.mp4'][/video]", "https://e.org/v.mp4"),
        ('[pdf-embedder url="https://e.org/p.pdf"]', "https://e.org/p.pdf"),
        ('[youtube <a href="https://youtu.be/x">https://youtu.be/x</a>]', "https://youtu.be/x"),
    ],
)  # fmt: skip
def test_what_is_embedded_is_a_link(raw: str, url: str) -> None:
    """An address, or an id whose place is known, leads to what readers saw, among the words around it."""
    notes: list[Note] = []
    assert html_of(f"See {raw} here.", notes) == f'<p>See <a href="{url}">{url}</a> here.</p>'
    assert notes == []


@pytest.mark.parametrize(
    ("poster", "src"),
    [
        ('poster="https://e.org/a.jpg?w=9&h=5"', "https://e.org/a.jpg?w=9&amp;h=5"),
        ('splash="/files/a.jpg"', "/files/a.jpg"),
        ('poster="//e.org/a.jpg"', "//e.org/a.jpg"),
    ],
)
def test_the_picture_before_a_video_comes_before_it(poster: str, src: str) -> None:
    """A player's poster is a picture of the post."""
    result = html_of(f'[video src="https://e.org/a.mp4" {poster}][/video]')
    assert result == f'<p><img src="{src}" alt=""> <a href="https://e.org/a.mp4">https://e.org/a.mp4</a></p>'


def test_a_poster_that_is_no_address_is_none() -> None:
    """A switch of a plugin is no picture."""
    assert "<img" not in html_of('[video src="https://e.org/a.mp4" poster="true"]')


def test_words_between_two_players_are_no_part_of_either() -> None:
    """One that ends by itself may be followed by one with an end tag."""
    result = html_of("[audio https://e.org/a.mp3]\n\nWords.\n\n[audio https://e.org/b.mp3][/audio]")
    assert "<p>Words.</p>" in result
    assert result.count("<a ") == 2


@pytest.mark.parametrize(
    ("gallery", "said"),
    [
        ('[gallery ids="1"]', "a gallery is 1 picture, one below the other"),
        ('[gallery ids="1,9"]', "a gallery is 1 picture, one below the other, of 2"),
        ('[gallery ids="8,9"]', "a gallery whose pictures are not in the export; export the media too"),
        ('[gallery id="9"]', "a gallery whose pictures are not in the export; export the media too"),
    ],
)
def test_a_gallery_says_what_the_export_has_of_it(gallery: str, said: str) -> None:
    """What is missing is lost."""
    notes: list[Note] = []
    html_of(gallery, notes)
    assert [note.what for note in notes] == [said]
    assert (notes[0].kind is NoteKind.LOST) == (said != "a gallery is 1 picture, one below the other")


def test_files_of_the_media_library_come_to_their_place() -> None:
    """Galleries have captions and alternative texts, players the files that are attached to the post."""
    notes: list[Note] = []

    assert (
        '<img src="https://e.org/one.png" alt="a hill"><figcaption>A <em>caption</em></figcaption>'
        in html_of('[gallery ids="1"]')
    )
    assert html_of("[audio]") == '<p><a href="https://e.org/two.mp3">Two &amp; more</a></p>'
    assert html_of("[audio id=3]") == '<p><a href="https://e.org/three.mp4">Three</a></p>'
    assert "two.mp3" not in html_of("[gallery]")
    assert '<li><a href="https://e.org/two.mp3">' in html_of('[playlist ids="2,9"]', notes)
    assert [note.kind for note in notes] == [NoteKind.LOST]
    assert (
        html_of('<img class="wp-image-1" src="x" alt="" />')
        == '<p><img alt="a hill" class="wp-image-1" src="x" /></p>'
    )
    assert 'alt="mine"' in html_of('<img class="wp-image-1" src="x" alt="mine" />')


@pytest.mark.parametrize(
    "raw",
    [
        "Word[efn_note]A <em>note</em>.[/efn_note] on.",
        "Word[ref]A <em>note</em>.[/ref] on.",
        "Word[mfn]A <em>note</em>.[/mfn] on.",
        "Word((A <em>note</em>.)) on.",
        "Word[1. A <em>note</em>.] on.",
        "<p>Word[fn]A <em>note</em>.[/fn] on.</p>",
    ],
)
def test_footnotes_of_plugins_are_footnotes(raw: str) -> None:
    """Reference and text of a note find each other, in each plugin's marks."""
    document, _ = parse(html_of(f"{raw}\n\nEnd."), None)

    assert [plain_text(note) for note in document.footnotes] == ["A note."]
    assert [plain_text(block) for block in document.blocks] == ["Word on.", "End."]


def test_a_note_may_be_referred_to_again_by_its_name() -> None:
    """The second reference has no text."""
    document, _ = parse(html_of('A[ref name="x"]Once.[/ref] b[ref name="x"/].'), None)
    assert len(document.footnotes) == 1
    assert plain_text(document.blocks) == "A b."


@pytest.mark.parametrize(
    "raw",
    [
        "f((x, y), z) and ((x+1)) and (((a b)))",
        "a [note: this], [Update: new], <a href='x'>[y]</a> and <b>[sic]</b>",
        "on [1. May] and [2. Mai 2020]",
        "[sic] and [1] and [citation needed] and [Smith 2012]",
        "[[Main page]] and [[1, 2], [3, 4]] and a[i] and x[code]y",
        "[see <a href='x'>more</a> of it]",
        "[ref] alone",
    ],
)
def test_other_brackets_are_text(raw: str) -> None:
    """Brackets of prose, of wikis and of mathematics are none of a plugin, and not named."""
    notes: list[Note] = []
    assert html_of(f"Text {raw} end.", notes) == f"<p>Text {raw} end.</p>"
    assert notes == []


def test_formulas() -> None:
    """A formula keeps its TeX to the letter, line ends included; a whole document in LaTeX is code."""
    result = html_of(
        "A [latex]a &lt; b % c\nd[/latex] b\n\n[katex display=true]c_3[/katex]\n\n[math]$x$[/math]"
    )

    assert '<span class="math inline">\\(a &lt; b % c&#10;d\\)</span>' in result
    assert '<div class="math display">\\[c_3\\]</div>' in result
    assert "\\(x\\)" in result
    assert html_of("[latex]\\documentclass{article}[/latex]") == code("\\documentclass{article}", "latex")


@pytest.mark.parametrize(
    ("raw", "name", "times"),
    [
        ("[toc]\n\nText.", "toc", 1),
        ('A [contact-form-7 id="1"] b [contact-form-7 id="2"] c', "contact-form-7", 2),
        ('[tabs]\n[tab title="<b>A</b>"]x[/tab]\n[/tabs]', "tab", 1),
        ("Text [my_form] text", "my_form", 1),
        ("[gistr 0123456789abcdef]", "gistr", 1),
        ("<!-- wp:shortcode -->\n[donate]\n<!-- /wp:shortcode -->", "donate", 1),
        ('[playlist ids="8,9"]', "playlist", 1),
        ("Text [spotify what ever] text", "spotify", 1),
    ],
)
def test_a_shortcode_that_nothing_reads_is_named_and_counted(raw: str, name: str, times: int) -> None:
    """It stays as text, to the letter, and the report says how often it is there."""
    notes: list[Note] = []
    result = html_of(raw, notes)

    named = [note.what for note in notes if f"[{name} …]" in note.what]
    assert len(named) == 1
    assert named[0].endswith(", 2 times") is (times > 1)
    assert "<b>" not in result
    assert f"[{name}" in result


@pytest.mark.parametrize(
    "raw", ["<script>a[gallery]</script>", "<a title='[gallery]'>x</a>", "<code>[gallery]</code>"]
)
def test_scripts_tags_and_code_are_left_alone(raw: str) -> None:
    """Only what readers see has shortcodes."""
    assert raw in html_of(f"A {raw} b")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("[[gallery]]", "[gallery]"),
        ('[[code lang="c"]x[/code]]', '[code lang="c"]x[/code]'),
        ('[[form id="1"]]', '[form id="1"]'),
    ],
)
def test_two_brackets_show_a_shortcode(raw: str, shown: str) -> None:
    """So authors write about shortcodes."""
    notes: list[Note] = []
    assert html_of(f"Write {raw}.", notes) == f"<p>Write {shown}.</p>"
    assert notes == []


@pytest.mark.parametrize("part", ["[", "[[", "((", "[code]", "[ref][fn]", "[1. a", "<pre", "<!--"])
def test_what_is_opened_and_never_closed_stays(part: str) -> None:
    """Hostile text is text."""
    notes: list[Note] = []
    assert part in html_of(part * 5_000, notes)
