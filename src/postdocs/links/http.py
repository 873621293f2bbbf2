"""One link, asked: HEAD, then GET where that proves nothing. No body is read."""

from __future__ import annotations

from postdocs.core.http.address import host_of
from postdocs.core.http.client import Client
from postdocs.core.http.failures import Failure, FetchError
from postdocs.links.outcome import Answer, Outcome

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


class LinkChecker:
    """Asks for links."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def check(self, url: str) -> Answer:
        """Ask for a link, as `request_url` writes it."""
        try:
            answer = await self._head(url)
            if answer is None or answer.outcome not in {Outcome.FINE, Outcome.BUSY}:
                answer = Answer.of_status((await self._client.get(url, limit=0)).status)
        except FetchError as error:
            return Answer.of_failure(error.failure, is_elsewhere=host_of(error.url) != host_of(url))
        return answer

    async def _head(self, url: str) -> Answer | None:
        try:
            return Answer.of_status((await self._client.head(url)).status)
        except FetchError as error:
            if error.failure in _OF_HEAD:
                return None
            raise
