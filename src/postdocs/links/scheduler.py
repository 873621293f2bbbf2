"""Many links, asked politely: hosts side by side, each of them slowly, until time is up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from postdocs.core.errors import PostdocsError
from postdocs.links.http import Answer
from postdocs.links.policy import Observation

PER_HOST = 10  # links of a host in one run
PAUSE = 1.0  # seconds between two requests to a host
_HOSTS_AT_ONCE = 200
_LOOKUPS_AT_ONCE = 32
UNREACHABLE = "no server can be reached"
_PATIENCE = 60.0  # seconds that a host may make us wait within a run


class Pace:
    """Keeps requests to a host a pause apart, also those that redirects lead to."""

    def __init__(
        self,
        pause: float = PAUSE,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._pause = pause
        self._sleep = sleep
        self._clock = clock or (lambda: asyncio.get_running_loop().time())
        self._next: dict[str, float] = {}

    async def __call__(self, host: str) -> None:
        """Wait until the host may be asked. Who comes first is served first."""
        now = self._clock()
        turn = max(now, self._next.get(host, now))
        self._next[host] = turn + self._pause
        if turn > now:
            await self._sleep(turn - now)
            self._next[host] = max(
                self._next[host], self._clock() + self._pause
            )  # it may have slept too long

    async def leave_alone(self, host: str, seconds: float) -> None:
        """Ask nothing of a host for some seconds."""
        self._next[host] = max(self._next.get(host, 0.0), self._clock() + seconds)


@dataclass
class Asked:
    """What came of a run. skipped: links that were not asked, and why."""

    observations: list[Observation] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)


class Run:
    """One run over links.

    ask: asks for one. note: keeps each observation at once. tick: called after each link.
    """

    def __init__(
        self,
        *,
        ask: Callable[[str], Awaitable[Answer]],
        pace: Pace,
        note: Callable[[Observation], None],
        today: date,
        tick: Callable[[], object] = lambda: None,
    ) -> None:
        self._ask = ask
        self._pace = pace
        self._note = note
        self._today = today
        self._tick = tick
        self._found = Asked()
        self._held: list[Observation] = []
        self._has_heard = False

    async def over(self, urls: Iterable[str], budget: float) -> Asked:
        """Ask for links, most urgent first, for at most so many seconds."""
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_LOOKUPS_AT_ONCE))
        wanted = list(urls)
        places = asyncio.Semaphore(_HOSTS_AT_ONCE)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(budget), asyncio.TaskGroup() as hosts:
                    for host, of_host in _by_host(wanted).items():
                        hosts.create_task(self._one_host(host, of_host, places))
        except* PostdocsError as group:
            raise group.exceptions[0] from None
        for observation in self._held:
            self._found.skipped[observation.url] = UNREACHABLE
        done = {observation.url for observation in self._found.observations}
        for url in wanted:
            if url not in done:
                self._found.skipped.setdefault(url, "time was up")
        return self._found

    async def _one_host(self, host: str, urls: list[str], places: asyncio.Semaphore) -> None:
        async with places:
            left = iter(urls[:PER_HOST])
            for url in left:
                answer = await self._patiently(host, url)
                if answer.is_nameless:  # as it is for all its others
                    for other in [url, *left, *urls[PER_HOST:]]:
                        self._take(other, answer)
                    return
                self._take(url, answer)
                if answer.is_silent or answer.wait is not None:
                    why = "its host did not answer" if answer.is_silent else "its host wants to be left alone"
                    self._skip([*left, *urls[PER_HOST:]], why)
                    return
            self._skip(urls[PER_HOST:], f"{PER_HOST} of its host were asked")

    async def _patiently(self, host: str, url: str) -> Answer:
        """Ask, and once more after the time that a busy host names, if that is not long."""
        answer = await self._ask(url)
        if answer.wait and answer.wait <= _PATIENCE:
            await self._pace.leave_alone(host, answer.wait)
            answer = await self._ask(url)
        return answer

    def _skip(self, urls: Iterable[str], why: str) -> None:
        for url in urls:
            self._found.skipped[url] = why
            self._tick()

    def _take(self, url: str, answer: Answer) -> None:
        """Keep an answer, once a server or a name server was heard: else our network may be missing."""
        self._tick()
        self._held.append(Observation(url, self._today, answer.outcome, answer.text))
        self._has_heard = self._has_heard or answer.heard or answer.is_nameless
        if self._has_heard:
            self._release()

    def _release(self) -> None:
        for observation in self._held:
            self._keep(observation)
        self._held.clear()

    def _keep(self, observation: Observation) -> None:
        self._note(observation)
        self._found.observations.append(observation)


def _by_host(urls: Iterable[str]) -> Mapping[str, list[str]]:
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(urlsplit(url).hostname or "", []).append(url)
    return hosts
