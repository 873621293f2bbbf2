"""Exports of Movable Type: posts with comments, and comments that look like posts."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import assert_linear

from postdocs.importer.entry import NoteKind
from postdocs.importer.sources import movabletype_parts
from postdocs.importer.sources.registry import read
from postdocs.importer.sources.text import plain

FEEDS = Path(__file__).parents[1] / "feeds"
MT_HEAD = "AUTHOR: {}\nTITLE: {}\nSTATUS: Publish\nDATE: 05/01/2005 10:00:00\n-----\nBODY:\nWords.\n-----\n"
MT_COMMENT = "COMMENT:\nAUTHOR: Eve\nDATE: 05/02/2005 09:30:00\n{}\n-----\n"


def test_movable_type() -> None:
    """Posts have their comments; e-mail and IP addresses, spam, and pings stay out."""
    source = read((FEEDS / "movabletype-export.txt").read_bytes(), "export.txt")
    tea, milk = source.entries
    assert (tea.title, tea.url, tea.authors) == (
        "Tea & time",
        "https://kettle.example/2005/05/tea.html",
        ("Ann Example",),
    )
    assert (tea.category, tea.tags, tea.summary) == (
        ("Kitchen", "Drinks"),
        ("hot water", "leaves"),
        "How to wait.",
    )
    assert tea.content == (
        "<p>Leaves and water.</p>\n<p>Three minutes: wait.<br />\n-----<br />\nThen drink.<br />\n"
        "--------<br />\nSlowly.</p>\n<p>More.</p>"
    )
    assert [str(entry.published) for entry in source.entries] == [
        "2005-05-01 22:00:00",
        "2005-05-04 13:00:00",
    ]
    assert (milk.draft, milk.content.strip()) == (True, "<p><em>Cold</em>.</p>")
    (one,) = tea.comments
    assert (one.id, one.author, one.parent) == ("1", "Ada", None)
    assert one.content == "<p>CAREFUL: is <em>green</em> tea hotter?</p>\n<p>NOTE: I ask.</p>"
    assert (one.website, str(one.date)) == ("http://ada.example/", "2005-05-02 09:30:00")
    left = [note.what for note in source.notes if note.kind is NoteKind.LEFT_OUT]
    assert left == ["1 of type comment, spam", "1 of type ping"]
    assert [note.before for note in tea.notes if note.kind is NoteKind.LEFT_OUT] == ["kettle, cup"]
    assert [note.what for note in source.notes if note.kind is NoteKind.NOTICED] == [
        "it has no address for 1 post; write each as its permalink"
    ]
    assert "secret" not in repr(source)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("--------\nAUTHOR: Eve\nSpam", 12),
        ("--------\nAUTHOR: Eve\nTITLE: Spam\n-----\nBODY:\nBuy", 12),
        ("--------\nTITLE: Spam\nDATE: now\n-----\nBODY:\nBuy", 12),
        ("--------\n" + MT_HEAD.format("Eve", "Spam") + "Buy", 12),
        ("-----\nBODY:\nBuy", 12),
        ("-----\nCOMMENT:\nBuy", 0),
        ("URL: https://a.example/\nURL: https://b.example/\nBuy", 0),
        ("TITLE: Buy", 0),
    ],
)
def test_a_comment_does_not_end_its_post(typed: str, line: int) -> None:
    """Hyphens and keys that a reader typed are the text of the comment; the report names the first line."""
    end = MT_COMMENT.format("Yes") + "--------\n"
    text = (
        MT_HEAD.format("Ann", "Tea")
        + MT_COMMENT.format(typed)
        + end
        + MT_HEAD.format("Ann", "Milk")
        + "--------"
    )
    source = read(text.encode(), "export.txt")
    assert [(entry.title, len(entry.comments)) for entry in source.entries] == [("Tea", 2), ("Milk", 0)]
    words = plain(source.entries[0].comments[0].content)
    assert typed.rsplit(maxsplit=1)[-1] in words
    said = [note.what for note in source.notes if "hyphens" in note.what]
    assert [int(what.rpartition(" ")[2]) for what in said] == ([line] if line else [])


def test_a_post_after_a_comment_may_be_its_text() -> None:
    """What a reader typed to the letter of the format can't be told from a post, so the report names it."""
    spoof = "Hm\n-----\n--------\n" + MT_HEAD.format("Eve", "Spam")
    text = MT_HEAD.format("Ann", "Tea") + MT_COMMENT.format(spoof) + "--------\n"
    source = read((text + MT_HEAD.format("Ann", "Milk") + "--------").encode(), "export.txt")
    doubtful = [any("follows a comment" in note.what for note in entry.notes) for entry in source.entries]
    assert [entry.title for entry in source.entries] == ["Tea", "Spam", "Milk"]
    assert doubtful == [False, True, False]


@pytest.mark.parametrize(
    "part", ["--------\nA:\n", "-----\nBODY:\n", "-----\n\n", "--------\n", "A:A:", "\n"]
)
def test_repeated_parts_take_linear_time(part: str) -> None:
    """An export of one line again and again is read once."""
    head = MT_HEAD.format("Ann", "Tea")
    assert_linear(lambda size: movabletype_parts.read(head + part * size), 8_000)
