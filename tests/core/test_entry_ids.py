"""The file of feed entry ids."""

from __future__ import annotations

import pytest

from postdocs.core.entry_ids import EntryId, key_of, read, renamed, with_ids

TEXT = """# Ids.
"posts/elm" = "https://example.org/elm"  # from a notebook
'posts/log#may' = "tag:example.org,2019:may"
"""


def test_ids_are_read_with_their_lines() -> None:
    """A key is a docname, with the fragment of a post that is a part of its page."""
    reading = read(TEXT)
    assert reading.errors == ()
    assert reading.ids == {
        key_of("posts/elm"): EntryId("https://example.org/elm", 2),
        key_of("posts/log", "may"): EntryId("tag:example.org,2019:may", 3),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('"a" = 17\n', "entry-ids.toml:1: a: '17' is a number, not text; write"),
        ('\n"a" = "17"\n', "entry-ids.toml:2: a: '17' is not an absolute IRI; write the id as"),
        ('[posts]\na = "u:1"\n', "entry-ids.toml:1: posts: "),
        ('a = "u:1"\na = "u:2"\n', "entry-ids.toml:2: it is not TOML"),
        ('<<<<<<< ours\na = "u:1"\n', "entry-ids.toml:1: it is not TOML"),
        ('a = "u:1"\nb = [\n', "entry-ids.toml:2: it is not TOML"),
        ("a = " + "[" * 5000, "entry-ids.toml:1: it is not TOML"),
    ],
)
def test_what_is_no_id_is_an_error(text: str, message: str) -> None:
    """Other kinds of values, tables, and what is left of a merge are told with their line."""
    reading = read(text)
    assert reading.ids == {}
    assert [str(error)[: len(message)] for error in reading.errors] == [message]


def test_valid_ids_count_beside_wrong_ones() -> None:
    """All mistakes are told at once, in the order of their lines."""
    reading = read('b = 1\n"ok" = "u:1"\na = ""\n')
    assert {*reading.ids} == {"ok"}
    assert [error.line for error in reading.errors] == [1, 3]


def test_what_is_written_is_read_again() -> None:
    """Any docname and id; what the file says already stays as it is."""
    ids = {'a "b"\\c': "u:ü", "posts/été#x": 'urn:"\\\x7f\x01'}
    text = with_ids(TEXT.rstrip("\n"), ids)
    assert text.startswith(TEXT)
    assert {key: entry.id for key, entry in read(text).ids.items()} == {
        key: entry.id for key, entry in read(TEXT).ids.items()
    } | ids
    assert with_ids("", {"b": "u:2", "a": "u:1"}).splitlines()[1:] == ['a = "u:1"', 'b = "u:2"']


def test_a_document_that_moves_takes_its_ids_along() -> None:
    """All its posts, and no others whose names begin like it; comments stay."""
    text = renamed(TEXT + '"posts/elm#a" = "u:1"\nposts-2 = "u:2"\n', "posts/elm", "trees/my elm")
    assert (
        text == TEXT.replace('"posts/elm"', '"trees/my elm"') + '"trees/my elm#a" = "u:1"\nposts-2 = "u:2"\n'
    )
