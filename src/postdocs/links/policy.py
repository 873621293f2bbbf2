"""What answers make of a link, and which links are due to be asked. No clock is read here: days come in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from postdocs.links.ledger import Entry, Verdict
from postdocs.links.outcome import Effect, Outcome

FAILURES = 3  # so often a link that was known has to be gone,
PERIOD = timedelta(days=14)  # over so long, to be dead
_FRESH = 30  # days for which an answer that is settled holds, and up to
_JITTER = 10  # days more, so that not all links are due at once
_AGAIN = timedelta(
    days=5
)  # after which what is not settled is asked again; less than a week, for weekly runs


@dataclass(frozen=True)
class Observation:
    """What was seen of a link. url: as `request_url` writes it. text: what was said, or where a copy is."""

    url: str
    day: date
    outcome: Outcome
    text: str


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
    if effect is Effect.ARCHIVES:
        return replace(entry, archive=seen.text) if entry and entry.verdict is Verdict.DEAD else entry
    if entry and entry.last_asked > seen.day:  # an older run that is told late
        return entry
    if effect is Effect.CLEARS:
        return Entry(verdict=Verdict.FINE, fine=seen.day)
    before = entry or Entry(verdict=Verdict.UNKNOWN)
    after = replace(before, asked=seen.day, answer=seen.text)
    if effect is Effect.NOTES:
        is_settled = before.verdict in {Verdict.DEAD, Verdict.FAILING}
        return after if is_settled else replace(after, verdict=Verdict.UNKNOWN)
    if before.verdict is Verdict.DEAD:
        return after
    is_counted = before.verdict is Verdict.FAILING and before.asked == seen.day
    after = replace(after, failures=before.failures + (not is_counted), since=before.since or seen.day)
    long_ago = after.failures >= FAILURES and seen.day - (after.since or seen.day) >= PERIOD
    is_dead = entry is None or long_ago  # a link that was never asked is new on the site
    return replace(after, verdict=Verdict.DEAD if is_dead else Verdict.FAILING)


def due(urls: Iterable[str], entries: Mapping[str, Entry], today: date, *, refresh: bool) -> list[str]:
    """Return the links to ask, the most urgent first: those never asked, then those asked longest ago.

    refresh: whether what is known is asked again when its time has come.
    """
    urls = [url for url in urls if url not in entries or (refresh and _is_due(url, entries[url], today))]
    return sorted(urls, key=lambda url: (entries[url].last_asked if url in entries else date.min, url))


def _is_due(url: str, entry: Entry, today: date) -> bool:
    if entry.verdict in {Verdict.FINE, Verdict.DEAD}:
        jitter = int.from_bytes(hashlib.sha256(url.encode()).digest()[:4]) % (_JITTER + 1)
        return today - entry.last_asked >= timedelta(days=_FRESH + jitter)
    return today - entry.last_asked >= _AGAIN


def is_open(entry: Entry) -> bool:
    """Tell whether a link is dead and nothing is done about it."""
    return entry.verdict is Verdict.DEAD and not (entry.archive or entry.reason)
