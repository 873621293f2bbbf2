"""Unique titles and descriptions for search engines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from docutils import nodes
from sphinx.environment import BuildEnvironment

from postdocs.sphinx_ext.blog.posts import Blog, BlogPost
from postdocs.sphinx_ext.locale.language import Language
from postdocs.sphinx_ext.math.macros import Macro
from postdocs.sphinx_ext.pages.lists import ListPage
from postdocs.sphinx_ext.reading.records import text_of
from postdocs.sphinx_ext.reading.shorten import shorten


@dataclass(frozen=True)
class PageTitle:
    """How a page is called. heading: what it is called in the title of its window instead, or ""."""

    title: str
    description: str
    heading: str = ""


def assign_titles(
    env: BuildEnvironment,
    blog: Blog,
    lists: Iterable[ListPage],
    beginnings: Mapping[str, str],
    macros: Mapping[str, Macro],
) -> dict[str, PageTitle]:
    """Return the titles of all documents and lists, by docname, once all documents have been read.

    beginnings: of documents, by docname. macros: of formulas, which are text in titles, by their names.
    """
    site = env.config.html_title or ""
    titles: dict[str, str] = {}
    texts: dict[str, str] = {}
    days: dict[str, str] = {}
    for docname in sorted(env.found_docs & env.titles.keys()):
        post: BlogPost | None = blog.posts[docname]
        titles[docname] = (
            post.title
            if post and not post.section
            else " ".join(text_of(env.titles[docname], macros).split())
        )
        summary = post.summary if post else ""
        summary = summary or str(env.metadata[docname].get("description") or "")
        texts[docname] = summary or beginnings.get(docname) or f"{titles[docname]} · {blog.blog_title}"
        if post and post.date:
            days[docname] = post.date.date().isoformat()
    for page in lists:
        titles[page.docname] = page.title
        if not page.is_within or page.docname not in beginnings:
            texts[page.docname] = _what_is_listed(blog.site_language, page)
    dated = _distinct(titles, lambda page: f"{titles[page]} ({days.get(page, page)})")
    unique = _distinct(dated, lambda page: f"{titles[page]} ({page})")
    short = {page: shorten(text) for page, text in texts.items()}
    described = _distinct(short, lambda page: shorten(f"{unique[page]}: {texts[page]}"))
    formulas = {page for page in titles if page in env.titles and [*env.titles[page].findall(nodes.math)]}
    headings = {page: unique[page] for page in titles if unique[page] != titles[page] or page in formulas}
    home = env.config.root_doc
    if titles.get(home) == site:  # which the title of each window ends in
        headings[home] = blog.blog_feed_subtitle or blog.site_language.gettext("Home")
    return {page: PageTitle(unique[page], described[page], headings.get(page, "")) for page in titles}


def _distinct(texts: Mapping[str, str], other: Callable[[str], str]) -> dict[str, str]:
    """Return texts, and another for those that more than one page has."""
    uses = Counter(text.casefold() for text in texts.values())
    return {page: text if uses[text.casefold()] == 1 else other(page) for page, text in texts.items()}


def _what_is_listed(language: Language, page: ListPage) -> str:
    """Return what a list has, in a sentence: how many, of which years, and the first of them."""
    names = [item.title if isinstance(item, BlogPost) else f"{item} ({len(item)})" for item in page.entries]
    dates = [item.date.year for item in page.entries if isinstance(item, BlogPost) and item.date]
    what = page.about
    if dates and min(dates) != max(dates):
        years = {"what": what, "first": min(dates), "last": max(dates)}
        what = language.gettext("%(what)s, %(first)s to %(last)s") % years
    elif dates and str(dates[0]) not in page.heading:
        what = f"{what}, {dates[0]}"
    if page.number > 1:
        place = {"number": page.number, "total": len(page.pages)}
        what = f"{language.gettext('Page %(number)s of %(total)s') % place}: {what}"
    return f"{what}{': ' if names else ''}{', '.join(names)}"
