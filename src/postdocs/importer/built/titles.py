"""The name of a site in the titles of its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set

from postdocs.core.html import HEADINGS
from postdocs.importer.sources.page_facts import Page

_SEPARATOR = re.compile(r"\s+[^\w\s]{1,3}\s+")
# What can be within a title as well: colons, and bars, dashes, and quotes without spaces around them.
_LOOSE = re.compile(r"\s*(?:[|/_\u00b7\u2022\u00ab\u00bb\u2039\u203a~\u2013\u2014\uff1a\uff5c]|::?)\s*")
_LETTERS = re.compile(r"[\W_]+")
_LONGEST = 500  # characters of a title that is compared
_MOST = 0.8  # of the pages that were compared


def without_name(title: str, names: Set[str]) -> str:
    """Return a title without the name of the site at its end, or else at its beginning."""
    for mark in _SEPARATOR.finditer(title):
        if title[mark.end() :] in names:
            return title[: mark.start()]
    ends = [mark.end() for mark in _SEPARATOR.finditer(title) if title[: mark.start()] in names]
    return title[max(ends, default=0) :]


def affixes(pages: Sequence[Page]) -> tuple[str, str]:
    """Return what nearly all titles begin and end with, the separator included."""
    heads: Counter[str] = Counter()
    tails: Counter[str] = Counter()
    for page in pages:
        title = page.head_title
        if len(title) > _LONGEST:
            continue
        clear = list(_SEPARATOR.finditer(title))
        heads.update({title[: mark.end()] for mark in clear} | _loose_heads(page))
        tails.update({title[mark.start() :] for mark in clear} | _loose_tails(page))
    least = max(3, _MOST * len(pages))
    prefix = max((head for head in heads if heads[head] >= least), key=len, default="")
    suffix = max((tail for tail in tails if tails[tail] >= least), key=len, default="")
    return (prefix, "") if len(prefix) > len(suffix) else ("", suffix)


def _loose_heads(page: Page) -> set[str]:
    """Return the beginnings of a title up to a loose mark, after which the text of a heading follows."""
    title, headings = page.head_title, _headings(page)
    return {
        title[: mark.end()]
        for mark in _LOOSE.finditer(title)
        if letters(title[mark.end() :]) in headings and mark.start()
    }


def _loose_tails(page: Page) -> set[str]:
    """Return the ends of a title from a loose mark on, before which the text of a heading stands."""
    title, headings = page.head_title, _headings(page)
    return {
        title[mark.start() :]
        for mark in _LOOSE.finditer(title)
        if letters(title[: mark.start()]) in headings and mark.end() < len(title)
    }


def _headings(page: Page) -> set[str]:
    texts = (letters(heading.get_text()) for heading in page.soup.find_all(sorted(HEADINGS)))
    return {text for text in texts if text}


def letters(text: str) -> str:
    """Return the letters and digits of a text alone, in lower case, by which it is known again."""
    return _LETTERS.sub("", text).casefold()
