"""Broken addresses and attributes are mended, and whole ones left alone."""

from __future__ import annotations

import pytest

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.repair import repair_url, resolve, split_attributes

BASE = "https://blog.example/p/"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("////host.example/a", "https://host.example/a"),
        ("//host.example/a", "https://host.example/a"),
        ("http://https://www.example.org/psf/", "https://www.example.org/psf/"),
        ("www.example.org", "https://www.example.org/"),
        ("www.example.org/a?b#c", "https://www.example.org/a?b#c"),
        ('a\nhref="https://example.org/license”', "https://example.org/license"),
        ('http://example.org/x.php"', "http://example.org/x.php"),
        ('http://example.org/x.php">', "http://example.org/x.php"),
        ("%22http://example.org", "http://example.org"),
        ("“http://example.org/a”", "http://example.org/a"),
        ("#the-«tide»»", "#the-«tide»"),
        ("#the-tide»", "#the-tide"),
        ("%E2%80%9Chttp://example.org/a%20b%E2%80%9D", "http://example.org/a%20b"),
        (" https://example.org/a\nb ", "https://example.org/ab"),
    ],
)
def test_repair(value: str, expected: str) -> None:
    """What editors broke is undone."""
    assert repair_url(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "https://web.archive.org/web/2012/http://example.org/",
        "#Le-Clézio-—-«Désert»",
        "https://example.org/“a”-“b”",
        "https://example.org/12/%20bold_new",
        "https://example.org/?u=http%3A%2F%2Fx%26y&src=typd#t=1892s",
        "https://example.org/wiki/O'Reilly_(x)",
        "mailto:a@example.org",
        "page.html",
        "%22.html",
        "https://example.org/?q=%22a%22",
        "#here",
        "http://[broken",
    ],
)
def test_whole_addresses_stay(value: str) -> None:
    """An address in order is kept to the letter."""
    assert repair_url(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "javascript:x()",
        " JaVaScRiPt:x()",
        "java\nscript:x()",
        "\x01javascript:x()",
        "vbscript:x",
        "data:text/html,x",
    ],
)
def test_unsafe_addresses(value: str) -> None:
    """Nothing leads to an address that runs."""
    notes: list[object] = []
    assert resolve(value, BASE, notes) is None  # type: ignore[arg-type]
    assert len(notes) == 1


def test_lost_attributes() -> None:
    """A title that swallowed the attributes behind it gives them back."""
    assert split_attributes('Logo" width="45%" height="3') == ("Logo", {"width": "45%", "height": "3"})
    assert split_attributes('The "width" of things') == ('The "width" of things', {})


@pytest.mark.parametrize(
    "value",
    ['"' * 200_000 + "a", " " * 200_000 + '"', "www." * 50_000, '" width=' * 20_000],
    ids=["quotes", "spaces", "hosts", "attributes"],
)
def test_long_values(value: str) -> None:
    """Values made to be slow are not."""
    repair_url(value)
    split_attributes(value)


@pytest.mark.parametrize("url", ["path:../conf.py", "PATH:/conf.py", "project:a.md", "\tpath:x"])
def test_no_link_of_a_source_leads_to_files_of_the_site(url: str) -> None:
    """MyST's own schemes would publish what is beside the post, or link to it."""
    notes: list[Note] = []
    assert resolve(url, "https://blog.example/", notes) is None
    assert [note.kind for note in notes] == [NoteKind.REMOVED]
