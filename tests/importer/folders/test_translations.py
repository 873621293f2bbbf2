"""Posts that are the same in several languages."""

from __future__ import annotations

import pytest

from postdocs.importer.entry import Entry
from postdocs.importer.folders.translations import with_originals

SITE = "https://a.example"


def entry(name: str, language: str | None = None) -> Entry:
    """Return a post at an address that has its name."""
    return Entry(source=name, position=1, url=f"{SITE}/{name}", language=language)


@pytest.mark.parametrize(
    ("posts", "originals"),
    [
        ([("a", None, "x"), ("b", "de", "x"), ("c", "fr", "x")], [None, "a", "a"]),
        ([("b", "de", "x"), ("a", "en", "x")], ["a", None]),
        ([("b", "de", "x"), ("c", "fr", "x")], [None, "b"]),
        ([("a", None, "x"), ("b", None, "x"), ("c", "de", "x")], [None, None, "a"]),
        ([("a", None, "x"), ("b", "de", "y")], [None, None]),
        ([("a", None, ""), ("b", "de", "")], [None, None]),
    ],
)
def test_translations_name_their_original(
    posts: list[tuple[str, str | None, str]], originals: list[str | None]
) -> None:
    """The one in the language of the site, or the first; posts in one language are no translations."""
    entries = with_originals([(entry(name, language), key) for name, language, key in posts], "en")
    wanted = [name and f"{SITE}/{name}" for name in originals]
    assert [one.original for one in entries] == wanted
