"""The pages that list posts, and what every page says of them: head line, older and newer, breadcrumbs."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from postdocs.site.ablog import Blog, Collection, Entry, blog_of, writes_html

LIST = "postdocs/list.html"
INDEX = "postdocs/index.html"
ARCHIVE = "postdocs/archive.html"

_CATALOGS = {  # of ablog: title of its index, title of a page of it
    "tags": ("Tags", "Posts tagged {}"),
    "category": ("Categories", "Posts in {}"),
    "author": ("Authors", "Posts by {}"),
}


class RecentPostsNode(nodes.General, nodes.Element):
    """Stands where the newest posts are to be listed."""


class RecentPosts(SphinxDirective):
    """List the newest posts; the argument is how many."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Leave a node; the posts are known when all have been read."""
        try:
            node = RecentPostsNode(number=directives.positive_int(self.arguments[0]))
        except ValueError:
            raise self.error(f"'{self.arguments[0]}' is not a number of posts; write 1 or more") from None
        self.set_source_info(node)
        return [node]


def list_recent(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """List the newest posts where a page asks for them."""

    def pathto(target: str) -> str:
        return app.builder.get_relative_uri(docname, target)

    for node in [*doctree.findall(RecentPostsNode)]:
        if writes_html(app):
            entries = [*blog_of(app).posts][: node["number"]]
            text = app.builder.templates.render("postdocs/rows.html", {"pathto": pathto, "entries": entries})
            node.replace_self(nodes.raw("", text, format="html"))
        else:
            node.parent.remove(node)


def collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the pages that list posts, save where the author has written a page of that name.

    They are pages of the theme, whatever that is: `add_context` makes their body.
    """
    if not writes_html(app):
        return
    address = app.builder.get_target_uri  # `blog` and `blog/index` are one, where folders are addresses
    written = {address(docname) for docname in app.env.found_docs}
    for docname, context, template in _pages(blog_of(app)):
        if address(docname) not in written:
            # The theme takes titles for HTML, as Sphinx makes them for documents.
            context |= {"heading": context["title"], "title": html.escape(context["title"])}
            yield docname, {**context, "list_template": template, "body": ""}, "page.html"


def _pages(blog: Blog) -> Iterator[tuple[str, dict[str, Any], str]]:
    yield blog.posts.docname, {"title": "Posts", "entries": [*blog.posts], "feed": blog.posts}, LIST
    years = [year for year in blog.archive if len(year)]
    yield blog.archive.docname, {"title": "Archive", "years": years}, ARCHIVE
    for year in years:
        yield year.docname, {"title": f"Posts from {year}", "entries": [*year], "within": blog.archive}, LIST
    for name, (plural, header) in _CATALOGS.items():
        catalog = blog.catalogs[name]
        used = sorted((c for c in catalog if len(c)), key=lambda c: str(c).casefold())
        yield catalog.docname, {"title": plural, "collections": used}, INDEX
        for collection in used:
            context = {"title": header.format(collection), "entries": [*collection], "within": catalog}
            yield collection.docname, {**context, "feed": collection}, LIST


def feed_of(collection: Collection) -> str:
    """Return where the feed of a collection is, as a path in the output."""
    return f"{collection.path}/atom.xml"


def add_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the templates the posts around a page, its feed, and the way up to it."""
    if not writes_html(app):
        return
    blog = blog_of(app)
    entry: Entry | None = blog.posts[pagename]
    older, newer = _neighbours(blog, pagename) if entry else (None, None)
    context |= {"entry": entry, "older": older, "newer": newer}
    context["parents"] = _parents(blog, pagename, context) or context.get("parents", [])
    context["navbar"] = _navbar(app, blog.posts.docname if entry else pagename, pagename)
    context["feeds"] = []
    if blog.blog_baseurl:
        context["feeds"].append((feed_of(blog.posts), blog.blog_title))
        collection = context.get("feed")
        if collection and collection is not blog.posts:
            context["feeds"].insert(0, (feed_of(collection), f"{blog.blog_title}: {context['heading']}"))
    context.pop("feed_path", None)  # ablog's page.html would announce the feed once more

    def render(template: str) -> str:
        text: str = app.builder.templates.render(template, context)
        return text

    context["metatags"] = context.get("metatags", "") + render("postdocs/feeds.html")
    if "list_template" in context:
        context["body"] = render(context["list_template"])
    elif entry:
        title, end, rest = context["body"].partition("</h1>")
        headline, neighbours = render("postdocs/headline.html"), render("postdocs/neighbours.html")
        context["body"] = f"{title}{end}{headline}{rest}{neighbours}"


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


def _neighbours(blog: Blog, pagename: str) -> tuple[Entry | None, Entry | None]:
    entries = [*blog.posts]  # the newest first
    at = next(index for index, entry in enumerate(entries) if entry.docname == pagename)
    return entries[at + 1] if at + 1 < len(entries) else None, entries[at - 1] if at else None


def _parents(blog: Blog, pagename: str, context: dict[str, Any]) -> list[dict[str, str]]:
    """Return the breadcrumbs of pages that are in no table of contents."""
    above = [blog.posts] if blog.posts[pagename] or "heading" in context else []
    above = [page for page in [*above, context.get("within")] if page and page.docname != pagename]
    titles = {blog.posts.docname: "Posts", blog.archive.docname: "Archive"}
    titles |= {blog.catalogs[name].docname: plural for name, (plural, _) in _CATALOGS.items()}
    return [{"title": titles[page.docname], "link": context["pathto"](page.docname)} for page in above]
