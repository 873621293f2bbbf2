"""Pages that list posts, as the home page of a blog does, and the feeds that they name."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from bs4 import Tag

from postdocs.core.html import HEADINGS
from postdocs.importer.addresses import key_of
from postdocs.importer.sources.page_facts import Page

# What holds one post each, by HTML, microformats, schema.org, and the habits of themes.
_POSTS = (
    "article, .h-entry, .hentry, [itemprop=blogPost], .post, .post-preview, .post-card, .blog-post, "
    ".post-item, .post-outer, .entry, .teaser"
)
_FEEDS = ("application/atom+xml", "application/rss+xml", "application/feed+json", "application/rdf+xml")
_ROOTS = frozenset({"", "/index.html", "/index.php", "/blog", "/posts", "/archive", "/archives"})
_MOST_OF_ONE = 0.7  # of the words of all teasers; where one has more, it is the post of the page
_FEWEST_LINKS = 5


def is_list(page: Page, body: Tag, url: str | None) -> bool:
    """Tell whether a page lists posts: the headings in it lead to other pages, and no text is its own.

    body: where its article would be. url: of the page, where it is known.
    """
    teasers = [tag for tag in page.soup.select(_POSTS) if _leads_elsewhere(tag, url)]
    teasers = [tag for tag in teasers if not any(tag in other.parents for other in teasers)]
    if len(teasers) > 1:
        around = [tag for tag in teasers if tag is body or tag in body.parents]
        words = [_words(tag) for tag in teasers]
        if around and (url or _words(around[0]) < _MOST_OF_ONE * sum(words)):
            return True
        within = sum(_words(tag) for tag in teasers if body in tag.parents)
        if within > _MOST_OF_ONE * _words(body):
            return True
    return _is_index(body, url)


def _leads_elsewhere(tag: Tag, url: str | None) -> bool:
    """Tell whether the first heading in an element is a link to another page."""
    heading = tag.find(HEADINGS)
    link = (heading.find("a", href=True) or heading.find_parent("a", href=True)) if heading else None
    if not isinstance(link, Tag) or str(link["href"]).startswith("#"):
        return False
    return url is None or key_of(_joined(url, str(link["href"]))) != key_of(url)


def _is_index(body: Tag, url: str | None) -> bool:
    """Tell whether it is the first page of a blog, with little text but that of links."""
    if url is None or urlsplit(url).path.rstrip("/") not in _ROOTS:
        return False
    links = [link for link in body.find_all("a", href=True) if link.get_text(strip=True)]
    return len(links) >= _FEWEST_LINKS and 2 * sum(map(_words, links)) > _words(body)


def _words(tag: Tag) -> int:
    return len(tag.get_text(" ").split())


def feed_of(page: Page, url: str | None) -> str | None:
    """Return the address of the feed that a page names (HTML Living Standard §4.6.7.1), but of comments."""
    for link in page.soup.select("link[rel~=alternate][href]"):
        href, kind = str(link["href"]), str(link.get("type") or "").partition(";")[0].strip().lower()
        if kind in _FEEDS and "comment" not in f"{href} {link.get('title', '')}".lower():
            return _joined(url or "", href)
    return None


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return href
