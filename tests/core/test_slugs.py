"""Slugs of titles and labels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdocs.core.slugs import MAX_BYTES, RESERVED_FILES, slugify, unique


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Python", "python"),
        ("machine learning", "machine-learning"),
        ("Node.js", "nodejs"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("R&D", "r-and-d"),
        ("#python", "python"),
        ("Café Ümlaut", "cafe-umlaut"),
        ("日本語", "日本語"),
        ("हिन्दी", "हिन्दी"),
        ("ガイド", "ガイド"),
        ("Привет, мир", "привет-мир"),
        ("🐍", "snake"),
        ("!", "exclamation-mark"),
        ("a/../b", "ab"),
        ("SciPy2013 Recap", "scipy2013-recap"),
        ("What's new -- in C++?", "whats-new-in-c-plus-plus"),
        ("Été à Zürich", "ete-a-zurich"),
        ("../../etc/passwd", "etcpasswd"),
        ("ﬁne Ⅳ", "fine-iv"),
        ("snake_case", "snake_case"),
        ("", ""),
    ],
)
def test_a_slug_is_readable_in_any_script(text: str, slug: str) -> None:
    """Latin words are as ablog has them; other scripts keep their letters, and signs are words."""
    assert slugify(text) == slug


@given(st.text(min_size=1))
def test_a_slug_is_one_harmless_name(text: str) -> None:
    """Whatever the text, it is the name of a file on any system."""
    slug = slugify(text)
    assert slug.strip() == slug != ""
    assert not set(slug) & set('/\\:*?"<>|.\n\0')
    assert len(slug.encode()) <= MAX_BYTES


def test_long_texts_that_begin_alike_have_slugs_of_their_own() -> None:
    """What is cut off is told apart by a digest."""
    slugs = [slugify("word " * 40 + end) for end in ("one", "two")]
    assert slugs[0] != slugs[1]
    assert slugs[0].startswith("word-word-")


def test_a_slug_is_made_unique_by_a_number() -> None:
    """The smallest number that is free is added."""
    assert [unique("a", taken) for taken in ((), ("a",), ("a", "a-2"))] == ["a", "a-2", "a-3"]


def test_no_file_is_called_as_a_device_or_an_index() -> None:
    """Windows can't have the one, and the other is the page of a folder."""
    assert [unique(slugify(text), RESERVED_FILES) for text in ("CON", "Index", "com¹")] == [
        "con-2",
        "index-2",
        "com1-2",
    ]
