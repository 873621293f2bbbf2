"""Many links, asked politely."""

from __future__ import annotations

import asyncio
import itertools
import tracemalloc
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlsplit

import pytest
from clock import Clock, TimelessLoop

from postdocs.core.errors import PostdocsError
from postdocs.core.http.throttle import HostThrottle
from postdocs.links.missed import UNREACHABLE
from postdocs.links.outcome import Answer, Outcome
from postdocs.links.policy import Due, Observation
from postdocs.links.scheduler import PER_HOST, Asked, Run

DAY = date(2026, 1, 1)
FINE = Answer(Outcome.FINE, "200 OK")
BUSY = Answer(Outcome.BUSY, "429 Too Many Requests")
TIMED_OUT = Answer(Outcome.TIMED_OUT, "no answer in time")
NO_DNS = Answer(Outcome.NO_DNS, "no such host")
NOT_REACHED = Answer(Outcome.NOT_REACHED, "no connection")


def run_at_once(coroutine: Coroutine[None, None, Asked], clock: Clock | None = None) -> Asked:
    """Run what needs no network; its time passes only when nothing is left to do."""
    with asyncio.Runner(loop_factory=lambda: TimelessLoop(clock or Clock())) as runner:
        return runner.run(coroutine)


@dataclass
class World:
    """Servers without a network, and a clock that only waiting moves.

    answer: what a link gives, by address. asked: when which link was asked.
    """

    answer: Callable[[str], Answer] = lambda _: FINE
    clock: Clock = field(default_factory=Clock)
    asked: list[tuple[float, str]] = field(default_factory=list)
    noted: list[Observation] = field(default_factory=list)

    def run(self, urls: list[str], budget: float = 60.0, rest: Sequence[str] = ()) -> Asked:
        """Ask for links. rest: those that were asked before."""

        async def over() -> Asked:
            throttle = HostThrottle(1.0, sleep=self.clock.sleep, clock=self.clock)

            async def check(url: str) -> Answer:
                async with throttle.turn(urlsplit(url).hostname or ""):
                    self.asked.append((self.clock.now, url))
                    return self.answer(url)

            return await Run(check=check, note=self.noted.append, today=DAY).over(
                Due((*urls,), (*rest,)), budget
            )

        return run_at_once(over())


def links(host: str, number: int) -> list[str]:
    """Return the addresses of links to a host."""
    return [f"https://{host}/{page}" for page in range(number)]


def test_a_host_is_asked_again_ten_times_a_run_a_second_apart() -> None:
    """The rest waits for the next run, and is named."""
    world = World()
    result = world.run([], rest=links("a.org", 13))
    assert [when for when, _ in world.asked] == [float(second) for second in range(PER_HOST)]
    assert [url for _, url in world.asked] == links("a.org", 10)
    assert result.skipped == dict.fromkeys(links("a.org", 13)[10:], "10 of its host were asked")
    assert [seen.url for seen in world.noted] == links("a.org", 10)


def test_new_links_are_asked_however_many_a_host_has() -> None:
    """At the same pace, until time is up; what is asked again comes after them."""
    world = World()
    result = world.run(links("a.org", 25), rest=["https://a.org/known"])
    assert [when for when, _ in world.asked] == [float(second) for second in range(26)]
    assert world.asked[-1][1] == "https://a.org/known"
    assert result.skipped == {}


def test_hosts_are_asked_side_by_side() -> None:
    """A slow host does not hold up another."""
    started: list[str] = []

    async def check(url: str) -> Answer:
        started.append(url)
        while len(started) < 20:  # each waits for all others
            await asyncio.sleep(0)
        return FINE

    async def over() -> Asked:
        run = Run(check=check, note=lambda _: None, today=DAY)
        return await run.over(Due(tuple(f"https://{host}.org/" for host in range(20))), 10)

    assert len(run_at_once(over()).observations) == 20


def test_a_host_that_never_answers_costs_one_timeout() -> None:
    """Its other links are left for another run, and nothing is held against them."""
    world = World(lambda url: TIMED_OUT if "slow" in url else FINE)
    result = world.run([*links("slow.org", 9), *links("b.org", 1)])
    assert sum("slow" in url for _, url in world.asked) == 1
    assert set(result.skipped.values()) == {"its host did not answer"}
    assert [(seen.url, seen.outcome) for seen in sorted(world.noted, key=lambda seen: seen.url)] == [
        ("https://b.org/0", Outcome.FINE),
        ("https://slow.org/0", Outcome.TIMED_OUT),
    ]


def test_a_host_without_address_is_looked_up_once() -> None:
    """What is true of one of its links is true of all, however many there are."""
    world = World(lambda _: NO_DNS)
    result = world.run(links("gone.org", 15))
    assert len(world.asked) == 1
    assert [seen.url for seen in world.noted] == links("gone.org", 15)
    assert {seen.outcome for seen in world.noted} == {Outcome.NO_DNS}
    assert result.skipped == {}


def test_a_busy_host_is_left_alone() -> None:
    """For this run, and nothing is held against its other links."""
    world = World(lambda _: BUSY)
    result = world.run(links("busy.org", 2))
    assert len(world.asked) == 1
    assert result.skipped == {"https://busy.org/1": "its host wants to be left alone"}


def test_a_host_that_redirects_to_none_is_asked_for_each_link() -> None:
    """Where one link leads says nothing of the others."""
    world = World(lambda _: replace(NO_DNS, is_elsewhere=True))
    assert world.run(links("a.org", 3)).skipped == {}
    assert len(world.asked) == 3


def test_without_a_network_nothing_is_learned() -> None:
    """A machine that reaches no server at all knows nothing of any link."""
    world = World(lambda _: NOT_REACHED)
    result = world.run([*links("a.org", 2), *links("b.org", 1)])
    assert world.noted == []
    assert result.skipped == dict.fromkeys([*links("a.org", 2), *links("b.org", 1)], UNREACHABLE)


def test_with_a_network_trouble_is_trouble() -> None:
    """As soon as one server was heard, what others did not say counts, also what was held back before."""
    world = World(lambda url: NOT_REACHED if "a.org" in url else FINE)
    assert world.run([*links("a.org", 2), *links("b.org", 1)]).skipped == {}
    assert len(world.noted) == 3


def test_when_time_is_up_the_rest_is_named() -> None:
    """A run ends in its time, whatever servers do; what it has learned is kept."""

    async def check(url: str) -> Answer:
        if "slow" in url:
            await asyncio.sleep(3600)
        return FINE

    async def over() -> Asked:
        run = Run(check=check, note=lambda _: None, today=DAY)
        return await run.over(Due((*links("slow.org", 3), *links("b.org", 1))), 0.3)

    clock = Clock()
    result = run_at_once(over(), clock)
    assert clock.now == pytest.approx(0.3)
    assert [seen.url for seen in result.observations] == links("b.org", 1)
    assert result.skipped == dict.fromkeys(links("slow.org", 3), "time was up")


def test_what_cannot_be_kept_ends_the_run() -> None:
    """A full disk is told as it is, not as a group of errors."""

    def full(_: Observation) -> None:
        raise PostdocsError("links.toml", None, "no room", "make some")

    async def over() -> Asked:
        async def check(_: str) -> Answer:
            return FINE

        return await Run(check=check, note=full, today=DAY).over(Due((*links("a.org", 3),)), 10)

    with pytest.raises(PostdocsError, match="no room"):
        run_at_once(over())


def test_thousands_of_links_are_asked_in_time_and_space() -> None:
    """5,000 links of 500 hosts, each host a second apart, in little memory."""
    world = World()
    urls = [f"https://host{number % 500}.org/{number // 500}" for number in range(5000)]
    tracemalloc.start()
    result = world.run(urls)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(result.observations) == 5000
    by_host: dict[str, list[float]] = {}
    for when, url in world.asked:
        by_host.setdefault(urlsplit(url).netloc, []).append(when)
    assert all(
        later - earlier >= 1.0 for times in by_host.values() for earlier, later in itertools.pairwise(times)
    )
    assert peak < 50 * 2**20
