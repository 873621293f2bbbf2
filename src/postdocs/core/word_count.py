"""How many words a text has, in scripts with spaces between words and without."""

from __future__ import annotations

import re

# Scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana, and Han.
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
_LETTERS_OF_A_WORD = 2
_WORD = re.compile(rf"[^\W{_UNSPACED}]+(?:['\u2019.,:-][^\W{_UNSPACED}]+)*")
_LETTER = re.compile(f"[{_UNSPACED}]")


def count_words(text: str) -> float:
    """Return how many words a text has; letters of scripts without spaces count as a half."""
    return len(_WORD.findall(text)) + len(_LETTER.findall(text)) / _LETTERS_OF_A_WORD
