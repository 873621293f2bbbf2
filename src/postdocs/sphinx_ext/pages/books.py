"""Posts where no template makes pages: in books, in one long page, and as text."""

from __future__ import annotations

from typing import cast

from docutils import nodes
from sphinx import addnodes

from postdocs.sphinx_ext.blog.posts import BlogPost
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.pages.directives import RecentPostsNode
from postdocs.sphinx_ext.pages.references import reference
from postdocs.sphinx_ext.reading.dates import date_node


def add_posts(build: Build, doctree: nodes.document, docname: str) -> None:
    """Say of a post when it was written and by whom, and list posts where a page asks for them."""
    if build.html:
        return
    for node in cast("list[nodes.Element]", [*doctree.findall(RecentPostsNode)]):
        node.replace_self(_list(build, [*build.blog.posts][: node["number"]], docname))
    # A book is one doctree, with those of other documents in it.
    others = ((str(file["docname"]), file) for file in [*doctree.findall(addnodes.start_of_file)])
    for name, part in ((docname, doctree), *others):
        for post in build.blog.by_docname.get(name, ()):
            _add_headline(build, part, post)
        sections = [*part.findall(nodes.section)]
        if sections and name == build.blog.posts.docname and name not in build.domain.lists:
            sections[0] += _list(build, [*build.blog.posts], docname)


def _add_headline(build: Build, part: nodes.Element, post: BlogPost) -> None:
    sections = part.findall(nodes.section)
    place = next((node for node in sections if post.section in node["ids"]), part)
    if title := next(iter(place.findall(nodes.title)), None):
        title.parent.insert(title.parent.index(title) + 1, _headline(build, post))


def _headline(build: Build, post: BlogPost) -> nodes.paragraph:
    line = nodes.paragraph(classes=["post-headline"])
    line += date_node(post.date, build.language.day(post.date)) if post.date else []
    if post.author:
        line += nodes.Text(f"{' · ' if post.date else ''}{', '.join(map(str, post.author))}")
    return line


def _list(build: Build, posts: list[BlogPost], docname: str) -> list[nodes.Node]:
    items = []
    for post in posts:
        link = reference(build, post.title, docname, post.docname, post.section)
        day = build.language.day
        date = [date_node(post.date, day(post.date)), nodes.Text(" ")] if post.date else []
        items.append(nodes.list_item("", nodes.paragraph("", "", *date, link)))
    return [nodes.bullet_list("", *items)] if items else []
