"""What a page says of its post beyond its metadata: in the parts of its theme, and in its address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import unquote, urlsplit

from bs4 import Tag

from postdocs.importer.entry import Entry
from postdocs.importer.html.dom import attribute
from postdocs.importer.html.select import matches, select
from postdocs.importer.sources import dates
from postdocs.importer.sources.model import fold
from postdocs.importer.sources.page_facts import CATEGORY

_TAGS = frozenset({"tag", "tags", "topic", "topics", "label", "labels", "keyword", "keywords"})
_CATEGORIES = frozenset({"category", "categories", "cat", "section"})
_AUTHORS = frozenset({"author", "authors", "people", "contributors"})
_LABELS = _TAGS | _CATEGORIES | _AUTHORS
_BYLINES = (
    "[itemprop~=author] [itemprop~=name], [itemprop~=author], .avatar [itemprop~=name], .author .fn, "
    ".vcard .fn, .author-name, .p-author, .post-author, .wp-block-post-author-name, "
    ".wp-block-post-author__name, .byline-name"
)
_MARKED = "a.post-tag, a.tag, .md-tag, .quarto-category, .dt-tag, .post-tags a, .tags a, .tag-list a"
# Where themes of Sphinx and MkDocs, Quarto, and Distill say something of a post outside of its article.
BESIDE = ".ablog__postcard, .postinfo, .md-sidebar--post, .quarto-title-block, .dt-tags"
_MOST = 6  # words of a label
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WRITTEN = re.compile(
    rf"(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<day_>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month_>{_MONTH}),?\s+(?P<year_>\d{{4}})"
    r"|(?<!\d)(?P<iso>\d{4}[-/.]\d{2}[-/.]\d{2})(?!\d)",
    re.IGNORECASE,
)
_NO_YEAR = 1  # of the date that Go, and so Hugo, shows where there is none
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})(?!\d)")


def is_near_article(tag: Tag) -> bool:
    """Tell whether an element is where themes say something of the post, rather than of the site."""
    return any(matches(one, f"article, main, [role=main], {BESIDE}") for one in (tag, *tag.parents))


def tells(part: Tag) -> bool:
    """Tell whether a part of a theme names a date, an author, or a label."""
    return any(map(_is_fact, (part, *part.find_all(True)))) or bool(_selected(part, f"{_MARKED}, {_BYLINES}"))


def _selected(part: Tag, selector: str) -> list[Tag]:
    """Return what is selected in a part, which may be itself."""
    return [*([part] if matches(part, selector) else ()), *select(part, selector)]


def _is_fact(tag: Tag) -> bool:
    if tag.name == "a":
        return bool(_LABELS & _folders(attribute(tag, "href"))) or _is_tag(tag)
    return tag.name in {"time", "abbr"}


def _is_tag(link: Tag) -> bool:
    return "tag" in link.get_attribute_list("rel")


def labels_in(parts: Iterable[Tag]) -> tuple[list[str], list[str]]:
    """Return the categories and tags that parts of a theme link to, by where the links lead."""
    categories: list[str] = []
    tags: list[str] = []
    for part in parts:
        marked = {id(tag) for tag in _selected(part, _MARKED)}
        in_category = {id(tag) for tag in _selected(part, CATEGORY)}
        for link in _selected(part, "a[href], span.md-tag, div.quarto-category, div.dt-tag"):
            text = fold(link.get_text()).lstrip("#").strip()
            folders = _folders(attribute(link, "href"))
            if not text or len(text.split()) > _MOST:
                continue
            is_category = id(link) in in_category
            if is_category or (_CATEGORIES & folders and not _is_tag(link)):
                categories.append(text)
            elif _is_tag(link) or _TAGS & folders or id(link) in marked:
                tags.append(text)
    return list(dict.fromkeys(categories)), list(dict.fromkeys(tags))


def _folders(href: str) -> frozenset[str]:
    """Return the names of the folders that an address goes through, in lower case."""
    try:
        parts = unquote(urlsplit(href).path).rstrip("/").lower().split("/")
    except ValueError:
        return frozenset()
    return frozenset(parts[:-1])


def authors_in(parts: Iterable[Tag]) -> tuple[str, ...]:
    """Return the names that parts of a theme mark as those of authors, or link to the pages of authors."""
    names: list[str] = []
    for part in parts:
        links = [a for a in _selected(part, "a[href]") if _AUTHORS & _folders(attribute(a, "href"))]
        marked = links or _selected(part, _BYLINES)
        outer = {id(parent) for tag in marked for parent in tag.parents}
        inner = [tag for tag in marked if id(tag) not in outer]
        names += [name for tag in inner if 0 < len((name := fold(tag.get_text())).split()) <= _MOST]
    return tuple(dict.fromkeys(names))


def subtitle_in(parts: Iterable[Tag]) -> str:
    """Return the subtitle that a part of a theme shows; "" where none does."""
    found = (tag for part in parts for tag in _selected(part, ".quarto-title-block .subtitle"))
    return next((fold(tag.get_text()) for tag in found), "")


def date_in(parts: Sequence[Tag]) -> datetime | None:
    """Return the date that parts of a theme show or hide in attributes, as people write it."""
    for part in parts:
        for tag in (part, *part.find_all(["time", "abbr", "span", "p", "div", "li"])):
            for name in ("datetime", "title", "content"):
                value = attribute(tag, name)
                if not dates.is_none(value) and (date := dates.parse(value)):
                    return date
    for part in parts:
        if match := _WRITTEN.search(fold(part.get_text(" "))):
            date = _written(match)
            return None if date is None or date.year == _NO_YEAR else date
    return None


def _written(match: re.Match[str]) -> datetime | None:
    if match["iso"]:
        return dates.parse(re.sub(r"[/.]", "-", match["iso"]))
    month = (match["month"] or match["month_"])[:3]
    return dates.parse(f"{match['day'] or match['day_']} {month} {match['year'] or match['year_']} 00:00:00")


def date_of_address(url: str) -> datetime | None:
    """Return the day that an address names, as `/2019/12/04/` does."""
    match = _IN_ADDRESS.search(urlsplit(url).path)
    return dates.parse(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}") if match else None


def date_in_feed(feed: Entry | None, in_address: datetime | None) -> datetime | None:
    """Return when a post was published, as the entry of a feed says.

    in_address: the day that its address names. An entry that names only a day, and another one, has that of
    the last change, as those of generators for Org mode do.
    """
    published = feed.published if feed else None
    if published is None or published.tzinfo is not None or in_address is None:
        return published
    return published if published.date() == in_address.date() else None


def surest(*found: datetime | None) -> datetime | None:
    """Return the first date that names an instant, else the first; days are no instants."""
    given = [date for date in found if date is not None]
    return next((date for date in given if date.tzinfo is not None), next(iter(given), None))
