"""Addresses of posts on Mastodon, and on servers that answer to its API."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

# https://docs.joinmastodon.org/methods/statuses/: ids are text. Mastodon, Pixelfed, GoToSocial; ActivityPub's
# own addresses of Mastodon; Pleroma and Akkoma.
_PATHS = (
    re.compile(r"/@[^/]+/(?:statuses/)?(?P<id>[0-9A-Za-z]+)/?"),
    re.compile(r"/users/[^/]+/statuses/(?P<id>[0-9A-Za-z]+)/?"),
    re.compile(r"/notice/(?P<id>[0-9A-Za-z]+)/?"),
)


@dataclass(frozen=True)
class Thread:
    """A post with replies. url: its address for readers. host: of the server. id: its name there."""

    url: str
    host: str
    id: str


def thread_of(url: str) -> Thread:
    """Return the post at an address, such as `https://mastodon.social/@ann/109372843234`.

    Raises ValueError if it is the address of something else.
    """
    parts = urlsplit(url)
    matches = (path.fullmatch(parts.path) for path in _PATHS)
    match = next((match for match in matches if match), None)
    if parts.scheme != "https" or not parts.hostname or parts.username is not None or match is None:
        raise ValueError(url)
    port = f":{parts.port}" if parts.port else ""
    return Thread(url, f"{parts.hostname}{port}", match["id"])
