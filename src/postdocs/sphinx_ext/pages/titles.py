"""What no two pages share: their titles and descriptions, as search engines show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from postdocs.sphinx_ext.blog.blog import blog_of
from postdocs.sphinx_ext.compat.ablog import BlogPost
from postdocs.sphinx_ext.reading.domain import domain_of
from postdocs.sphinx_ext.reading.records import text_of

if TYPE_CHECKING:
    from postdocs.sphinx_ext.pages.context import ListPage

_LONGEST = 160  # characters of a description that search engines show
_titles_of_apps: WeakKeyDictionary[Sphinx, Mapping[str, PageTitle]] = WeakKeyDictionary()


@dataclass(frozen=True)
class PageTitle:
    """How a page is called. heading: what it is called in the title of its window instead, or ""."""

    title: str
    description: str
    heading: str = ""


def title_of(app: Sphinx, pagename: str) -> PageTitle | None:
    """Return the name of a document or a list; other pages have none."""
    return _titles_of_apps.get(app, {}).get(pagename)


def record(app: Sphinx, doctree: nodes.document) -> None:
    """Note how a document begins, which describes it where its author does not, and if it is for all."""
    own = (text_of(node) for node in doctree.findall(nodes.paragraph) if _is_body(node))
    if text := next((" ".join(text.split()) for text in own if text.strip()), ""):
        domain_of(app.env).beginnings[app.env.docname] = cut(text)
    robots = (node["content"] for node in doctree.findall(nodes.meta) if node.get("name") == "robots")
    if any("noindex" in content or "none" in content for content in robots):
        domain_of(app.env).unlisted[app.env.docname] = True


def _is_body(node: nodes.Node) -> bool:
    return isinstance(node.parent, nodes.section | nodes.document)


def cut(text: str, longest: int = _LONGEST) -> str:
    """Return text that is not too long; what is cut is cut between words, where there are such."""
    if len(text) <= longest:
        return text
    start = text[:longest]
    words = start.rpartition(" ")[0].rstrip(" ,;:-") if " " in start[longest // 2 :] else start[:-1]
    return f"{words}…"


def assign_titles(app: Sphinx, lists: Iterable[ListPage]) -> None:
    """PageTitle all documents and lists, once all were read."""
    env: BuildEnvironment = app.env
    blog = blog_of(app)
    posts = blog.posts
    site = app.config.html_title or ""
    titles: dict[str, str] = {}
    texts: dict[str, str] = {}
    days: dict[str, str] = {}
    for docname in sorted(env.found_docs & env.titles.keys()):
        post: BlogPost | None = posts[docname]
        titles[docname] = (
            post.title if post and not post.section else " ".join(env.titles[docname].astext().split())
        )
        summary = post.summary if post else ""
        texts[docname] = (
            summary or domain_of(env).beginnings.get(docname) or f"{titles[docname]} · {blog.blog_title}"
        )
        if post and post.date:
            days[docname] = post.date.date().isoformat()
    for page in lists:
        titles[page.docname] = page.title
        texts[page.docname] = _what_is_listed(page)
    dated = _distinct(titles, lambda page: f"{titles[page]} ({days.get(page, page)})")
    unique = _distinct(dated, lambda page: f"{titles[page]} ({page})")
    short = {page: cut(text) for page, text in texts.items()}
    described = _distinct(short, lambda page: cut(f"{unique[page]}: {texts[page]}"))
    headings = {page: unique[page] for page in titles if unique[page] != titles[page]}
    home = app.config.root_doc
    if titles.get(home) == site:  # which the title of each window ends in
        headings[home] = blog.blog_feed_subtitle or "Home"
    _titles_of_apps[app] = {
        page: PageTitle(unique[page], described[page], headings.get(page, "")) for page in titles
    }


def _distinct(texts: Mapping[str, str], other: Callable[[str], str]) -> dict[str, str]:
    """Return texts, and another for those that more than one page has."""
    uses = Counter(text.casefold() for text in texts.values())
    return {page: text if uses[text.casefold()] == 1 else other(page) for page, text in texts.items()}


def _what_is_listed(page: ListPage) -> str:
    """Return what a list has, in a sentence: how many, of which years, and the first of them."""
    shown = [item.title if isinstance(item, BlogPost) else f"{item} ({len(item)})" for item in page.shown]
    dates = [item.date.year for item in page.shown if isinstance(item, BlogPost) and item.date]
    years = f", {min(dates)} to {max(dates)}" if dates and min(dates) != max(dates) else ""
    years = f", {dates[0]}" if dates and not years and str(dates[0]) not in page.heading else years
    place = f"Page {page.number} of {len(page.pages)}: " if page.number > 1 else ""
    count = f"{page.total} post{'' if page.total == 1 else 's'}"
    is_list = page.heading.startswith("Posts")
    what = (
        f"{count}{page.heading.removeprefix('Posts')}" if is_list else f"{page.heading} with numbers of posts"
    )
    return f"{place}{what}{years}{': ' if shown else ''}{', '.join(shown)}"
