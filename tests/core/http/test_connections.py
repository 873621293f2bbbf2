"""Connections that stay open, counted by a server in the same event loop."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from clients import local_client
from clock import Clock

from postdocs.core.http.client import Client
from postdocs.core.http.connections import IDLE, Connections
from postdocs.core.http.failures import Failure, FetchError
from postdocs.core.http.network import Proxies, PublicBackend, Resolve
from postdocs.links.doubts import DoubtingChecker

HOSTS = frozenset(f"h{number}.test" for number in range(140))
_ANSWERS = {
    "/gone": "404 No\r\nContent-Length: 5\r\n\r\nsorry",
    "/chunked": "404 No\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nsorry\r\n0\r\n\r\n",
    "/moved": "301 Moved\r\nLocation: /fine\r\nContent-Length: 4\r\n\r\naway",
    "/page": "200 OK\r\nContent-Length: 4\r\n\r\npage",
    "/long": f"404 No\r\nContent-Length: 999999\r\n\r\n{'x' * 999999}",
    "/endless": f"404 No\r\nTransfer-Encoding: chunked\r\n\r\n{'8000' + chr(13) + chr(10)}{'x' * 0x8000}",
    "/last": "200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
    "/too-much": "200 OK\r\nContent-Length: 0\r\n\r\nsorry, this is too much",
    "/another": "200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n",
}
_FINE = "200 OK\r\nContent-Length: 0\r\n\r\n"


@dataclass
class Host:
    """A server. port: where. asked: the paths of each connection. patience: requests that one answers."""

    port: int = 0
    asked: list[list[str]] = field(default_factory=list)
    patience: int = 1000

    def url(self, path: str, host: str = "here.test") -> str:
        """Return the address of a path."""
        return f"http://{host}:{self.port}{path}"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of a connection; hang up on what comes after those that it answers."""
        paths: list[str] = []
        self.asked.append(paths)
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii")
                method, path, _ = head.split(" ", 2)
                if len(paths) >= self.patience:
                    break
                paths.append(path)
                start, _, body = _ANSWERS.get(path, _FINE).partition("\r\n\r\n")
                text = f"HTTP/1.1 {start}\r\n\r\n{body if method == 'GET' else ''}"
                writer.write(text.encode("ascii"))
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def running() -> AsyncIterator[Host]:
    """Run a server in this event loop."""
    host = Host()
    async with await asyncio.start_server(host.answer, "127.0.0.1", 0) as listener:
        host.port = listener.sockets[0].getsockname()[1]
        yield host


async def here(_host: str, _port: int) -> Sequence[str]:
    """Find every host on this machine."""
    return ["127.0.0.1"]


def run(
    use: Callable[[Host, Client], Coroutine[Any, Any, None]],
    *,
    clock: Clock | None = None,
    pause: float = 0.0,
    resolve: Resolve = here,
) -> Host:
    """Use a client and a server; return the server."""

    async def both() -> Host:
        async with running() as host:
            allowed = HOSTS | {"here.test"}
            client = local_client(clock, allowed=allowed, pause=pause, resolve=resolve)
            async with client:
                await use(host, client)
        return host

    return asyncio.run(both())


async def get(client: Client, url: str) -> int:
    """Return the status of a GET that reads no body."""
    return (await client.get(url, limit=0)).status


def test_a_host_is_asked_over_one_connection() -> None:
    """With HEAD and GET, after redirects, and after pages that nobody reads."""

    async def use(host: Host, client: Client) -> None:
        for path in ("/fine", "/gone", "/chunked", "/moved", "/page"):
            await client.head(host.url(path))
            await get(client, host.url(path))
        assert (await client.get(host.url("/page"), limit=100)).body == b"page"

    assert [len(paths) for paths in run(use).asked] == [13]


def test_the_links_of_a_host_and_the_question_for_what_cannot_exist_share_a_connection() -> None:
    """As the link check asks: one connection for each host, not one for each link."""

    async def use(host: Host, client: Client) -> None:
        check = DoubtingChecker(client).check
        hosts = [f"h{number}.test" for number in range(20)]
        await asyncio.gather(
            *(_in_turn(check, [host.url(f"/{n}", name) for n in range(5)]) for name in hosts)
        )

    assert [len(paths) for paths in run(use).asked] == [6] * 20


async def _in_turn(check: Callable[[str], Coroutine[Any, Any, object]], urls: Sequence[str]) -> None:
    for url in urls:
        await check(url)


@pytest.mark.parametrize("path", ["/long", "/endless", "/last"])
def test_a_connection_that_cannot_go_on_is_closed(path: str) -> None:
    """After a body that is too long to throw away, and after an answer that says so."""

    async def use(host: Host, client: Client) -> None:
        await get(client, host.url(path))
        assert (await client.get(host.url("/page"), limit=100)).body == b"page"

    assert run(use).asked == [[path], ["/page"]]


def test_a_server_that_closed_a_connection_meanwhile_is_asked_once_more() -> None:
    """Over a new connection, and in its turn (RFC 9112 §9.3.1)."""
    clock = Clock()

    async def use(host: Host, client: Client) -> None:
        host.patience = 2
        for _ in range(5):
            assert await get(client, host.url("/fine")) == 200

    assert [len(paths) for paths in run(use, clock=clock, pause=1.0).asked] == [2, 2, 1]
    assert len(clock.slept) == 6  # between five requests, and two that were sent again


def test_a_server_that_always_hangs_up_is_not_asked_for_ever() -> None:
    """A new connection that breaks is the answer."""

    async def use(host: Host, client: Client) -> None:
        assert await get(client, host.url("/fine")) == 200
        host.patience = 1
        assert await get(client, host.url("/fine")) == 200
        host.patience = 0
        with pytest.raises(FetchError) as caught:
            await get(client, host.url("/fine"))
        assert caught.value.failure is Failure.NOT_HTTP

    assert [len(paths) for paths in run(use).asked] == [1, 1, 0]


@pytest.mark.parametrize("path", ["/too-much", "/another"])
def test_bytes_that_nobody_asked_for_are_no_answer(path: str) -> None:
    """Such as a body behind the answer to HEAD, even one that looks like an answer."""

    async def use(host: Host, client: Client) -> None:
        await get(client, host.url(path))
        assert (await client.get(host.url("/page"), limit=100)).body == b"page"

    assert run(use).asked[-1] == ["/page"]


def test_an_unused_connection_is_closed_after_a_while() -> None:
    """Where another request makes the client look."""
    clock = Clock()

    async def use(host: Host, client: Client) -> None:
        await get(client, host.url("/fine", "h1.test"))
        clock.now += IDLE - 1
        await get(client, host.url("/fine", "h1.test"))
        clock.now += IDLE
        await get(client, host.url("/fine", "h2.test"))
        await get(client, host.url("/fine", "h1.test"))

    assert [len(paths) for paths in run(use, clock=clock).asked] == [2, 1, 1]


def test_only_so_many_unused_connections_stay_open() -> None:
    """Those that were first; the others are closed when they are not used."""

    async def use(host: Host, client: Client) -> None:
        for _ in range(2):
            for name in sorted(HOSTS):
                await get(client, host.url("/fine", name))

    asked = [len(paths) for paths in run(use).asked]
    assert (asked.count(2), asked.count(1)) == (128, 24)


def test_requests_at_the_same_time_take_no_connection_from_each_other() -> None:
    """Also where every one that is given back is too old to be kept."""

    class Hurry(Clock):
        def __init__(self) -> None:
            super().__init__()
            self._times = itertools.count(step=10.0)

        def __call__(self) -> float:
            return next(self._times)

    async def use(host: Host, client: Client) -> None:
        urls = [host.url(f"/{number}", name) for number in range(4) for name in sorted(HOSTS)[:30]]
        assert {*await asyncio.gather(*(get(client, url) for url in urls))} == {200}

    assert sum(map(len, run(use, clock=Hurry()).asked)) == 120


def test_a_kept_connection_is_to_the_address_that_was_checked() -> None:
    """A name server that answers otherwise later changes nothing for it, and cannot open another."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])

    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return next(answers)

    async def use(host: Host, client: Client) -> None:
        assert await get(client, host.url("/fine")) == 200
        assert await get(client, host.url("/last")) == 200

    assert run(use, resolve=resolve).asked == [["/fine", "/last"]]
    assert next(answers) == ["10.0.0.1"]


def test_a_proxy_keeps_a_connection_for_each_host() -> None:
    """A host behind it is not asked over the connection of another."""

    async def both() -> Host:
        async with running() as proxy:
            connections = Connections(
                PublicBackend(HOSTS, here), Proxies({"http": proxy.url("", "127.0.0.1")})
            )
            async with connections:
                for name in ("h1.test", "h2.test", "h1.test"):
                    request = connections.stream("HEAD", f"http://{name}/", [("Host", name)], {})
                    async with request as answer:
                        await answer.aread()
        return proxy

    asked = asyncio.run(both()).asked
    assert asked == [["http://h1.test/", "http://h1.test/"], ["http://h2.test/"]]
