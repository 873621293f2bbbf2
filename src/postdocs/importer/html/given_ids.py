"""The ids that authors give to headings, as opposed to those that programs make of their words or numbers."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

_PARTS = re.compile(r"[-_.:]+")
_WORD_OR_NUMBER = re.compile(r"[^\W\d_]+\d*|\d+")
_HASH = re.compile(r"(?=.{4})[a-f]+\d+")  # part of a hexadecimal number
_NUMBERED = re.compile(r"(?:anchor|h|head|header|heading|id|more|org|ref|sec|section|title|toc)[-_.]?\d*")
_PREFIX = re.compile(r"(?:ftoc|h|head|header|heading|rtoc|title|toc|user-content)[-_](?=.)")
_CUT = 25  # characters of words that a program may have cut off


def is_given(name: str, text: str) -> bool:
    """Tell whether an id of a heading was chosen by its author.

    text: of the heading. WordPress, Hugo, kramdown, and others make ids of that, each in a way of its own;
    Word, Notion, and Org make random ones. Where it can't be told, as with words in another alphabet, it was.
    """
    name = unquote(name).casefold()
    parts = _PARTS.split(name)
    if not all(map(_WORD_OR_NUMBER.fullmatch, parts)) or any(map(_HASH.fullmatch, parts)):
        return False
    if parts[0].isdecimal() or _NUMBERED.fullmatch(name):
        return False
    words = _letters(text)
    return all(not _is_made_of(words, _letters(one)) for one in (name, _PREFIX.sub("", name, count=1)))


def _is_made_of(words: str, name: str) -> bool:
    return name == words or (len(name) >= _CUT and words.startswith(name))


def _letters(text: str) -> str:
    """Return letters and digits but those at the ends, of which one tells like headings apart."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(filter(str.isalnum, folded)).strip("0123456789")
