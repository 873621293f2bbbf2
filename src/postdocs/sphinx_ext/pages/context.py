"""Template context of every page: headline, older and newer post, breadcrumbs, feeds."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from docutils import nodes

from postdocs.core.scholarly import license_of
from postdocs.sphinx_ext.blog.posts import Blog, BlogPost, collection_inputs
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.builders import NOT_FOUND
from postdocs.sphinx_ext.compat.ablog import Collection, renders_templates
from postdocs.sphinx_ext.compat.others import has_not_found_page
from postdocs.sphinx_ext.compat.parallel_write import Page
from postdocs.sphinx_ext.compat.settings import is_set
from postdocs.sphinx_ext.config import base_of
from postdocs.sphinx_ext.feeds.writer import feed_names
from postdocs.sphinx_ext.head.bibliography import bibliography_path
from postdocs.sphinx_ext.head.citation_formats import apa, bibtex, downloads
from postdocs.sphinx_ext.images.portraits import portrait
from postdocs.sphinx_ext.images.thumbnails import thumbnail
from postdocs.sphinx_ext.output.state import fingerprint
from postdocs.sphinx_ext.pages.comments import comments_of
from postdocs.sphinx_ext.pages.excerpts import excerpt_html
from postdocs.sphinx_ext.pages.languages import attributes_of, in_languages
from postdocs.sphinx_ext.pages.lists import ARCHIVE, ListPage
from postdocs.sphinx_ext.pages.site_links import SiteLink, site_links
from postdocs.sphinx_ext.settings.repository import read_repository
from postdocs.sphinx_ext.urls.registry import extra_files_of, source_of

_COMMENTS = "postdocs/comment_archive.html"
_HEAD = ("postdocs/headline.html", "postdocs/series.html")
_FOOT = (
    "postdocs/foot.html",
    "postdocs/authors.html",
    "postdocs/cite.html",
    "postdocs/neighbours.html",
    "postdocs/related.html",
    _COMMENTS,
    "postdocs/comments.html",
)
_NEWEST = 5  # posts on the page for addresses where there is none


def write_lists(build: Build) -> None:
    """Write the pages of all lists that have changed."""
    build.builder.apart.write_pages([*_changed_lists(build)])


def _changed_lists(build: Build) -> Iterator[Page]:
    """Yield pages of the theme, whatever that is: `add_page_context` makes their body."""
    state = build.state
    for page in (*build.lists, *_not_found(build)):
        file = build.file_of(page.docname)
        digest = fingerprint(state.site, list_inputs(build, page), file in build.redirects)
        if not page.is_within and state.is_stale(file, digest):
            # The theme takes titles for HTML, as Sphinx makes them for documents.
            yield page.docname, {"post_list": page, "title": html.escape(page.title), "body": ""}, "page.html"


def _not_found(build: Build) -> Iterator[ListPage]:
    """Yield the page that web servers show where there is none, unless the author has one."""
    is_there = NOT_FOUND in build.env.found_docs or has_not_found_page(build.app, NOT_FOUND)
    if not is_there and build.file_of(NOT_FOUND) not in extra_files_of(build):
        newest = [*build.blog.posts][:_NEWEST]
        title = build.language.gettext("Page not found")
        yield ListPage(NOT_FOUND, title, title, "postdocs/404.html", entries=newest, pages=(NOT_FOUND,))


def list_inputs(build: Build, page: ListPage) -> list[object]:
    """Return what a list shows, and where it links for it."""

    def plain(item: BlogPost | Collection) -> object:
        if isinstance(item, BlogPost):
            return item.fingerprint
        posts = [post.fingerprint for post in item] if page.template == ARCHIVE else []
        return [collection_inputs(item, build.builder.get_target_uri), len(item), posts]

    listed = [plain(item) for item in page.entries]
    years = [(str(year), len(year)) for year in page.whole] if page.template == ARCHIVE else []
    title = str(build.titles.get(page.docname))
    return [page.title, page.total, page.pages, page.above, listed, years, title]


def add_page_context(
    build: Build, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the templates the posts around a page, its feed, and the way up to it."""
    blog = build.blog
    if renders_templates(build.app):
        context |= {"ablog": blog, "anchor": _anchor}
    if post := build.domain.posts.get(pagename):
        context["meta"] = {**post.as_text, **(context.get("meta") or {})}
    if not build.html:
        return
    page: ListPage | None = context.get("post_list")
    within = next((part for part in build.lists if part.is_within and part.docname == pagename), None)
    entry: BlogPost | None = blog.posts[pagename]
    context["post_entry"] = entry
    context["post_excerpt"] = partial(excerpt_html, build, pagename)
    context["post_thumbnail"] = lambda entry, *how: thumbnail(
        build.builder, context["pathto"], entry.record, *how
    )
    context["author_picture"] = partial(portrait, build.builder, context["pathto"])
    context["front_matter"] = build.domain.posts.get(pagename)
    if entry and entry.canonical_link:
        context["pageurl"] = entry.canonical_link
    place = page or (within if within and within.above else None)
    context["parents"] = _parents(blog, entry, place, context["pathto"]) or context.get("parents", [])
    context["post_navbar"] = _navbar(build, blog.posts.docname if entry else pagename, pagename)
    site_license = build.config.postdocs_license
    context["site_license"] = license_of(site_license) if site_license else None
    # On other pages, each commit would change them all.
    context["site_commit"] = build.commit if pagename == build.config.root_doc else ""
    context["site_links"] = site_links(build)
    context["post_feeds"] = _feeds(build, page or within, entry)

    def render(template: str, **values: object) -> str:
        text: str = build.builder.templates.render(template, context | values)
        return text

    context["metatags"] = context.get("metatags", "") + render("postdocs/feeds.html")
    archive = build.domain.comments.get(pagename, ())
    if page:
        context["body"] = render(page.template)
    if within:
        if "<h1" not in context["body"]:
            context["title"] = html.escape(within.title)
            context["body"] = f"<h1>{context['title']}</h1>\n{context['body']}"
        context["body"] += render(within.template, post_list=within)
    if entry:
        words, repository = entry.words, read_repository(build.config.postdocs_repository)
        around = {
            "post_archive": archive,
            "post_citation": _citation(build, entry),
            "post_comments": comments_of(build, entry),
            "post_edit": repository.edit_url(source_of(build.env, pagename)) if repository else "",
            "post_license": license_of(entry.record.license) if entry.record.license else None,
            "words": words,
            "gettext": words.gettext,
            "ngettext": words.ngettext,
            "words_within": attributes_of(words, within=entry.written_in),
            "words_around": attributes_of(words, within=build.language),
        }
        title, end, rest = in_languages(build, context["body"], pagename, doctree).partition("</h1>")
        head, foot = ("".join(render(name, **around) for name in names) for names in (_HEAD, _FOOT))
        context["body"] = f"{title}{end}{head}{rest}{foot}"
    elif archive:
        context["body"] += render(_COMMENTS, post_archive=archive)


def _citation(build: Build, post: BlogPost) -> dict[str, Any] | None:
    """Return how to cite a post, as `cite.html` shows it."""
    citation = build.citations.get((post.docname, post.section))
    if citation is None:
        return None
    before, after = apa(citation)
    return {
        "before": before,
        "title": citation.title,
        "after": after,
        "bibtex": bibtex(citation),
        "files": [*downloads(citation)],
        "all": bibliography_path(build),
    }


def _anchor(post: BlogPost) -> str:
    """Return the fragment of a post that is a part of its page, as ablog's templates ask for it."""
    return f"#{post.section}" if post.section else ""


def _feeds(build: Build, page: ListPage | None, entry: BlogPost | None) -> list[tuple[str, str, str]]:
    """Return path, type and title of the feeds that a page announces, the narrowest first.

    entry: the post on it; one in another language than the site has a feed of that language.
    """
    blog = build.blog
    announced = [(blog.posts, blog.blog_title)] if base_of(build.config) else []
    if announced and page and page.feed and page.feed is not blog.posts:
        announced.insert(0, (page.feed, f"{blog.blog_title}: {page.heading}"))
    if announced and entry and entry.written_in is not build.language:
        announced[:0] = [(feed, f"{blog.blog_title}: {feed}") for feed in entry.language]
    names = feed_names(build.config)
    kinds = ((names[0], "application/atom+xml"), (names[-1], "application/feed+json"))
    return [
        (f"{collection.path}/{name}", kind, title) for collection, title in announced for name, kind in kinds
    ]


def _navbar(build: Build, place: str, pagename: str) -> list[dict[str, Any]]:
    """Return the items of the navigation bar; the one that a page is under, if any, is current.

    place: where the page is to be looked for, by docname.
    """
    items = build.config.postdocs_navbar
    if not is_set(build.config, "postdocs_navbar"):
        items = [(build.language.gettext(text), target) for text, target in items]
    sections = [_section_of(target) for _, target in items]
    above = (section for section in sections if f"{_section_of(place)}/".startswith(f"{section}/"))
    current = max(above, key=len, default=None)
    links = [SiteLink(text, target) for text, target in items]
    return [
        {"link": link, "is_current": section == current, "is_here": pagename in {link.target, section}}
        for link, section in zip(links, sections, strict=True)
    ]


def _section_of(docname: str) -> str:
    """Return what the names of all pages below a page begin with: `docs` of `docs` and `docs/index`."""
    folder, _, name = docname.rstrip("/").rpartition("/")
    return folder if name == "index" else docname.rstrip("/")


def _parents(
    blog: Blog, entry: BlogPost | None, page: ListPage | None, pathto: Callable[[str], str]
) -> list[dict[str, str]]:
    """Return the breadcrumbs of pages that are in no table of contents."""
    above = (
        [(blog.site_language.gettext("Posts"), blog.posts.docname)]
        if entry or (page and page.docname != NOT_FOUND)
        else []
    )
    above += [page.above] if page and page.above else []
    if page and page.number > 1:
        above.append((page.heading, page.pages[0]))
    crumbs = dict.fromkeys(
        (title, docname) for title, docname in above if not page or docname != page.docname
    )
    return [{"title": html.escape(title), "link": pathto(docname)} for title, docname in crumbs]
