"""Atom feeds (RFC 4287): of the blog, and of each tag, category and author."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import lxml.html
from lxml import etree
from sphinx.application import Sphinx
from sphinx.util import logging

import postdocs
from postdocs.site.ablog import Blog, Collection, Entry, blog_of, writes_html
from postdocs.site.frontmatter import slug_of
from postdocs.site.pages import feed_of

_ATOM = "http://www.w3.org/2005/Atom"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# XML 1.0 §2.2: what no document can hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(app: Sphinx) -> Iterator[tuple[str, dict[str, object], str]]:
    """Write all feeds. It yields no pages; it is a generator because the event asks for one."""
    yield from ()
    blog = blog_of(app)
    if not writes_html(app) or not blog.blog_baseurl:
        return
    base = blog.blog_baseurl.rstrip("/") + "/"
    entries = {entry.docname: _entry(app, entry, base) for entry in blog.posts}
    catalogs = [blog.tags, blog.category, blog.author]
    collections = [blog.posts, *(coll for catalog in catalogs for coll in catalog if len(coll))]
    for collection in collections:
        feed = _feed(blog, collection, base, app.builder.get_target_uri(collection.docname))
        feed.extend(etree.fromstring(entries[entry.docname]) for entry in _newest(blog, collection))
        path = Path(app.outdir, feed_of(collection))
        path.parent.mkdir(parents=True, exist_ok=True)
        etree.indent(feed)
        etree.ElementTree(feed).write(path, encoding="utf-8", xml_declaration=True)


def _newest(blog: Blog, collection: Collection) -> list[Entry]:
    return [*collection][: blog.blog_feed_length or None]


def _feed(blog: Blog, collection: Collection, base: str, page: str) -> etree._Element:
    """Return atom:feed (RFC 4287 §4.1.1) without its entries."""
    address = urljoin(base, feed_of(collection))
    whole = collection is blog.posts
    feed = etree.Element(_tag("feed"), nsmap={None: _ATOM})
    _add(feed, "id", address)
    _add(feed, "title", blog.blog_title if whole else f"{blog.blog_title}: {collection}")
    if blog.blog_feed_subtitle:
        _add(feed, "subtitle", blog.blog_feed_subtitle)
    _add(feed, "updated", max((entry.update for entry in collection), default=_EPOCH).isoformat())
    _add(feed, "link", rel="self", type="application/atom+xml", href=address)
    _add(feed, "link", rel="alternate", type="text/html", href=urljoin(base, page))
    _add(feed, "generator", "Postdocs", version=postdocs.__version__)
    _add_author(feed, blog.blog_title, base)  # for entries that name nobody (§4.1.1)
    return feed


def _entry(app: Sphinx, entry: Entry, base: str) -> bytes:
    """Return atom:entry (RFC 4287 §4.1.2)."""
    address = urljoin(base, quote(app.builder.get_target_uri(entry.docname)))
    element = etree.Element(_tag("entry"), nsmap={None: _ATOM})
    day = entry.date.date().isoformat()
    # RFC 4151: a name that stays when the address changes.
    _add(
        element,
        "id",
        entry.options.get("id") or f"tag:{urlsplit(base).hostname},{day}:{quote(slug_of(entry.docname))}",
    )
    _add(element, "title", entry.title)
    _add(element, "link", rel="alternate", type="text/html", href=address)
    if entry.options.get("source"):
        _add(element, "link", rel="via", href=entry.options["source"])
    _add(element, "published", entry.date.isoformat())
    _add(element, "updated", entry.update.isoformat())
    for author in entry.author:
        _add_author(element, str(author), author.href)
    for label in [*entry.category, *entry.tags]:
        _add(element, "category", term=str(label), label=str(label))
    if entry.options.get("summary"):
        _add(element, "summary", entry.options["summary"])
    _add(element, "content", _content(entry, address), type="html")
    return etree.tostring(element)


def _content(entry: Entry, address: str) -> str:
    """Return the article as HTML that stands by itself: absolute links, nothing of the page around it."""
    with logging.suppress_logging():  # what there is to say was said when the page was written
        text = entry.to_html(entry.docname, fulltext=True)
    text = re.sub(r"</?(?:html|head|body)\b[^>]*>", "", text)  # raw HTML of the author; lxml would stop there
    root = lxml.html.fragment_fromstring(text, create_parent="div")
    for element in [*root.iter("script", "style"), *root.find_class("headerlink")]:
        element.drop_tree()
    root.make_links_absolute(address, handle_failures="ignore")
    parts = (lxml.html.tostring(child, encoding="unicode") for child in root)
    return "".join([html.escape(root.text or ""), *parts]).strip()


def _add_author(parent: etree._Element, name: str, uri: str | None) -> None:
    """Add a person construct (RFC 4287 §3.2)."""
    author = etree.SubElement(parent, _tag("author"))
    _add(author, "name", name)
    if uri:
        _add(author, "uri", uri)


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> None:
    element = etree.SubElement(parent, _tag(name), {key: _clean(value) for key, value in attributes.items()})
    element.text = None if text is None else _clean(text)


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _tag(name: str) -> str:
    return f"{{{_ATOM}}}{name}"
