"""The verdict on a link from its answers, and the links that are due; days are arguments."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta

from postdocs.links.ledger import Entry, Ledger, Verdict
from postdocs.links.outcome import Effect, Outcome

FAILURES = 3  # so often a link that was known has to be gone,
PERIOD = timedelta(days=14)  # over so long, to be dead
_FRESH = 35  # days after which what is settled is asked again; each link begins at another of them
_SOON = (5, 20)  # days after which what is not settled is; the first is less than a week, for weekly runs


# What is neither there nor gone, and the verdicts that it replaces: what fails goes on failing.
_REPLACES = {
    Effect.NOTES: (Verdict.UNKNOWN, {Verdict.UNASKED, Verdict.FINE}),
    Effect.DOUBTS: (Verdict.DOUBTFUL, {Verdict.UNASKED, Verdict.FINE, Verdict.UNKNOWN}),
}
_UNSETTLED = {Verdict.UNKNOWN, Verdict.FAILING}


@dataclass(frozen=True)
class Observation:
    """What was seen of a link.

    url: as `request_url` writes it. text: what was said, or where a copy is. moved: where it redirects for
    good, if it does.
    """

    url: str
    day: date
    outcome: Outcome
    text: str
    moved: str = ""


def apply_observations(entries: Mapping[str, Entry], observations: Iterable[Observation]) -> dict[str, Entry]:
    """Return the entries after observations. To apply one again changes nothing."""
    updated = dict(entries)
    for observation in observations:
        entry = _after(updated.get(observation.url), observation)
        if entry:
            updated[observation.url] = entry
    return updated


def _after(entry: Entry | None, seen: Observation) -> Entry | None:
    effect = seen.outcome.value.effect
    before = entry or Entry()
    if effect is Effect.ARCHIVES:
        return replace(before, archive=seen.text) if before.is_dead and not before.archive else entry
    if before.last_asked > seen.day:  # an older run that is told late
        return entry
    if effect is Effect.CLEARS:
        fine = before.fine if before.verdict is Verdict.FINE and before.fine else seen.day
        decision = Entry(archive=before.archive, reason=before.reason)  # it is a person's, and stays
        return replace(decision, verdict=Verdict.FINE, fine=fine, moved=seen.moved)
    if before.is_dead:
        return entry
    if effect in _REPLACES:
        verdict, replaced = _REPLACES[effect]
        moved = "" if effect is Effect.DOUBTS else before.moved
        after = replace(before, verdict=verdict, asked=seen.day, answer=seen.text, moved=moved)
        return after if before.verdict in replaced else entry
    after = _failed(before, seen)
    # What was never asked, but is in the ledger, was on the site before the first check.
    is_debt = after.verdict is Verdict.DEAD and before.verdict is Verdict.UNASKED and entry is not None
    return replace(after, verdict=Verdict.DEBT) if is_debt and not before.is_decided else after


def _failed(before: Entry, seen: Observation) -> Entry:
    """Return an entry after an answer that the link is gone: dead if it is new, else failing at first."""
    is_counted = before.verdict is Verdict.FAILING and before.asked == seen.day
    since = before.since or seen.day
    failures = before.failures + (not is_counted)
    is_dead = before.verdict is Verdict.UNASKED or (failures >= FAILURES and seen.day - since >= PERIOD)
    return replace(
        before,
        verdict=Verdict.DEAD if is_dead else Verdict.FAILING,
        since=since,
        failures=failures,
        asked=seen.day,
        answer=seen.text,
        moved="",
    )


@dataclass(frozen=True)
class Due:
    """The links to ask, the most urgent first.

    urgent: those that are asked however many there are: dead without a decision, and never asked. rest: those
    whose time has come again.
    """

    urgent: tuple[str, ...]
    rest: tuple[str, ...] = ()

    def among(self, urls: AbstractSet[str]) -> Due:
        """Return those that are among some links."""
        return Due(
            tuple(url for url in self.urgent if url in urls), tuple(url for url in self.rest if url in urls)
        )

    def __iter__(self) -> Iterator[str]:
        yield from self.urgent
        yield from self.rest


def is_surprise(entry: Entry | None, seen: Observation) -> bool:
    """Tell whether an answer is worth a second look: it is the first to say that a link is not fine."""
    is_first = entry is None or entry.verdict in {Verdict.UNASKED, Verdict.FINE}
    return is_first and seen.outcome.value.effect is not Effect.CLEARS


def due(urls: Iterable[str], ledger: Ledger, today: date, *, refresh: bool) -> Due:
    """Return the links to ask: those that are new, and those that are dead without a decision.

    refresh: whether what the ledger knows is asked again when its time has come. Of settled links each day's
    order is another, so that a host with many of them has its turn with each.
    """

    def order(url: str) -> tuple[bool, bool, date, bytes]:
        entry = ledger.entries.get(url, Entry())
        is_settled = entry.verdict not in _UNSETTLED
        asked = date.min if is_settled else entry.last_asked
        return not needs_decision(entry), is_settled, asked, turn(url, today)

    urgent, rest = [], []
    for url in urls:
        entry = ledger.entries.get(url)
        if (
            entry is None
            or is_open(entry)
            or (refresh and (is_debt(entry) or entry.verdict is Verdict.UNASKED))
        ):
            urgent.append(url)
        elif refresh and _is_due(url, entry, ledger.run, today):
            rest.append(url)
    return Due((*sorted(urgent, key=order),), (*sorted(rest, key=order),))


def turn(url: str, day: date) -> bytes:
    """Return what puts links into an order that each day is another."""
    return hashlib.sha256(f"{day}{url}".encode()).digest()


def _is_due(url: str, entry: Entry, run: date | None, today: date) -> bool:
    """Tell whether the time of a link has come.

    That a verdict was confirmed is not written down, so that a ledger changes little. A link has its turns on
    days that are counted from that of its verdict; it is due if one of them is after the last run.
    """
    if entry.last_asked == date.min:
        return True
    last = 0 if run is None else _turns(url, entry, (run - entry.last_asked).days)
    return _turns(url, entry, (today - entry.last_asked).days) > last


def _turns(url: str, entry: Entry, age: int) -> int:
    """Return how many turns a link has had, so many days after its verdict."""
    soon = _SOON if entry.verdict in _UNSETTLED else ()
    phase = int.from_bytes(hashlib.sha256(url.encode()).digest()[:4]) / 2**32
    later = (age - (soon[-1] if soon else 0)) / _FRESH + phase
    return sum(age >= day for day in soon) + max(int(later), 0)


def is_open(entry: Entry) -> bool:
    """Tell whether a link is dead and nothing is done about it, which fails the check."""
    return entry.verdict is Verdict.DEAD and not entry.is_decided


def is_debt(entry: Entry) -> bool:
    """Tell whether a link was dead before the first check and nothing is done about it, which only warns."""
    return entry.verdict is Verdict.DEBT and not entry.is_decided


def needs_decision(entry: Entry) -> bool:
    """Tell whether a link is dead and nothing is done about it, since whenever that is."""
    return entry.is_dead and not entry.is_decided


def answers_again(entry: Entry) -> bool:
    """Tell whether a link is fine that somebody decided about when it was not."""
    return entry.verdict is Verdict.FINE and entry.is_decided
