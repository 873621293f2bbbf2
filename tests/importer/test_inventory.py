"""What a page shows is listed by itself, whichever element shows it."""

from __future__ import annotations

import pytest

from postdocs.importer.ast import nodes
from postdocs.importer.entry import NoteKind
from postdocs.importer.html.dom import read
from postdocs.importer.html.inventory import Kind, inventory, text_shown
from postdocs.importer.missing import missing_items

BASE = "https://tides.example/2020/ebb/"
GIF = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


@pytest.mark.parametrize(
    ("html", "kind", "names"),
    [
        ('<a href="/low/">low</a>', Kind.LINK, ["/low/"]),
        ('<pre><a href="/low/">low</a></pre>', Kind.LINK, ["/low/"]),
        ('<a href="/cdn-cgi/l/email-protection#01606f6f416f">Ann</a>', Kind.LINK, ["mailto:ann@n"]),
        ('<a href="/low/"><img src="a.png"></a>', Kind.LINK, ["/low/"]),
        ('<map><area href="/north/" alt="North"></map>', Kind.LINK, ["/north/"]),
        ('<svg><a xlink:href="/low/"><text>low</text></a></svg>', Kind.LINK, ["/low/"]),
        ('<img src="a.png">', Kind.PICTURE, ["a.png"]),
        (f'<img src="{GIF}" data-src="/a.png">', Kind.PICTURE, ["/a.png"]),
        ('<img src="/img/blank.gif" data-lazy-src="/a.png">', Kind.PICTURE, ["/a.png"]),
        (f'<img src="{GIF}" data-anything="https://t.example/a.png">', Kind.PICTURE, ["https://t.example/a.png"]),
        ('<img data-srcset="/a.png 1x, /b.png 2x">', Kind.PICTURE, ["/a.png", "/b.png"]),
        ('<picture><source srcset="/b.webp"><img src="/a"></picture>', Kind.PICTURE, ["/a", "/b.webp"]),
        ("""<img data-attrs='{"src": "https://t.example/a.png"}'>""", Kind.PICTURE, ["https://t.example/a.png"]),
        (f'<p><img src="{GIF}"><noscript><img src="/a.png"></noscript></p>', Kind.PICTURE, ["/a.png"]),
        ('<amp-img src="/a.png"></amp-img>', Kind.PICTURE, ["/a.png"]),
        ('<input type="image" src="/a.png">', Kind.PICTURE, ["/a.png"]),
        ('<svg><image href="/a.png"/></svg>', Kind.PICTURE, ["/a.png"]),
        ('<img alt="A  gauge">', Kind.ALTERNATIVE, ["A gauge"]),
        ('<iframe src="/plot.html"></iframe>', Kind.PLAYER, ["/plot.html"]),
        ('<iframe data-src="https://v.example/1"></iframe>', Kind.PLAYER, ["https://v.example/1"]),
        ('<video><source src="/a.mp4"></video>', Kind.PLAYER, ["/a.mp4"]),
        ('<object data="/a.swf"><p>Get a plugin</p></object>', Kind.PLAYER, ["/a.swf"]),
        ('<object><param name="movie" value="/a.swf"></object>', Kind.PLAYER, ["/a.swf"]),
        (r'<script type="math/tex">h_0</script>', Kind.FORMULA, ["h_0"]),
        ('<math><annotation encoding="application/x-tex">h_0</annotation></math>', Kind.FORMULA, ["h_0"]),
        ("""<div data-attrs='{"persistentExpression": "h_0"}'></div>""", Kind.FORMULA, ["h_0"]),
        ("""<div data-attrs='{"a": [{"url": "//t.example/p"}]}'></div>""", Kind.WIDGET, ["//t.example/p"]),
        ('<p data-html="&lt;iframe src=&quot;//v.example/1&quot;&gt;"></p>', Kind.WIDGET, ["//v.example/1"]),
        ('<lite-video videoid="abc123"></lite-video>', Kind.WIDGET, ["abc123"]),
        ('<div data-tweet-id="99"></div>', Kind.WIDGET, ["99"]),
        ('<div data-src="visualisation/7"></div>', Kind.WIDGET, ["visualisation/7"]),
        ('<figure data-url="https%3A%2F%2Fv.example%2F1"></figure>', Kind.WIDGET, ["https://v.example/1"]),
        ('<script type="application/json">{"tracks": [{"src": "/a.mp3"}]}</script>', Kind.WIDGET, ["/a.mp3"]),
        ('<a data-cfemail="01606f6f416f" href="/cdn-cgi/x">[protected]</a>', Kind.WIDGET, ["ann@n"]),
        ('<p style="background: url(/sea.jpg) no-repeat"></p>', Kind.BACKGROUND, ["/sea.jpg"]),
    ],
)  # fmt: skip
def test_what_a_page_shows_is_listed(html: str, kind: Kind, names: list[str]) -> None:
    """It is found in attributes, whichever element has them; the tree of a reader that misses it says so."""
    items = [item for item in inventory(read(html)) if item.kind is kind]
    assert [sorted(item.names) for item in items] == [sorted(names)]
    (note,) = missing_items(items, nodes.Document(()), (), BASE)
    assert note.kind is (NoteKind.NOTICED if kind is Kind.BACKGROUND else NoteKind.LOST)
    assert note.before in names


def test_each_track_of_a_playlist_is_listed() -> None:
    """One track in the post does not stand for the others."""
    tracks = '{"tracks": [{"src": "/a.mp3"}, {"src": "/b.mp3"}]}'
    html = f'<script type="application/json" class="wp-playlist-script">{tracks}</script>'
    assert sorted(item.names for item in inventory(read(html))) == [("/a.mp3",), ("/b.mp3",)]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="#low">low</a> <a href="javascript:go()">go</a> <a href="">here</a> <a name="low"></a>',
        '<h2>Low <a class="headerlink" href="https://tides.example/#low">#</a></h2>',
        '<a href="/icon/"><i class="icon"></i></a>',
        '<img src="https://t.example/count.gif" width="1" height="1">',
        '<div style="display: none"><a href="/low/">low</a><img src="a.png"></div>',
        f'<img src="{GIF}">',
        '<div class="share-buttons" data-url="https://t.example/p"></div>',
        '<div data-url="https://t.example/p">Words of its own</div>',
        '<div data-settings="{broken" data-depth="3" data-name="a"></div>',
        '<span style="background: #fff"></span>',
        '<script>var a = "<img src=a.png>"</script><template><img src="a.png"></template>',
    ],
)
def test_what_it_does_not_show_is_not_listed(html: str) -> None:
    """Marks, counters, buttons to share with, what is hidden and what leads nowhere are nothing to lose."""
    assert inventory(read(html)) == []


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>low <b>wa</b>ter</p><p>at six</p>", "low water at six"),
        ("<p>one<br>two</p><table><tr><td>three</td><td>four</td></tr></table>", "one two three four"),
        ('如果<span class="math">X</span>是<div class="math">Y</div>则', "如果 是 则"),
        ('如果<script type="math/tex">X</script>是', "如果 是"),
        ("<label>Py</label><label>R</label>", "Py R"),
        ("a<script>b</script><style>c</style><p hidden>d</p><template>e</template><!-- f -->g", "ag"),
        ('<span class="katex"><span aria-hidden="true">h0</span></span><math><mi>h</mi></math> sea', "sea"),
        ('sea<a href="#fn1">1</a>', "sea"),
        ('of<img class="latex" alt="V">and', "of and"),
        ('sea<span data-cfemail="01606f6f416f">[email protected]</span>', "sea"),
        ('sea<div class="kg-audio-player"><span>0:00</span></div>', "sea"),
        ('<h2>Notes</h2>sea<section class="footnotes"><h2>Notes</h2><p>low</p></section>', "Notes sea low"),
    ],
)
def test_the_text_of_a_page_is_what_it_shows(html: str, shown: str) -> None:
    """Blocks and images are apart; scripts, hidden text, formulas and marks of footnotes are left out."""
    assert " ".join(text_shown(read(html)).split()) == shown
