"""Labels of posts: one spelling, one slug, and never two labels on one page."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from postdocs.site.ablog import slugify

_LONGEST = 100  # bytes of a slug; file systems take 255 for a name
_TAKEN = {"", "index"}  # an index is the page of the folder
# Signs that part labels: C, C++ and C#, A* and A, R&D and RD. Other punctuation does not.
_SPOKEN = {
    "+": "plus",
    "#": "sharp",
    "*": "star",
    "&": "and",
    "@": "at",
    "%": "percent",
    "$": "dollar",
    "=": "equals",
}
_LATIN = 0x250  # where letters end that are Latin ones with marks


@dataclass(frozen=True)
class Label:
    """A tag, category or author as the site shows it.

    name: its most used spelling. slug: what its address ends in. others: further slugs that lead to it, those
    of its other spellings and those that plain ablog made.
    """

    name: str
    slug: str
    others: tuple[str, ...]


def merge(uses: Iterable[str], names: Mapping[str, str] | None = None) -> dict[str, Label]:
    """Return the label that each spelling stands for.

    uses: the labels of all posts as they are written, each as often as it is used, the oldest first.
    names: spellings that are shown as another one, such as the short names of authors.
    """
    names = names or {}
    shown = {spelling: names.get(spelling, spelling) for spelling in (*names, *names.values())}
    by_key: dict[str, Counter[str]] = defaultdict(Counter)
    fixed = {key_of(spelling): name for spelling, name in shown.items()}
    for spelling in uses:
        by_key[key_of(fixed.get(key_of(spelling), spelling))][spelling] += 1
    chosen = {key: fixed.get(key) or spellings.most_common(1)[0][0] for key, spellings in by_key.items()}
    slugs = _slugs(chosen)
    labels: dict[str, Label] = {}
    claimed = set(slugs.values()) | _TAKEN
    for key, spellings in sorted(by_key.items()):
        known = (
            slug
            for name in sorted({chosen[key], *spellings} - names.keys())
            for slug in (slug_of(name), slugify(name))
        )
        others = [slug for slug in dict.fromkeys(known) if slug not in claimed and _fits(slug)]
        claimed.update(others)
        label = Label(chosen[key], slugs[key], tuple(others))
        labels |= dict.fromkeys(spellings, label)
    return labels


def _fits(slug: str) -> bool:
    return len(slug.encode()) <= _LONGEST


def _slugs(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return a slug for each key, none twice."""
    slugs: dict[str, str] = {}
    taken = set(_TAKEN)
    for key, name in sorted(chosen.items()):
        slug = natural = slug_of(name)
        number = 2
        while slug in taken:
            slug = f"{natural}-{number}"
            number += 1
        taken.add(slug)
        slugs[key] = slug
    return slugs


def key_of(label: str) -> str:
    """Return what is left of a label without case, space and punctuation, or the label if that is nothing."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", label).casefold())
    kept = "".join(
        char
        for char in folded.lstrip("#")
        if char in _SPOKEN or unicodedata.category(char)[0] not in {"P", "Z", "C"}
    )
    return kept or folded


def slug_of(label: str) -> str:
    """Return a label as the last part of an address: readable, in its own script, never empty.

    For words in Latin letters it is what ablog makes of them.
    """
    text = unicodedata.normalize("NFKC", label).lower()
    words = "".join(_spell(text))
    if not re.search(r"\w", words):
        words = "-".join(unicodedata.name(char, f"u{ord(char):x}") for char in text).lower()
    slug = re.sub(r"[-\s]+", "-", unicodedata.normalize("NFC", words)).strip("-")
    if not _fits(slug):
        digest = hashlib.sha256(slug.encode()).hexdigest()[:8]
        slug = slug.encode()[: _LONGEST - 9].decode(errors="ignore").rstrip("-") + f"-{digest}"
    return slug


def _spell(text: str) -> Iterator[str]:
    """Yield a text without punctuation, without marks on Latin letters, and with signs as words."""
    keeps_marks = False
    for char in unicodedata.normalize("NFD", text.lstrip("#")):
        kind = unicodedata.category(char)
        if kind[0] == "M":
            yield char if keeps_marks else ""
            continue
        keeps_marks = kind[0] == "L" and ord(char) >= _LATIN
        if kind[0] in {"L", "N"} or char == "_":
            yield char
        elif char in _SPOKEN or kind[0] == "S":
            yield f"-{_SPOKEN.get(char) or unicodedata.name(char, f'u{ord(char):x}').lower()}-"
        elif char.isspace() or kind == "Pd":
            yield "-"
