"""The columns of the archive."""

from __future__ import annotations

import pytest
from ablog.blog import Collection

from postdocs.sphinx_ext.pages.timeline import timeline


class _Year(Collection):  # type: ignore[misc]  # ablog ships no types
    """A year with a number of posts."""

    def __init__(self, year: int, count: int) -> None:
        self.name, self._posts = str(year), dict.fromkeys(range(count))


@pytest.mark.parametrize(
    ("years", "heights"),
    [
        ({}, []),
        ({2024: 3}, [(2024, 100)]),
        ({2024: 4, 2022: 1, 2021: 2}, [(2021, 50), (2022, 25), (2023, 0), (2024, 100)]),
        ({2024: 1000, 2023: 1}, [(2023, 1), (2024, 100)]),
        ({2024: 1, 1905: 1}, [(1905, 100), (2024, 100)]),
    ],
)
def test_a_year_is_as_high_as_it_has_posts(years: dict[int, int], heights: list[tuple[int, int]]) -> None:
    """Years without posts leave a gap, unless there are very many; a year with one can be seen."""
    columns = timeline([_Year(year, count) for year, count in years.items()])
    assert [(column.year, column.height) for column in columns] == heights
    assert [column.posts is None for column in columns] == [height == 0 for _, height in heights]
