"""Headings at the end of articles: of comments, for instance, which a script puts below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bs4 import Tag
from bs4.element import PreformattedString

from postdocs.core.html import HEADINGS, HIDDEN
from postdocs.importer.sources.model import fold

_SHOWN = ["img", "svg", "video", "audio", "iframe", "object", "embed", "canvas", "math", "input"]


def heading_at_end(article: Tag) -> Tag | None:
    """Return the heading that an article ends with, if there is nothing below it."""
    texts = (
        text
        for text in article.find_all(string=True)[::-1]
        if text.strip()
        and not isinstance(text, PreformattedString)
        and text.find_parent(sorted(HIDDEN)) is None
    )
    last = next(texts, None)
    heading = last.find_parent(sorted(HEADINGS)) if last is not None else None
    if heading is None or article not in heading.parents:
        return None
    return None if any(article in shown.parents for shown in heading.find_all_next(_SHOWN)) else heading


def learn_endings(articles: Sequence[Tag], least: float) -> frozenset[str]:
    """Return what such headings say, of those that so many articles have."""
    headings = filter(None, map(heading_at_end, articles))
    said = Counter(fold(heading.get_text()) for heading in headings)
    return frozenset(text for text, number in said.items() if number >= least)
