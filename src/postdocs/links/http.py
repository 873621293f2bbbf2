"""One link, asked: HEAD, then GET; redirects followed by hand; no body read beyond a limit."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import httpcore

from postdocs._version import __version__
from postdocs.core.network import PrivateAddressError
from postdocs.links.external import Kind, key_of, kind_of
from postdocs.links.policy import Outcome

_HEADERS = [
    ("User-Agent", f"Mozilla/5.0 (compatible; postdocs/{__version__}; link check)"),
    ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
    ("Accept-Language", "en,*;q=0.5"),
]
CONNECT, ANSWER, WHOLE = 10.0, 20.0, 45.0  # seconds until there is a connection, an answer, and at all
_HOPS = 10  # as the Fetch Standard's 20, halved: no site needs so many
_SUCCESS, _REDIRECTS, _BUSY = {*range(200, 300)}, {301, 302, 303, 307, 308}, {429, 503}
_GONE = {404, 410}
_NO_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
_NO_NETWORK = {errno.ENETUNREACH, errno.ENETDOWN}

# What asking may end with: no server decides how this goes on, whatever it does to libraries.
FAILURES = (*(OSError, ValueError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException),)

# Waits until a host may be asked.
Pace = Callable[[str], Awaitable[None]]


@dataclass(frozen=True)
class Answer:
    """What asking gave.

    text: it in words, without anything that the server chose. heard: whether a server said something at all.
    is_silent: whether the host let us wait in vain. is_nameless: whether it has no address. wait: seconds
    that it wants to be left alone; 0 where it does, but does not say how long.
    """

    outcome: Outcome
    text: str
    heard: bool = True
    is_silent: bool = False
    is_nameless: bool = False
    wait: float | None = None


@dataclass(frozen=True)
class _Response:
    status: int
    location: str | None
    retry_after: str | None


class Prober:
    """Asks for links.

    http: connections, to public addresses only. pace: waits until a host may be asked. now: the time, for
    hosts that name an hour at which to come back.
    """

    def __init__(
        self,
        http: httpcore.AsyncConnectionPool,
        pace: Pace,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        whole: float = WHOLE,
    ) -> None:
        self._http = http
        self._pace = pace
        self._now = now
        self._whole = whole

    async def ask(self, url: str) -> Answer:
        """Ask for a link, as `key_of` writes it."""
        try:
            response = await self._try("HEAD", url)
            if not isinstance(response, _Response) or response.status not in _SUCCESS | _BUSY:
                response = await self._try("GET", url)
        except FAILURES as error:
            return _failed(error)
        return self._judge(response) if isinstance(response, _Response) else response

    async def _try(self, method: str, url: str) -> _Response | Answer:
        try:
            return await self._follow(method, url)
        except (httpcore.RemoteProtocolError, httpcore.ReadError) as error:
            if method == "GET":
                raise
            # Servers hang up on HEAD, and on connections that they had kept until then.
            return Answer(Outcome.UNKNOWN, _why(error))

    async def _follow(self, method: str, url: str) -> _Response | Answer:
        """Ask with a method, and where the server sends us, until one answers itself."""
        been = {url}
        for _ in range(_HOPS):
            response = await self._once(method, url)
            if response.status not in _REDIRECTS or response.location is None:
                return response
            target = urljoin(url, response.location)
            try:
                if kind_of(target) is not Kind.WEB:
                    return Answer(Outcome.UNKNOWN, "it redirects to what is no web page")
            except ValueError:
                return Answer(Outcome.UNKNOWN, "it redirects to what is no address")
            url = key_of(target)
            if url in been:
                return Answer(Outcome.UNKNOWN, "it redirects in a circle")
            been.add(url)
        return Answer(Outcome.UNKNOWN, "it redirects without end")

    async def _once(self, method: str, url: str) -> _Response:
        await self._pace(urlsplit(url).hostname or "")
        async with asyncio.timeout(self._whole), self._open(method, url) as found:
            headers = {name.lower(): value for name, value in reversed(found.headers)}
            location = headers.get(b"location")
            return _Response(
                found.status,
                None if location is None else _decode(location),
                headers.get(b"retry-after", b"").decode("ascii", "replace"),
            )

    def _open(self, method: str, url: str) -> AbstractAsyncContextManager[httpcore.Response]:
        headers = [("Host", urlsplit(url).netloc), *_HEADERS]
        timeout = {"connect": CONNECT, "read": ANSWER, "write": ANSWER}
        return self._http.stream(method, url, headers=headers, extensions={"timeout": timeout})

    def _judge(self, response: _Response) -> Answer:
        status = response.status
        text = str(status)
        with suppress(ValueError):
            text = f"{status} {HTTPStatus(status).phrase}"
        if status in _SUCCESS or status == HTTPStatus.NOT_MODIFIED:
            return Answer(Outcome.FINE, text)
        wait = self._wait(response.retry_after) if status in _BUSY else None
        return Answer(Outcome.GONE if status in _GONE else Outcome.UNKNOWN, text, wait=wait)

    def _wait(self, retry_after: str | None) -> float:
        """Read `Retry-After` (RFC 9110 §10.2.3): seconds, or a date."""
        text = (retry_after or "").strip()
        if text.isascii() and text.isdigit():
            return float(text[:9])
        try:
            until = parsedate_to_datetime(text)
        except ValueError:
            return 0.0
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max((until - self._now()).total_seconds(), 0.0)

    async def fetch(self, url: str, limit: int) -> tuple[int, bytes]:
        """Return status and body of a GET.

        limit: bytes of the body that are read at most.

        Raises
        ------
        FAILURES
            There is no answer, or it is longer.

        """
        await self._pace(urlsplit(url).hostname or "")
        body = bytearray()
        async with asyncio.timeout(self._whole), self._open("GET", url) as response:
            async for part in response.aiter_stream():
                body += part
                if len(body) > limit:
                    raise ValueError(f"the answer is longer than {limit} bytes")
        return response.status, bytes(body)


def _failed(error: Exception) -> Answer:
    """Say what came of a question that no answer came to."""
    match error:
        case TimeoutError() | httpcore.TimeoutException():
            return Answer(Outcome.UNKNOWN, "no answer in time", heard=False, is_silent=True)
        case PrivateAddressError():
            return Answer(Outcome.UNKNOWN, str(error), heard=False)
        case socket.gaierror(errno=number) if number in _NO_NAME:
            return Answer(Outcome.GONE, "no such host", heard=False, is_nameless=True)
        case socket.gaierror():
            return Answer(Outcome.UNKNOWN, "its host could not be looked up", heard=False)
        case httpcore.ProtocolError():
            return Answer(Outcome.UNKNOWN, "the server does not speak HTTP")
        case _:
            return Answer(Outcome.UNKNOWN, _why(error), heard=not _is_unreachable(error))


def _decode(value: bytes) -> str:
    """Read a header that should be ASCII (RFC 9110 §5.5) and often is not."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _why(error: Exception) -> str:
    """Say what hinders a connection, in our words."""
    causes = [*_causes(error)]
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return "its certificate is not valid"
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return "no secure connection"
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return "the connection was refused"
    return "no connection" if isinstance(error, httpcore.ConnectError) else "the connection broke"


def _is_unreachable(error: Exception) -> bool:
    """Tell whether it may be our own network that is missing: no server had a part in it."""
    numbers = {cause.errno for cause in _causes(error) if isinstance(cause, OSError)}
    return isinstance(error, httpcore.ConnectError) and (not numbers or bool(numbers & _NO_NETWORK))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        if isinstance(error, BaseExceptionGroup):
            yield from error.exceptions
        error = error.__cause__ or error.__context__
