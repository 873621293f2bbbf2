"""The inventory that Sphinx writes beside a site, version 2: the document of each page."""

from __future__ import annotations

import re
import zlib

_HEAD = b"# Sphinx inventory version 2\n"
_HEAD_LINES = 4
_LARGEST = 50 * 2**20  # bytes, unpacked; that of CPython has three million
# Name, domain and role, priority, address, title; `$` at the end of the address stands for the name.
_DOCUMENT = re.compile(r"^(.+?) std:doc -?\d+ (\S*) .*$", re.MULTILINE)


def pages_in(inventory: bytes) -> list[tuple[str, str]]:
    """Return the documents of a site, each with the address of its page from the root of the site.

    Raises
    ------
    ValueError
        It is no such inventory.

    """
    if not inventory.startswith(_HEAD):
        raise ValueError("it is no inventory of Sphinx")
    packed = inventory.split(b"\n", _HEAD_LINES)[-1]
    try:
        text = zlib.decompressobj().decompress(packed, _LARGEST).decode("utf-8", "replace")
    except zlib.error as error:
        raise ValueError(str(error)) from None
    return [
        (name, f"{uri[:-1]}{name}" if uri.endswith("$") else uri) for name, uri in _DOCUMENT.findall(text)
    ]
