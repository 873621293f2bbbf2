"""What a reference to a post consists of."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from postdocs.core.scholarly import doi_url

_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)


class Name(NamedTuple):
    """A person's name, in the parts that sort it. given: empty for a name of one word, or of a group."""

    family: str
    given: str = ""

    @property
    def inverted(self) -> str:
        """As lists of references have it: `Lovelace, Ada`."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def initials(self) -> str:
        """As the APA has it: `Lovelace, A.`."""
        letters = ("-".join(f"{part[0]}." for part in word.split("-") if part) for word in self.given.split())
        return f"{self.family}, {' '.join(letters)}" if self.given else self.family


@dataclass(frozen=True)
class Citation:
    """What a reference to a post consists of.

    language: a tag of BCP 47. url, doi: empty if it has none. repeat: 1, or which of the posts it
    is that would have the same key, from the oldest.
    """

    authors: tuple[Name, ...]
    title: str
    published: date
    site: str
    language: str
    url: str = ""
    doi: str = ""
    repeat: int = 1

    @property
    def address(self) -> str:
        """Where a reference leads: a DOI lasts longer than the address of a page."""
        return doi_url(self.doi) if self.doi else self.url

    @property
    def key(self) -> str:
        """A name for it in a bibliography, in letters that all programs take: `lovelace1843notes`.

        A number tells posts of the same name apart: `lovelace1843notes-2`.
        """
        return self._name if self.repeat == 1 else f"{self._name}-{self.repeat}"

    @property
    def facts(self) -> tuple[object, ...]:
        """All of it, as data of JSON."""
        published = self.published.isoformat()
        return (
            *(self.authors, self.title, published, self.site, self.language, self.url, self.doi),
            self.repeat,
        )

    @cached_property
    def _name(self) -> str:
        words = (word for word in re.findall(r"\w+", self.title) if len(word) > len("the"))
        author, word = (
            re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", text).lower())
            for text in (self.authors[0].family if self.authors else self.site, next(words, ""))
        )
        if not author and not word:  # in other letters, all posts of a year would have one name
            return f"post{self.published:%Y%m%d}"
        return f"{author}{self.published.year}{word}"


def numbered(citations: Iterable[Citation]) -> Iterator[Citation]:
    """Yield citations of which no two have the same key, those that come first with the shorter ones."""
    uses: Counter[str] = Counter()
    for citation in citations:
        uses[citation.key] += 1
        repeat = uses[citation.key]
        yield citation if repeat == citation.repeat else replace(citation, repeat=repeat)


def name_of(text: str) -> Name:
    """Take a name apart. What stands before a comma is the family's; else the last word and particles before.

    `Ada King-Noel`, `Noel, Ada`, `Guido van Rossum` and `John Smith Jr.` come apart as their owners do it; a
    name without a space stays whole.
    """
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma:
        return Name(family, given)
    words = text.split()
    if words and words[0].lower() == "the":  # a group
        return Name(" ".join(words))
    at = len(words) - 1
    if at > 1 and _SUFFIX.fullmatch(words[at]):
        at -= 1
    while at > 1 and words[at - 1].islower():
        at -= 1
    return Name(" ".join(words[at:]), " ".join(words[:at])) if at > 0 else Name(text.strip())
