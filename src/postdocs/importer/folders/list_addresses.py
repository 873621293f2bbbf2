"""The lists that a generator makes of the posts of a blog: what of, and how many posts each has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from urllib.parse import quote

from postdocs.core.permalink import PATH_CHARACTERS
from postdocs.importer.entry import Entry, OldList

# A path from the root of a blog, and what is there; None for what is no list of posts.
Place = tuple[str, OldList | None]
FEED = re.compile(r"(?:feed|rss2?|atom|index)\.(?:xml|rss|atom|json)", re.IGNORECASE)  # names of files
KINDS = {"tag": "tags", "category": "categories", "author": "authors"}


class Posts:
    """The posts of a blog that its lists have."""

    def __init__(self, entries: Iterable[Entry], now: datetime) -> None:
        self._posts = [entry for entry in entries if not (entry.draft or entry.page or _is_later(entry, now))]
        self.number = len(self._posts)

    def labels(self, kind: str) -> Counter[str]:
        """Return how many posts each label of a kind has."""
        by_kind = {
            "tag": (entry.tags for entry in self._posts),
            "category": (entry.category for entry in self._posts),
            "author": (entry.authors for entry in self._posts),
        }
        return Counter(label for labels in by_kind[kind] for label in labels)

    def dates(self) -> Counter[datetime]:
        """Return how many posts each day has."""
        dates = (entry.published for entry in self._posts if entry.published)
        return Counter(datetime(date.year, date.month, date.day, tzinfo=UTC) for date in dates)


def _is_later(entry: Entry, now: datetime) -> bool:
    date = entry.published
    return date is not None and (date if date.tzinfo else date.replace(tzinfo=UTC)) > now


def pages(number: int, size: int) -> range:
    """Return the numbers of the pages after the first that a list of posts has. size: posts on each."""
    return range(2, -(-number // size) + 1 if size > 0 else 0)


def under(root: str, places: Iterable[Place]) -> dict[str, OldList | None]:
    """Return lists by their addresses. root: of the blog, without a slash at its end; "" is none."""
    found: dict[str, OldList | None] = {}
    for path, one in places if root else ():
        found.setdefault(f"{root}/{quote(without_index(path), safe=f'{PATH_CHARACTERS}%')}", one)
    return found


def without_index(path: str) -> str:
    """Return the path of a page from the root of a blog, where `index.html` is that of its folder."""
    path = path.lstrip("/")
    return path.removesuffix("index.html") if f"/{path}".endswith("/index.html") else path


def periods(date: datetime) -> Iterator[tuple[str, str]]:
    """Yield the year, month and day of a date as the folders of many archives have them."""
    yield from (("year", f"{date:%Y}"), ("month", f"{date:%Y/%m}"), ("day", f"{date:%Y/%m/%d}"))
