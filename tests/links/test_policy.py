"""What answers make of a link over the weeks."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdocs.links.ledger import Entry, Ledger, Verdict
from postdocs.links.outcome import Outcome
from postdocs.links.policy import Observation, answers_again, apply_observations, due, is_debt, is_open

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


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ([], Verdict.DOUBTFUL),
        ([(0, FINE)], Verdict.DOUBTFUL),
        ([(0, UNCLEAR)], Verdict.DOUBTFUL),
        ([(0, FINE), (1, GONE)], Verdict.FAILING),
        ([(0, GONE)], Verdict.DEAD),
    ],
)
def test_a_doubtful_answer_never_kills(answers: list[tuple[int, Outcome]], verdict: Verdict) -> None:
    """However often it comes; what was gone is not back, and what is really back is fine."""
    entry = after(*answers, *((day, Outcome.DOUBTFUL) for day in range(10, 100, 10)))
    assert entry.verdict is verdict
    assert after((200, FINE), start=entry).verdict is Verdict.FINE


def test_what_is_gone_after_doubts_dies_slowly() -> None:
    """A link that was doubtful is old, and one that does not answer clearly stays doubtful."""
    assert after((0, Outcome.DOUBTFUL), (40, UNCLEAR)).verdict is Verdict.DOUBTFUL
    assert after((0, Outcome.DOUBTFUL), (40, GONE)).verdict is Verdict.FAILING


def test_an_unclear_answer_neither_counts_nor_clears() -> None:
    """Between failures it leaves their number as it is."""
    entry = after((0, FINE), (40, GONE), (45, UNCLEAR), (50, GONE), (60, GONE))
    assert (entry.verdict, entry.failures) == (Verdict.DEAD, 3)


def test_an_answer_never_deletes_a_decision() -> None:
    """Counts of bad days go when a link answers again; archive and reason are a person's to remove."""
    dead = Entry(
        verdict=Verdict.DEAD, asked=DAY, failures=3, since=DAY, answer="404", archive="https://a/", reason="x"
    )
    back = after((40, FINE), start=dead)
    assert back == Entry(
        verdict=Verdict.FINE, fine=DAY + timedelta(days=40), archive="https://a/", reason="x"
    )
    assert answers_again(back)
    assert after((40, FINE), (47, GONE), start=dead).reason == "x"


def test_a_new_link_that_failed_once_heals() -> None:
    """The next answer that has it makes it fine, and nothing of the failure is left."""
    assert after((0, GONE), (1, FINE)) == Entry(verdict=Verdict.FINE, fine=DAY + timedelta(days=1))


def test_what_was_dead_before_the_first_check_is_a_debt() -> None:
    """It was on the site already, so that it warns; what dies later fails as ever."""
    debt = after((0, GONE), start=Entry())
    assert debt.verdict is Verdict.DEBT
    assert is_debt(debt)
    assert not is_open(debt)
    assert not is_debt(replace(debt, reason="kept as evidence"))
    assert after((0, FINE), (1, GONE), (8, GONE), (15, GONE), start=Entry()).verdict is Verdict.DEAD


def test_a_verdict_that_is_confirmed_changes_nothing() -> None:
    """The line of a link is the same after a year of the same answers, whatever they are."""
    for outcome in (FINE, GONE, UNCLEAR):
        settled = after(*((7 * week, outcome) for week in range(6)), start=Entry())
        assert after((100, outcome), (365, outcome), start=settled) == settled


def test_where_a_link_moved_is_known_as_long_as_it_leads_there() -> None:
    """The last answer counts."""
    moved = Observation(URL, DAY, FINE, "200 OK", "https://new.example.org/")
    entries = apply_observations({}, [moved])
    assert entries[URL].moved == "https://new.example.org/"
    assert apply_observations(entries, [replace(moved, moved="")])[URL].moved == ""


def test_dead_links_with_an_archive_or_a_reason_are_settled() -> None:
    """Either is enough, and both outlast further failures."""
    dead = Entry(verdict=Verdict.DEAD, asked=DAY, failures=3, since=DAY)
    for settled in (replace(dead, archive="https://a/"), replace(dead, reason="kept as evidence")):
        assert not is_open(after((40, GONE), start=settled))


def test_an_archived_copy_is_kept_for_dead_links_only() -> None:
    """A copy of what is alive is of no use."""
    copy = Observation(URL, DAY, Outcome.ARCHIVED, "https://web.archive.org/web/1/x")
    chosen = Entry(verdict=Verdict.DEAD, archive="https://elsewhere.example/copy")
    assert apply_observations({URL: chosen}, [copy])[URL] == chosen
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


def ago(days: int) -> date:
    """Return a day before DAY."""
    return DAY - timedelta(days=days)


def test_what_is_new_or_dead_is_due_in_every_run() -> None:
    """What is known waits for a refresh; so does what was dead or not asked yet when the checks began."""
    decided = Entry(verdict=Verdict.DEAD, asked=ago(1), reason="x")
    entries = {
        "https://dead/": Entry(verdict=Verdict.DEAD, asked=ago(0)),
        "https://debt/": Entry(verdict=Verdict.DEBT, asked=ago(0)),
        "https://decided/": decided,
        "https://first/": Entry(),
        "https://old/": Entry(verdict=Verdict.FINE, fine=ago(999)),
    }
    ledger = Ledger(entries=entries, run=ago(7))
    plain = due([*entries, URL], ledger, DAY, refresh=False)
    assert (plain.urgent, plain.rest) == (("https://dead/", URL), ())
    weekly = due([*entries, URL], ledger, DAY, refresh=True)
    assert {*weekly.urgent[:2]} == {"https://dead/", "https://debt/"}
    assert {*weekly.urgent[2:]} == {URL, "https://first/"}
    assert "https://decided/" not in weekly.rest


def test_what_is_not_settled_comes_before_what_is() -> None:
    """Failing and unknown links after five days, those asked longest ago first."""
    entries = {
        "https://a/": Entry(verdict=Verdict.FINE, fine=ago(100)),
        "https://b/": Entry(verdict=Verdict.DEAD, asked=ago(200), archive="https://copy/"),
        "https://c/": Entry(verdict=Verdict.FINE, fine=DAY),
        "https://d/": Entry(verdict=Verdict.FAILING, asked=ago(5)),
        "https://e/": Entry(verdict=Verdict.UNKNOWN, asked=ago(4)),
        "https://f/": Entry(verdict=Verdict.UNKNOWN, asked=ago(6)),
    }
    rest = due(entries, Ledger(entries=entries), DAY, refresh=True).rest
    assert rest[:2] == ("https://f/", "https://d/")
    assert {*rest[2:]} == {"https://a/", "https://b/"}


@pytest.mark.parametrize(
    "entry",
    [
        Entry(verdict=Verdict.UNKNOWN, asked=DAY),
        Entry(verdict=Verdict.FAILING, failures=1, asked=DAY, since=DAY),
    ],
)
def test_a_link_that_gives_no_clear_answer_is_asked_less_and_less(entry: Entry) -> None:
    """After 5 days, then 15, then every 35 like all others; that it did is written down once."""
    entries, asked, run = {URL: entry}, [], DAY
    for day in range(1, 200):
        today = DAY + timedelta(days=day)
        if URL in due([URL], Ledger(entries=entries, run=run), today, refresh=True).rest:
            asked.append(day)
            entries = apply_observations(entries, [Observation(URL, today, UNCLEAR, "403")])
        run = today
    gaps = [later - earlier for earlier, later in itertools.pairwise([0, *asked])]
    assert gaps[:2] == [5, 15]
    assert gaps[2] <= 35
    assert {*gaps[3:]} == {35}
    assert len(gaps) > 5
    assert entries == {URL: entry}


def test_fine_links_are_due_every_35_days() -> None:
    """On which of them is in the address, so that each week has as many, and the same on every machine."""
    urls = [f"https://example.org/{number}" for number in range(500)]
    entries = {url: Entry(verdict=Verdict.FINE, fine=DAY) for url in urls}

    def of_week(week: int) -> set[str]:
        ledger = Ledger(entries=entries, run=DAY + timedelta(weeks=week - 1))
        return {*due(urls, ledger, DAY + timedelta(weeks=week), refresh=True).rest}

    weeks = [of_week(week) for week in range(1, 11)]
    assert all(60 < len(week) < 140 for week in weeks)
    assert set.union(*weeks[:5]) == {*urls}
    assert sum(map(len, weeks[:5])) == 500
    assert weeks[:5] == weeks[5:]


def test_a_run_that_was_left_out_is_made_up_for() -> None:
    """What came due since the last one is due, however long ago that was."""
    entries = {f"https://example.org/{n}": Entry(verdict=Verdict.FINE, fine=ago(400)) for n in range(50)}
    assert len(due(entries, Ledger(entries=entries, run=ago(40)), DAY, refresh=True).rest) == 50
    assert len(due(entries, Ledger(entries=entries, run=ago(0)), DAY, refresh=True).rest) == 0


def test_each_run_has_another_order() -> None:
    """A host of which only some links are asked in a run does not keep the same ones waiting."""
    entries = {f"https://example.org/{n}": Entry(verdict=Verdict.FINE, fine=ago(400)) for n in range(50)}
    orders = {
        due(entries, Ledger(entries=entries), DAY + timedelta(days=day), refresh=True).rest
        for day in range(9)
    }
    assert len(orders) == 9
