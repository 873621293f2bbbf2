"""What a run learns over the network: answers of links, and archived copies of dead ones."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from postdocs.core.http.address import host_of
from postdocs.core.http.client import Client, Retry
from postdocs.core.http.failures import FetchError
from postdocs.core.http.network import Connections, Proxies, PublicBackend, Resolve, resolve
from postdocs.core.http.throttle import HostThrottle
from postdocs.core.progress import Advance, Progress
from postdocs.links import policy, scheduler, wayback
from postdocs.links.http import LinkChecker
from postdocs.links.ledger import Entry
from postdocs.links.ledger_file import Store
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

    days: the links of a site, each with the day for which a copy is looked for. entries: what the ledger has.
     refresh: whether those are asked again when they are due, and copies are looked for.
    """

    days: Mapping[str, date]
    entries: Mapping[str, Entry]
    today: date
    refresh: bool


def refresh_links(task: Task, store: Store, network: Network, progress: Progress) -> dict[str, str]:
    """Ask for what is due, and keep each answer at once; return what was not asked, and why.

    Raises
    ------
    PostdocsError
        An answer cannot be kept, or a proxy not be used.

    """
    return asyncio.run(_refresh(task, store, network, progress))


async def _refresh(task: Task, store: Store, network: Network, progress: Progress) -> dict[str, str]:
    loop = asyncio.get_running_loop()
    end = loop.time() + network.budget
    due = policy.due(task.days, task.entries, task.today, refresh=task.refresh)
    reachable = await _reachable(due, network)
    skipped = dict.fromkeys({*due} - {*reachable}, scheduler.UNREACHABLE)
    connections = Connections(PublicBackend(network.allowed, network.resolve), network.proxies)
    async with Client(connections, HostThrottle(network.pause), RETRY) as client:
        if reachable:
            with progress("asking", len(reachable)) as advance:
                check = LinkChecker(client).check
                run = scheduler.Run(check=check, note=store.note, today=task.today, advance=advance)
                skipped |= (await run.over(reachable, network.budget)).skipped
        entries = store.read().entries if task.refresh else {}
        dead = [url for url in task.days if url in entries and policy.is_open(entries[url])]
        if dead and loop.time() < end:
            with progress("looking for archived copies", len(dead)) as advance, suppress(TimeoutError):
                async with asyncio.timeout_at(end):
                    async for copy in _copies(dead, task, client, network.archive, advance):
                        store.note(copy)
    return skipped


async def _reachable(urls: Collection[str], network: Network) -> list[str]:
    """Return the links that can be asked: offline, those through a proxy and to allowed hosts."""
    if not urls or await _is_found(_KNOWN_HOSTS, network.resolve):
        return [*urls]
    allowed = {*map(host_of, urls)} & {*network.allowed}
    on_site = {host for host in allowed if await _is_found([host], network.resolve)}
    return [url for url in urls if host_of(url) in on_site or network.proxies.proxy_for(url)]


async def _is_found(hosts: Iterable[str], resolve: Resolve) -> bool:
    for host in hosts:
        with suppress(socket.gaierror):
            return bool(await resolve(host, 443))
    return False


async def _copies(
    dead: Iterable[str], task: Task, client: Client, service: str, advance: Advance
) -> AsyncIterator[Observation]:
    """Look up archived copies, one after another, until the archive has enough of it or makes no sense."""
    for url in dead:
        try:
            response = await client.get(wayback.query(url, task.days[url], service), limit=wayback.LIMIT)
        except FetchError:
            return
        if response.is_busy:
            return
        try:
            copy = wayback.read(response.body, service) if response.is_success else None
        except ValueError:
            return
        advance()
        if copy:
            yield Observation(url, task.today, Outcome.ARCHIVED, copy)
