"""A cache that processes hand on."""

from __future__ import annotations

import pytest

from postdocs.core.shared_cache import SharedCache


def doubling(most: int = 9) -> tuple[SharedCache[int], list[int]]:
    """Return a cache of a function that doubles, and what the function has been asked for."""
    asked: list[int] = []

    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    return SharedCache(double, most), asked


def test_a_result_is_found_once() -> None:
    """And returned again."""
    cache, asked = doubling()
    assert [cache(1), cache(2), cache(1)] == [2, 4, 2]
    assert asked == [1, 2]


def test_what_was_used_last_is_kept() -> None:
    """The result that nobody has asked for the longest goes first."""
    cache, asked = doubling(2)
    for number in (1, 2, 1, 3, 1, 2):
        cache(number)
    assert asked == [1, 2, 3, 2]


def test_what_a_function_raises_is_not_kept() -> None:
    """It may be the fault of more than its arguments."""
    cache: SharedCache[float] = SharedCache(lambda number: 1 / number, 9)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            cache(0)
    assert not cache.known()


def test_another_cache_takes_the_results_it_lacks() -> None:
    """It doesn't ask for them any more."""
    (one, _), (other, asked) = doubling(), doubling()
    one(1)
    known = one.known()
    one(2)
    assert one.results(known) == {(2,): 4}
    other.add(one.results())
    assert [other(1), other(2)] == [2, 4]
    assert asked == []


def test_results_of_another_cache_count_too() -> None:
    """No more are kept than may be."""
    (one, _), (other, _) = doubling(), doubling(2)
    for number in range(5):
        one(number)
    other.add(one.results())
    assert other.known() == {(3,), (4,)}
