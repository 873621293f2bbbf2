"""Lists of posts that show more of each than its title: what they say, other pages say too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from pathlib import PurePosixPath

from postdocs.importer.built.kinds import TERMS, Kind
from postdocs.importer.built.model import BuiltPage

_BREAK = re.compile(
    r"<(?:article|blockquote|br|dd|div|dt|h[1-6]|hr|li|p|section|small|td|th)\b[^>]*>", re.IGNORECASE
)
_TAG = re.compile(r"<[^>]*>")
_LEAD = 6  # words of a passage by which it is known again: the rest may be cut off
_MOST = 0.6  # of the words in passages: a list has few of its own, such as an introduction


def without_lists(pages: Sequence[BuiltPage]) -> list[BuiltPage]:
    """Mark pages as lists that are named as such, have no date, and repeat what is on other pages."""
    if not any(map(_may_be_list, pages)):
        return [*pages]
    passages = [[*_passages(page)] for page in pages]
    counts = Counter(key for each in passages for key in {key for key, _ in each})
    marked = []
    for page, each in zip(pages, passages, strict=True):
        repeated = sum(words for key, words in each if counts[key] > 1)
        is_list = _may_be_list(page) and repeated > _MOST * sum(words for _, words in each)
        marked.append(replace(page, kind=Kind.LIST, entry=None) if is_list else page)
    return marked


def _may_be_list(page: BuiltPage) -> bool:
    """Tell whether a page is `tag/x/`, `page/2/` or the like."""
    if page.entry is None or page.entry.published is not None:
        return False
    path = PurePosixPath(page.path)
    parts = [
        part.lower() for part in (path.parent if path.stem.lower() == "index" else path.with_suffix("")).parts
    ]
    folder, name = parts[-2:] if len(parts) > 1 else ("", "")
    return folder in TERMS or (folder == "page" and name.isdecimal())


def _passages(page: BuiltPage) -> Iterator[tuple[str, int]]:
    """Yield how each longer passage of an article begins, and how many words it has."""
    for part in _BREAK.split(page.entry.content if page.entry else ""):
        words = unescape(_TAG.sub("", part)).casefold().split()
        if len(words) > _LEAD:
            yield " ".join(words[:_LEAD]), len(words)
