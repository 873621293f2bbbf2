"""Comments as nobody writes them: names, texts, and ids without end, and names that are addresses."""

from __future__ import annotations

from datetime import UTC

import pytest
from helpers import assert_linear

from postdocs.importer.comments import convert_comments
from postdocs.importer.entry import Note, NoteKind, SourceComment
from postdocs.importer.sources.comments import LONGEST, comment, from_markdown, identifier


def converted(one: SourceComment) -> tuple[list[tuple[str, str]], list[Note]]:
    """Return the name and text of a comment, if it comes along, and what is said of it."""
    result = convert_comments([one], None, UTC)
    return [(each.author, each.text) for each in result.comments], [*result.notes]


def test_a_comment_that_is_too_long_is_lost_by_name() -> None:
    """A text longer than any service takes stays out, and the report says which, and what to do."""
    comments, (note,) = converted(SourceComment("7", "Ann", "w" * (LONGEST + 1)))
    assert comments == []
    assert (note.kind, note.before) == (NoteKind.LOST, "w" * 60)
    assert (
        note.what == "comment 7: it has 1,000,001 characters, more than 1,000,000; shorten it in the source"
    )


def test_markdown_that_is_too_long_is_not_read() -> None:
    """Text that stays out is never parsed, and is still too long then."""
    html = from_markdown("[a](" * LONGEST)
    assert html.startswith("[a]([a](")
    assert len(html) > LONGEST


def test_a_long_name_is_cut() -> None:
    """A name longer than any service takes is cut, and what is lost is named."""
    ((author, text),), (note,) = converted(SourceComment("7", "A" * 300, "Yes"))
    assert (author, text) == (f"{'A' * 255}…", "Yes")
    assert note.kind is NoteKind.LOST
    assert note.what == "comment 7: the name of its author has 300 characters; it is cut"


@pytest.mark.parametrize(
    "part", ["A", "A@", "A <", "(a@b ", "<b>", "&amp;", " ", "a:b:", "@.", "a.", "1.", "1:", " @ a"]
)
def test_names_take_linear_time(part: str) -> None:
    """A name is read once, whatever it repeats."""
    assert_linear(lambda size: comment("1", part * size, "x"), 40_000)


def test_long_ids_stay_apart() -> None:
    """An id without end is cut, and still another than one that begins like it."""
    ids = {identifier("a" * 200), identifier("a" * 201), identifier("a" * 100)}
    assert len(ids) == 3
    assert {len(one) for one in ids} == {100}
