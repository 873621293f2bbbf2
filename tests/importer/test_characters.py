"""Characters that no text can hold are no reason to refuse a source."""

from __future__ import annotations

import json

import pytest

from postdocs.importer.entry import NoteKind
from postdocs.importer.sources.encoding import decode
from postdocs.importer.sources.model import Source
from postdocs.importer.sources.registry import read

UTF_8 = '<?xml version="1.0" encoding="utf-8"?>'


def feed(content: bytes, declaration: str = UTF_8) -> Source:
    """Read a feed of two entries, of which the first has this content."""
    rest = b"</description></item><item><title>Two</title><description>Also there.</description></item>"
    start = f"{declaration}<rss version='2.0'><channel><item><title>One</title><description>".encode()
    return read(start + content + rest + b"</channel></rss>", "feed")


@pytest.mark.parametrize(
    ("content", "text", "name"),
    [
        (b"a\x00b", "ab", "a[U+0000]b"),
        (b"a\x08b", "ab", "a[U+0008]b"),
        ("a\ufffeb".encode(), "ab", "a[U+FFFE]b"),
        ("é\uffff è".encode(), "é è", "é[U+FFFF] è"),
        (b"a\xed\xa0\xbdb", "ab", "a[byte ED]b"),
        ("é à ü ".encode() + b"\xc3(", "é à ü (", "é à ü [byte C3]("),
        (b"a\xffb", "ab", "a[byte FF]b"),
        (b"cut off \xe2\x80", "cut off ", "cut off [byte E2]</description"),
        (b"a&#0;b", "ab", "&#0;"),
        (b"a&#xFFFE;b&#55357;", "ab", "&#xFFFE;, &#55357;"),
    ],
)
def test_an_odd_character_is_removed_and_reported(content: bytes, text: str, name: str) -> None:
    """All entries are read, and the report shows where the character stood."""
    source = feed(content)

    assert [entry.content for entry in source.entries] == [f"<p>{text.strip()}</p>", "<p>Also there.</p>"]
    (note,) = [note for note in source.notes if note.kind is NoteKind.REMOVED]
    assert name in note.before


def test_a_feed_in_windows_1252_that_calls_itself_utf_8_keeps_its_letters() -> None:
    """Where nothing in it is UTF-8 but ASCII, single bytes are letters and quotation marks."""
    assert feed("“é”".encode("cp1252")).entries[0].content == "<p>“é”</p>"


def test_pairs_of_surrogates_in_utf_8_are_one_character() -> None:
    """Some databases export characters beyond U+FFFF so (CESU-8)."""
    assert decode(b"a \xed\xa0\xbd\xed\xb8\x80", "file", None) == ("a \N{GRINNING FACE}", ())


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffa\ud83db".encode("utf-16-le", "surrogatepass"),
        "\ufeffa\ud83db".encode("utf-16-be", "surrogatepass") + b"\x00",
        b"\xef\xbb\xbfa\xe9b",
    ],
)
def test_a_mark_at_the_beginning_settles_the_encoding(data: bytes) -> None:
    """What is wrong in it is removed and reported then, whatever else it could be."""
    text, notes = decode(data, "file", None)
    assert text == "ab"
    assert len(notes) == 1


def test_a_form_feed_parts_words() -> None:
    """White space that XML has not is white space still."""
    assert decode(b"a\x0cb", "file", None) == ("a b", ())


def test_half_a_character_in_json_is_removed_from_its_entry() -> None:
    """JSON can name surrogates on their own, which no file can hold."""
    items = [{"id": "1", "title": "A \ud83d title", "content_text": "x\x00y", "tags": ["\ude00t", "\ude00"]}]
    (entry,) = read(json.dumps({"items": items}).encode(), "feed.json").entries

    assert (entry.title, entry.content, entry.tags) == ("A  title", "<p>xy</p>", ("t",))
    assert sum(note.kind is NoteKind.REMOVED for note in entry.notes) == 4
