"""Images and files of an import: from a folder, over the network, or from `data:` addresses."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import warnings
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePath, PurePosixPath
from typing import TypeVar
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from PIL import Image

from postdocs.core.errors import PostdocsError
from postdocs.core.http.client import BlockingClient
from postdocs.core.http.failures import Failure, FetchError
from postdocs.importer import drawing_files
from postdocs.importer.assets import is_file_of_post, kind_of
from postdocs.importer.site_files import is_private_key, may_be_taken
from postdocs.importer.sources.archive import Files

_AnyPath = TypeVar("_AnyPath", bound=PurePath)
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_SUFFIXES = {
    "image/avif": "avif", "image/bmp": "bmp", "image/gif": "gif", "image/jpeg": "jpg", "image/jpg": "jpg",
    "image/pjpeg": "jpg", "image/png": "png", "image/svg+xml": "svg", "image/webp": "webp",
    "image/x-png": "png",
}  # fmt: skip
_RASTERS = {".jpeg": ".jpg", **{name: name for name in (".png", ".jpg", ".gif", ".webp", ".avif", ".bmp")}}
# With which their files begin; the reserved bytes of a bitmap are zero.
_SIGNS = {
    re.compile(rb"\x89PNG\r\n\x1a\n"): ".png",
    re.compile(rb"\xff\xd8\xff"): ".jpg",
    re.compile(rb"GIF8"): ".gif",
    re.compile(rb"RIFF.{4}WEBP", re.DOTALL): ".webp",
    re.compile(rb".{4}ftypavi[fs]", re.DOTALL): ".avif",
    re.compile(rb"BM.{4}\0{4}", re.DOTALL): ".bmp",
}
LARGEST = 50 * 2**20  # bytes of a picture
_AT_ONCE = 8


@dataclass(frozen=True)
class Picture:
    """What was had for an address: its bytes, or the reason why there are none.

    name: of its file, where the address says none, or one of another kind.
    """

    url: str
    data: bytes = b""
    reason: str = ""
    name: str = ""


def from_folder(folder: Path) -> Callable[[str], Picture]:
    """Return how pictures are found in a folder: the file whose path has most in common with the address."""
    nearest = _nearest(file for file in sorted(folder.rglob("*")) if file.is_file())

    def find(url: str) -> Picture:
        file = nearest(url)
        if file is None:
            return Picture(url, reason="it is not in the folder")
        return _of_file(url, file, file.read_bytes())

    return find


def from_export(files: Files, otherwise: Callable[[str], Picture] | None) -> Callable[[str], Picture] | None:
    """Return how pictures are found among the files of an export, as in a folder.

    otherwise: how those are found that it doesn't have; it is returned where the export has no pictures.
    """
    is_taken = may_be_taken if files.root else is_file_of_post
    paths = [PurePosixPath(path) for path in files.paths if is_taken(path)]
    if not paths:
        return otherwise
    nearest = _same(paths) if files.root else _nearest(paths)

    def find(url: str) -> Picture:
        path = nearest(url)
        if path is None:
            return otherwise(url) if otherwise else Picture(url, reason="it is not in the export")
        try:
            data = files.load(str(path))
        except PostdocsError as error:
            return Picture(url, reason=error.wrong)
        return _of_file(url, path, data)

    return find


def _of_file(url: str, path: PurePath, data: bytes) -> Picture:
    if is_private_key(data):
        return Picture(url, reason="it holds a private key")
    if drawing_files.is_one(path):
        return _drawing(url, data, path.name)
    return Picture(url, data, name=_of_its_kind(path, data))


def _of_its_kind(path: PurePath, data: bytes) -> str:
    """Return the name of a file with the suffix of what it holds; "" where it has that already."""
    said = _RASTERS.get(path.suffix.lower())
    held = _held(data)
    return f"{path.stem}{held}" if said and held and said != held else ""


def _held(data: bytes) -> str:
    """Return the suffix of the kind of a picture; "" for any other."""
    return next((suffix for sign, suffix in _SIGNS.items() if sign.match(data)), "")


def _nearest(files: Iterable[_AnyPath]) -> Callable[[str], _AnyPath | None]:
    """Return how the file is found whose path has most in common with an address, of those with its name."""
    by_name = _by_name(files)

    def nearest(url: str) -> _AnyPath | None:
        parts = PurePosixPath(_composed(unquote(urlsplit(url).path))).parts
        return max(
            by_name.get(parts[-1] if parts else "", ()),
            key=lambda file: _common(tuple(map(_composed, file.parts)), parts),
            default=None,
        )

    return nearest


def _by_name(files: Iterable[_AnyPath]) -> Mapping[str, Sequence[_AnyPath]]:
    by_name: dict[str, list[_AnyPath]] = {}
    for file in files:
        by_name.setdefault(_composed(file.name), []).append(file)
    return by_name


def _same(files: Iterable[_AnyPath]) -> Callable[[str], _AnyPath | None]:
    """Return how the file is found whose path an address ends with, or which alone ends with an address.

    On a site, another file of that name is another picture: posts have the like of `plot-1.png` each. Folders
    such as `_posts` are in no address.
    """
    by_name = _by_name(files)

    def same(url: str) -> _AnyPath | None:
        parts = PurePosixPath(_composed(unquote(urlsplit(url).path)).lstrip("/")).parts
        named = by_name.get(parts[-1] if parts else "", ())
        served = {file: [_composed(part) for part in file.parts if part[0] != "_"] for file in named}
        shared = {file: _common(tuple(own), parts) for file, own in served.items()}
        whole = [file for file, number in shared.items() if number == len(served[file])]
        ending = [file for file, number in shared.items() if number == len(parts)]
        return max(whole, key=lambda file: len(file.parts), default=None) or (
            ending[0] if len(ending) == 1 else None
        )

    return same


def _composed(name: str) -> str:
    """Return the form in which names are compared; macOS stores another one."""
    return unicodedata.normalize("NFC", name)


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
        what = kind_of(url)
        if kind in _PAGES or (kind.startswith("text/") and what == "a picture" and kind != "text/plain"):
            return Picture(url, reason=f"the server sent {kind}, not {what}")
        path = PurePosixPath(unquote(urlsplit(url).path))
        if kind == "image/svg+xml" or drawing_files.is_one(path):
            return _drawing(url, response.body, path.name)
        return Picture(url, response.body, name=_of_its_kind(path, response.body))

    return fetch


def embedded(url: str) -> Picture:
    """Return the picture that an address of the kind `data:` is itself (RFC 2397)."""
    head, _, content = url.partition(",")
    kind, *parameters = head[len("data:") :].lower().split(";")
    suffix = _SUFFIXES.get(kind.strip())
    if suffix is None:
        return Picture(url, reason=f"`{kind}` is no kind of picture")
    try:
        data = unquote_to_bytes(content)
        if "base64" in parameters:
            letters = re.sub(rb"[^A-Za-z0-9+/]", b"", data.translate(bytes.maketrans(b"-_", b"+/")))
            data = b64decode(letters + b"=" * (-len(letters) % 4))
    except ValueError:
        return Picture(url, reason="its data is cut off or damaged")
    if suffix == "svg":
        return _drawing(url, data, "")
    if not _is_picture(data):
        return Picture(url, reason="its data is cut off or damaged")
    return Picture(url, data, name=f"picture-{_digest(data)}.{suffix}")


def _drawing(url: str, data: bytes, name: str) -> Picture:
    """Return a drawing without what runs or loads anything. name: of its file; "" where it has none."""
    clean = drawing_files.clean(data)
    if not clean:
        return Picture(url, reason="it holds no drawing")
    if not name:
        return Picture(url, clean, name=f"drawing-{_digest(clean)}{drawing_files.SUFFIX}")
    file = PurePosixPath(name)
    is_plain = file.suffix.lower() == drawing_files.SUFFIX or not drawing_files.is_one(file)
    return Picture(url, clean, name="" if is_plain else f"{file.stem}{drawing_files.SUFFIX}")


def _is_picture(data: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data)) as image:
                image.load()
    except Exception:  # noqa: BLE001 - what broken files make of decoders is nowhere listed
        return False
    return True


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]


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
    files = {file.casefold(): data for file, data in taken.items()}  # some file systems know no case
    names = {}
    for picture in pictures:
        last = picture.name or PurePosixPath(unquote(urlsplit(picture.url).path)).name
        clean = re.sub(r"[^\w.\-]+", "-", _composed(last)).lstrip(".-")[-100:] or "picture"
        if files.get(clean.casefold(), picture.data) != picture.data:
            stem, dot, suffix = clean.rpartition(".")
            mark = _digest(picture.data)
            clean = f"{stem}-{mark}.{suffix}" if dot else f"{clean}-{mark}"
        files[clean.casefold()] = picture.data
        names[picture.url] = clean
    return names
