"""The pages that list posts: one value for each, whatever makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from postdocs.sphinx_ext.blog.posts import Blog
from postdocs.sphinx_ext.compat.ablog import CATALOGS, Collection

ARCHIVE = "postdocs/archive.html"
_LIST = "postdocs/list.html"
_INDEX = "postdocs/index.html"
_ARCHIVE_LENGTH = 100  # lines of a page of the archive, of whole years

_TITLES = {  # of ablog's catalogs: title of the index, title of a page of it
    "tags": ("Tags", "Posts tagged {}"),
    "category": ("Categories", "Posts in {}"),
    "author": ("Authors", "Posts by {}"),
    "location": ("Locations", "Posts from {}"),
    "language": ("Languages", "Posts in {}"),
}
_ALWAYS = ("tags", "category", "author")  # catalogs that have an index even when it is empty


def _equal_pages(entries: Sequence[Any], length: int) -> list[Sequence[Any]]:
    return [entries[start : start + length] for start in range(0, len(entries), length)]


def _one_page(entries: Sequence[Any], _: int) -> list[Sequence[Any]]:
    return [entries]


def _whole_years(years: Sequence[Collection], _: int) -> list[Sequence[Any]]:
    """Part the years into pages, none of which is split."""
    pages: list[list[Collection]] = []
    lines = _ARCHIVE_LENGTH
    for year in years:
        if lines + len(year) > _ARCHIVE_LENGTH:
            pages.append([])
            lines = 0
        pages[-1].append(year)
        lines += len(year)
    return [*pages]


@dataclass(frozen=True)
class PostList:
    """A list of posts, on as many pages as it takes.

    path: docname of its first page. heading: its title, as text. entries: its posts, collections or years.
    template: makes the body of a page. feed: the collection whose feed its pages announce. above: title and
    docname of the page above, if that is not the list of all posts. split: parts the entries into pages, for
    so many posts a page.
    """

    path: str
    heading: str
    entries: Sequence[Any]
    template: str = _LIST
    feed: Collection | None = None
    above: tuple[str, str] | None = None
    total: int = 0
    split: Callable[[Sequence[Any], int], list[Sequence[Any]]] = _equal_pages


@dataclass(frozen=True)
class ListPage:
    """One page of a list, or another page that no document is written for.

    heading: the title of the list, as text. template: makes its body. entries: its posts, collections or
    years. total: how many the whole list has. above: title and docname of the page above, if it is not the
    list of all posts. feed: the collection whose feed it announces. pages: docnames of the pages of the list.
    is_within: whether it follows what the author has written on a page of that name.
    """

    docname: str
    heading: str
    template: str
    entries: Sequence[Any] = ()
    total: int = 0
    above: tuple[str, str] | None = None
    feed: Collection | None = None
    pages: tuple[str, ...] = ()
    is_within: bool = False

    @property
    def number(self) -> int:
        """Which page of the list it is, from 1."""
        return self.pages.index(self.docname) + 1

    @property
    def title(self) -> str:
        """The heading, with the number of the page where that is not the first."""
        return self.heading if self.number == 1 else f"{self.heading}, page {self.number}"


def _all_posts(blog: Blog) -> Iterator[PostList]:
    posts = [*blog.posts]
    yield PostList(blog.posts.docname, "Posts", posts, feed=blog.posts, total=len(posts))


def _archive(blog: Blog) -> Iterator[PostList]:
    """Yield the archive of all years, and the list of each."""
    years = [year for year in blog.archive if len(year)]
    archive = blog.archive.docname
    yield PostList(archive, "Archive", years, ARCHIVE, total=len(blog.posts), split=_whole_years)
    for year in years:
        yield PostList(
            year.docname, f"Posts from {year}", [*year], above=("Archive", archive), total=len(year)
        )


def _labels(blog: Blog) -> Iterator[PostList]:
    """Yield the index of each catalog, such as that of all tags, and the list of each label in it."""
    for name in CATALOGS:
        plural, heading = _TITLES[name]
        catalog = blog.catalogs[name]
        used = sorted((label for label in catalog if len(label)), key=lambda label: str(label).casefold())
        if used or name in _ALWAYS:
            yield PostList(catalog.docname, plural, used, _INDEX, total=len(used), split=_one_page)
        for label in used:
            above = (plural, catalog.docname)
            title = heading.format(label)
            yield PostList(label.docname, title, [*label], feed=label, above=above, total=len(label))


# All lists of the site, in the order in which pages are written.
LISTS: tuple[Callable[[Blog], Iterator[PostList]], ...] = (_all_posts, _archive, _labels)


def list_pages(
    blog: Blog, length: int, is_taken: Callable[[str], bool], host: Callable[[str], str]
) -> Iterator[ListPage]:
    """Yield the pages of all lists, save those that the author has written a page in the place of.

    length: how many posts a page shows. is_taken: tells whether the author has a page of a docname. host:
    the document in the place of a docname that leaves the list to us, or "".
    """
    for posts in (posts for make in LISTS for posts in make(blog)):
        first = host(posts.path)
        if is_taken(posts.path) and not first:
            continue
        parts = posts.split(posts.entries, length) or [[]]
        others = (f"{posts.path}/page/{number}" for number in range(2, len(parts) + 1))
        docnames = (first or posts.path, *others)
        for docname, part in zip(docnames, parts, strict=True):
            if docname == first or not is_taken(docname):
                yield ListPage(
                    docname,
                    posts.heading,
                    posts.template,
                    part,
                    total=posts.total,
                    above=posts.above,
                    feed=posts.feed,
                    pages=docnames,
                    is_within=docname == first,
                )
