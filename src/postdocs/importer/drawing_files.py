"""Files of drawings: SVG, plain or compressed (SVG 2, appendix M: `.svg` and `.svgz`)."""

from __future__ import annotations

import gzip
import zlib
from pathlib import PurePath
from typing import Final

from postdocs.importer.html.rendered import drawings

SUFFIX: Final = ".svg"
_SUFFIXES = frozenset({SUFFIX, ".svgz"})
_GZIP = b"\x1f\x8b"  # RFC 1952 §2.3.1
LARGEST: Final = 50 * 2**20  # bytes of one when it is unpacked


def is_one(path: PurePath) -> bool:
    """Tell by its name whether a file is a drawing."""
    return path.suffix.lower() in _SUFFIXES


def is_compressed(data: bytes) -> bool:
    """Tell whether a file is compressed, which few servers say of a drawing; without that, none is shown."""
    return data.startswith(_GZIP)


def clean(data: bytes) -> bytes:
    """Return a drawing, plain, without what runs or loads anything; empty where the file holds none."""
    if is_compressed(data):
        unpack = zlib.decompressobj(wbits=31)  # of gzip
        try:
            data = unpack.decompress(data, LARGEST)
        except zlib.error:
            return b""
        if not unpack.eof:  # cut off, or larger
            return b""
    source, _ = drawings.clean(data.decode("utf-8-sig", "replace"))
    return source.encode()


def clean_as_it_was(data: bytes) -> bytes:
    """Return a drawing like `clean`, compressed if it was."""
    plain = clean(data)
    return gzip.compress(plain, mtime=0) if is_compressed(data) else plain
