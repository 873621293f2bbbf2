"""Pages that list posts, such as a home page, and their feeds."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from bs4 import Tag

from postdocs.core.html import HEADINGS
from postdocs.core.word_count import count_words
from postdocs.importer.addresses import key_of
from postdocs.importer.html.select import select
from postdocs.importer.sources.model import fold
from postdocs.importer.sources.page_facts import Page

# What holds one post each, by HTML, microformats, schema.org, and the habits of themes.
_POSTS = (
    "article, .h-entry, .hentry, [itemprop=blogPost], .post, .post-preview, .post-card, .blog-post, "
    ".post-item, .post-outer, .entry, .teaser, li"
)
_FEEDS = ("application/atom+xml", "application/rss+xml", "application/feed+json", "application/rdf+xml")
_ROOTS = frozenset({"", "/index.html", "/index.php", "/blog", "/posts", "/archive", "/archives"})
_MOST_OF_ONE = 0.7  # of the words of all teasers; where one has more, it is the post of the page
_FEWEST_LINKS = 5
_FEWEST_HEADINGS = 3
_HEADINGS = sorted(HEADINGS)
_MORE = re.compile(r"(?:read|continue|keep) (?:more|reading|on)\b|more\b|read the rest\b")


def is_list(page: Page, body: Tag, url: str | None) -> bool:
    """Tell whether a page lists posts: the headings in it lead to other pages, and no text is its own.

    body: where its article would be. url: of the page, where it is known.
    """
    parts = teasers(page, url)
    if len(parts) > 1:
        outer = {id(body), *map(id, body.parents)}
        around = [tag for tag in parts if id(tag) in outer]
        words = [_words(tag) for tag in parts]
        if around and (
            (url and _leads_elsewhere(_heading(around[0]), url))
            or _words(around[0]) < _MOST_OF_ONE * sum(words)
        ):
            return True
        within = sum(_words(tag) for tag in parts if any(parent is body for parent in tag.parents))
        if within > _MOST_OF_ONE * _words(body):
            return True
    return _is_index(body, url) or _is_outline(body, url)


def teasers(page: Page, url: str | None) -> list[Tag]:
    """Return the parts of a page that are the beginnings of other pages. url: of the page, if known."""
    parts = [tag for tag in select(page.soup, _POSTS) if _is_teaser(tag, url)]
    outer = {id(parent) for tag in parts for parent in tag.parents}  # equal ones may be others
    return [tag for tag in parts if id(tag) not in outer]


def _is_teaser(tag: Tag, url: str | None) -> bool:
    """Tell whether an element is the beginning of a post: its heading, or a link beside it, leads there."""
    heading = _heading(tag)
    if _leads_elsewhere(heading, url):
        return True
    if heading is None or heading.name == "h1":  # of a post itself, which may have such links too
        return False
    title = fold(heading.get_text()).casefold()
    labels = (
        fold(f"{link.get_text()} {link.get('aria-label', '')}").casefold()
        for link in tag.find_all("a", href=True)
    )
    return bool(title) and any(title in label or _MORE.match(label) for label in labels)


def _heading(tag: Tag) -> Tag | None:
    heading = tag.find(_HEADINGS)
    return heading if isinstance(heading, Tag) else None


def _leads_elsewhere(heading: Tag | None, url: str | None) -> bool:
    """Tell whether a heading is a link to another page."""
    if heading is None:
        return False
    link = heading.find("a", href=True) or heading.find_parent("a", href=True)
    if not isinstance(link, Tag) or str(link["href"]).startswith("#"):
        return False
    return url is None or not _is_same(_joined(url, str(link["href"])), url)


def _is_same(link: str, url: str) -> bool:
    """Tell whether a link leads to a page itself, also without the folder of the site, or with a query."""
    if key_of(link) == key_of(url):
        return True
    one, other = urlsplit(link), urlsplit(url)
    path = one.path.rstrip("/")
    return bool(path) and one.netloc == other.netloc and other.path.rstrip("/").endswith(path)


def _is_outline(body: Tag, url: str | None) -> bool:
    """Tell whether nearly all headings lead to other pages of the blog itself."""
    headings = body.find_all(_HEADINGS)
    to_blog = [
        heading
        for heading in headings
        if _leads_elsewhere(heading, url)
        and isinstance(link := heading.find("a", href=True), Tag)
        and _is_of_site(str(link["href"]), url)
    ]
    return len(to_blog) >= _FEWEST_HEADINGS and len(headings) - len(to_blog) <= 1


def _is_of_site(href: str, url: str | None) -> bool:
    return urlsplit(_joined(url or "", href)).netloc in {"", urlsplit(url or "").netloc}


def _is_index(body: Tag, url: str | None) -> bool:
    """Tell whether it is the first page of a blog, with little text but that of links."""
    if url is None or urlsplit(url).path.rstrip("/") not in _ROOTS:
        return False
    links = [link for link in body.find_all("a", href=True) if link.get_text(strip=True)]
    return len(links) >= _FEWEST_LINKS and 2 * sum(map(_words, links)) > _words(body)


def _words(tag: Tag) -> float:
    return count_words(tag.get_text(" "))


def feed_of(page: Page, url: str | None) -> str | None:
    """Return the address of the feed that a page names (HTML Living Standard §4.6.7.1), but of comments."""
    for link in select(page.soup, "link[rel~=alternate][href]"):
        href, kind = str(link["href"]), str(link.get("type") or "").partition(";")[0].strip().lower()
        if kind in _FEEDS and "comment" not in f"{href} {link.get('title', '')}".lower():
            return _joined(url or "", href)
    return None


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return href
