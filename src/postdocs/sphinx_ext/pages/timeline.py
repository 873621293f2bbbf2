"""The timeline of the archive: a column for each year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postdocs.sphinx_ext.compat.ablog import Collection

_HIGHEST = 100
_MOST = 60  # years; in a longer time only those with posts have a column


@dataclass(frozen=True)
class Column:
    """A year of the timeline. posts: those of the year, or None. height: in percent of the highest."""

    year: int
    posts: Collection | None = None
    height: int = 0


def timeline(years: Sequence[Collection]) -> list[Column]:
    """Return a column for each year, the oldest first; between years with posts, those without too."""
    by_year = {int(str(year)): year for year in years}
    if not by_year:
        return []
    first, last = min(by_year), max(by_year)
    shown = range(first, last + 1) if last - first < _MOST else sorted(by_year)
    most = max(map(len, years))
    return [
        Column(year, by_year[year], max(1, round(_HIGHEST * len(by_year[year]) / most)))
        if year in by_year
        else Column(year)
        for year in shown
    ]
