"""Many links, asked politely: hosts side by side, each of them slowly, until time is up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from postdocs.core.errors import PostdocsError
from postdocs.core.http.address import host_of
from postdocs.links.missed import TIME_UP, UNREACHABLE
from postdocs.links.outcome import Answer
from postdocs.links.policy import Due, Observation

PER_HOST = 10  # links of a host that are asked again in one run
_HOSTS_AT_ONCE = 200
_LOOKUPS_AT_ONCE = 32


@dataclass
class Asked:
    """What came of a run. skipped: links that were not asked, and why."""

    observations: list[Observation] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)


class Run:
    """One run over links.

    check: asks for one. note: keeps each observation at once. advance: called after each link.
    """

    def __init__(
        self,
        *,
        check: Callable[[str], Awaitable[Answer]],
        note: Callable[[Observation], None],
        today: date,
        advance: Callable[[], object] = lambda: None,
    ) -> None:
        self._check = check
        self._note = note
        self._today = today
        self._advance = advance
        self._asked = Asked()
        self._held: list[Observation] = []
        self._has_network = False

    async def over(self, due: Due, budget: float) -> Asked:
        """Ask for links, most urgent first, for at most so many seconds."""
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_LOOKUPS_AT_ONCE))
        places = asyncio.Semaphore(_HOSTS_AT_ONCE)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(budget), asyncio.TaskGroup() as hosts:
                    for of_host in _by_host(due):
                        hosts.create_task(self._one_host(of_host, places))
        except* PostdocsError as group:
            raise group.exceptions[0] from None
        for observation in self._held:
            self._asked.skipped[observation.url] = UNREACHABLE
        observed = {observation.url for observation in self._asked.observations}
        for url in due:
            if url not in observed:
                self._asked.skipped.setdefault(url, TIME_UP)
        return self._asked

    async def _one_host(self, due: Due, places: asyncio.Semaphore) -> None:
        async with places:
            beyond = due.rest[PER_HOST:]
            left = iter((*due.urgent, *due.rest[:PER_HOST]))
            for url in left:
                answer = await self._check(url)
                outcome = answer.outcome.value
                if outcome.is_of_host and not answer.is_elsewhere:
                    for other in [url, *left, *beyond]:
                        self._take(other, answer)
                    return
                self._take(url, answer)
                if outcome.skips_host:
                    self._skip([*left, *beyond], outcome.skips_host)
                    return
            self._skip(beyond, f"{PER_HOST} of its host were asked")

    def _skip(self, urls: Iterable[str], why: str) -> None:
        for url in urls:
            self._asked.skipped[url] = why
            self._advance()

    def _take(self, url: str, answer: Answer) -> None:
        """Keep an answer, once a server or a name server was heard: else our network may be missing."""
        self._advance()
        self._held.append(Observation(url, self._today, answer.outcome, answer.text, answer.moved))
        self._has_network = self._has_network or answer.outcome.value.proves_network
        if self._has_network:
            self._release()

    def _release(self) -> None:
        for observation in self._held:
            self._keep(observation)
        self._held.clear()

    def _keep(self, observation: Observation) -> None:
        self._note(observation)
        self._asked.observations.append(observation)


def _by_host(due: Due) -> Iterable[Due]:
    hosts: dict[str, tuple[list[str], list[str]]] = {}
    for part, urls in enumerate((due.urgent, due.rest)):
        for url in urls:
            hosts.setdefault(host_of(url), ([], []))[part].append(url)
    return [Due((*urgent,), (*rest,)) for urgent, rest in hosts.values()]
