"""Exports of Disqus: XML with the threads of a site, each by its address, and their comments."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import SourceComment, Thread
from postdocs.importer.sources import xml
from postdocs.importer.sources.comments import comment, each_once, left_out
from postdocs.importer.sources.model import Source, read_date
from postdocs.importer.sources.source_text import SourceText
from postdocs.importer.sources.xml import children, local, text

_ROOT = "disqus"
_FLAGS = {"isDeleted": "deleted", "isSpam": "spam"}
_REMEDY = "export it again: Disqus, Moderation, Export"


def detect(source: SourceText) -> bool:
    """Tell whether it is an export of Disqus."""
    return source.is_markup and source.root == _ROOT


def read(source: SourceText) -> Source:
    """Read an export; it has no posts, but threads.

    Raises
    ------
    PostdocsError
        It is no XML, declares entities, or has no comments.

    """
    parsed = xml.parse(source.text, source.name)
    if parsed.root is None:
        raise PostdocsError(source.name, parsed.line or None, f"it is not XML: {parsed.problem}", _REMEDY)
    addresses: dict[str, str] = {}
    comments: dict[str, list[SourceComment]] = {}
    left: Counter[str] = Counter()
    for element in parsed.root.iterchildren(etree.Element):
        if local(element) == "thread":
            addresses[_id(element)] = text(element, "*", "link").strip()
        elif local(element) == "post":
            why = next((name for flag, name in _FLAGS.items() if _is_set(element, flag)), "")
            if why:
                left[why] += 1
            else:
                comments.setdefault(_reference(element, "thread"), []).append(_comment(element))
    threads = tuple(
        Thread(addresses.get(id_) or f"thread {id_}", each_once(of_thread))
        for id_, of_thread in comments.items()
    )
    notes = (*parsed.notes, *(left_out(count, why) for why, count in left.items()))
    return Source(source.name, "Disqus export", "", None, (), notes, threads=threads)


def _comment(element: etree._Element) -> SourceComment:
    author = next(iter(children(element, "*", "author")), None)
    return comment(
        _id(element),
        "" if author is None else text(author, "*", "name"),
        text(element, "*", "message"),
        date=read_date(text(element, "*", "createdAt"), "", []),
        parent=_reference(element, "parent"),
    )


def _is_set(element: etree._Element, flag: str) -> bool:
    return text(element, "*", flag).strip().lower() not in {"", "false", "0"}


def _reference(element: etree._Element, name: str) -> str:
    return next((_id(child) for child in children(element, "*", name)), "")


def _id(element: etree._Element) -> str:
    """Return the attribute `id` of the namespace of Disqus."""
    return next((str(value) for name, value in element.items() if etree.QName(name).localname == "id"), "")
