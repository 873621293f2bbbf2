"""What an entry shows and the tree of its post has not is named; what came along in another form is not."""

from __future__ import annotations

import pytest

from postdocs.importer.ast import nodes
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import read
from postdocs.importer.html.inventory import END, Item, Kind, has_end, text_shown
from postdocs.importer.html.parse import parse
from postdocs.importer.missing import missing_end, missing_items, missing_stored, missing_text, missing_words

BASE = "https://tides.example/2020/ebb/"


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


@pytest.mark.parametrize(
    ("item", "inline"),
    [
        (Item(Kind.PICTURE, ("/figures/high.png",)), nodes.Math("h")),
        (Item(Kind.PLAYER, ("https://v.example/embed?v=abc",)), nodes.Text("https://w.example/embed?v=xyz")),
        (Item(Kind.WIDGET, ("99",)), nodes.Link("https://social.example/status/1991", (nodes.Text("a"),))),
        (Item(Kind.LINK, ("/low/",)), nodes.Link("https://tides.example/low/water/", (nodes.Text("a"),))),
    ],
)
def test_what_only_looks_alike_is_missed(item: Item, inline: nodes.Inline) -> None:
    """A letter in common, a word that all players have, a part of a number: none of it is the thing."""
    note = Note(NoteKind.REMOVED, "handler `onclick`", "/low/water/")
    assert [lost.before for lost in missing_items([item], _paragraph(inline), [note], BASE)] == [
        item.names[0]
    ]


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
    assert has_end(read(html + END)) is whole
    notes = missing_end(html, is_whole=whole)
    assert [(note.kind, note.before) for note in notes] == ([] if whole else [(NoteKind.NOTICED, html)])


def test_words_are_missed_in_runs() -> None:
    """Each run of words that differs is a note with both sides; equal words are none."""
    assert missing_words(["low", "water", "at", "six"], ["low", "water", "at", "six"]) == []
    assert missing_words(["low", "water", "at", "six"], ["high", "at", "six", "pm"]) == [
        Note(NoteKind.LOST, "words", "low water", "high"),
        Note(NoteKind.LOST, "words", "", "pm"),
    ]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("low water, low tide", "tide"),
        ("Low WATER", ""),
        ("lo w wat er", ""),
        (r"water \(\frac{h}{2}\) ebb $$ h_0 $$ $latex x$ \eqref{tide}", "ebb"),
        (r"low \label{tide:ebb} water", ""),
        ("[31mwater[0m 1234", ""),
        ("Handler", ""),
        ("[latexpage] low [MathJax] water", ""),
    ],
)
def test_words_that_are_nowhere_are_missed(text: str, lost: str) -> None:
    """Words are counted, whatever their order and marks; those that a note names are not missed."""
    document = _paragraph(nodes.Text("low "), nodes.Span("em", (nodes.Text("water"),)))
    notes = missing_text(text, document, [Note(NoteKind.REMOVED, "handler `onclick`")])
    assert [note.before for note in notes] == ([lost] if lost else [])


@pytest.mark.parametrize(
    ("stored", "lost"),
    [
        ('[video src="https://t.example/v.mp4" poster="https://t.example/p.jpg"]', ["https://t.example/p.jpg"]),
        ('[box title="High water"]low[/box]', ["high water"]),
        ('[gallery ids="1,2" size="large" link=file]low', []),
        ("<!-- wp:paragraph {\"a\":\"b c\"} --><p>low</p><!-- /wp:paragraph -->", []),
        ("<style>.a { color: red }</style>low <script>go()</script>", []),
        ('<!-- wp:embed {"url":"https:\\/\\/t.example\\/gone"} /-->low', ["https://t.example/gone"]),
        ('<svg xmlns="http://www.w3.org/2000/svg"></svg>low', []),
        ("low [A, B] &amp; water", ["water"]),
        ("[cc]l<b>ow[/cc]", []),
        ("<p style='background:url(https://t.example/b.jpg)'>low</p>", ["https://t.example/b.jpg"]),
        ("low (https://t.example/c).", ["https://t.example/c"]),
        ("<script src='https://gist.github.com/ann/12ab.js?file=a.py'></script>low", ["https://gist.github.com/ann/12ab.js?file=a.py"]),
        ("low https://t.example/d_(e)", ["https://t.example/d_(e)"]),
        ("<object codebase='https://t.example/a'><embed pluginspage='https://t.example/b'></object>low", []),
        ("<input name='u' type=hidden value='https://t.example/back'>low", []),
        ("<input type='text' value='https://t.example/back'>low", ["https://t.example/back"]),
        ("<img src='https://t.example/v.mp4' srcset='https://t.example/v-3.jpg 3w'>low", []),
    ],
)  # fmt: skip
def test_what_a_source_keeps_is_not_lost_on_the_way_to_html(stored: str, lost: list[str]) -> None:
    """Addresses and words in shortcodes and comments of blocks have to be in the post as well."""
    link = nodes.Link("https://t.example/v.mp4", (nodes.Text("low"),))
    assert [note.before for note in missing_stored(stored, _paragraph(link), (), BASE)] == lost


def test_the_words_around_an_image_of_a_formula_are_there() -> None:
    """Its letters are between them in the post, without a space."""
    html = 'wa<img class="latex" alt="h"><img class="latex" alt="n">ter of<img class="latex" alt="V">low'
    document, _ = parse(html, None)
    assert missing_text(text_shown(read(html)), document, ()) == []


def test_a_formula_of_one_letter_stands_for_its_picture() -> None:
    """And the link to a gist for its script."""
    document = _paragraph(
        nodes.Math("r"), nodes.Link("https://gist.github.com/ann/12ab", (nodes.Text("12ab"),))
    )
    stored = '<img src="https://w.example/math/1.png" alt="{}"><script src="https://gist.github.com/ann/12ab.js"></script>'
    assert missing_stored(stored.format("r"), document, (), BASE) == []
    lost = missing_stored(stored.format("s"), document, (), BASE)
    assert [note.before for note in lost] == ["https://w.example/math/1.png"]
