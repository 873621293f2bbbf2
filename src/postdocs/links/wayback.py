"""Archived copies: the one nearest to the day of the post, not the newest, which may be somebody else's."""

from __future__ import annotations

import json
import re
from datetime import date
from urllib.parse import quote, urlencode

from postdocs.core.http.address import host_of
from postdocs.core.http.client import Client
from postdocs.core.http.failures import FetchError
from postdocs.core.http.throttle import HostThrottle

SERVICE = "https://web.archive.org"
LIMIT = 64 * 1024  # bytes of an answer
_TIMESTAMP = re.compile(r"[0-9]{14}")
_PATIENCE = 4  # look-ups that fail one after another before the archive is left alone


class ArchiveError(Exception):
    """The archive said nothing of a link; the text says why."""


class Archive:
    """A web archive that is asked for copies, more slowly after each answer that it fails to give.

    service: its address. pause: seconds after the first failure, doubled after each that follows.
    """

    def __init__(self, client: Client, throttle: HostThrottle, service: str, pause: float) -> None:
        self._client = client
        self._throttle = throttle
        self._service = service
        self._pause = pause
        self._failures = 0

    @property
    def is_tired(self) -> bool:
        """Whether so many look-ups failed in a row that the others would too."""
        return self._failures >= _PATIENCE

    async def copy_of(self, url: str, day: date) -> str | None:
        """Return the address of the copy that is nearest to a day, or None if there is no copy.

        Raises
        ------
        ArchiveError
            It can't be said.

        """
        try:
            copy = await self._copy_of(url, day)
        except ArchiveError:
            self._throttle.leave_alone(host_of(self._service), self._pause * 2**self._failures)
            self._failures += 1
            raise
        self._failures = 0
        return copy

    async def _copy_of(self, url: str, day: date) -> str | None:
        try:
            response = await self._client.get(query(url, day, self._service), limit=LIMIT)
        except FetchError as error:
            raise ArchiveError(f"the archive failed ({error.failure})") from None
        if response.is_busy:
            raise ArchiveError(f"the archive is busy ({response.status})")
        try:
            return read(response.body, self._service) if response.is_success else None
        except ValueError:
            raise ArchiveError("the archive's answer can't be read") from None


def query(url: str, day: date, service: str = SERVICE) -> str:
    """Return the address that tells which good copy of a link is nearest to a day.

    The archive's CDX server answers with a table of one line; see "CDX Server API", beside its source.
    """
    parameters = {
        "url": url,
        "output": "json",
        "fl": "timestamp,original",
        "filter": "statuscode:200",
        "closest": f"{day:%Y%m%d}",
        "sort": "closest",
        "limit": "1",
    }
    return f"{service}/cdx/search/cdx?{urlencode(parameters)}"


def read(body: bytes, service: str = SERVICE) -> str | None:
    """Return the address of the copy that an answer names, or None where there is none.

    Raises
    ------
    ValueError
        It is not such an answer.

    """
    rows = json.loads(body or b"[]")
    if not isinstance(rows, list):
        raise ValueError("it is not a table")  # noqa: TRY004 - callers know one kind of error
    if len(rows) < 2:  # noqa: PLR2004 - the first holds names
        return None
    timestamp, original = map(str, rows[1])
    if not _TIMESTAMP.fullmatch(timestamp):
        raise ValueError("it has no time")
    # In Markdown and in HTML an address ends at these.
    return f"{service}/web/{timestamp}/{quote(original, safe='%/:?&=#+,;@!$*~[]')}"
