"""The index of the search: which pages have a term, and how much it says of them.

The terms are parted by how they begin, so that a search loads few of them: a part holds all terms with a
prefix, which is as short as its size allows. What parts there are depends on the terms alone, not on the
order in which they came.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Any

from postdocs.sphinx_ext.search.terms import terms_of

PART = 24_000  # characters of a part, unless a single term has more
_BITS = 4  # of a posting, that hold its weight
_HEAVIEST = 2**_BITS - 1
_BOOSTS = {"title": 10, "date": 1}  # how often a term of what is known of a page counts
_LABEL = 4
_SATURATION, _SHORTEST, _LENGTH = 1.2, 0.25, 800  # as in Okapi BM25; terms of a page of usual length


@dataclass(frozen=True)
class Page:
    """What the index has of a page, and what the search shows of it.

    url: address, from the root of the site. meta: what is known of it by name, with its title. content: the
    text of its article.
    """

    url: str
    meta: Mapping[str, str]
    content: str

    def weights(self) -> dict[str, int]:
        """Return how much each term says of the page, from 1 to 15."""
        counts = Counter(terms_of(self.content))
        rest = _SATURATION * (_SHORTEST + (1 - _SHORTEST) * counts.total() / _LENGTH)
        for name, value in self.meta.items():
            for term in terms_of(value):
                counts[term] += _BOOSTS.get(name, _LABEL)
        weight = {count: max(1, round(_HEAVIEST * count / (count + rest))) for count in {*counts.values()}}
        return {term: weight[count] for term, count in counts.items()}


class Index:
    """The postings of each term, by term: a text of numbers with commas between.

    Each number is 16 times how far the number of the page is from that of the posting before, or from 0, and
    the weight of the term. changed: the terms whose postings are not those that the index was made with.
    """

    def __init__(self, postings: dict[str, str]) -> None:
        self.postings = postings
        self.changed: set[str] = set()
        self._removed: defaultdict[str, set[int]] = defaultdict(set)
        self._added: defaultdict[str, array[int]] = defaultdict(lambda: array("Q"))

    def put(self, number: int, page: Page, before: Page | None = None) -> None:
        """Put a page in, for what it was when it was put in before."""
        old, new = before.weights() if before else {}, page.weights()
        for term in old:
            if old[term] != new.get(term):
                self._removed[term].add(number)
        for term, weight in new.items():
            if weight != old.get(term):
                self._added[term].append(number << _BITS | weight)

    def settle(self) -> None:
        """Make the postings those of the pages that are in the index now."""
        for term in self._removed.keys() | self._added.keys():
            before = self.postings.pop(term, "")
            gone = self._removed.get(term, ())
            kept = (posting for posting in _decoded(before) if posting >> _BITS not in gone)
            if after := _encoded(sorted([*kept, *self._added.get(term, ())])):
                self.postings[term] = after
            if after != before:
                self.changed.add(term)
        self._removed.clear()
        self._added.clear()

    def parts(self) -> dict[str, list[str]]:
        """Return the terms of each part, by its prefix. A term is in that of the longest prefix of it."""
        terms = sorted(self.postings)
        ends = [0, *accumulate(len(term) + len(self.postings[term]) for term in terms)]
        return {prefix: terms[start:end] for prefix, start, end in _parts("", 0, len(terms), terms, ends)}


def _decoded(postings: str) -> Iterator[int]:
    number = 0
    for text in filter(None, postings.split(",")):
        posting = int(text)
        number += posting >> _BITS
        yield number << _BITS | posting & _HEAVIEST


def _encoded(postings: Iterable[int]) -> str:
    before, texts = 0, []
    for posting in postings:
        number = posting >> _BITS
        texts.append(str(number - before << _BITS | posting & _HEAVIEST))
        before = number
    return ",".join(texts)


def _parts(
    prefix: str, start: int, end: int, terms: Sequence[str], sizes: Sequence[int]
) -> Iterator[tuple[str, int, int]]:
    """Yield the prefix of each part, and which of the terms are in it. sizes: of all terms before each."""
    if end - start < 2 or sizes[end] - sizes[start] <= PART:  # noqa: PLR2004 - a single term can't be parted
        yield prefix, start, end
        return
    length = len(prefix)
    for longer, members in groupby(range(start, end), lambda at: terms[at][: length + 1]):
        group = [*members]
        first, after = group[0], group[-1] + 1
        if longer == prefix:  # the term itself
            yield prefix, first, after
        else:
            yield from _parts(longer, first, after, terms, sizes)


def part_of(term: str, prefixes: Mapping[str, Any]) -> str | None:
    """Return the prefix of the part where a term is, or would be."""
    prefixes_of_term = (term[:length] for length in range(len(term), -1, -1))
    return next((prefix for prefix in prefixes_of_term if prefix in prefixes), None)
