"""The pages that list posts, and what every page says of them: head line, older and newer, breadcrumbs."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from postdocs.sphinx_ext.blog.blog import blog_of
from postdocs.sphinx_ext.builders import NOT_FOUND, html_of
from postdocs.sphinx_ext.compat.ablog import CATALOGS, Blog, BlogPost, Collection, renders_templates
from postdocs.sphinx_ext.config import base_of
from postdocs.sphinx_ext.feeds import writer
from postdocs.sphinx_ext.output.state import fingerprint, state_of
from postdocs.sphinx_ext.pages.titles import title_of
from postdocs.sphinx_ext.planning import fingerprints as shown
from postdocs.sphinx_ext.urls.registry import authored, extra_files_of, file_of

_LIST = "postdocs/list.html"
_INDEX = "postdocs/index.html"
ARCHIVE = "postdocs/archive.html"
_AROUND = ("postdocs/headline.html", "postdocs/neighbours.html", "postdocs/related.html")
_NEWEST = 5  # posts on the page for addresses where there is none
_ARCHIVE_LENGTH = 100  # lines of a page of the archive, of whole years

_TITLES = {  # of ablog's catalogs: title of the index, title of a page of it
    "tags": ("Tags", "Posts tagged {}"),
    "category": ("Categories", "Posts in {}"),
    "author": ("Authors", "Posts by {}"),
    "location": ("Locations", "Posts from {}"),
    "language": ("Languages", "Posts in {}"),
}
_ALWAYS = ("tags", "category", "author")  # catalogs that have an index even when it is empty


@dataclass(frozen=True)
class ListPage:
    """A page that no document is written for.

    heading: its title, as text. template: makes its body. shown: its posts, collections or years.
    total: how many posts the whole list has. above: title and docname of the page above, if it is not the
    list of all posts. collection: whose feed it announces. pages: docnames of the pages of the list.
    """

    docname: str
    heading: str
    template: str
    shown: Sequence[Any] = ()
    total: int = 0
    above: tuple[str, str] | None = None
    collection: Collection | None = None
    pages: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """Which page of the list it is, from 1."""
        return self.pages.index(self.docname) + 1

    @property
    def title(self) -> str:
        """The heading, with the number of the page where that is not the first."""
        return self.heading if self.number == 1 else f"{self.heading}, page {self.number}"


def list_pages(app: Sphinx) -> Iterator[ListPage]:
    """Yield the pages of all lists, save those that the author has written a page in the place of."""
    taken = authored(app)
    for page, found in _lists(blog_of(app), app.config.postdocs_page_length):
        if file_of(app, page.docname) in taken:
            continue
        parts = found or [[]]
        docnames = (page.docname, *(f"{page.docname}/page/{number}" for number in range(2, len(parts) + 1)))
        for docname, part in zip(docnames, parts, strict=True):
            if file_of(app, docname) not in taken:
                yield replace(page, docname=docname, shown=part, pages=docnames)


def _lists(blog: Blog, length: int) -> Iterator[tuple[ListPage, list[Sequence[Any]]]]:
    """Yield each list, as its first page, and what each of its pages shows."""

    def posts(heading: str, listed: Collection, **more: Any) -> tuple[ListPage, list[Sequence[Any]]]:
        found = [*listed]
        page = ListPage(listed.docname, heading, _LIST, total=len(found), **more)
        return page, [found[at : at + length] for at in range(0, len(found), length)]

    yield posts("Posts", blog.posts, collection=blog.posts)
    years = [year for year in blog.archive if len(year)]
    yield ListPage(blog.archive.docname, "Archive", ARCHIVE, total=len(blog.posts)), _whole_years(years)
    for year in years:
        yield posts(f"Posts from {year}", year, above=("Archive", blog.archive.docname))
    for name in CATALOGS:
        plural, heading = _TITLES[name]
        catalog = blog.catalogs[name]
        used = sorted((found for found in catalog if len(found)), key=lambda found: str(found).casefold())
        if used or name in _ALWAYS:
            yield ListPage(catalog.docname, plural, _INDEX, total=len(used)), [used]
        for collection in used:
            above = (plural, catalog.docname)
            yield posts(heading.format(collection), collection, above=above, collection=collection)


def _whole_years(years: Sequence[Collection]) -> list[Sequence[Any]]:
    """Part the years into pages, none of which is split."""
    parts: list[list[Collection]] = []
    lines = _ARCHIVE_LENGTH
    for year in years:
        if lines + len(year) > _ARCHIVE_LENGTH:
            parts.append([])
            lines = 0
        parts[-1].append(year)
        lines += len(year)
    return [*parts]


def collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the pages of all lists that have changed.

    They are pages of the theme, whatever that is: `add_context` makes their body.
    """
    builder = html_of(app)
    if builder is None:
        return
    state = state_of(app)
    for page in (*list_pages(app), *_not_found(app)):
        file = file_of(app, page.docname)
        if state.is_stale(file, fingerprint(state.site, _shown(app, page), file in builder.redirects)):
            # The theme takes titles for HTML, as Sphinx makes them for documents.
            yield page.docname, {"post_list": page, "title": html.escape(page.title), "body": ""}, "page.html"


def _not_found(app: Sphinx) -> Iterator[ListPage]:
    """Yield the page that web servers show where there is none, unless the author has one."""
    if NOT_FOUND not in app.env.found_docs and file_of(app, NOT_FOUND) not in extra_files_of(app):
        newest = [*blog_of(app).posts][:_NEWEST]
        yield ListPage(NOT_FOUND, "Page not found", "postdocs/404.html", newest, pages=(NOT_FOUND,))


def _shown(app: Sphinx, page: ListPage) -> list[object]:
    """Return what a list shows, and where it links for it."""

    def plain(item: BlogPost | Collection) -> object:
        if isinstance(item, BlogPost):
            return item.fingerprint
        posts = [post.fingerprint for post in item] if page.template == ARCHIVE else []
        return [shown.of_collection(app, item), len(item), posts]

    listed = [plain(item) for item in page.shown]
    return [page.title, page.total, page.pages, page.above, listed, str(title_of(app, page.docname))]


def add_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the templates the posts around a page, its feed, and the way up to it."""
    blog = blog_of(app)
    if renders_templates(app):
        context |= {"ablog": blog, "anchor": _anchor}
    if not html_of(app):
        return
    page: ListPage | None = context.get("post_list")
    entry: BlogPost | None = blog.posts[pagename]
    context["post_entry"] = entry
    if entry and entry.canonical_link:
        context["pageurl"] = entry.canonical_link
    context["parents"] = _parents(blog, entry, page, context["pathto"]) or context.get("parents", [])
    context["post_navbar"] = _navbar(app, blog.posts.docname if entry else pagename, pagename)
    context["post_feeds"] = _feeds(app, page)

    def render(template: str) -> str:
        text: str = app.builder.templates.render(template, context)
        return text

    context["metatags"] = context.get("metatags", "") + render("postdocs/feeds.html")
    if page:
        context["body"] = render(page.template)
    elif pagename in blog.by_docname:
        writer.keep_articles(app, pagename, context["body"])
    if entry:
        title, end, rest = context["body"].partition("</h1>")
        headline, *after = map(render, _AROUND)
        context["body"] = f"{title}{end}{headline}{rest}{''.join(after)}"


def _anchor(post: BlogPost) -> str:
    """Return the fragment of a post that is a part of its page, as ablog's templates ask for it."""
    return f"#{post.section}" if post.section else ""


def _feeds(app: Sphinx, page: ListPage | None) -> list[tuple[str, str, str]]:
    """Return path, type and title of the feeds that a page announces, its own before those of the blog."""
    blog = blog_of(app)
    announced = [(blog.posts, blog.blog_title)] if base_of(app.config) else []
    if announced and page and page.collection and page.collection is not blog.posts:
        announced.insert(0, (page.collection, f"{blog.blog_title}: {page.heading}"))
    names = writer.names(app)
    kinds = ((names[0], "application/atom+xml"), (names[-1], "application/feed+json"))
    return [(f"{found.path}/{name}", kind, title) for found, title in announced for name, kind in kinds]


def _navbar(app: Sphinx, place: str, pagename: str) -> list[dict[str, Any]]:
    """Return the items of the navigation bar; the one that a page is under, if any, is current.

    place: where the page is to be looked for, by docname.
    """
    sections = [target.removesuffix("index").rstrip("/") for _, target in app.config.postdocs_navbar]
    current = max((at for at in sections if f"{place}/".startswith(f"{at}/")), key=len, default=None)
    return [
        {
            "text": text,
            "target": target,
            "is_file": "." in target.rpartition("/")[2],
            "is_elsewhere": "://" in target,
            "is_current": section == current,
            "is_here": pagename in {target, section},
        }
        for (text, target), section in zip(app.config.postdocs_navbar, sections, strict=True)
    ]


def _parents(
    blog: Blog, entry: BlogPost | None, page: ListPage | None, pathto: Callable[[str], str]
) -> list[dict[str, str]]:
    """Return the breadcrumbs of pages that are in no table of contents."""
    above = [("Posts", blog.posts.docname)] if entry or (page and page.docname != NOT_FOUND) else []
    above += [page.above] if page and page.above else []
    if page and page.number > 1:
        above.append((page.heading, page.pages[0]))
    shown = dict.fromkeys((title, docname) for title, docname in above if not page or docname != page.docname)
    return [{"title": html.escape(title), "link": pathto(docname)} for title, docname in shown]
