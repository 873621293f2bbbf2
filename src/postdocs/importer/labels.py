"""One spelling for each label of a blog."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from postdocs.importer.entry import Kind, Note


def merge(labels: Iterable[str]) -> tuple[Mapping[str, str], tuple[Note, ...]]:
    """Return the spelling to use for each label, with a note for each that changes.

    Labels are one if they differ only in case, white space or punctuation; the most used spelling wins, then
    the one that comes first. `C`, `C++` and `C#` are three.
    """
    counts = Counter(labels)
    spellings: dict[str, list[str]] = {}
    for label in counts:
        spellings.setdefault(_key(label), []).append(label)
    chosen = {
        label: max(group, key=lambda spelling: counts[spelling])
        for group in spellings.values()
        for label in group
    }
    notes = tuple(
        Note(Kind.REPAIRED, f"label, {counts[label]} times", label, use)
        for label, use in chosen.items()
        if label != use
    )
    return chosen, notes


def _key(label: str) -> str:
    key = re.sub(r"[^\w+#]|_", "", label.casefold())
    return key or label
