"""The addresses that an author gave to files which a generator copies to another place, as Sphinx does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from urllib.parse import urljoin

from postdocs.importer.assets import is_file_of_post
from postdocs.importer.entry import Entry
from postdocs.importer.images import Picture

_ADDRESS = re.compile(r"(?P<before>\b(?:src|href|poster)=\")(?P<value>[^\"]+)(?=\")")
Find = Callable[[str], Picture]


def with_own_addresses(entry: Entry, page: Entry, source: Find, built: Find) -> str:
    """Return the content of a built page with the addresses of the source for files that are the same.

    source, built: find the files of the source, and of the built site, by their addresses.
    """
    stated = dict.fromkeys(_addresses(entry))
    by_data: dict[bytes, str] = {}

    def address(match: re.Match[str]) -> str:
        url = _absolute(match["value"], page)
        if url in stated or not is_file_of_post(url):
            return match[0]
        if not by_data:
            by_data.update({picture.data: one for one in stated if (picture := source(one)).data})
        same = by_data.get(built(url).data)
        return match[0] if same is None else match["before"] + escape(same)

    return _ADDRESS.sub(address, page.content) if stated else page.content


def _addresses(entry: Entry) -> Iterator[str]:
    """Yield the addresses of the files that the content of an entry shows or links to."""
    addresses = (_absolute(match["value"], entry) for match in _ADDRESS.finditer(entry.content))
    yield from filter(is_file_of_post, addresses)


def _absolute(value: str, entry: Entry) -> str:
    try:
        return urljoin(entry.base or entry.url or "", unescape(value))
    except ValueError:
        return value
