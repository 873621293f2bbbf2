"""The pages that list posts: one value for each, whatever makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from postdocs.sphinx_ext.blog.posts import LABELS, Blog, in_order
from postdocs.sphinx_ext.compat.ablog import Collection
from postdocs.sphinx_ext.locale.language import Language
from postdocs.sphinx_ext.pages.timeline import Column, timeline

ARCHIVE = "postdocs/archive.html"
_LIST = "postdocs/list.html"
_INDEX = "postdocs/index.html"
_ARCHIVE_LENGTH = 100  # lines of a page of the archive, of whole years

_ALWAYS = ("tags", "category", "author")  # catalogs that have an index even when it is empty


def _titles(language: Language) -> dict[str, tuple[str, str, str]]:
    """Return, by ablog's catalogs: title of the index, and title and description of a page of it."""
    _ = language.gettext
    within = (_("Posts in %(label)s"), _("%(posts)s in %(label)s"))
    return {
        "tags": (_("Tags"), _("Posts tagged %(label)s"), _("%(posts)s tagged %(label)s")),
        "category": (_("Categories"), *within),
        "author": (_("Authors"), _("Posts by %(label)s"), _("%(posts)s by %(label)s")),
        "location": (_("Locations"), *_origin(language)),
        "language": (_("Languages"), *within),
        "series": (_("Series"), _("Series: %(label)s"), _("%(posts)s in the series %(label)s")),
    }


def _origin(language: Language) -> tuple[str, str]:
    """Return title and description of a page of posts from a place or a year."""
    _ = language.gettext
    return _("Posts from %(label)s"), _("%(posts)s from %(label)s")


def _count(language: Language, number: int) -> str:
    return language.ngettext("%(count)s post", "%(count)s posts", number) % {"count": number}


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

    path: docname of its first page. heading: its title, as text. about: how many posts it has, and which, for
    those who see only a description of it. entries: its posts, collections or years.
    template: makes the body of a page. feed: the collection whose feed its pages announce. above: title and
    docname of the page above, if that is not the list of all posts. split: parts the entries into pages, for
    so many posts a page. takes_text: whether a page of the author at this address introduces it.
    """

    path: str
    heading: str
    about: str
    entries: Sequence[Any]
    template: str = _LIST
    feed: Collection | None = None
    above: tuple[str, str] | None = None
    total: int = 0
    split: Callable[[Sequence[Any], int], list[Sequence[Any]]] = _equal_pages
    takes_text: bool = False


@dataclass(frozen=True)
class Host:
    """A document at the address of a list, without a list of its own.

    title: as text, or "". has_text: whether it has more than that.
    """

    docname: str
    title: str
    has_text: bool


@dataclass(frozen=True, repr=False)  # Sphinx asks for one at each event, and posts tell much
class ListPage:
    """One page of a list, or another page that no document is written for.

    heading: the title of the list, as text. title: that of the page, which has its number where that
    is not the first. about: what a description says of the list. template: makes its body. entries: its
    posts, collections or years. whole: those of all pages. total: how
    many posts the whole list has. above: title and docname of the page
    above, if it is not the list of all posts. feed: the collection whose feed it announces. pages:
    docnames of the pages of the list. is_within: whether it follows what the author has written on a page
    of that name.
    """

    docname: str
    heading: str
    title: str
    template: str
    about: str = ""
    entries: Sequence[Any] = ()
    whole: Sequence[Any] = ()
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
    def timeline(self) -> list[Column]:
        """The years of an archive, as its template draws them."""
        return timeline(self.whole)


def _all_posts(blog: Blog) -> Iterator[PostList]:
    posts = [*blog.posts]
    language = blog.site_language
    heading, about = language.gettext("Posts"), _count(language, len(posts))
    path = blog.posts.docname
    yield PostList(path, heading, about, posts, feed=blog.posts, total=len(posts), takes_text=True)


def _archive(blog: Blog) -> Iterator[PostList]:
    """Yield the archive of all years, and the list of each."""
    years = [year for year in blog.archive if len(year)]
    language = blog.site_language
    archive, title = blog.archive.docname, language.gettext("Archive")
    about = _index_about(language, title)
    yield PostList(archive, title, about, years, ARCHIVE, total=len(blog.posts), split=_whole_years)
    heading, what = _origin(language)
    for year in years:
        values = {"label": year, "posts": _count(language, len(year))}
        above = (title, archive)
        yield PostList(year.docname, heading % values, what % values, [*year], above=above, total=len(year))


def _index_about(language: Language, title: str) -> str:
    return language.gettext("%(title)s with numbers of posts") % {"title": title}


def _labels(blog: Blog) -> Iterator[PostList]:
    """Yield the index of each catalog, such as that of all tags, and the list of each label in it."""
    language = blog.site_language
    titles = _titles(language)
    for name in LABELS:
        plural, heading, what = titles[name]
        catalog = blog.catalogs[name]
        used = sorted((label for label in catalog if len(label)), key=lambda label: str(label).casefold())
        if used or name in _ALWAYS:
            about = _index_about(language, plural)
            yield PostList(catalog.docname, plural, about, used, _INDEX, total=len(used), split=_one_page)
        for label in used:
            above = (plural, catalog.docname)
            values = {"label": label, "posts": _count(language, len(label))}
            entries = in_order(label) if name == "series" else [*label]
            yield PostList(
                *(label.docname, heading % values, what % values, entries),
                feed=label,
                above=above,
                total=len(label),
                takes_text=True,
            )


# All lists of the site, in the order in which pages are written.
LISTS: tuple[Callable[[Blog], Iterator[PostList]], ...] = (_all_posts, _archive, _labels)


def list_pages(
    blog: Blog, length: int, is_taken: Callable[[str], bool], host_at: Callable[[str], Host | None]
) -> Iterator[ListPage]:
    """Yield the pages of all lists, save those that the author has written a page in the place of.

    A document with nothing but a title gets the list in its place; one with text introduces the list of a
    label. Their titles are those of the list.

    length: how many posts a page shows. is_taken: tells whether the author has a page of a docname. host_at:
    returns the document at the address of a docname that has no list of its own.
    """
    numbered = blog.site_language.gettext("%(title)s, page %(number)s")
    for posts in (posts for make in LISTS for posts in make(blog)):
        host = host_at(posts.path)
        is_host = host is not None and (posts.takes_text or not host.has_text)
        if is_taken(posts.path) and not is_host:
            continue
        first, heading = (
            (host.docname, host.title or posts.heading) if host and is_host else ("", posts.heading)
        )
        parts = posts.split(posts.entries, length) or [[]]
        others = (f"{posts.path}/page/{number}" for number in range(2, len(parts) + 1))
        docnames = (first or posts.path, *others)
        for number, (docname, part) in enumerate(zip(docnames, parts, strict=True), 1):
            if docname == first or not is_taken(docname):
                yield ListPage(
                    docname,
                    heading,
                    heading if number == 1 else numbered % {"title": heading, "number": number},
                    posts.template,
                    posts.about,
                    part,
                    posts.entries,
                    total=posts.total,
                    above=posts.above,
                    feed=posts.feed,
                    pages=docnames,
                    is_within=docname == first,
                )
