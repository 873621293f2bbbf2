"""What answers make of a link over the weeks."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdocs.links.ledger import Entry, Verdict
from postdocs.links.outcome import Outcome
from postdocs.links.policy import Observation, apply_observations, due, is_open

URL = "https://example.org/"
DAY = date(2026, 1, 1)
FINE, GONE, UNCLEAR = Outcome.FINE, Outcome.GONE, Outcome.UNCLEAR


def after(*answers: tuple[int, Outcome], start: Entry | None = None) -> Entry:
    """Return the entry of a link that gave answers on days, counted from DAY."""
    seen = [Observation(URL, DAY + timedelta(days=day), outcome, "text") for day, outcome in answers]
    return apply_observations({URL: start} if start else {}, seen)[URL]


def test_a_new_link_that_is_gone_is_dead() -> None:
    """Whoever writes a link can correct it at once."""
    entry = after((0, GONE))
    assert (entry.verdict, entry.failures, entry.since, entry.answer) == (Verdict.DEAD, 1, DAY, "text")
    assert is_open(entry)


@pytest.mark.parametrize(
    ("days", "verdict", "failures"),
    [
        ((40,), Verdict.FAILING, 1),
        ((40, 47), Verdict.FAILING, 2),
        ((40, 47, 53), Verdict.FAILING, 3),
        ((40, 47, 54), Verdict.DEAD, 3),
        ((40, 54), Verdict.FAILING, 2),
        ((40, 54, 54), Verdict.FAILING, 2),
        ((40, 40, 40, 60), Verdict.FAILING, 2),
    ],
)
def test_an_old_link_dies_slowly(days: tuple[int, ...], verdict: Verdict, failures: int) -> None:
    """It has to be gone on three days at least, over 14 days at least."""
    entry = after((0, FINE), *((day, GONE) for day in days))
    assert (entry.verdict, entry.failures, entry.since) == (verdict, failures, DAY + timedelta(days=40))
    assert entry.fine == DAY


def test_what_never_answered_clearly_is_old_as_well() -> None:
    """A link that was unknown at first is not dead after one failure."""
    assert after((0, UNCLEAR), (5, GONE)).verdict is Verdict.FAILING


@pytest.mark.parametrize("start", [(), ((0, FINE),), ((0, UNCLEAR),)])
def test_an_unclear_answer_never_kills(start: tuple[tuple[int, Outcome], ...]) -> None:
    """However often a server is busy, slow or closed, the link is unknown at worst."""
    entry = after(*start, *((day, UNCLEAR) for day in range(10, 100, 10)))
    assert entry.verdict is Verdict.UNKNOWN
    assert not is_open(entry)


def test_an_unclear_answer_neither_counts_nor_clears() -> None:
    """Between failures it leaves their number as it is."""
    entry = after((0, FINE), (40, GONE), (45, UNCLEAR), (50, GONE), (60, GONE))
    assert (entry.verdict, entry.failures) == (Verdict.DEAD, 3)


def test_a_link_that_came_back_is_cleared() -> None:
    """Nothing is left of its bad days: neither counts, nor archive, nor reason."""
    dead = Entry(
        verdict=Verdict.DEAD, asked=DAY, failures=3, since=DAY, answer="404", archive="https://a/", reason="x"
    )
    assert after((40, FINE), start=dead) == Entry(verdict=Verdict.FINE, fine=DAY + timedelta(days=40))


def test_dead_links_with_an_archive_or_a_reason_are_settled() -> None:
    """Either is enough, and both outlast further failures."""
    dead = Entry(verdict=Verdict.DEAD, asked=DAY, failures=3, since=DAY)
    for settled in (replace(dead, archive="https://a/"), replace(dead, reason="kept as evidence")):
        assert not is_open(after((40, GONE), start=settled))


def test_an_archived_copy_is_kept_for_dead_links_only() -> None:
    """A copy of what is alive is of no use."""
    copy = Observation(URL, DAY, Outcome.ARCHIVED, "https://web.archive.org/web/1/x")
    assert apply_observations({URL: Entry(verdict=Verdict.DEAD)}, [copy])[URL].archive == copy.text
    assert apply_observations({URL: Entry(verdict=Verdict.FINE)}, [copy]) == {
        URL: Entry(verdict=Verdict.FINE)
    }
    assert apply_observations({}, [copy]) == {}


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from([FINE, GONE, UNCLEAR]))))
def test_applying_again_changes_nothing(answers: list[tuple[int, Outcome]]) -> None:
    """A journal may be read twice: an answer of a day counts once."""
    answers.sort(key=lambda answer: answer[0])
    seen = [Observation(URL, DAY + timedelta(days=7 * week), outcome, "") for week, outcome in answers]
    for end in range(1, len(seen) + 1):
        once = apply_observations({}, seen[:end])
        assert apply_observations(once, seen[end - 1 : end]) == once


def test_what_was_never_asked_is_always_due_and_first() -> None:
    """Then comes what was asked longest ago, where the ledger is refreshed."""
    entries = {
        "https://a/": Entry(verdict=Verdict.FINE, fine=DAY - timedelta(days=100)),
        "https://b/": Entry(verdict=Verdict.DEAD, asked=DAY - timedelta(days=200)),
        "https://c/": Entry(verdict=Verdict.FINE, fine=DAY - timedelta(days=29)),
        "https://d/": Entry(verdict=Verdict.FAILING, asked=DAY - timedelta(days=5)),
        "https://e/": Entry(verdict=Verdict.UNKNOWN, asked=DAY - timedelta(days=4)),
    }
    assert due([*entries, URL], entries, DAY, refresh=False) == [URL]
    assert due([*entries, URL], entries, DAY, refresh=True) == [URL, "https://b/", "https://a/", "https://d/"]


def test_fine_links_are_due_after_30_to_40_days() -> None:
    """When exactly is in the address, so that they are spread, and the same on every machine."""
    urls = [f"https://example.org/{number}" for number in range(500)]
    entries = {url: Entry(verdict=Verdict.FINE, fine=DAY) for url in urls}
    counts = [len(due(urls, entries, DAY + timedelta(days=age), refresh=True)) for age in range(29, 42)]
    assert (counts[0], counts[-2], counts[-1]) == (0, 500, 500)
    assert all(20 < new - old < 80 for old, new in itertools.pairwise(counts[:-1]))
