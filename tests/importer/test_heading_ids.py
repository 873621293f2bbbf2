"""Headings keep the ids that their authors chose, so that old links to them go on leading there."""

from __future__ import annotations

import pytest
from helpers import new_site_settings

from postdocs.importer.ast import nodes
from postdocs.importer.entry import NoteKind
from postdocs.importer.html.given_ids import is_given
from postdocs.importer.html.parse import parse
from postdocs.importer.myst.anchors import anchors_of
from postdocs.importer.myst.lowering import EscapeLevel, lower
from postdocs.importer.myst.render import MystReader, reader
from postdocs.importer.own_text import split
from postdocs.importer.roundtrip import Proof, prove

_SETTINGS = new_site_settings()
_READ = reader(_SETTINGS)


def _proof(html: str, own: str | None = None, read: MystReader = _READ) -> Proof:
    document, _ = parse(html, "https://blog.example/p/")
    return prove(document, read, None if own is None else split(own))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("setup", "How to install it"),
        ("background", "Background and aims of the whole of the project"),
        ("sec-methods", "Methods"),
        ("Big_One", "What's new?"),
        ("step-2", "Calibrate"),
        ("python3", "The new interpreter"),
        ("install", "Установка"),
        ("v1.2", "Release of spring"),
    ],
)
def test_what_an_author_chose_is_told_by_its_words(name: str, text: str) -> None:
    """It isn't made of the heading, and no number."""
    assert is_given(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("whats-new-in-20", "What's new in 2.0?"),
        ("what-s-new-in-2-0", "What's new in 2.0?"),
        ("What.27s_new_in_2.0.3F", "Whats new in 2.0?"),
        ("Whats_new", "What’s new"),
        ("same_1", "Same"),
        ("same-2", "Same"),
        ("setup", "1. Setup"),
        ("a--b", "A & B"),
        ("das-große-übel", "Das große Übel"),
        ("das-grosse-ubel", "Das große Übel"),
        ("%E6%97%A5%E6%9C%AC", "日本"),
        ("h-the-tide", "The tide"),
        ("user-content-the-tide", "The tide"),
        ("the-tide-tables-of-the-north-sea", "The tide tables of the North Sea, and how they are made"),
        ("id5", "Tide"),
        ("more", "Tide"),
        ("more-1204", "Tide"),
        ("section-3", "Tide"),
        ("h.1fob9te", "Tide"),
        ("8f2c", "Tide"),
        ("bc47", "Tide"),
        ("org1a2b3c4", "Tide"),
        ("2f1e6a52-95c6-4f0e-8d53-0d0a52a0b1a1", "Tide"),
        ("", "Tide"),
    ],
)
def test_what_a_program_made_is_told_by_the_heading_and_its_numbers(name: str, text: str) -> None:
    """Those of GitHub, docutils, kramdown, Python-Markdown, WordPress, Word, Org, Notion, and Medium."""
    assert not is_given(name, text)


def test_a_heading_keeps_the_id_that_its_author_chose() -> None:
    """It stands in an attribute before the heading, and links of the post lead to it."""
    proof = _proof('<p><a href="#setup">a</a></p><h2 id="setup">How to install it</h2><p>b</p>')
    assert proof.text == "[a](#setup)\n\n{#setup}\n## How to install it\n\nb\n"
    assert NoteKind.LOST not in {note.kind for note in proof.notes}


def test_an_id_that_docutils_would_change_stays_in_html() -> None:
    """Links of the post lead to the id that the heading has by itself."""
    proof = _proof('<p><a href="#Big_One">a</a></p><h2 id="Big_One">New?</h2><p>b</p>')
    assert proof.text == '[a](#new)\n\n<div id="Big_One"></div>\n\n## New?\n\nb\n'


def test_headings_in_quotations_and_deep_ones_keep_theirs_too() -> None:
    """Wherever a heading stands, MyST reads its attribute."""
    outline = "<h2>A</h2><h3>B</h3><h4>C</h4><h5 id='deep'>D</h5><h6 id='Deep_Er'>E</h6><p>e</p>"
    proof = _proof(f'{outline}<blockquote><h3 id="said">Q</h3><p>q</p></blockquote>')
    assert proof.text == (
        "## A\n\n### B\n\n#### C\n\n{#deep}\n##### D\n\n"
        '<div id="Deep_Er"></div>\n\n###### E\n\ne\n\n> {#said}\n> ### Q\n>\n> q\n'
    )
    assert NoteKind.LOST not in {note.kind for note in proof.notes}


@pytest.mark.parametrize(
    ("name", "label", "text"),
    [
        ("Deep_Er", "deep-er", '<div id="Deep_Er"></div>\n\n{#deep-er}\n##### The tide'),
        ("the-tide", "the-tide", "{#the-tide}\n##### The tide"),
        ("The.Tide", "the-tide", "{#the-tide}\n##### The tide"),
        ("прилив-1", "section-1", '<div id="прилив-1"></div>\n\n{#section-1}\n##### The tide'),
        ("d", "section-1", "{#section-1}\n##### The tide"),
        ("search", "section-1", "{#section-1}\n##### The tide"),
    ],
)
def test_links_lead_to_deep_headings_by_an_id_that_myst_knows(name: str, label: str, text: str) -> None:
    """By themselves these have none in MyST, and a list of contents would have to be HTML."""
    outline = "<h2>A</h2><h3>B</h3><h4>C</h4>"
    deep = f'<h5 id="{name}">The tide</h5><p>e</p><h5>D</h5><p>f</p>'
    proof = _proof(f'<ul><li><a href="#{name}">The tide</a></li></ul>{outline}{deep}')
    assert proof.text == f"- [The tide](#{label})\n\n## A\n\n### B\n\n#### C\n\n{text}\n\ne\n\n##### D\n\nf\n"
    assert not {NoteKind.LOST, NoteKind.KEPT_AS_HTML}.intersection(note.kind for note in proof.notes)


def test_an_id_of_two_headings_is_neithers() -> None:
    """Nor is one that another heading has by its text, or that stands around the text of a post."""
    html = (
        '<div id="wrapper"><h2 id="setup">One</h2></div><h2 id="setup">Two</h2><h2 id="three">Four</h2>'
        '<h2>Three</h2><div id="main"><h2>Five</h2></div><h2 id="search">Six</h2>'
    )
    proof = _proof(html)
    assert proof.text == "## One\n\n## Two\n\n## Four\n\n## Three\n\n## Five\n\n## Six\n"


def test_a_heading_of_an_author_keeps_its_text_behind_the_id() -> None:
    """The id is an addition, so that the block counts as adapted."""
    proof = _proof('<h2 id="setup">How  to install *it*</h2>', "##  How to install \\*it\\*\n")
    assert proof.text == "{#setup}\n##  How to install \\*it\\*\n"
    assert (proof.own, proof.adapted) == (0, 1)


def test_a_site_without_attributes_has_ids_in_html() -> None:
    """What its settings don't read is not written."""
    without = reader({**_SETTINGS, "myst_enable_extensions": ["colon_fence"]})
    proof = _proof('<h2 id="setup">How to install it</h2><p>b</p>', read=without)
    assert proof.text == '<div id="setup"></div>\n\n## How to install it\n\nb\n'


def test_a_heading_whose_text_is_escaped_keeps_its_id() -> None:
    """Links lead to it, which nobody writes again when it is only a neighbour that has to be escaped."""
    heading = nodes.Heading(2, (nodes.Text("The tide"),), given="setup")
    lowered = lower(nodes.Document((heading,)), {0: EscapeLevel.ESCAPED})
    assert lowered.blocks == (heading,)


def test_links_of_other_posts_find_an_id_that_was_chosen() -> None:
    """All that led to the heading leads to that."""
    document, _ = parse('<section id="intro"><h2 id="id1">Words of welcome</h2></section>', None)
    assert anchors_of(document) == {"intro": "intro", "id1": "intro"}


@pytest.mark.parametrize(
    ("page", "own", "text"),
    [
        ('<h2 id="setup">How to install</h2><p>T</p>', "## How to install {#setup}\n\nT", None),
        ('<h2 id="start">How to install</h2><p>T</p>', "## How to install {#setup}\n\nT", "{#start}\n## How"),
        ("<h2>How to install</h2><p>T</p>", "## How to install {#setup}\n\nT", "## How to install\n"),
    ],
)
def test_an_id_at_the_end_of_an_authors_heading_stays_there(page: str, own: str, text: str | None) -> None:
    """As long as it is that of the page; another one, or none, is that of the page."""
    proof = _proof(page, own)
    assert not proof.notes
    assert proof.text.startswith(text or own)
    assert "{#setup}" not in proof.text or text is None


def test_a_site_without_attributes_shows_no_id_of_an_author() -> None:
    """There, the braces would be words of the heading."""
    without = reader({**_SETTINGS, "myst_enable_extensions": ["colon_fence"]})
    own = "## How to install {#setup}\n\nT"
    assert "{#" not in _proof('<h2 id="setup">How to install</h2><p>T</p>', own, without).text


@pytest.mark.parametrize("id_", [' id="what-now%3F"', ' id="what-now?"', ""])
def test_links_find_a_heading_whose_id_keeps_its_signs(id_: str) -> None:
    """As those of markdown-it-anchor do, percent-encoded, on a page; and in a source, which has none."""
    proof = _proof(f'<p><a href="#what-now%3F">a</a></p><h2{id_}>What now?</h2><p>b</p>')
    assert proof.text == "[a](#what-now)\n\n## What now?\n\nb\n"


def test_links_tell_like_headings_apart_whose_ids_keep_their_signs() -> None:
    """By the number at the end."""
    html = "<h2>It's &amp; on</h2><h2>It's &amp; on</h2><p>a</p>"
    anchors = anchors_of(parse(html, None)[0])
    assert (anchors["it's-&-on"], anchors["it's-&-on-1"]) == ("its--on", "its--on-1")
