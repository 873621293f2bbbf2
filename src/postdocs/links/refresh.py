"""Requests of a run: links that are due, and archived copies of dead links."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from postdocs.core.http.address import host_of
from postdocs.core.http.client import Client, Retry
from postdocs.core.http.connections import Connections
from postdocs.core.http.network import Proxies, PublicBackend, Resolve, resolve
from postdocs.core.http.throttle import HostThrottle
from postdocs.core.progress import Advance, Progress
from postdocs.links import policy, scheduler, wayback
from postdocs.links.doubts import DoubtingChecker
from postdocs.links.ledger import Entry, Ledger
from postdocs.links.ledger_file import Store
from postdocs.links.missed import TIME_UP, UNREACHABLE, Missed
from postdocs.links.outcome import Outcome
from postdocs.links.policy import Observation

BUDGET = 600.0  # seconds of a run
PAUSE = 1.0  # seconds between two requests to a host
RETRY = Retry(times=1, backoff=None)  # a host that names a time is asked again; for the rest there are weeks
# Names that always exist (RFC 2606 §3): where they are not found, names are not looked up at all.
_KNOWN_HOSTS = ("example.com", "example.org")


@dataclass(frozen=True, kw_only=True)
class Network:
    """How links are asked.

    allowed: hosts that may be in a private network. budget: seconds of a run. pause: seconds between requests
    to a host. resolve: looks up names. proxies: those to use. archive: address of the web archive.
    """

    allowed: Collection[str] = ()
    budget: float = BUDGET
    pause: float = PAUSE
    resolve: Resolve = resolve
    proxies: Proxies = field(default_factory=Proxies)
    archive: str = wayback.SERVICE


@dataclass(frozen=True, kw_only=True)
class Task:
    """What is to be learned, and when.

    days: the links of a site, each with the day for which a copy is looked for. ledger: what is known of
    them. refresh: whether that is asked again when its time has come, and copies are looked for.
    """

    days: Mapping[str, date]
    ledger: Ledger
    today: date
    refresh: bool


def refresh_links(task: Task, store: Store, network: Network, progress: Progress) -> Missed:
    """Ask for what is due, keep each answer at once, and return what was not learned.

    Raises
    ------
    PostdocsError
        An answer cannot be kept, or a proxy not be used.

    """
    return asyncio.run(_refresh(task, store, network, progress))


async def _refresh(task: Task, store: Store, network: Network, progress: Progress) -> Missed:
    loop = asyncio.get_running_loop()
    end = loop.time() + network.budget
    due = policy.due(task.days, task.ledger, task.today, refresh=task.refresh)
    reachable = await _reachable([*due], network)
    skipped = dict.fromkeys({*due} - reachable, UNREACHABLE)
    looked_up: Mapping[str, str] = {}

    def keep(url: str, copy: str) -> None:
        store.note(Observation(url, task.today, Outcome.ARCHIVED, copy))

    throttle = HostThrottle(network.pause)
    connections = Connections(PublicBackend(network.allowed, network.resolve), network.proxies)
    async with Client(connections, throttle, RETRY) as client:
        if reachable:
            if task.ledger.is_new:  # what is on the site now was there before the first check
                store.settle(lambda entries: {**dict.fromkeys(task.days, Entry()), **entries})
            with progress("asking", len(reachable)) as advance:
                skipped |= await _ask(task, due.among(reachable), client, store, advance=advance, end=end)
        dead = _without_copy(task, store) if task.refresh else {}
        if dead:
            with progress("looking for archived copies", len(dead)) as advance:
                archive = wayback.Archive(client, throttle, network.archive, network.pause)
                looked_up = await _look_up(dead, archive, keep, advance, end)
    return Missed(asked=skipped, looked_up=looked_up)


async def _ask(
    task: Task, due: policy.Due, client: Client, store: Store, *, advance: Advance, end: float
) -> dict[str, str]:
    """Ask for links, at last again for new and fine ones that seem to be gone; return those not asked."""
    surprises: dict[str, Observation] = {}

    def note(seen: Observation) -> None:
        if policy.is_surprise(task.ledger.entries.get(seen.url), seen):
            surprises[seen.url] = seen
        else:
            store.note(seen)

    time = asyncio.get_running_loop().time
    check = DoubtingChecker(client).check
    run = scheduler.Run(check=check, note=note, today=task.today, advance=advance)
    skipped = (await run.over(due, end - time())).skipped
    if surprises:
        again = scheduler.Run(check=check, note=store.note, today=task.today)
        for url in (await again.over(policy.Due((*surprises,)), end - time())).skipped:
            store.note(surprises[url])  # the first answer is the only one
    return skipped


def _without_copy(task: Task, store: Store) -> dict[str, date]:
    """Return the dead links to look up, each with its day; the order changes, so that all have their turn."""
    entries = store.read().entries
    dead = [url for url in task.days if url in entries and policy.needs_decision(entries[url])]
    return {url: task.days[url] for url in sorted(dead, key=lambda url: policy.turn(url, task.today))}


async def _look_up(
    dead: Mapping[str, date],
    archive: wayback.Archive,
    keep: Callable[[str, str], None],
    advance: Advance,
    end: float,
) -> dict[str, str]:
    """Look up archived copies, one after another; return those that were not, and why."""
    left = dict.fromkeys(dead, TIME_UP)
    with suppress(TimeoutError):
        async with asyncio.timeout_at(end):
            for url, day in dead.items():
                if archive.is_tired:
                    waiting = [url for url, why in left.items() if why == TIME_UP]
                    return left | dict.fromkeys(waiting, "the archive does not answer")
                try:
                    copy = await archive.copy_of(url, day)
                except wayback.ArchiveError as error:
                    left[url] = str(error)
                else:
                    del left[url]
                    if copy:
                        keep(url, copy)
                advance()
    return left


async def _reachable(urls: Collection[str], network: Network) -> set[str]:
    """Return the links that can be asked: offline, those through a proxy and to allowed hosts."""
    if not urls or await _is_found(_KNOWN_HOSTS, network.resolve):
        return {*urls}
    allowed = {*map(host_of, urls)} & {*network.allowed}
    on_site = {host for host in allowed if await _is_found([host], network.resolve)}
    return {url for url in urls if host_of(url) in on_site or network.proxies.proxy_for(url)}


async def _is_found(hosts: Iterable[str], resolve: Resolve) -> bool:
    for host in hosts:
        with suppress(socket.gaierror):
            return bool(await resolve(host, 443))
    return False
