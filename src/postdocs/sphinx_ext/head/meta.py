"""Metadata of each page for search engines and sharing."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from babel.core import get_global
from docutils import nodes
from jinja2.filters import do_striptags

from postdocs.core.dates import rfc3339
from postdocs.core.scholarly import license_of
from postdocs.sphinx_ext.blog.posts import BlogPost
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.builders import NOT_FOUND
from postdocs.sphinx_ext.config import address_of
from postdocs.sphinx_ext.head.alternates import alternates_of
from postdocs.sphinx_ext.head.citation_formats import metadata
from postdocs.sphinx_ext.head.jsonld import About, data_of
from postdocs.sphinx_ext.head.social import social_image_of
from postdocs.sphinx_ext.reading.shorten import shorten

_GIVEN = re.compile(r"<meta\b[^>]*?\b(?:name|property)=[\"']?([^\"'\s>]+)", re.IGNORECASE)
_THEMES = {"postdocs", "pydata_sphinx_theme"}
_COLOURS = (("light", "#ffffff"), ("dark", "#14181e"))  # of their pages


def add_metadata(
    build: Build, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add metadata to the head of a page, except what its author wrote."""
    page = _about(build, pagename, context)
    title = build.titles.get(pagename)
    if title and title.heading:
        context["title"] = html.escape(title.heading)
    context["pageurl"] = None if pagename == NOT_FOUND else context.get("pageurl") or page.url or None
    metatags = context.get("metatags") or ""
    given = {name.lower() for name in _GIVEN.findall(metatags)}
    is_hidden = _is_hidden(pagename, context)
    metas = [
        *_names(page, is_hidden=is_hidden),
        *_properties(build, page, context["pageurl"]),
        *_citation(build, page.post),
    ]
    values = {
        "metas": [meta for meta in metas if given.isdisjoint({meta[1].lower(), _group(meta[1])})],
        "colours": _COLOURS if build.config.html_theme in _THEMES and "theme-color" not in given else (),
        "icon": "" if context.get("favicon_url") else context["pathto"]("_static/postdocs.svg", 1),
        "alternates": alternates_of(build, page.post) if context["pageurl"] == page.url else (),
        "structured": [] if is_hidden else [*data_of(build, page, context.get("parents") or ())],
    }
    context["metatags"] = metatags + build.builder.templates.render("postdocs/head.html", values)


def _about(build: Build, pagename: str, context: dict[str, Any]) -> About:
    base = address_of(build.config)
    url = urljoin(base, build.builder.get_target_uri(pagename)) if base else ""
    post: BlogPost | None = context.get("post_entry")
    if named := build.titles.get(pagename):
        title, description = named.title, named.description
    else:
        _ = build.language.gettext
        by_template = {"search": _("Search"), "genindex": _("Index")}
        title = do_striptags(context.get("title") or by_template.get(pagename, pagename))
        description = shorten(f"{title} · {build.blog.blog_title}")
    return About(pagename, title, description, url, post, social_image_of(build, post))


def _is_hidden(pagename: str, context: dict[str, Any]) -> bool:
    """Tell whether a page is no answer to a search: that for lost readers, or an empty list."""
    page = context.get("post_list")
    return pagename == NOT_FOUND or (page is not None and not page.total)


def _group(key: str) -> str:
    """Return the property that another belongs to, such as the picture whose size it is."""
    return ":".join(key.split(":")[:2])


def _names(page: About, *, is_hidden: bool) -> Iterator[tuple[str, str, str]]:
    """Yield metadata by name: the attribute, its value, and the content."""
    yield "name", "description", page.description
    yield "name", "twitter:card", "summary_large_image" if page.picture else "summary"
    if is_hidden:
        yield "name", "robots", "noindex, follow"


def _properties(build: Build, page: About, canonical: str | None) -> Iterator[tuple[str, str, str]]:
    """Yield the properties of https://ogp.me/: the attribute, its value, and the content."""
    yield "property", "og:type", "article" if page.post else "website"
    yield "property", "og:title", page.title
    yield "property", "og:description", page.description
    yield "property", "og:site_name", build.blog.blog_title
    yield "property", "og:locale", _locale((page.post.written_in if page.post else build.language).tag)
    if canonical:
        yield "property", "og:url", canonical
    if picture := page.picture:
        yield "property", "og:image", picture.url
        if picture.width:
            yield "property", "og:image:width", str(picture.width)
            yield "property", "og:image:height", str(picture.height)
        yield "property", "og:image:alt", picture.alt
    if page.post:
        yield from (("property", f"article:{name}", value) for name, value in _article(page.post))


def _citation(build: Build, post: BlogPost | None) -> Iterator[tuple[str, str, str]]:
    """Yield what tells reference managers how to cite a post: the attribute, its value, and the content."""
    citation = build.citations.get((post.docname, post.section)) if post else None
    if citation and post:
        license_ = license_of(post.record.license) if post.record.license else None
        for name, content in metadata(citation, license_):
            yield "name", name, content


def _article(post: BlogPost) -> Iterator[tuple[str, str]]:
    """Yield the properties of https://ogp.me/#type_article, by their names in it."""
    published, changed = post.date, post.update
    if published:
        yield "published_time", rfc3339(published)
    if published and changed and changed > published:
        yield "modified_time", rfc3339(changed)
    yield from (("author", str(author)) for author in post.author)
    yield from (("section", str(category)) for category in post.category)
    yield from (("tag", str(tag)) for tag in post.tags)


def _locale(language: str) -> str:
    """Return a language with a country, as in `en_US`: where it names none, that where most speak it."""
    if {"_", "-"} & {*language}:
        return language.replace("-", "_")
    likely = get_global("likely_subtags").get(language, language).split("_")
    return f"{language}_{likely[-1]}" if len(likely) > 1 else language
