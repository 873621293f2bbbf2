"""Labels of posts: one spelling, one slug, and never two labels on one page."""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from postdocs.core.labels import SIGNS, key_of, most_used
from postdocs.sphinx_ext.compat.ablog import slugify

_LONGEST = 100  # bytes of a slug; file systems take 255 for a name
_TAKEN = {"", "index"}  # an index is the page of the folder
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
    names, uses = names or {}, [*uses]
    settled = {key_of(spelling): name for short, name in names.items() for spelling in (short, name)}
    meant = {spelling: settled.get(key_of(spelling), spelling) for spelling in dict.fromkeys(uses)}
    best = most_used(meant[spelling] for spelling in uses)
    spellings: dict[str, list[str]] = defaultdict(list)
    for spelling, name in meant.items():
        spellings[best[name]].append(spelling)
    slugs = _slugs(spellings)
    claimed = {*slugs.values(), *_TAKEN}
    labels: dict[str, Label] = {}
    for name, written in sorted(spellings.items()):
        known = (
            slug
            for spelling in sorted({name, *written} - names.keys())
            for slug in (slug_of(spelling), slugify(spelling))
        )
        others = tuple(slug for slug in dict.fromkeys(known) if slug not in claimed and _fits(slug))
        claimed.update(others)
        labels |= dict.fromkeys(written, Label(name, slugs[name], others))
    return labels


def _fits(slug: str) -> bool:
    return len(slug.encode()) <= _LONGEST


def _slugs(names: Iterable[str]) -> dict[str, str]:
    """Return a slug for each label, none twice."""
    slugs: dict[str, str] = {}
    for name in sorted(names):
        natural = slug_of(name)
        numbered = (f"{natural}-{number}" for number in itertools.count(2))
        taken = {*slugs.values(), *_TAKEN}
        slugs[name] = next(slug for slug in itertools.chain([natural], numbered) if slug not in taken)
    return slugs


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
        elif char in SIGNS or kind[0] == "S":
            yield f"-{SIGNS.get(char) or unicodedata.name(char, f'u{ord(char):x}').lower()}-"
        elif char.isspace() or kind == "Pd":
            yield "-"
