"""Lists of posts within a document: our `recent-posts`, and ablog's `postlist`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from string import Formatter

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.i18n import format_date

from postdocs.sphinx_ext.blog.blog import find
from postdocs.sphinx_ext.blog.posts import Blog, BlogPost
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.compat.ablog import CATALOGS, Collection, PostList, PostListDirective
from postdocs.sphinx_ext.images.thumbnails import thumbnail, thumbnail_picture
from postdocs.sphinx_ext.pages.excerpts import excerpt_html, resolved_excerpt
from postdocs.sphinx_ext.pages.intro import path_to
from postdocs.sphinx_ext.pages.references import reference
from postdocs.sphinx_ext.reading.dates import date_node

logger = logging.getLogger(__name__)

_KEYS = {"date", "title", *CATALOGS}


class RecentPostsNode(nodes.General, nodes.Element):
    """Stands where the newest posts are to be listed."""


class RecentPosts(SphinxDirective):
    """List the newest posts; the argument is how many.

    Option featured: a post leads the list, the newest that is `featured`, else the newest with an image.
    """

    required_arguments = 1
    option_spec = {"featured": directives.flag}  # noqa: RUF012 - as docutils declares it

    def run(self) -> list[nodes.Node]:
        """Leave a node; the posts are known when all have been read."""
        try:
            number = directives.positive_int(self.arguments[0])
        except ValueError:
            raise self.error(f"'{self.arguments[0]}' is not a number of posts; write 1 or more") from None
        node = RecentPostsNode(number=number, featured="featured" in self.options)
        self.set_source_info(node)
        return [node]


class CheckedPostList(PostListDirective):  # type: ignore[misc]  # ablog ships no types
    """ablog's list of posts, whose mistakes have lines."""

    def run(self) -> list[nodes.Node]:
        """Leave ablog's node for the list, if it can be one."""
        if self.arguments and not self.arguments[0].isdecimal():
            raise self.error(f"'{self.arguments[0]}' is not a number of posts; write 1 or more, or nothing")
        unknown = {key for _, key, _, _ in Formatter().parse(self.options.get("format", "")) if key} - _KEYS
        if unknown:
            raise self.error(f"format: there is no '{min(unknown)}'; write one of {', '.join(sorted(_KEYS))}")
        list_nodes: list[nodes.Node] = super().run()
        return list_nodes


def note_lists(build: Build, doctree: nodes.document) -> None:
    """Note that a document shows lists of posts, and has to be written again when they change.

    One with nothing but a title may get a list in its place.
    """
    lists = [node for node in doctree.findall() if isinstance(node, RecentPostsNode | PostList)]
    if lists:
        has_excerpts = any(isinstance(node, PostList) and node["excerpts"] for node in lists)
        build.domain.lists[build.env.docname] = has_excerpts
    elif not any(map(_is_seen, doctree.findall())):
        build.domain.stubs[build.env.docname] = True


def _is_seen(node: nodes.Node) -> bool:
    """Tell whether a reader sees a node of a document, other than its titles and tables of contents."""
    if not isinstance(node, nodes.Text | nodes.image | nodes.raw | nodes.math_block):
        return False
    while node.parent is not None:
        node = node.parent
        if isinstance(node, nodes.title | nodes.Invisible | nodes.docinfo | addnodes.toctree):
            return False
    return True


def fill_lists(build: Build, doctree: nodes.document, docname: str) -> None:
    """Put the posts where a page asks for them."""
    builder = build.html
    if builder and docname not in build.domain.lists:  # in a book, other documents follow this one
        return
    lists = [node for node in doctree.findall() if isinstance(node, RecentPostsNode | PostList)]
    for node in lists:
        if isinstance(node, RecentPostsNode):
            if builder is None:
                continue  # see `books`
            text = _newest(build, docname, node["number"], has_lead=node["featured"])
            node.replace_self(nodes.raw("", text, format="html"))
        else:
            items = [_item(build, post, node, docname) for post in _chosen(build.blog, node, docname)]
            classes = [f"postlist-style-{node['list-style']}", "postlist"]
            node.replace_self(nodes.bullet_list("", *items, classes=classes) if items else [])


def _newest(build: Build, docname: str, number: int, *, has_lead: bool) -> str:
    """Return the rows of so many of the newest posts, as seen from a page, after the one that leads them."""
    posts, pathto = [*build.blog.posts], partial(path_to, build, docname)
    lead = _lead(build, posts) if has_lead else None
    values = {
        "pathto": pathto,
        "post_excerpt": partial(excerpt_html, build, docname),
        "post_thumbnail": lambda post, *how: thumbnail(build.builder, pathto, post.record, *how),
        "entries": [*([lead] if lead else []), *(post for post in posts if post is not lead)][:number],
        "has_lead": lead is not None,
    }
    text: str = build.builder.templates.render("postdocs/rows.html", values)
    return text


def _lead(build: Build, posts: Sequence[BlogPost]) -> BlogPost | None:
    """Return the post that leads a list: the newest that its author features, else that with an image."""
    featured = (post for post in posts if post.record.featured)
    pictured = (post for post in posts if thumbnail_picture(build.builder, post.record))
    return next(featured, None) or next(pictured, None)


def _chosen(blog: Blog, node: PostList, docname: str) -> list[BlogPost]:
    """Return the posts that a list asks for: those with all of its labels."""
    posts = [post for post in blog.posts if post.docname != docname]
    for name in CATALOGS:
        for label in filter(None, node[name]):
            collection = find(blog, name, label)
            if collection is None:
                message = f"postlist: no post has '{label}' in {name}; correct it, or remove the list"
                logger.warning(message, location=node, type="postdocs", subtype="post")
            members = {id(post) for post in collection or ()}
            posts = [post for post in posts if id(post) in members]
    posts = posts[: node["length"]]
    return posts[::-1] if node["sort"] else posts


def _item(build: Build, post: BlogPost, node: PostList, docname: str) -> nodes.list_item:
    line = nodes.paragraph(classes=["ablog-post-title"])
    for text, key, _, _ in Formatter().parse(node["format"]):
        line += nodes.Text(text)
        if key == "date" and post.date:
            line += date_node(post.date, _date(build, post.date, node["date"]))
        elif key == "title":
            title = _link(build, post.title, post, docname)
            title["classes"] += _language(build, post)
            line += title
        elif key in CATALOGS:
            for number, collection in enumerate(getattr(post, key)):
                line += [nodes.Text(", ")] if number else []
                line += _link(build, str(collection), collection, docname)
    item = nodes.list_item("", line, classes=["ablog-post"])
    if node["excerpts"]:
        excerpt = resolved_excerpt(build, post, docname)
        for part in (part for part in excerpt if isinstance(part, nodes.Element)):
            part["classes"] = [*part["classes"], *_language(build, post)]
        item += excerpt
        if node["expand"]:
            more = _link(build, node["expand"], post, docname)
            more["reftitle"] = post.title
            item += nodes.paragraph("", "", more, classes=["ablog-post-expand"])
    return item


def _language(build: Build, post: BlogPost) -> list[str]:
    """Return the class of what is in the language of a post, which docutils writes as `lang`."""
    return [f"language-{post.written_in.tag}"] if build.html and post.written_in is not build.language else []


def _date(build: Build, date: datetime, form: str | None) -> str:
    """Return a day in the form that the author wants, in the language of the site and not of the machine."""
    if form:
        return format_date(form, date=date, language=build.config.language)
    return build.language.day(date)


def _link(build: Build, text: str, page: BlogPost | Collection, docname: str) -> nodes.TextElement:
    if not isinstance(page, BlogPost):  # pages of labels are of HTML only
        return reference(build, text, docname, page.docname) if build.html else nodes.inline("", text)
    if page.external_link:
        return nodes.reference("", text, refuri=page.external_link, internal=False)
    return reference(build, text, docname, page.docname, page.section)


def setup(app: Sphinx) -> None:
    """Add the directives that list posts in a document."""
    app.add_directive("recent-posts", RecentPosts)
    app.add_directive("postlist", CheckedPostList, override=True)
    app.add_node(RecentPostsNode)
