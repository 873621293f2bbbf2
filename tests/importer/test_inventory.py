"""What a page shows beside its words is listed, and missed where the tree of a post has not got it."""

from __future__ import annotations

import pytest

from postdocs.importer.ast import nodes
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import read
from postdocs.importer.html.inventory import END, Item, Kind, inventory, is_whole
from postdocs.importer.missing import missing_end, missing_items, missing_words

BASE = "https://tides.example/2020/ebb/"
GIF = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


@pytest.mark.parametrize(
    ("html", "kind", "names"),
    [
        ('<a href="/low/">low</a>', Kind.LINK, ["/low/"]),
        ('<pre><a href="/low/">low</a></pre>', Kind.LINK, ["/low/"]),
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


def _paragraph(*children: nodes.Inline) -> nodes.Document:
    return nodes.Document((nodes.Paragraph(children),))


@pytest.mark.parametrize(
    ("item", "inline"),
    [
        (Item(Kind.LINK, ("../low/",)), nodes.Link("https://www.tides.example/2020/low", (nodes.Text("a"),))),
        (Item(Kind.LINK, ("/low",)), nodes.RawInline('<a href="https://tides.example/low">a</a>')),
        (Item(Kind.LINK, ("https://tides.example/2020/ebb/#low",)), nodes.Link("#low", (nodes.Text("a"),))),
        (Item(Kind.PICTURE, ("/a.png", "/b.png")), nodes.Image("https://tides.example/b.png")),
        (Item(Kind.PICTURE, ("https://tex.example/svg?%5Cfrac%7Bh%7D2",)), nodes.Math(r"\frac{h}{2}")),
        (Item(Kind.ALTERNATIVE, ("A gauge",)), nodes.Image("a.png", alt="A gauge, at low water")),
        (Item(Kind.ALTERNATIVE, ("\U0001f600",)), nodes.Text("Sea \U0001f600")),
        (Item(Kind.PLAYER, ("/p.html",)), nodes.Link("https://tides.example/p.html", (nodes.Text("a"),))),
        (Item(Kind.PLAYER, ("//v.example/embed/abc?rel=0",)), nodes.Text("https://v.example/watch?v=abc")),
        (Item(Kind.WIDGET, ("991",)), nodes.Link("https://social.example/status/991", (nodes.Text("a"),))),
        (Item(Kind.FORMULA, ("h_0 % low\n+ 1",)), nodes.Math("h_0 + 1")),
    ],
)  # fmt: skip
def test_what_came_along_in_another_form_is_not_missed(item: Item, inline: nodes.Inline) -> None:
    """An address made whole, a formula made of a picture, a link made of a player: each is there."""
    assert missing_items([item], _paragraph(inline), (), BASE) == []


def test_what_a_note_names_is_not_missed() -> None:
    """What a reader removed and said so is no loss."""
    note = Note(NoteKind.REMOVED, "address of the kind `ftp:`", "/low/")
    assert missing_items([Item(Kind.LINK, ("/low/",))], nodes.Document(()), [note], BASE) == []


def test_a_link_that_stands_twice_has_to_come_twice() -> None:
    """One of two links to the same place is missed."""
    items = [Item(Kind.LINK, ("/low/",)), Item(Kind.LINK, ("/low/#b",))]
    document = _paragraph(nodes.Link("https://tides.example/low/", (nodes.Text("a"),)))
    assert missing_items(items, document, (), BASE) == [Note(NoteKind.LOST, "link", "/low/#b")]


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        ("<p>low", True),
        ("low <b>water", True),
        ("<!-- low --> water", True),
        ("<p>low</p><!-- water", False),
        ('<p>low</p><a href="#i);<p>water</p>', False),
        ("<p>low</p><textarea>water", False),
        ("<p>low</p><script>water", False),
    ],
)
def test_what_never_ends_is_noticed(html: str, whole: bool) -> None:
    """Where browsers show nothing of the rest, a note says so: the author may not know."""
    assert is_whole(read(html + END)) is whole
    notes = missing_end(html, is_whole=whole)
    assert [(note.kind, note.before) for note in notes] == ([] if whole else [(NoteKind.NOTICED, html)])


def test_words_are_missed_in_runs() -> None:
    """Each run of words that differs is a note with both sides; equal words are none."""
    assert missing_words(["low", "water", "at", "six"], ["low", "water", "at", "six"]) == []
    assert missing_words(["low", "water", "at", "six"], ["high", "at", "six", "pm"]) == [
        Note(NoteKind.LOST, "words", "low water", "high"),
        Note(NoteKind.LOST, "words", "", "pm"),
    ]
