"""How many words a text has."""

from __future__ import annotations

import pytest

from postdocs.core.word_count import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("Low water, 3.5 m", 4), ("don't", 1), ("潮水涨落", 2), ("潮水 and ebb", 3), ("— …", 0)],
)
def test_words_are_counted_in_all_scripts(text: str, words: float) -> None:
    """Two letters of a script without spaces are about a word."""
    assert count_words(text) == words
