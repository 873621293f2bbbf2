"""When two labels are one: the import and the site agree on it."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

# Signs that part labels, with their words: C, C++ and C#, A* and A, R&D and RD. Other punctuation does not.
SIGNS: Mapping[str, str] = {
    "+": "plus",
    "#": "sharp",
    "*": "star",
    "&": "and",
    "@": "at",
    "%": "percent",
    "$": "dollar",
    "=": "equals",
}


@cache
def key_of(label: str) -> str:
    """Return what is left of a label without case, space and punctuation, or the label if that is nothing.

    Labels with one key are one label.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", label).casefold())
    kept = "".join(
        char
        for char in folded.lstrip("#")
        if char in SIGNS or unicodedata.category(char)[0] not in {"P", "Z", "C"}
    )
    return kept or folded


def most_used(uses: Iterable[str]) -> dict[str, str]:
    """Return the most used spelling for each; where two are used as much, the one that comes first.

    uses: labels as they are written, each as often as it is used.
    """
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for label in uses:
        groups[key_of(label)][label] += 1
    return {label: group.most_common(1)[0][0] for group in groups.values() for label in group}
