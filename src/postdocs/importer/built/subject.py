"""The article on a page of a built site, and what its theme says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bs4 import Tag

from postdocs.importer.built import facts
from postdocs.importer.built.addresses import Addresses
from postdocs.importer.built.article import container_of, narrowed, title_on
from postdocs.importer.built.contents import take_contents
from postdocs.importer.built.kinds import is_named_list, lists_pages
from postdocs.importer.built.model import PageFile
from postdocs.importer.built.template import Template, sign
from postdocs.importer.entry import Entry, Note
from postdocs.importer.html.select import select, select_one
from postdocs.importer.sources.model import absolute
from postdocs.importer.sources.page_facts import Page, dates_of
from postdocs.importer.sources.page_lists import is_list, teasers

_OF_THEME = "a part of the theme, which is in the article of each post"
_SHARED = "a part of the theme, which articles share"
# The marks of Nikola and WordPress for pages that are no posts.
_PAGES = "article.storypage, article.type-page, main.type-page"
# What WordPress says of a page that shows one post (`body_class`), whatever its theme.
_POSTS = "body.single-post"
_LEVELS = 3  # around an article in which themes say something of the post


@dataclass(frozen=True)
class Subject:
    """A parsed page without its template.

    heading: the title in it. shown: what the theme says of the post. published, updated: see `Entry`.
    shows_date: to readers.
    """

    page: Page
    file: PageFile
    url: str
    article: Tag
    heading: Tag | None
    title: str
    shown: tuple[Tag, ...]
    published: datetime | None
    updated: datetime | None
    shows_date: bool
    lists_posts: bool
    is_of_template: bool
    is_page: bool
    taken: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...]

    @property
    def is_post(self) -> bool:
        """Whether it is the page of a post: that has a date, and is where posts are."""
        return self.published is not None and not self.file.is_apart and not self.is_page


def _stated_text(page: Page, feed: Entry | None) -> str:
    """Return the text of the article, as JSON-LD or a feed has it."""
    stated = page.linked.get("articleBody")
    return (feed.content if feed else "") or (stated if isinstance(stated, str) else "")


def subject_of(
    page: Page, file: PageFile, url: str, template: Template, addresses: Addresses
) -> Subject | None:
    """Find the article on a page, and what the theme says of it; None on a page without a body."""
    body = page.soup.body
    template.take_meta(page.meta)
    same = template.take_same(body) if body is not None else []
    container = container_of(page.soup)
    if container is None:
        return None
    notes: list[Note] = []
    heading, title = title_on(page, container, template)
    lists_posts = _lists_posts(page, container, file, url, addresses)
    is_page = select_one(page.soup, _PAGES) is not None
    published, updated = dates_of(page, container, notes)
    parts = template.take_places(container, page.said("description", "og:description"))
    notes += take_contents(container)
    article = narrowed(container, _stated_text(page, file.feed))
    shown = (*parts, *_around(page, article))
    in_address = facts.date_of_address(url)
    in_feed = facts.date_in_feed(file.feed, in_address)
    in_theme = facts.date_in(shown)
    dates = (published, in_feed, in_theme, in_address)
    published = None if is_page else facts.surest(*dates)  # that of a page is when it was built
    return Subject(
        page=page,
        file=file,
        url=url,
        article=article,
        heading=heading,
        title=title,
        shown=shown,
        published=published,
        updated=updated,
        shows_date=in_theme is not None or container.find("time") is not None,
        lists_posts=lists_posts,
        is_of_template=bool(same),
        is_page=is_page,
        taken=(*_taken(same, parts, container),),
        notes=tuple(notes),
    )


def _taken(same: Iterable[tuple[Tag, str]], parts: Iterable[Tag], article: Tag) -> Iterator[tuple[str, str]]:
    """Yield what was taken out of an article; in a whole body, what pages share stands anywhere."""
    for parent, text in same:
        if article.name != "body" and any(tag is article for tag in (parent, *parent.parents)):
            yield _SHARED, text
    for part in parts:
        if part.get_text(strip=True):
            yield _OF_THEME, sign(part).removesuffix(".")


def _lists_posts(page: Page, article: Tag, file: PageFile, url: str, addresses: Addresses) -> bool:
    def leads_on(href: str) -> bool:
        return addresses.file_of(absolute(href, url, "", [])) not in {None, file.path}

    if select_one(page.soup, _POSTS) is not None:
        return False
    if is_named_list(file.path) and teasers(page, url):
        return True
    return file.feed is None and (is_list(page, article, url) or lists_pages(article, file.path, leads_on))


def _around(page: Page, article: Tag) -> list[Tag]:
    """Return the parts around an article in which themes say something of the post, the nearest first."""
    parts: list[Tag] = []
    inner = article
    for level, outer in enumerate(article.parents):
        if inner.name in {"main", "body"} or (level >= _LEVELS and inner.name == "article"):
            break
        siblings = [tag for tag in outer.find_all(True, recursive=False) if tag is not inner]
        parts += [tag for tag in siblings if tag.name not in {"script", "style"}]
        inner = outer
    return [*parts, *select(page.soup, facts.BESIDE)]
