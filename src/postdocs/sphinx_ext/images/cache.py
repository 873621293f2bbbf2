"""A cache of facts about images and of their copies, kept between builds."""

from __future__ import annotations

import hashlib
import json
import os
import struct
import warnings
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sphinx.util.display import status_iterator

from postdocs.core.files import write_bytes
from postdocs.sphinx_ext.images.copies import CACHE_KEY, WIDTHS, copies
from postdocs.sphinx_ext.images.files import ImageInfo, image_info, suffixes

_INDEX = "index.json"


@dataclass(frozen=True)
class Picture:
    """A picture and its copies.

    copies: pairs of a width in pixels and a file of the library, the widest first; "" is the picture itself.
    """

    info: ImageInfo
    copies: tuple[tuple[int, str], ...] = ()


class ImageCache:
    """A folder of copies.

    A file whose path, time and size are those of the build before is the same; one that holds the same is
    not converted again, wherever it is. widths: of the copies, in pixels, the smallest first.
    """

    def __init__(self, folder: Path, widths: Sequence[int] = WIDTHS) -> None:
        self.folder = folder
        self._widths = widths
        self._recipe = [*CACHE_KEY, *widths]
        self._stamps: dict[str, list[object]] = {}  # by path: time, size and digest
        self._known: dict[str, Picture] = {}
        with suppress(OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            self._load()

    def _load(self) -> None:
        """Load the index; where it is damaged, that ends in some error, and nothing is known."""
        index = json.loads((self.folder / _INDEX).read_text(encoding="utf-8"))
        if index["recipe"] == self._recipe:
            known = {digest: _picture(data) for digest, data in index["pictures"].items()}
            self._stamps, self._known = {**index["stamps"]}, known

    def pictures(self, paths: Mapping[str, Path], workers: int) -> dict[str, Picture]:
        """Return the pictures among files, by name; make the copies that are not there, and drop all others.

        paths: by name. workers: how many pictures are converted at a time.
        """
        files = {name: path for name, path in paths.items() if path.suffix.lower() in suffixes()}
        stamps = {name: self._stamp(name, path) for name, path in files.items() if path.is_file()}
        digests = {name: str(stamp[-1]) for name, stamp in stamps.items()}
        try:
            self._look_at({digest: files[name] for name, digest in digests.items()}, workers)
        finally:
            self._stamps = stamps
            used = {*digests.values()}
            self._known = {digest: picture for digest, picture in self._known.items() if digest in used}
            self._save()
        return {name: self._known[digest] for name, digest in digests.items()}

    def _stamp(self, name: str, path: Path) -> list[object]:
        status = path.stat()
        seen = [status.st_mtime_ns, status.st_size]
        before = self._stamps.get(name, [])
        if before[:-1] == seen:
            return before
        content = hashlib.sha256(path.suffix.lower().encode() + b"\0" + path.read_bytes())
        return [*seen, content.hexdigest()[:32]]

    def _look_at(self, files: Mapping[str, Path], workers: int) -> None:
        """Look at the files, by digest, that are not known."""
        looks = {digest: image_info(path) for digest, path in sorted(files.items()) if not self._has(digest)}
        if not looks:
            return
        with warnings.catch_warnings(), ThreadPoolExecutor(max(1, workers)) as pool:
            warnings.simplefilter("ignore")  # what Pillow has to say of odd files
            pictures = pool.map(lambda digest: self._make(digest, files[digest], looks[digest]), looks)
            pairs = zip(looks, pictures, strict=True)
            told = status_iterator(
                pairs,
                "looking at pictures... ",
                length=len(looks),
                stringify_func=lambda pair: files[pair[0]].name,
            )
            for digest, picture in told:
                self._known[digest] = picture

    def _has(self, digest: str) -> bool:
        picture = self._known.get(digest)
        return picture is not None and all(
            _is_whole(self.folder / file) for _, file in picture.copies if file
        )

    def _make(self, digest: str, path: Path, seen: ImageInfo) -> Picture:
        if not seen.can_be_smaller:
            return Picture(seen)
        try:
            copies_by_width = copies(path, seen.width, is_photo=seen.is_photo, widths=self._widths)
        except Exception:  # noqa: BLE001 - what broken files make of decoders is nowhere listed
            return Picture(replace(seen, problem="is cut off or damaged; put it there again"))
        files = {width: f"{digest}-{width}.webp" if data else "" for width, data in copies_by_width.items()}
        for width, data in copies_by_width.items():
            if data:
                write_bytes(self.folder / files[width], data)
        return Picture(seen, tuple(files.items()))

    def _save(self) -> None:
        """Write the index, and remove the copies that are not in it."""
        pictures = {digest: asdict(picture) for digest, picture in self._known.items()}
        index = {"recipe": self._recipe, "stamps": self._stamps, "pictures": pictures}
        write_bytes(self.folder / _INDEX, json.dumps(index, sort_keys=True).encode())
        kept = {_INDEX, *(file for picture in self._known.values() for _, file in picture.copies)}
        for path in self.folder.iterdir():
            if path.name not in kept:
                path.unlink()


def _picture(data: Mapping[str, Any]) -> Picture:
    return Picture(ImageInfo(**data["info"]), tuple((width, file) for width, file in data["copies"]))


def _is_whole(file: Path) -> bool:
    """Tell whether a copy is there, and as long as it says (RFC 9649 §2.4)."""
    try:
        with file.open("rb") as opened:
            tag, size, kind = struct.unpack("<4sI4s", opened.read(12))
            return (tag, kind) == (b"RIFF", b"WEBP") and size + 8 == os.fstat(opened.fileno()).st_size
    except (OSError, struct.error):
        return False
