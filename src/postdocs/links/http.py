"""One link, asked: HEAD, then GET where that proves nothing. No body is read."""

from __future__ import annotations

from postdocs.core.http.address import host_of
from postdocs.core.http.client import Client
from postdocs.core.http.failures import Failure, FetchError
from postdocs.links.outcome import Answer

# What servers do to HEAD that they would not do to GET: hang up, and send it elsewhere.
_OF_HEAD = {
    *(Failure.BROKEN, Failure.NOT_HTTP, Failure.REDIRECT_LOOP, Failure.REDIRECT_LIMIT),
    *(Failure.REDIRECT_TO_NOTHING, Failure.REDIRECT_TO_OTHER),
}


class LinkChecker:
    """Asks for links."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def check(self, url: str) -> Answer:
        """Ask for a link, as `request_url` writes it."""
        try:
            answer = await self._head(url)
            if answer is None or answer.outcome.value.needs_get:
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
