"""The addresses of lists and feeds that sites in Markdown have by their settings, or by their templates.

https://docusaurus.io/docs/api/plugins/@docusaurus/plugin-content-blog, https://www.11ty.dev/docs/pagination/,
https://docs.astro.build/en/recipes/rss/, https://www.gatsbyjs.com/plugins/gatsby-plugin-feed/.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from postdocs.core.slugs import slugify
from postdocs.importer.entry import OldList
from postdocs.importer.folders.front_matter import FrontMatter, as_written, texts_of
from postdocs.importer.folders.list_addresses import FEED, Place, Posts, pages
from postdocs.importer.sources.archive import Files

_PROGRAMS = frozenset({".js", ".ts", ".mjs"})
_FEEDS_OF_DOCUSAURUS = ("rss.xml", "atom.xml")  # those of the default
_PER_PAGE = 10
_NAMED = re.compile(r"\{\{-?\s*(?P<name>[\w.]+)\s*(?:\|\s*\w+\s*)*-?\}\}")


def places(
    posts: Posts, files: Files, templates: Mapping[str, FrontMatter], settings: str
) -> Iterator[Place]:
    """Yield the paths of lists and feeds, from the root of the site.

    templates: the front matter of pages that are such. settings: the text of those of the site.
    """
    for front in templates.values():
        yield from _of_template(front, posts)
    for path in files.paths:
        stem, suffix = posixpath.splitext(path)
        if path.startswith("src/pages/") and suffix in _PROGRAMS and posixpath.splitext(stem)[1]:
            inner = stem.removeprefix("src/pages/")
            yield inner, OldList(is_feed=True) if FEED.fullmatch(posixpath.basename(inner)) else None
    if any(path.startswith("gatsby-config.") for path in files.paths) and "gatsby-plugin-feed" in settings:
        yield "/rss.xml", OldList(is_feed=True)
    if any(path.startswith("docusaurus.config.") for path in files.paths):
        yield from _of_docusaurus(posts)


def _of_docusaurus(posts: Posts) -> Iterator[Place]:
    yield from ((f"/blog/{name}", OldList(is_feed=True)) for name in _FEEDS_OF_DOCUSAURUS)
    yield from (
        ("/blog/", OldList()),
        ("/blog/archive/", OldList("archive")),
        ("/blog/tags/", OldList("tag")),
    )
    for at in pages(posts.number, _PER_PAGE):
        yield f"/blog/page/{at}/", OldList()
    for tag in posts.labels("tag"):
        yield f"/blog/tags/{slugify(tag)}/", OldList("tag", tag)


def _of_template(front: FrontMatter, posts: Posts) -> Iterator[Place]:
    """Yield the paths of what is made of a template of Eleventy."""
    given = front.text("permalink")
    if "{" not in given:
        if given.startswith("/"):
            yield given, OldList(is_feed=True) if FEED.fullmatch(posixpath.basename(given)) else None
        return
    pagination = front.values.get("pagination")
    if not isinstance(pagination, dict) or pagination.get("data") != "collections":
        return
    alias, left_out = pagination.get("alias"), texts_of(as_written(pagination.get("filter")))
    labels = posts.labels("tag")
    for tag in ("all", *labels):
        if tag in left_out:
            continue
        said = _filled(given, {str(alias): tag})
        if said is not None:
            is_whole = 1 < posts.number == labels[tag]  # that of a collection which all posts are in
            yield said, (OldList() if is_whole else OldList("tag", tag)) if tag in labels else None


def _filled(pattern: str, values: dict[str, str]) -> str | None:
    """Return a permalink with names of labels, as the filters for addresses write them."""
    whole = _NAMED.sub(lambda match: slugify(values.get(match["name"], "")) or match[0], pattern)
    return None if "{" in whole else whole
