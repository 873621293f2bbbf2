"""Requests over the network: each hop vetted, hosts spared, trouble tried again, bodies limited."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Self
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

import httpcore
import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal

from postdocs._version import __version__
from postdocs.core.http.address import DEFAULT_PORTS, check_host, host_of, request_url
from postdocs.core.http.connections import Connections, StaleConnectionError
from postdocs.core.http.failures import Failure, FetchError
from postdocs.core.http.throttle import HostThrottle
from postdocs.core.http.translation import translated

HEADERS = (
    ("User-Agent", f"Mozilla/5.0 (compatible; postdocs/{__version__})"),
    ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
    ("Accept-Language", "en,*;q=0.5"),
    ("Accept-Encoding", "gzip, deflate"),
)
CONNECT, READ, ANSWER, BODY = 10.0, 20.0, 45.0, 120.0  # seconds for each, at most
_DISCARDED, _DISCARDING = 16 * 1024, 1.0  # bytes and seconds that a body may take which nobody needs
_HOPS = 10  # as the Fetch Standard's 20, halved: no site needs so many
_REDIRECTS = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}


@dataclass(frozen=True)
class Response:
    """An answer.

    url: the address that gave it, after redirects. body: decoded, empty if not read. is_moved: whether there
    were redirects, and all of them for good (RFC 9110 §15.4.2, §15.4.9).
    """

    url: str
    status: int
    headers: httpx.Headers
    body: bytes = b""
    is_moved: bool = False

    @property
    def is_success(self) -> bool:
        """Whether the request was understood and done (RFC 9110 §15.3)."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def is_busy(self) -> bool:
        """Whether the server may answer another time (RFC 6585 §4, RFC 9110 §15.6)."""
        server_errors = range(HTTPStatus.INTERNAL_SERVER_ERROR, 600)
        return self.status == HTTPStatus.TOO_MANY_REQUESTS or self.status in server_errors

    @property
    def location(self) -> str | None:
        """Where a redirect leads, as it is written."""
        locations = self.headers.get_list("location")
        return locations[0] if self.status in _REDIRECTS and locations else None


@dataclass(frozen=True)
class _Target:
    """What is asked next. credentials: the header that user and password of its URL make (RFC 7617 §2)."""

    url: str
    credentials: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Retry:
    """When a request is sent again. All times are in seconds.

    times: further attempts. backoff: before the first of them where the server names no time, doubled for
    each further one; None gives up instead. longest: what a server may name.
    """

    times: int
    backoff: float | None
    longest: float = 60.0

    def wait(self, attempt: int, named: float | None = None) -> float | None:
        """Return how long to wait after an attempt, counted from 0; None to give up.

        named: the time that the server asked for, if it did.
        """
        if attempt >= self.times:
            return None
        if named is not None:
            return named if named <= self.longest else None
        return None if self.backoff is None else self.backoff * 2**attempt


class Client:
    """Sends requests; a context manager that closes its connections.

    connections: to where. throttle: when a host may be asked. retry: what is asked again. now: the time, for
    hosts that name an hour at which to come back. answer: seconds until a server has to have answered.
    """

    def __init__(
        self,
        connections: Connections,
        throttle: HostThrottle,
        retry: Retry,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        answer: float = ANSWER,
    ) -> None:
        self._connections = connections
        self._throttle = throttle
        self._retry = retry
        self._now = now
        self._answer = answer

    async def __aenter__(self) -> Self:
        await self._connections.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._connections.__aexit__()

    async def head(self, url: str) -> Response:
        """Ask for all but the body.

        Raises
        ------
        FetchError
            There is no answer.

        """
        return await self._request("HEAD", url, 0, BODY)

    async def get(self, url: str, *, limit: int, seconds: float = BODY) -> Response:
        """Ask for a page or file. Bodies of other answers than successes are not read.

        limit: bytes of the body; 0 to read none of it. seconds: time for it.

        Raises
        ------
        FetchError
            There is no answer, or a longer one.

        """
        return await self._request("GET", url, limit, seconds)

    async def _request(self, method: str, url: str, limit: int, seconds: float) -> Response:
        attempt = 0
        while True:
            try:
                response = await self._follow(method, url, limit, seconds)
            except FetchError as error:
                wait = self._retry.wait(attempt) if error.failure.may_pass else None
                if wait is None:
                    raise
                busy = error.url
            else:
                wait = self._retry.wait(attempt, self._retry_after(response)) if response.is_busy else None
                if wait is None:
                    return response
                busy = response.url
            self._throttle.leave_alone(host_of(busy), wait)
            attempt += 1

    async def _follow(self, method: str, url: str, limit: int, seconds: float) -> Response:
        """Ask, and where the server sends us, until one answers itself."""
        target = _target(url)
        asked = {target.url}
        statuses: set[int] = set()
        for _ in range(_HOPS):
            response = await self._once(method, target, limit, seconds)
            if response.location is None:
                return replace(response, is_moved=bool(statuses) and statuses <= _FOR_GOOD)
            statuses.add(response.status)
            target = _redirected(target, response.location)
            if target.url in asked:
                raise FetchError(Failure.REDIRECT_LOOP, target.url)
            asked.add(target.url)
        raise FetchError(Failure.REDIRECT_LIMIT, target.url)

    async def _once(self, method: str, target: _Target, limit: int, seconds: float) -> Response:
        with suppress(StaleConnectionError):
            return await self._exchange(method, target, limit, seconds)
        return await self._exchange(method, target, limit, seconds, is_new=True)

    async def _exchange(
        self, method: str, target: _Target, limit: int, seconds: float, *, is_new: bool = False
    ) -> Response:
        """Send a request and read the answer. is_new: whether to open a connection for it."""
        url = target.url
        headers = [("Host", urlsplit(url).netloc), *HEADERS, *target.credentials]
        timeout = {"connect": CONNECT, "read": READ, "write": READ}
        request = self._connections.stream(method, url, headers, timeout, is_new=is_new)
        async with self._throttle.turn(host_of(url)), AsyncExitStack() as stack:
            stack.enter_context(translated(url))
            async with asyncio.timeout(self._answer):
                answer = await stack.enter_async_context(request)
            response = Response(url, answer.status, httpx.Headers(answer.headers))
            if not (limit and response.is_success):
                await _discard_body(answer)
                return response
            async with asyncio.timeout(seconds):
                return Response(url, answer.status, response.headers, await _body(answer, url, limit))

    def _retry_after(self, response: Response) -> float | None:
        """Read `Retry-After` (RFC 9110 §10.2.3): seconds, or a date. None where it has neither."""
        text = response.headers.get("retry-after", "").strip()
        if text.isascii() and text.isdigit():
            return float(text[:9])
        try:
            until = parsedate_to_datetime(text)
        except ValueError:
            return None
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max((until - self._now()).total_seconds(), 0.0)


def _target(url: str) -> _Target:
    try:
        return _parsed(url)
    except ValueError:
        raise FetchError(Failure.NOT_A_URL, url) from None


def _redirected(target: _Target, location: str) -> _Target:
    """Return where a redirect leads. Credentials stay with their origin (RFC 9110 §15.4)."""
    try:
        url = urljoin(target.url, location)
        if urlsplit(url).scheme not in DEFAULT_PORTS:
            raise FetchError(Failure.REDIRECT_TO_OTHER, target.url)
        new = _parsed(url)
    except ValueError:
        raise FetchError(Failure.REDIRECT_TO_NOTHING, target.url) from None
    is_same_origin = urlsplit(new.url)[:2] == urlsplit(target.url)[:2]
    return replace(new, credentials=target.credentials) if is_same_origin and not new.credentials else new


def _parsed(url: str) -> _Target:
    parts = urlsplit(url)
    if parts.scheme not in DEFAULT_PORTS:
        raise ValueError("it is not a web address")
    check_host(url)
    if parts.username is None:
        return _Target(request_url(url))
    user_and_password = unquote_to_bytes(f"{parts.username}:{parts.password or ''}")
    return _Target(request_url(url), (("Authorization", f"Basic {b64encode(user_and_password).decode()}"),))


async def _body(answer: httpcore.Response, url: str, limit: int) -> bytes:
    body = bytearray()
    decoded = httpx.Response(answer.status, headers=answer.headers, content=answer.aiter_stream())
    async for part in decoded.aiter_bytes():
        body += part
        if len(body) > limit:
            raise FetchError(Failure.TOO_LARGE, url)
    return bytes(body)


async def _discard_body(answer: httpcore.Response) -> None:
    """Read a short body that nobody needs, as the next request can use the connection only after it."""
    size = 0
    with suppress(httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, TimeoutError):
        async with asyncio.timeout(_DISCARDING):
            async for part in answer.aiter_stream():
                size += len(part)
                if size > _DISCARDED:
                    return


class BlockingClient:
    """A client for code that is not asynchronous; threads may share it."""

    def __init__(self, client: Client, portal: BlockingPortal) -> None:
        self._client = client
        self._portal = portal

    def get(self, url: str, *, limit: int, seconds: float = BODY) -> Response:
        """Do as `Client.get`."""
        return self._portal.call(lambda: self._client.get(url, limit=limit, seconds=seconds))


@contextmanager
def blocking(client: Client) -> Iterator[BlockingClient]:
    """Run a client in a thread of its own."""
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(client):
        yield BlockingClient(client, portal)
