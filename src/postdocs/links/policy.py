"""What answers make of a link, and which links are due to be asked. No clock is read here: days come in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from postdocs.links.ledger import Entry, Verdict

FAILURES = 3  # so often a link that was known has to be gone,
PERIOD = timedelta(days=14)  # over so long, to be dead
_FRESH = 30  # days for which an answer that is settled holds, and up to
_JITTER = 10  # days more, so that not all links are due at once
_AGAIN = timedelta(
    days=5
)  # after which what is not settled is asked again; less than a week, for weekly runs


class Outcome(StrEnum):
    """What asking gave: the link is there, is gone, or neither can be said; ARCHIVED: a copy of it is."""

    FINE = "fine"
    GONE = "gone"
    UNKNOWN = "unknown"
    ARCHIVED = "archived"


@dataclass(frozen=True)
class Observation:
    """An answer. url: as `key_of` writes it. text: what was said; of ARCHIVED, the address of the copy."""

    url: str
    day: date
    outcome: Outcome
    text: str


def learn(entries: Mapping[str, Entry], seen: Iterable[Observation]) -> dict[str, Entry]:
    """Return the entries after observations. To learn one again changes nothing."""
    known = dict(entries)
    for observation in seen:
        entry = _after(known.get(observation.url), observation)
        if entry:
            known[observation.url] = entry
    return known


def _after(entry: Entry | None, seen: Observation) -> Entry | None:
    if seen.outcome is Outcome.ARCHIVED:
        return replace(entry, archive=seen.text) if entry and entry.verdict is Verdict.DEAD else entry
    if entry and entry.last_asked > seen.day:  # an older run that is told late
        return entry
    if seen.outcome is Outcome.FINE:
        return Entry(verdict=Verdict.FINE, fine=seen.day)
    known = entry or Entry(verdict=Verdict.UNKNOWN)
    told = replace(known, asked=seen.day, answer=seen.text)
    if seen.outcome is Outcome.UNKNOWN:
        settled = known.verdict in {Verdict.DEAD, Verdict.FAILING}
        return told if settled else replace(told, verdict=Verdict.UNKNOWN)
    if known.verdict is Verdict.DEAD:
        return told
    counted = known.verdict is Verdict.FAILING and known.asked == seen.day
    told = replace(told, failures=known.failures + (not counted), since=known.since or seen.day)
    long_ago = told.failures >= FAILURES and seen.day - (told.since or seen.day) >= PERIOD
    is_dead = entry is None or long_ago  # what nobody had ever asked is new on the site
    return replace(told, verdict=Verdict.DEAD if is_dead else Verdict.FAILING)


def due(urls: Iterable[str], entries: Mapping[str, Entry], today: date, *, refresh: bool) -> list[str]:
    """Return the links to ask, the most urgent first: those never asked, then those asked longest ago.

    refresh: whether what is known is asked again when its time has come.
    """
    wanted = [url for url in urls if url not in entries or (refresh and _is_due(url, entries[url], today))]
    return sorted(wanted, key=lambda url: (entries[url].last_asked if url in entries else date.min, url))


def _is_due(url: str, entry: Entry, today: date) -> bool:
    if entry.verdict in {Verdict.FINE, Verdict.DEAD}:
        jitter = int.from_bytes(hashlib.sha256(url.encode()).digest()[:4]) % (_JITTER + 1)
        return today - entry.last_asked >= timedelta(days=_FRESH + jitter)
    return today - entry.last_asked >= _AGAIN


def is_open(entry: Entry) -> bool:
    """Tell whether a link is dead and nothing is done about it."""
    return entry.verdict is Verdict.DEAD and not (entry.archive or entry.reason)
