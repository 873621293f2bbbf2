"""What the head of each page says of it: to search engines, and to services where it is shared."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from babel.core import get_global
from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from postdocs.site import structured
from postdocs.site.ablog import Listed
from postdocs.site.blog import blog_of
from postdocs.site.builders import NOT_FOUND, html_of
from postdocs.site.config import address_of
from postdocs.site.names import cut, name_of
from postdocs.site.social import Shared, shared_of
from postdocs.site.syndication.feed import rfc3339

_GIVEN = re.compile(r"<meta\b[^>]*?\b(?:name|property)=[\"']?([^\"'\s>]+)", re.IGNORECASE)
_MADE = {"search": "Search", "genindex": "Index"}  # pages whose templates give them a title
_THEME = "pydata_sphinx_theme"
_COLOURS = (("light", "#ffffff"), ("dark", "#14181e"))  # of its pages

Meta = tuple[str, str, str]  # the attribute that says what it is, its value, and the content


def add_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Describe the page in its head; what is there already stays, since its author has written it."""
    builder = html_of(app)
    if builder is None:
        return
    base = address_of(app.config)
    url = urljoin(base, builder.get_target_uri(pagename)) if base else ""
    post: Listed | None = context.get("post_entry")
    name = name_of(app, pagename)
    if name and name.heading:
        context["title"] = html.escape(name.heading)
    title = name.title if name else Markup(context.get("title") or _MADE.get(pagename, pagename)).striptags()
    site = blog_of(app).blog_title
    description = name.description if name else cut(f"{title} · {site}")
    is_hidden = _is_hidden(app, pagename, context)
    context["pageurl"] = None if pagename == NOT_FOUND else context.get("pageurl") or url or None
    picture = shared_of(app, post)
    given = {found.lower() for found in _GIVEN.findall(context.get("metatags") or "")}
    metas = [
        ("name", "description", description),
        *_graph(app, context["pageurl"], title, description, picture),
    ]
    metas += _article(post) if post else [("property", "og:type", "website")]
    metas += [("name", "twitter:card", "summary_large_image" if picture else "summary")]
    metas += [("name", "robots", "noindex, follow")] if is_hidden else []
    values = {
        "metas": [meta for meta in metas if meta[1] not in given and _group(meta[1]) not in given],
        "colours": _COLOURS if app.config.html_theme == _THEME and "theme-color" not in given else (),
        "icon": "" if context.get("favicon_url") else context["pathto"]("_static/postdocs.svg", 1),
        "structured": []
        if is_hidden
        else [*_structured(app, pagename, context, title, description, url, picture)],
    }
    context["metatags"] = (context.get("metatags") or "") + builder.templates.render(
        "postdocs/head.html", values
    )


def _is_hidden(app: Sphinx, pagename: str, context: dict[str, Any]) -> bool:
    """Tell whether a page is of no use in a search engine: one that is made, a later part of a list, or an empty one."""
    page = context.get("post_list")
    return pagename.partition("-")[0] in {*_MADE, NOT_FOUND} or bool(
        page and (page.number > 1 or not page.total)
    )


def _group(key: str) -> str:
    """Return what has to go with a property: the size of a picture with the picture (https://ogp.me/)."""
    return "og:image" if key.startswith("og:image:") else key


def _graph(
    app: Sphinx, url: str | None, title: str, description: str, picture: Shared | None
) -> Iterator[Meta]:
    """Yield the properties of https://ogp.me/ that all pages have."""
    values = {
        "og:title": title,
        "og:url": url or "",
        "og:site_name": blog_of(app).blog_title,
        "og:description": description,
        "og:locale": _locale(app.config.language or "en"),
    }
    if picture:
        values |= {"og:image": picture.url, "og:image:alt": picture.alt}
        values |= {"og:image:width": str(picture.width or ""), "og:image:height": str(picture.height or "")}
    yield from (("property", key, value) for key, value in values.items() if value)


def _locale(language: str) -> str:
    """Return a language with the country that it is most used in, as in `en_US`, where it names none."""
    if "_" in language or "-" in language:
        return language.replace("-", "_")
    parts = get_global("likely_subtags").get(language, language).split("_")
    return f"{parts[0]}_{parts[-1]}" if len(parts) > 1 else language


def _article(post: Listed) -> list[Meta]:
    """Return the properties of https://ogp.me/#type_article."""
    metas = [("og:type", "article")]
    if post.date:
        metas += [("article:published_time", rfc3339(post.date))]
    if post.date and post.update > post.date:
        metas += [("article:modified_time", rfc3339(post.update))]
    metas += [("article:author", str(author)) for author in post.author]
    metas += [("article:section", str(category)) for category in post.category]
    metas += [("article:tag", str(tag)) for tag in post.tags]
    return [("property", *meta) for meta in metas]


def _structured(
    app: Sphinx,
    pagename: str,
    context: dict[str, Any],
    title: str,
    description: str,
    url: str,
    picture: Shared | None,
) -> Iterator[dict[str, Any]]:
    """Yield what machines read of a page; what needs an address is left out where the site has none."""
    post: Listed | None = context.get("post_entry")
    blog, base = blog_of(app), address_of(app.config)
    if pagename == app.config.root_doc:
        yield from structured.of_home(app, blog, base, description, picture)
    if post:
        yield structured.of_post(app, blog, post, url, description, picture)
    if base and pagename != app.config.root_doc:
        yield structured.of_breadcrumbs(app, context.get("parents") or [], title, url, base)
