"""Exports of Disqus: XML with the threads of a site, each by its address, and their comments."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from lxml import etree

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import SourceComment, Thread
from postdocs.importer.sources import xml
from postdocs.importer.sources.comments import Listed, comment, public
from postdocs.importer.sources.model import Source, read_date
from postdocs.importer.sources.source_text import SourceText
from postdocs.importer.sources.xml import children, local, text

_ROOT = "disqus"
_FLAGS = {"isDeleted": "deleted", "isSpam": "spam"}
_REMEDY = "export it again: Disqus, Moderation, Export"
# Links of comments lead through Disqus, which appends a signature to their address.
_REDIRECT = re.compile(
    r"https?://disq\.us/(?:url)?\?url=(?P<url>https?%3A%2F%2F[^\"'&\s<>]+)[^\"'\s<>]*", re.IGNORECASE
)
_SIGNATURE = re.compile(r":[\w-]{20,}$")


def detect(source: SourceText) -> bool:
    """Tell whether it is an export of Disqus."""
    return source.is_markup and source.root == _ROOT


def read(source: SourceText) -> Source:
    """Read an export; it has no posts, but threads.

    Raises
    ------
    PostdocsError
        It is no XML, or declares entities.

    """
    parsed = xml.parse(source.text, source.name)
    if parsed.root is None:
        raise PostdocsError(source.name, parsed.line or None, f"it is not XML: {parsed.problem}", _REMEDY)
    elements = [*parsed.root.iterchildren(etree.Element)]
    threads = {_id(element): element for element in elements if local(element) == "thread"}
    comments, left = public(_listed(element, threads) for element in elements if local(element) == "post")
    read_threads = tuple(_thread(id_, threads.get(id_), of_page) for id_, of_page in comments.items())
    return Source(source.name, "Disqus export", "", None, (), (*parsed.notes, *left), threads=read_threads)


def _thread(id_: str, element: etree._Element | None, comments: tuple[SourceComment, ...]) -> Thread:
    """Return a thread. element: what the export says of it, None where that is missing.

    Its `<id>` is the identifier that the page gave to Disqus; front matter may have that, or its number.
    """
    address = "" if element is None else text(element, "*", "link")
    given = "" if element is None else text(element, "*", "id")
    return Thread(address or f"thread {id_}", comments, tuple(filter(None, (given, id_))))


def _listed(element: etree._Element, threads: dict[str, etree._Element]) -> Listed:
    page = _reference(element, "thread")
    why = next((name for flag, name in _FLAGS.items() if _is_set(element, flag)), "")
    if not why and text(element, "*", "isApproved").lower() in {"false", "0"}:
        why = "not approved"
    if not why and page in threads and _is_set(threads[page], "isDeleted"):
        why = "on a deleted page"
    return Listed(page, _comment(element), why)


def _comment(element: etree._Element) -> SourceComment:
    author = next(iter(children(element, "*", "author")), element)
    names = () if author is element else (text(author, "*", "name"), text(author, "*", "username"))
    return comment(
        _id(element),
        next(filter(None, names), ""),
        _REDIRECT.sub(_target, text(element, "*", "message")),
        date=read_date(text(element, "*", "createdAt"), "", []),
        parent=_reference(element, "parent"),
    )


def _target(match: re.Match[str]) -> str:
    return html.escape(_SIGNATURE.sub("", unquote(match["url"])))


def _is_set(element: etree._Element, flag: str) -> bool:
    return text(element, "*", flag).lower() not in {"", "false", "0"}


def _reference(element: etree._Element, name: str) -> str:
    return next((_id(child) for child in children(element, "*", name)), "")


def _id(element: etree._Element) -> str:
    """Return the attribute `id` of the namespace of Disqus."""
    return next((str(value) for name, value in element.items() if etree.QName(name).localname == "id"), "")
