"""Requests a link: HEAD, then GET if HEAD proves nothing, without reading a body."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from postdocs.core.http.address import host_of
from postdocs.core.http.client import Client, Response
from postdocs.core.http.failures import Failure, FetchError
from postdocs.links.outcome import Answer, Outcome

# What servers do to HEAD that they would not do to GET: hang up, and send it elsewhere.
_OF_HEAD = {
    *(Failure.BROKEN, Failure.NOT_HTTP, Failure.REDIRECT_LOOP, Failure.REDIRECT_LIMIT),
    *(Failure.REDIRECT_TO_NOTHING, Failure.REDIRECT_TO_OTHER),
}
# Pages to which a reader is sent instead of the one that is gone.
_ELSEWHERE = re.compile(
    r"^((page-?)?not-?found|errors?|gone|removed|log-?in|sign-?in|auth|sso)\b|\b4(04|10)\b"
)


class LinkChecker:
    """Asks for links."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def check(self, url: str) -> Answer:
        """Ask for a link, as `request_url` writes it."""
        try:
            answer = await self._head(url)
            if answer is None or answer.outcome.value.needs_get:
                answer = _answer(url, await self._client.get(url, limit=0))
        except FetchError as error:
            return Answer.of_failure(error.failure, is_elsewhere=host_of(error.url) != host_of(url))
        return answer

    async def _head(self, url: str) -> Answer | None:
        try:
            return _answer(url, await self._client.head(url))
        except FetchError as error:
            if error.failure in _OF_HEAD:
                return None
            raise


def _answer(url: str, response: Response) -> Answer:
    answer = Answer.of_status(response.status)
    has_moved = answer.outcome is Outcome.FINE and response.is_moved and is_same_page(url, response.url)
    return replace(answer, moved=response.url) if has_moved else answer


def is_same_page(url: str, target: str) -> bool:
    """Tell whether a permanent redirect can lead to the page that a link meant.

    Sites that drop a page often send its readers to the home page, to a login or to a page that says so. What
    a server adds to the query may be meant for one visit.
    """
    old, new = urlsplit(url), urlsplit(target)
    names = new.path.strip("/").lower().split("/")
    is_dropped = (names == [""] and old.path.strip("/")) or any(_ELSEWHERE.search(name) for name in names)
    return url != target and not is_dropped and new.query in {"", old.query}
