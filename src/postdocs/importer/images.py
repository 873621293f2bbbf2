"""Pictures come along: from a folder, or over the network when the user asks for it."""

from __future__ import annotations

import hashlib
import re
import socket
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import httpx

from postdocs.core import network

LARGEST = 50 * 2**20  # bytes of a picture
_TRIES = 3
_AT_ONCE = 8
_TIMEOUT = httpx.Timeout(20)


@dataclass(frozen=True)
class Picture:
    """What was had for the address of a picture: its bytes, or the reason why there are none."""

    url: str
    data: bytes = b""
    reason: str = ""


def from_folder(folder: Path) -> Callable[[str], Picture]:
    """Return how pictures are found in a folder: the file whose path has most in common with the address."""
    by_name: dict[str, list[Path]] = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            by_name.setdefault(file.name, []).append(file)

    def find(url: str) -> Picture:
        parts = PurePosixPath(unquote(urlsplit(url).path)).parts
        candidates = by_name.get(parts[-1] if parts else "", [])
        if not candidates:
            return Picture(url, reason="it is not in the folder")
        best = max(candidates, key=lambda file: _common(file.parts, parts))
        return Picture(url, best.read_bytes())

    return find


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Count the parts that two paths share at their ends."""
    number = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        number += 1
    return number


def from_network(client: httpx.Client, is_allowed: Callable[[str], bool]) -> Callable[[str], Picture]:
    """Return how pictures are fetched. is_allowed: tells whether a host may be asked."""

    def fetch(url: str) -> Picture:
        reason = "it could not be had"
        for _ in range(_TRIES):
            try:
                return _get(client, url, is_allowed)
            except httpx.HTTPStatusError as error:
                reason = f"the server answered {error.response.status_code}"
                if error.response.status_code < 500:  # noqa: PLR2004 - RFC 9110 §15.6: the server's own trouble
                    break
            except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
                reason = str(error) or type(error).__name__
        return Picture(url, reason=reason)

    return fetch


def _get(client: httpx.Client, url: str, is_allowed: Callable[[str], bool]) -> Picture:
    for _ in range(5):
        if not is_allowed(urlsplit(url).hostname or ""):
            return Picture(url, reason="its host is in a private network")
        with client.stream("GET", url, timeout=_TIMEOUT, follow_redirects=False) as response:
            if response.is_redirect and response.next_request:
                url = str(response.next_request.url)
                continue
            response.raise_for_status()
            kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind.startswith("text/"):
                return Picture(url, reason=f"the server sent {kind}, not a picture")
            data = bytearray()
            for chunk in response.iter_bytes():
                data += chunk
                if len(data) > LARGEST:
                    return Picture(url, reason=f"it has more than {LARGEST // 2**20} MiB")
            return Picture(url, bytes(data))
    return Picture(url, reason="it redirects too often")


def is_public(host: str) -> bool:
    """Tell whether all addresses of a host are reachable from everywhere (RFC 6890)."""
    try:
        found = socket.getaddrinfo(host, None)
    except (OSError, UnicodeError):
        return True  # asking will say why
    return all(network.is_public(str(address[4][0])) for address in found)


def gather(
    urls: Iterable[str], find: Callable[[str], Picture], tick: Callable[[], object] = lambda: None
) -> dict[str, Picture]:
    """Get each picture once, several at a time. tick: called after each."""

    def one(url: str) -> Picture:
        picture = find(url)
        tick()
        return picture

    wanted = sorted(set(urls))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return dict(zip(wanted, pool.map(one, wanted), strict=True))


def name(pictures: Iterable[Picture], taken: Mapping[str, bytes]) -> dict[str, str]:
    """Choose a file name for each picture of a folder: that of its address, with a hash where names collide.

    taken: files of the folder that are there already, by name.
    """
    files = dict(taken)
    names = {}
    for picture in pictures:
        last = PurePosixPath(unquote(urlsplit(picture.url).path)).name
        clean = re.sub(r"[^\w.\-]+", "-", last).lstrip(".-")[-100:] or "picture"
        if files.get(clean, picture.data) != picture.data:
            stem, dot, suffix = clean.rpartition(".")
            mark = hashlib.sha256(picture.data).hexdigest()[:8]
            clean = f"{stem}-{mark}.{suffix}" if dot else f"{clean}-{mark}"
        files[clean] = picture.data
        names[picture.url] = clean
    return names
