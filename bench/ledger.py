"""How many lines of a ledger change in each week of a year: what a reviewer of the weekly pull request reads.

The web is a model: links die, come back, stop to answer for a day, or never answer a program. No network.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from postdocs.links import decisions, memory, policy
from postdocs.links.ledger import Entry, Ledger
from postdocs.links.memory import Memory
from postdocs.links.outcome import Outcome
from postdocs.links.policy import Observation, apply_observations
from postdocs.links.scheduler import PER_HOST

START = date(2026, 1, 5)
NEW = 5  # links that a week's posts add
DEAD, CLOSED = 0.1, 0.08  # links that are gone at first, or refuse programs for ever (403)
DIES = 0.05  # of the links in a year; Pew Research (2024) counts 38 % of the pages of 2013 gone by 2023
BLINKS, FLAPS = 0.01, 0.001  # answers to both HEAD and GET that are none (5xx, time-outs), or wrongly 404
LASTS = 0.3  # of those, the ones that the second look at the end of a run gets as well
RETURNS = 0.1  # of dead links in a year
COPIED = 0.8  # dead links of which the archive has a copy


@dataclass
class Web:
    """The links of a site, and what is true of them."""

    chance: random.Random
    gone: set[str]
    closed: set[str]

    def add(self, urls: Iterable[str], dead: float = 0) -> None:
        """Add links, a part of which is dead."""
        for url in urls:
            fate = self.chance.random()
            if fate < dead:
                self.gone.add(url)
            elif fate < dead + CLOSED:
                self.closed.add(url)

    def live(self, urls: Iterable[str]) -> None:
        """Let a week pass."""
        for url in urls:
            if self.chance.random() < (RETURNS if url in self.gone else DIES) / 52:
                self.gone ^= {url}

    def observation(self, url: str, today: date) -> Observation:
        """Return what comes of asking for a link."""
        if self.chance.random() < BLINKS or url in self.closed - self.gone:
            return Observation(url, today, Outcome.UNCLEAR, "403 Forbidden")
        if url in self.gone or self.chance.random() < FLAPS:
            return Observation(url, today, Outcome.GONE, "404 Not Found")
        return Observation(url, today, Outcome.FINE, "200 OK")


def links(number: int, first: int = 0) -> list[str]:
    """Return addresses. A third of them are of five hosts, as on many blogs; the others have hosts of few."""
    hosts = [*(f"big{n}.example" for n in range(5)), *(f"host{n}.example" for n in range(10, 700))]
    chance = random.Random(first)  # noqa: S311 - a model
    weights = [60] * 5 + [1] * (len(hosts) - 5)
    chosen = chance.choices(hosts, weights, k=number)
    return [f"https://{host}/{n}" for n, host in enumerate(chosen, first)]


def refresh(web: Web, urls: list[str], ledger: Ledger, today: date) -> Mapping[str, Entry]:
    """Return the entries after a weekly run."""
    due = policy.due(urls, ledger, today, refresh=True)
    asked = Counter[str]()
    rest = []
    for url in due.rest:
        host = urlsplit(url).hostname or ""
        asked[host] += 1
        if asked[host] <= PER_HOST:
            rest.append(url)
    seen = [web.observation(url, today) for url in (*due.urgent, *rest)]
    seen = [
        web.observation(look.url, today)
        if policy.is_surprise(ledger.entries.get(look.url), look) and web.chance.random() > LASTS
        else look
        for look in seen
    ]
    entries = apply_observations(ledger.entries, seen)
    dead = [url for url, entry in entries.items() if policy.needs_decision(entry)]
    copies = [
        Observation(url, today, Outcome.ARCHIVED, f"https://web.archive.org/web/2013/{url}")
        for url in dead
        if random.Random(url).random() < COPIED  # noqa: S311 - always the same for a link
    ]
    return apply_observations(entries, copies)


def changed(before: str, after: str) -> int:
    """Return how many lines of a diff two texts make; each line is of a link of its own."""
    one, other = Counter(before.splitlines()), Counter(after.splitlines())
    return (one - other).total() + (other - one).total()


def year(number: int, seed: int = 1, weeks: int = 52) -> list[int]:
    """Return how many lines change in each week after the first."""
    web = Web(random.Random(seed), set(), set())  # noqa: S311 - a model
    urls = links(number)
    web.add(urls, DEAD)
    entries: Mapping[str, Entry] = dict.fromkeys(urls, Entry())
    texts, run, counts = ("", ""), None, []
    for week in range(weeks + 1):
        today = START + timedelta(weeks=week)
        if week:
            added = links(NEW, len(urls))
            web.add(added)
            urls += added
            web.live(urls)
        entries = refresh(web, urls, Ledger(entries=entries, run=run), today)
        run = today
        after = memory.dump(Memory(entries=entries, run=run)), decisions.rewrite(texts[1], entries)
        counts.append(sum(map(changed, texts, after)))
        texts = after
    return counts[1:]


def main() -> None:
    """Print the lines of each week."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--links", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    counts = year(options.links, options.seed)
    print(f"{options.links:,} links, {len(counts)} weeks: lines of the diff, added and removed")
    print(" ".join(map(str, counts)))
    print(
        f"mean {sum(counts) / len(counts):.0f}, median {sorted(counts)[len(counts) // 2]}, most {max(counts)}"
    )


if __name__ == "__main__":
    main()
