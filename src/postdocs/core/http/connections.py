"""Connections that stay open for the next request to their host, direct ones and those through proxies."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Self
from urllib.parse import urlsplit

import httpcore
import httpx

from postdocs.core.errors import PostdocsError
from postdocs.core.http.network import Proxies, PublicBackend

IDLE = 5.0  # seconds that an unused connection stays open; many servers close it after so long
_MOST_IDLE = 128  # origins with unused connections; some systems allow a program 256 open files

_Key = tuple[str | None, str]  # proxy and origin


class StaleConnectionError(Exception):
    """A connection that was open already broke before it gave an answer, as its server may have closed it.

    A request without effects may be sent once more, over a new connection (RFC 9112 §9.3.1).
    """


@dataclass
class _Pool:
    """The connections to one origin. users: requests under way. idle_since: when the last of them ended."""

    connections: httpcore.AsyncConnectionPool
    users: int = 0
    idle_since: float = 0.0

    @property
    def has_kept(self) -> bool:
        """Whether there is an open connection that no request uses."""
        return any(connection.is_idle() for connection in self.connections.connections)


class Connections:
    """Open connections; a context manager that closes them.

    A proxy looks names up itself and connects to what it finds: what it may reach is for those who run it.
    Before that a host is refused only if this machine knows it, and as a private one. tls: whom to trust.
    clock: the time, in seconds.
    """

    def __init__(
        self,
        backend: PublicBackend,
        proxies: Proxies | None = None,
        tls: ssl.SSLContext | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._backend = backend
        self._proxies = proxies or Proxies()
        self._trust = tls
        self._clock = clock
        # A pool for each origin: one for all would look through all of its connections for each request.
        self._pools: dict[_Key, _Pool] = {}
        self._idle: dict[_Key, _Pool] = {}  # those without users, the longest unused first

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for pool in self._pools.values():
            await pool.connections.aclose()
        self._pools.clear()

    @asynccontextmanager
    async def stream(
        self,
        method: str,
        url: str,
        headers: Sequence[tuple[str, str]],
        timeout: Mapping[str, float],
        *,
        is_new: bool = False,
    ) -> AsyncIterator[httpcore.Response]:
        """Send a request. timeout: as httpcore's extension. is_new: whether to open a connection for it.

        Raises
        ------
        PrivateAddressError
            It is for a private host.
        PostdocsError
            The proxy that the environment names is no HTTP proxy.
        StaleConnectionError
            There was no answer over a connection that was open already.

        """
        proxy, parts = self._proxies.proxy_for(url), urlsplit(url)
        if proxy:
            with suppress(socket.gaierror):  # behind a proxy, many machines can't look up anything
                await self._backend.vetted(parts.hostname or "", parts.port or 0)
        key = proxy, f"{parts.scheme}://{parts.netloc}"
        request = httpcore.Request(method, url, headers=headers, extensions={"timeout": timeout})
        pool = await self._taken(key, is_new=is_new)
        try:
            may_be_stale = pool.has_kept
            try:
                answer = await pool.connections.handle_async_request(request)
            except (httpcore.NetworkError, httpcore.RemoteProtocolError) as error:
                if may_be_stale:
                    raise StaleConnectionError from error
                raise
            try:
                yield answer
            finally:
                if _has_more(answer):  # closed, it can't be used again
                    await answer.extensions["network_stream"].aclose()
                await answer.aclose()
        finally:
            await self._give_back(key, pool)

    async def _taken(self, key: _Key, *, is_new: bool) -> _Pool:
        pool = None if is_new else self._pools.get(key)
        unused = self._idle.pop(key, None)
        if pool is None:
            pool = self._pools[key] = _Pool(self._open(key))
        pool.users += 1
        if unused is not None and unused is not pool:
            await unused.connections.aclose()
        return pool

    async def _give_back(self, key: _Key, pool: _Pool) -> None:
        pool.users -= 1
        if pool.users:
            return
        unneeded = [*self._expired()]
        is_current = self._pools.get(key) is pool
        if is_current and pool.has_kept and len(self._idle) < _MOST_IDLE:
            pool.idle_since = self._clock()
            self._idle[key] = pool
        else:
            if is_current:
                del self._pools[key]
            unneeded.append(pool)
        for other in unneeded:  # nobody can reach them any more
            await other.connections.aclose()

    def _expired(self) -> Iterator[_Pool]:
        """Take those away that were unused for too long."""
        while self._idle:
            key, pool = next(iter(self._idle.items()))
            if self._clock() - pool.idle_since < IDLE:
                return
            del self._idle[key], self._pools[key]
            yield pool

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Whom to trust: read once, and only for a secure connection, since it takes as long as a request."""
        return self._trust or httpcore.default_ssl_context()

    def _open(self, key: _Key) -> httpcore.AsyncConnectionPool:
        proxy, origin = key
        tls = self._tls if origin.startswith("https:") else None
        if proxy is None:
            return httpcore.AsyncConnectionPool(
                max_connections=None, network_backend=self._backend, ssl_context=tls
            )
        if not proxy.lower().startswith(("http://", "https://")):
            wrong = f"it names a proxy that speaks {proxy.partition('://')[0]}, not HTTP"
            raise PostdocsError(
                "HTTPS_PROXY", None, wrong, "set an address that starts with http://, or unset it"
            )
        parts = httpx.Proxy(proxy)  # takes user and password out
        return httpcore.AsyncHTTPProxy(
            str(parts.url), proxy_auth=parts.raw_auth, max_connections=None, ssl_context=tls
        )


def _has_more(answer: httpcore.Response) -> bool:
    """Tell whether bytes have come behind an answer, as a body behind that to HEAD.

    httpcore keeps them and would take them for the next answer. Only private parts of it tell: where they are
    not there, no connection is used twice.
    """
    connection = getattr(getattr(answer.stream, "_stream", None), "_connection", None)
    state = getattr(connection, "_h11_state", None)
    return state is None or bool(state.trailing_data[0])
