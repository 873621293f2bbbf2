"""The metadata of a saved page: meta elements, JSON-LD, and microformats."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning
from bs4.element import Script

from postdocs.importer.entry import Note
from postdocs.importer.html.select import matches, select, select_one
from postdocs.importer.sources.model import absolute, fold, is_web, read_date

_ARTICLES = frozenset({"Article", "BlogPosting", "NewsArticle", "TechArticle", "ScholarlyArticle", "Report"})
CATEGORY = "a[rel~=category], .taxonomy-category a"
"""Links to categories, as themes of WordPress and its blocks have them; all labels may be `rel="tag"`."""

_SITES = frozenset({"WebSite", "Blog"})
# What a page says in JSON-LD that is no article (schema.org, WebPage and its kinds); so do articles, too.
_PAGES = frozenset({"WebPage", "AboutPage", "CollectionPage", "ContactPage", "FAQPage", "ProfilePage"})


@dataclass(frozen=True)
class Page:
    """A page, what its meta elements say by name, and what JSON-LD says of the article.

    site_names: what it says the site is called. is_web_page: whether JSON-LD says that it is a page.
    """

    soup: BeautifulSoup
    meta: dict[str, list[str]]
    linked: dict[str, Any]
    site_names: tuple[str, ...] = ()
    is_web_page: bool = False

    @property
    def says_article(self) -> bool:
        """Whether it says that it is an article (ogp.me, "Object Types"; schema.org, Article)."""
        return bool(self.linked) or self.said("og:type").lower() == "article"

    @property
    def says_other(self) -> bool:
        """Whether it says that it is something else than an article."""
        return not self.says_article and (self.is_web_page or bool(self.said("og:type")))

    @property
    def head_title(self) -> str:
        """What a browser shows as the title; drawings have titles of their own."""
        title = select_one(self.soup, "title:not(svg title)")
        return fold(title.get_text()) if title else ""

    def said(self, *names: str) -> str:
        """Return the first that the page has of these meta elements."""
        return next((value for name in names for value in self.meta.get(name, ())), "")


def page_of(text: str) -> Page:
    """Parse a page as a browser does."""
    with warnings.catch_warnings():
        # A page may begin as XML does, or hold a file name alone, and a browser reads it all the same.
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(text, "html5lib")
    for code in soup.find_all(["script", "style"]):  # html5lib tells no code from text
        for string in code.find_all(string=True):
            string.replace_with(Script(string))
    meta: dict[str, list[str]] = {}
    for tag in soup.find_all("meta", content=True):
        key = str(tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        value = fold(str(tag["content"]))
        if key and value:
            meta.setdefault(key, []).append(value)
    linked = [*_linked(soup)]
    article = next((value for value in linked if _is_a(value, _ARTICLES)), {})
    sites = [
        article.get("publisher"),
        article.get("isPartOf"),
        *(one for one in linked if _is_a(one, _SITES)),
    ]
    names = [
        *meta.get("og:site_name", ()),
        *(fold(str(one.get("name") or "")) for one in sites if isinstance(one, dict)),
    ]
    is_web_page = any(_is_a(value, _PAGES) for value in linked)
    return Page(soup, meta, article, tuple(filter(None, names)), is_web_page)


def _is_a(value: dict[str, Any], kinds: frozenset[str]) -> bool:
    said = value.get("@type")
    return not kinds.isdisjoint(map(str, said if isinstance(said, list) else [said]))


def _linked(soup: BeautifulSoup) -> Iterator[dict[str, Any]]:
    """Yield what JSON-LD in the page describes."""
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            waiting = [json.loads(script.string or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop()
            if isinstance(value, list):
                waiting.extend(reversed(value))
            elif isinstance(value, dict):
                yield value
                waiting.append(value.get("@graph"))


def title_of(page: Page, heading: Tag | None) -> str:
    """Return the title: that of the heading, else what the page is called, without the name of the site."""
    if heading is not None:
        for sign in select(heading, "a.headerlink"):
            sign.decompose()
        if fold(heading.get_text()):
            return fold(heading.get_text())
    title = page.said("og:title") or page.head_title
    site = page.said("og:site_name")
    return re.sub(rf"\s*[|\u2013\u2014·:-]\s*{re.escape(site)}$", "", title) if site else title


def url_of(page: Page, name: str, saved: str | None, notes: list[Note]) -> str | None:
    """Return the address that the page says it has, else the one that it was read from."""
    link = select_one(page.soup, "link[rel~=canonical][href]")
    given = str(link["href"]) if link else page.said("og:url")
    if not given:  # an h-entry says it of itself, and so do the files of Medium's export
        link = select_one(page.soup, "a.p-canonical[href], .h-entry a.u-url[href]")
        given = str(link["href"]) if link else saved or ""
    return absolute(given, name if is_web(name) else saved, "its address", notes) or (
        name if is_web(name) else None
    )


def dates_of(page: Page, body: Tag, notes: list[Note]) -> tuple[datetime | None, datetime | None]:
    """Return when the article was published, and when it last changed."""
    published = page.said(
        "article:published_time",
        "article:published",
        "datepublished",
        "date",
        "dc.date",
        "dcterms.created",
        "dcterms.date",
    )
    updated = page.said("article:modified_time", "datemodified", "dcterms.modified", "last-modified")
    published = published or fold(str(page.linked.get("datePublished") or ""))
    updated = updated or fold(str(page.linked.get("dateModified") or ""))
    if not published:
        # In the order of how sure they are; a bare time element counts only outside of the text, in a header.
        selector = (
            "time.dt-published, time[itemprop=datePublished], time.published, time[pubdate], header time"
        )
        times = select(page.soup, selector) or select(body, "time:first-of-type")
        dated = next((tag for tag in times if tag.get("datetime")), None)
        published = str(dated["datetime"]) if dated else ""
    if not updated:
        changed = select_one(
            page.soup,
            "time.dt-updated[datetime], time[itemprop=dateModified][datetime], time.updated[datetime]",
        )
        updated = str(changed["datetime"]) if changed else ""
    return read_date(published, "its date", notes), read_date(updated, "its date of change", notes)


def authors_of(page: Page) -> tuple[str, ...]:
    """Return who wrote the article."""
    names = [
        *page.meta.get("author", ()),
        *page.meta.get("article:author", ()),
        *page.meta.get("dc.creator", ()),
    ]
    given = page.linked.get("author")
    if not names:
        people = given if isinstance(given, list) else [given]
        names = [str((person.get("name") if isinstance(person, dict) else person) or "") for person in people]
    if not any(names):
        names = [tag.get_text() for tag in select(page.soup, "a[rel~=author], .p-author")]
    plain_names = (fold(name) for name in names if not is_web(fold(name)))
    return tuple(dict.fromkeys(filter(None, plain_names)))


def categories_of(page: Page) -> tuple[str, ...]:
    """Return the categories of the article: what its metadata calls its section, or links say."""
    named = page.meta.get("article:section") or [fold(tag.get_text()) for tag in select(page.soup, CATEGORY)]
    return tuple(dict.fromkeys(filter(None, named)))


def tags_of(page: Page) -> tuple[str, ...]:
    """Return the labels of the article that are no categories."""
    tags = list(page.meta.get("article:tag", ()))
    if not tags:
        labels = select(page.soup, "a[rel~=tag], a.p-category")
        tags = [link.get_text() for link in labels if not matches(link, CATEGORY)]
    if not tags:
        given = page.linked.get("keywords") or page.said("keywords")
        tags = [str(tag) for tag in given] if isinstance(given, list) else str(given).split(",")
    return tuple(dict.fromkeys(filter(None, map(fold, tags))))
