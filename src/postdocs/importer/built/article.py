"""The article on a page of a built site, its title, and what the theme says around it."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from postdocs.core.html import HEADINGS
from postdocs.importer.built.template import Template
from postdocs.importer.html.select import matches, select, select_one
from postdocs.importer.sources.article import ARTICLES, SUREST, heading_of
from postdocs.importer.sources.model import fold
from postdocs.importer.sources.page_facts import Page, title_of
from postdocs.importer.sources.text import plain

_AROUND = "nav, header, footer, aside, form, script, style, template, noscript"
_MAIN = ("main", "[role=main]")  # of which a page has one (HTML Living Standard §4.4.14)
_LEAST = 0.5  # of the words of a page outside of its frame; a smaller part is a teaser beside the article
_FEWEST = 30  # words of a text that shows where an article begins and ends
_EDGE = 40  # letters of its beginning and its end
_WORDS = re.compile(r"[\W_]+")


def container_of(soup: BeautifulSoup) -> Tag | None:
    """Return the element that holds the article, by the marks of HTML, schema.org, microformats and themes.

    The body is returned where nothing marks it.
    """
    return _marked(soup.body) if soup.body is not None else None


def _marked(body: Tag) -> Tag:
    total = _length(body) - sum(map(_length, _outer(body)))
    marked = select(body, ", ".join(ARTICLES))
    for selector in ARTICLES:
        candidates = [tag for tag in marked if matches(tag, selector)]
        longest = max(candidates, key=_length, default=None)
        is_sure = selector in SUREST or selector in _MAIN
        is_only = len(candidates) == 1 and (is_sure or candidates[0].find("h1") is not None)
        if longest is not None and (is_only or _length(longest) >= _LEAST * total):
            return longest
    return body


def _outer(body: Tag) -> list[Tag]:
    """Return the frame of a page: parts that hold no article."""
    parts = [tag for tag in select(body, _AROUND) if tag.find(["article", "main"]) is None]
    inner = {id(tag) for part in parts for tag in part.find_all(True)}
    return [part for part in parts if id(part) not in inner]


def _length(tag: Tag) -> int:
    return len(tag.get_text(" ", strip=True))


def narrowed(tag: Tag, stated: str) -> Tag:
    """Return the innermost element in a container that holds a text.

    stated: the HTML or text of the article, as a feed or JSON-LD has it, "" where none does.
    """
    text = plain(stated)
    letters = _letters(text)
    if len(text.split()) < _FEWEST or len(letters) < _LEAST * len(_letters(tag.get_text(" "))):
        return tag  # a summary, which may stand anywhere in an article
    start, end = letters[:_EDGE], letters[-_EDGE:]
    while True:
        inner = next(
            (
                child
                for child in tag.find_all(["div", "section", "article", "main"], recursive=False)
                if start in (held := _letters(child.get_text(" "))) and end in held
            ),
            None,
        )
        if inner is None:
            return tag
        tag = inner


def _letters(text: str) -> str:
    return _WORDS.sub("", text).casefold()


def title_on(page: Page, body: Tag, template: Template) -> tuple[Tag | None, str]:
    """Return the heading that is the title, if there is one, and the title without the name of the site."""
    marked = select_one(
        page.soup,
        "[itemprop~=headline], .h-entry .p-name, .entry-title, .post-title, .d-title h1, d-title h1",
    )
    stated = [
        fold(headline) if isinstance(headline := page.linked.get("headline"), str) else "",
        fold(marked.get_text()) if marked else "",
        template.title(page.said("og:title", "twitter:title"), page.site_names),
        template.title(page.head_title, page.site_names),
    ]
    keys = [_letters(text) for text in stated if _letters(text)]
    for heading in page.soup.find_all(sorted(HEADINGS)):
        if _letters(_heading_text(heading)) in keys:
            return heading, title_of(page, heading)
    title = next(filter(None, stated), "")
    first = None if title else heading_of(page, body)
    return (first, title_of(page, first)) if first is not None else (None, title)


def _heading_text(heading: Tag) -> str:
    marks = {id(mark) for mark in select(heading, "a.headerlink, a.anchor, .header-anchor")}
    texts = (
        text
        for text in heading.find_all(string=True)
        if not any(id(parent) in marks for parent in text.parents)
    )
    return "".join(texts)
