"""What a run learns over the network: answers of links, and archived copies of dead ones."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from urllib.parse import urlsplit

import httpcore

from postdocs.core import network
from postdocs.links import policy, scheduler
from postdocs.links import wayback as archive
from postdocs.links.http import FAILURES, Prober
from postdocs.links.ledger import Entry
from postdocs.links.ledger_file import Store
from postdocs.links.policy import Observation, Outcome

BUDGET = 600.0  # seconds of a run
# Names that always exist (RFC 2606 §3): where they are not found, names are not looked up at all.
_KNOWN_HOSTS = ("example.com", "example.org")

# Shows that a stage of so many steps goes on; what it yields is called after each step.
Watch = Callable[[str, int], AbstractContextManager[Callable[[], object]]]


@dataclass(frozen=True, kw_only=True)
class Network:
    """How links are asked.

    allowed: hosts that may be in a private network. budget: seconds of a run. pause: seconds between requests
    to a host. resolve: looks up names. archive: address of the web archive.
    """

    allowed: Collection[str] = ()
    budget: float = BUDGET
    pause: float = scheduler.PAUSE
    resolve: network.Resolve = network.resolve
    archive: str = archive.SERVICE


@dataclass(frozen=True, kw_only=True)
class Task:
    """What is to be learned, and when.

    days: the links of a site, each with the day for which a copy of it is wanted. refresh: whether what is
    known is asked again when it is due, and copies are looked for.
    """

    days: Mapping[str, date]
    known: Mapping[str, Entry]
    today: date
    refresh: bool


def learn(task: Task, store: Store, network_: Network, watch: Watch) -> dict[str, str]:
    """Ask for what is due, and keep each answer at once; return what was not asked, and why.

    Raises
    ------
    PostdocsError
        An answer cannot be kept.

    """
    return asyncio.run(_learn(task, store, network_, watch))


async def _learn(task: Task, store: Store, net: Network, watch: Watch) -> dict[str, str]:
    pace = scheduler.Pace(net.pause)
    loop = asyncio.get_running_loop()
    end = loop.time() + net.budget
    due = policy.due(task.days, task.known, task.today, refresh=task.refresh)
    wanted = due if due and await _is_found(_KNOWN_HOSTS, net.resolve) else await _allowed(due, net)
    skipped = dict.fromkeys({*due} - {*wanted}, scheduler.UNREACHABLE)
    backend = network.PublicBackend(net.allowed, net.resolve)
    async with httpcore.AsyncConnectionPool(max_connections=None, network_backend=backend) as http:
        prober = Prober(http, pace)
        if wanted:
            with watch("asking", len(wanted)) as tick:
                run = scheduler.Run(ask=prober.ask, pace=pace, note=store.note, today=task.today, tick=tick)
                skipped |= (await run.over(wanted, net.budget)).skipped
        known = store.read().entries if task.refresh else {}
        dead = [url for url in task.days if url in known and policy.is_open(known[url])]
        if dead and loop.time() < end:
            with watch("looking for archived copies", len(dead)) as tick, suppress(TimeoutError):
                async with asyncio.timeout_at(end):
                    async for copy in _copies(dead, task, prober, net.archive, tick):
                        store.note(copy)
    return skipped


async def _is_found(hosts: Iterable[str], resolve: network.Resolve) -> bool:
    for host in hosts:
        with suppress(socket.gaierror):
            return bool(await resolve(host, 443))
    return False


async def _allowed(urls: Iterable[str], net: Network) -> list[str]:
    """Return the links to hosts that were allowed by name and are there, also without the Internet."""
    hosts = {url: urlsplit(url).hostname or "" for url in urls}
    found = {host for host in {*hosts.values()} & {*net.allowed} if await _is_found([host], net.resolve)}
    return [url for url, host in hosts.items() if host in found]


async def _copies(
    dead: Iterable[str], task: Task, prober: Prober, service: str, tick: Callable[[], object]
) -> AsyncIterator[Observation]:
    """Look up archived copies, one after another, until the archive has enough of it or makes no sense."""
    for url in dead:
        try:
            status, body = await prober.fetch(archive.query(url, task.days[url], service), archive.LIMIT)
            copy = archive.read(body, service) if status == HTTPStatus.OK else None
        except FAILURES:
            return
        if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
            return
        tick()
        if copy:
            yield Observation(url, task.today, Outcome.ARCHIVED, copy)
