"""Archived copies: the one nearest to the day of the post, not the newest, which may be somebody else's."""

from __future__ import annotations

import json
import re
from datetime import date
from urllib.parse import quote, urlencode

SERVICE = "https://web.archive.org"
LIMIT = 64 * 1024  # bytes of an answer
_TIMESTAMP = re.compile(r"[0-9]{14}")


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
