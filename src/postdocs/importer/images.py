"""Pictures come along: from a folder, or over the network when the user asks for it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from postdocs.core.http.client import BlockingClient
from postdocs.core.http.failures import Failure, FetchError

LARGEST = 50 * 2**20  # bytes of a picture
_AT_ONCE = 8


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


def from_network(client: BlockingClient) -> Callable[[str], Picture]:
    """Return how pictures are fetched."""

    def fetch(url: str) -> Picture:
        try:
            response = client.get(url, limit=LARGEST)
        except FetchError as error:
            too_large = f"it has more than {LARGEST // 2**20} MiB"
            return Picture(url, reason=too_large if error.failure is Failure.TOO_LARGE else str(error))
        if not response.is_success:
            return Picture(url, reason=f"the server answered {response.status}")
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind.startswith("text/"):
            return Picture(url, reason=f"the server sent {kind}, not a picture")
        return Picture(url, response.body)

    return fetch


def gather(
    urls: Iterable[str], find: Callable[[str], Picture], advance: Callable[[], object] = lambda: None
) -> dict[str, Picture]:
    """Get each picture once, several at a time. advance: called after each."""

    def one(url: str) -> Picture:
        picture = find(url)
        advance()
        return picture

    unique = sorted(set(urls))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return dict(zip(unique, pool.map(one, unique), strict=True))


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
