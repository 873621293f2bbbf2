"""What a page of a built site is: the page of a post, another page, a list, or none of the blog's."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import PurePosixPath
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from postdocs.core.html import HEADINGS
from postdocs.core.word_count import count_words
from postdocs.importer.built.languages import without_folder
from postdocs.importer.html.dom import attribute

# The folders of lists of posts by what they have in common.
TERMS = frozenset({
    "tag", "tags", "category", "categories", "author", "authors", "topic", "topics", "label", "labels",
    "series",
})  # fmt: skip
_LISTS = TERMS | {"archive", "archives", "page", "posts", "blog", "drafts", "years"}
_SITE = re.compile(
    r"(?:[45]\d\d|search(?:-?results?)?|offline|genindex(?:-.*)?|(?:py-)?modindex|tipuesearch|google[\da-f]{8,}"
    r"|not[-_]?found|error)$",
    re.IGNORECASE,
)
_REFRESH = re.compile(r"\s*\d*\.?\d*\s*[;,]\s*url\s*=\s*['\"]?(?P<url>[^'\"]+)", re.IGNORECASE)
_HEADINGS = sorted(HEADINGS)
_UNSEEN = ["noscript", "script", "style", "template"]  # whose words are no reader's
_MANY_LINKS = 0.6  # of the words of a page: what leads to other pages of the site is nearly all that it has
_SOME_LINKS = 0.3  # where the address says that it is a list


class Kind(StrEnum):
    """What became of a page, in the words of the report."""

    ARTICLE = "article"
    LIST = "a list of posts"
    REDIRECT = "a redirect"
    OF_SITE = "a page of the site itself, such as its search"
    EMPTY = "a page without an article"
    FOREIGN = "a page outside of the blog's template"
    COPY = "a second copy of a page"
    UNREADABLE = "a page that can't be read"


def target_of(soup: BeautifulSoup, url: str) -> str | None:
    """Return the address that a page leads on to by itself (HTML Living Standard §4.2.5.3), else None."""
    for tag in soup.find_all("meta", content=True):
        match = _REFRESH.match(attribute(tag, "content"))
        if match and attribute(tag, "http-equiv").lower() == "refresh":
            try:
                return urljoin(url, str(match["url"]).strip())
            except ValueError:
                return None
    return None


def is_of_site(path: str) -> bool:
    """Tell whether the name of a page is that of an error, a search or an index."""
    name = PurePosixPath(path)
    stem = name.parent.name if name.stem.lower() == "index" else name.stem
    return _SITE.match(stem) is not None


def lists_pages(body: Tag, path: str, leads_on: Callable[[str], bool]) -> bool:
    """Tell whether nearly all words of a page are links to other pages of the site.

    leads_on: tells whether the value of a link leads to another page of the site.
    """
    hidden = (text for tag in body.find_all(_UNSEEN) for text in tag.find_all(string=True))
    # What bs4 has a class of its own for, as it may have for scripts, is no text to it either.
    unseen = (count_words(text) for text in hidden if type(text) is NavigableString)
    words = _words(body) - sum(unseen)
    links = [link for link in body.find_all("a", href=True) if leads_on(attribute(link, "href"))]
    outer = [link for link in links if _words(link)]
    linked = sum(map(_words, outer))
    if len(outer) > 1 and linked >= _MANY_LINKS * words:
        return True
    if not is_named_list(path):
        return False
    others = words - sum(map(_words, body.find_all(_HEADINGS))) - _numbers(body)
    return not words or linked >= _SOME_LINKS * max(others, 0)


def is_named_list(path: str) -> bool:
    """Tell whether a path is that of a list: of the home page, `tags/x/`, `page/2/`, `archive/`, `2019/`.

    Or of one in the folder of a language.
    """
    parts = [part.lower() for part in PurePosixPath(without_folder(path)).with_suffix("").parts]
    parts = [part for part in parts if not re.fullmatch(r"index\d*|\d{1,4}", part)]
    return not parts or bool(_LISTS.intersection(re.sub(r"\d+$", "", part) for part in parts[-2:]))


def _numbers(tag: Tag) -> int:
    """Return how many words are only numbers, as those of posts and of dates."""
    return sum(re.fullmatch(r"[\W\d_]+", word) is not None for word in tag.get_text(" ").split())


def _words(tag: Tag) -> float:
    return count_words(tag.get_text(" "))
