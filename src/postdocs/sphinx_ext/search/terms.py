"""The terms of a text: its words as the index has them. `search-engine.js` reads queries the same way.

Letters are small and without accents, as readers type them; `C++` and `C#` are words. Scripts that put no
spaces between words are taken in pairs of characters, which need no dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

LONGEST = 40  # characters of a term; what is longer is data, and nobody types it

_ACCENTS = re.compile("([a-z\u00df-\u024f\u0370-\u03ff])[\u0300-\u036f]+")  # those of Latin and Greek
_WORD = re.compile(r"[^\s+#]+(?:[+#]+(?!\S))?")
# Thai to Khmer, kana, Chinese characters
_SCRIPTS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_DENSE, _RUNS = re.compile(f"[{_SCRIPTS}]"), re.compile(f"[{_SCRIPTS}]+|[^{_SCRIPTS}]+")


class _Letters(dict[int, int]):
    """What stands for a character while words are parted: itself, or a space."""

    def __missing__(self, code: int) -> int:
        """Look a character up, once: letters, digits and marks (Unicode's L, N and M) are parts of words."""
        is_part = unicodedata.category(chr(code))[0] in "LNM" or chr(code) in "+#"
        self[code] = code if is_part else ord(" ")
        return self[code]


_LETTERS = _Letters()


def terms_of(text: str) -> list[str]:
    """Return the terms of a text, in order."""
    terms: list[str] = []
    for is_ascii, pieces in groupby(text.split(), str.isascii):
        if is_ascii:  # as most are
            terms += _WORD.findall(" ".join(pieces).lower().translate(_LETTERS))
        else:
            for piece in pieces:
                terms += _terms_of_piece(piece)
    return [term for term in terms if len(term) <= LONGEST]


@lru_cache(maxsize=50_000)
def _terms_of_piece(piece: str) -> list[str]:
    """Return the terms of what has spaces around it.

    Of dense scripts, they are each pair of characters, and the last character alone. So each character begins
    a term.
    """
    terms: list[str] = []
    for word in _WORD.findall(piece.translate(_LETTERS)):
        for run in _RUNS.findall(word):
            if _DENSE.match(run):
                terms += [_folded(run[at : at + 2]) for at in range(len(run))]
            else:
                terms += _WORD.findall(_folded(run).translate(_LETTERS))
    return terms


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).lower()
    return unicodedata.normalize("NFC", _ACCENTS.sub(r"\1", plain))
