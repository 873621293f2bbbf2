"""Documents of Atom 1.0 (RFC 4287)."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from datetime import datetime

from postdocs.core.dates import rfc3339
from postdocs.core.html import XML_FORBIDDEN
from postdocs.core.scholarly import doi_url
from postdocs.sphinx_ext.feeds.model import Channel, Document, Entry, Person, address

# XML 1.0 §2.11 and §3.3.3: parsers make one newline of these, and of all white space in attributes a space.
_KEPT_IN_TEXT = ("\r", "&#13;")
_KEPT_IN_ATTRIBUTES = str.maketrans({"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})
_THREADS = "http://purl.org/syndication/thread/1.0"
_TYPE = "application/atom+xml"
_XHTML = ' xmlns="http://www.w3.org/1999/xhtml"'  # an attribute


def entry_element(entry: Entry) -> bytes:
    """Return the atom:entry of a post (RFC 4287 §4.1.2), as it is put into any number of feeds."""
    language = _attribute("xml:lang", entry.language)
    lines = [f"<entry{language}>", *(f"  {line}" for line in _entry(entry)), "</entry>"]
    return "\n".join(f"  {line}" for line in lines).encode()


def to_xml(
    channel: Channel,
    document: Document,
    base: str,
    stylesheet: str,
    element: Callable[[Entry], bytes] = entry_element,
) -> bytes:
    """Return a document of a feed whose folder is at the absolute address *base*.

    stylesheet is the address of `feed.css`. element gives the atom:entry of a post; one that remembers saves
    the work where a post is in many feeds.
    """
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<?xml-stylesheet type="text/css"{_attribute("href", stylesheet)}?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom"{_attribute("xml:lang", channel.language)}>',
        *(f"  {line}" for line in _feed(channel, document, base)),
    ]
    lines = ["\n".join(head).encode(), *map(element, document.entries), b"</feed>", b""]
    return b"\n".join(lines)


def _feed(channel: Channel, document: Document, base: str) -> Iterator[str]:
    """Write what atom:feed has before its entries (RFC 4287 §4.1.1, RFC 5005 §4)."""
    yield _text("id", channel.id)
    yield _text("title", channel.title)
    if channel.subtitle:
        yield _text("subtitle", channel.subtitle)
    yield _date("updated", document.updated)
    yield from _person(channel.author)
    yield _link("self", _TYPE, address(base, document.name))
    yield _link("alternate", "text/html", channel.page)
    neighbours = {
        "current": document.current,
        "prev-archive": document.previous,
        "next-archive": document.next,
    }
    for relation, name in neighbours.items():
        if name:
            yield _link(relation, _TYPE, address(base, name))
    if document.current:
        yield '<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>'
    name, version = channel.generator
    yield _text("generator", name, _attribute("version", version))
    if channel.icon:
        yield _text("icon", channel.icon)
    if channel.rights:
        yield _text("rights", channel.rights)
    yield from _notice(channel, address(base, document.current) if document.current else None)


def _notice(channel: Channel, current: str | None) -> Iterator[str]:
    """Write what a browser shows to who opens a feed there; *current* is what to subscribe to, if not this.

    CSS makes no links; an element of XHTML, which feed readers pass over (RFC 4287 §6.4), is one.
    """
    text = channel.notice.archive if current else channel.notice.feed
    addresses = {"page": _in_attribute(channel.page), "newest": _in_attribute(current or "")}
    yield f"<div{_XHTML}{_attribute('xml:lang', channel.notice.language)}>"
    yield f"  <p>{text % addresses}</p>"
    yield "</div>"


def _entry(entry: Entry) -> Iterator[str]:
    yield _text("id", entry.id)
    yield _text("title", entry.title)
    yield _text("a", entry.title, f"{_XHTML}{_attribute('href', entry.url)}")  # for browsers, as in `_notice`
    yield _link("alternate", "text/html", entry.url)
    if entry.source:
        yield _link("via", None, entry.source)
    if entry.doi:
        yield _link("cite-as", None, doi_url(entry.doi))  # RFC 8574
    for work in entry.references:
        if work.address:
            yield _link("related", None, work.address)
    if entry.license and entry.license.url:
        yield _link("license", None, entry.license.url)  # RFC 4946
    if entry.license:
        yield _text("rights", entry.license.name)
    yield _date("published", entry.published)
    yield _date("updated", entry.updated)
    for author in entry.authors:
        yield from _person(author)
    for category in entry.categories:
        yield f"<category{_attribute('term', category.term)}{_attribute('label', category.label)}/>"
    if entry.comments:
        yield f'<thr:total xmlns:thr="{_THREADS}">{entry.comments}</thr:total>'  # RFC 4685 §5
    if entry.summary:
        yield _text("summary", entry.summary)
    if entry.content:
        yield _text("content", entry.content, ' type="html"')


def _person(person: Person) -> Iterator[str]:
    """Write a person construct (RFC 4287 §3.2)."""
    yield "<author>"
    yield f"  {_text('name', person.name)}"
    if person.uri:
        yield f"  {_text('uri', person.uri)}"
    yield "</author>"


def _link(relation: str, type_: str | None, href: str) -> str:
    return f'<link rel="{relation}"{_attribute("type", type_)}{_attribute("href", href)}/>'


def _date(name: str, date: datetime) -> str:
    return _text(name, rfc3339(date))


def _text(name: str, text: str, attributes: str = "") -> str:
    escaped = html.escape(XML_FORBIDDEN.sub("", text), quote=False).replace(*_KEPT_IN_TEXT)
    return f"<{name}{attributes}>{escaped}</{name}>"


def _attribute(name: str, value: str | None) -> str:
    """Write an attribute with the space before it; nothing where there is no value."""
    if value is None:
        return ""
    return f' {name}="{_in_attribute(value)}"'


def _in_attribute(value: str) -> str:
    return html.escape(XML_FORBIDDEN.sub("", value)).translate(_KEPT_IN_ATTRIBUTES)
