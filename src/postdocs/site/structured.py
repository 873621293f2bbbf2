"""What machines read of a page: JSON-LD in the words of https://schema.org/."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup
from sphinx.application import Sphinx

from postdocs.site.ablog import Blog, Listed
from postdocs.site.social import Shared
from postdocs.site.syndication.feed import rfc3339

_CONTEXT = "https://schema.org"


def of_post(
    app: Sphinx, blog: Blog, post: Listed, url: str, description: str, picture: Shared | None
) -> dict[str, Any]:
    """Return a post as https://schema.org/BlogPosting. url: its own address; "" where the site has none."""
    data = {
        "@context": _CONTEXT,
        "@type": "BlogPosting",
        "headline": post.title,
        "description": description,
        "datePublished": rfc3339(post.date) if post.date else None,
        "dateModified": rfc3339(post.update) if post.update else None,
        "author": [
            _some({"@type": "Person", "name": str(author), "url": author.href}) for author in post.author
        ],
        "publisher": {"@type": "Organization", "name": blog.blog_title},
        "keywords": [str(tag) for tag in post.tags],
        "articleSection": [str(category) for category in post.category],
        "timeRequired": f"PT{post.entry.minutes}M",
        "inLanguage": _language(app),
        "isBasedOn": post.entry.source,
        "url": url,
        "mainEntityOfPage": url,
        "image": picture.url if picture else None,
    }
    return _some(data)


def of_home(
    app: Sphinx, blog: Blog, base: str, description: str, picture: Shared | None
) -> list[dict[str, Any]]:
    """Return the site as https://schema.org/WebSite, and its blog as https://schema.org/Blog."""
    site = {
        "@context": _CONTEXT,
        "name": blog.blog_title,
        "description": blog.blog_feed_subtitle or description,
        "inLanguage": _language(app),
    }
    address = urljoin(base, app.builder.get_target_uri(blog.posts.docname)) if base else None
    picture_url = picture.url if picture else None
    return [
        _some({**site, "@type": "WebSite", "url": base}),
        _some({**site, "@type": "Blog", "url": address, "image": picture_url}),
    ]


def of_breadcrumbs(
    app: Sphinx, parents: list[dict[str, str]], title: str, url: str, base: str
) -> dict[str, Any]:
    """Return the way to a page as https://schema.org/BreadcrumbList.

    parents: as templates have them, title in HTML and link from the page. url: the address of the page.
    """
    above = [(Markup(parent["title"]).striptags(), urljoin(url, parent["link"])) for parent in parents]
    home = ("Home", urljoin(base, app.builder.get_target_uri(app.config.root_doc)))
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": item}
        for place, (name, item) in enumerate([home, *above, (title, url)], 1)
    ]
    return {"@context": _CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def _language(app: Sphinx) -> str:
    return (app.config.language or "en").replace("_", "-")


def _some(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out what says nothing."""
    return {key: value for key, value in data.items() if value not in (None, "", [])}
