"""Slugs: titles and labels as names of files and parts of addresses, by one rule."""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Collection, Iterator

from postdocs.core.labels import SIGNS

MAX_BYTES = 100  # of a slug in UTF-8; file systems take 255 for a name
_DIGEST_LENGTH = 8
_LATIN_END = 0x250  # where letters end that are Latin ones with marks
# No file of a post has these names: an index is the page of its folder, and Windows keeps the others for
# devices, whatever their extension.
RESERVED_FILES = frozenset({
    *("index", "con", "prn", "aux", "nul"),
    *(f"{device}{number}" for device in ("com", "lpt") for number in range(10)),
})  # fmt: skip


def slugify(text: str) -> str:
    """Return a title or label as the name of a file and the last part of an address.

    The rule: compatibility forms are resolved (Unicode NFKC), and letters are lower case. Letters and digits
    of every script stay, and underscores; Latin letters lose their marks. White space and dashes become
    hyphens, signs become words (`C++`: `c-plus-plus`), and other punctuation goes (`Node.js`: `nodejs`), as
    do hashes at the beginning. Text without a letter or digit becomes the names of its characters. What is
    longer than MAX_BYTES is cut, and ends in a digest of the whole. Only text without characters, and nothing
    else, has an empty slug. For words in Latin letters it is what ablog makes of them.
    """
    normalized = unicodedata.normalize("NFKC", text).lower()
    words = "".join(_spell(normalized))
    if not re.search(r"\w", words):
        words = "-".join(unicodedata.name(char, f"u{ord(char):x}") for char in normalized).lower()
    slug = re.sub(r"[-\s]+", "-", unicodedata.normalize("NFC", words)).strip("-")
    if fits(slug):
        return slug
    digest = hashlib.sha256(slug.encode()).hexdigest()[:_DIGEST_LENGTH]
    room = MAX_BYTES - _DIGEST_LENGTH - 1
    return slug.encode()[:room].decode(errors="ignore").rstrip("-") + f"-{digest}"


def fits(slug: str) -> bool:
    """Tell whether a slug is short enough for the name of a file."""
    return len(slug.encode()) <= MAX_BYTES


def unique(slug: str, taken: Collection[str]) -> str:
    """Return a slug that is not taken: itself, or with the smallest number from 2 on that makes it so."""
    numbered = (f"{slug}-{number}" for number in itertools.count(2))
    return next(each for each in itertools.chain([slug], numbered) if each not in taken)


def _spell(text: str) -> Iterator[str]:
    """Yield a text without punctuation, without marks on Latin letters, and with signs as words."""
    keeps_marks = False
    for char in unicodedata.normalize("NFD", text.lstrip("#")):
        kind = unicodedata.category(char)
        if kind[0] == "M":
            yield char if keeps_marks else ""
            continue
        keeps_marks = kind[0] == "L" and ord(char) >= _LATIN_END
        if kind[0] in {"L", "N"} or char == "_":
            yield char
        elif char in SIGNS or kind[0] == "S":
            yield f"-{SIGNS.get(char) or unicodedata.name(char, f'u{ord(char):x}').lower()}-"
        elif char.isspace() or kind == "Pd":
            yield "-"
