"""Comments in exports of WordPress: those that are approved."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from postdocs.importer.entry import SourceComment
from postdocs.importer.sources.comments import Listed, comment, public
from postdocs.importer.sources.wordpress.autop import paragraphs
from postdocs.importer.sources.wordpress.export import instant
from postdocs.importer.sources.xml import children, text

_WP = "*"
_APPROVED = frozenset({"1", "approve", "approved"})
_WAITING = frozenset({"", "0", "hold"})


def of_item(item: etree._Element) -> tuple[SourceComment, ...]:
    """Return the comments of an item that everybody could read, in their order."""
    listed = (Listed("", _comment(element), _why_left_out(element)) for element in _elements(item))
    return public(listed)[0].get("", ())


def left_out(item: etree._Element) -> Iterator[str]:
    """Yield, for each other comment, what it is: `pingback`, or `comment, spam`."""
    yield from filter(None, map(_why_left_out, _elements(item)))


def _elements(item: etree._Element) -> list[etree._Element]:
    return [element for element in children(item, _WP, "comment") if len(element)]


def _why_left_out(element: etree._Element) -> str:
    kind = text(element, _WP, "comment_type").strip().lower() or "comment"
    if kind != "comment":
        return kind
    status = text(element, _WP, "comment_approved").strip().lower()
    if status in _APPROVED:
        return ""
    return f"comment, {'not approved' if status in _WAITING else status}"


def _comment(element: etree._Element) -> SourceComment:
    parent = text(element, _WP, "comment_parent").strip()
    return comment(
        text(element, _WP, "comment_id"),
        text(element, _WP, "comment_author"),
        paragraphs(text(element, _WP, "comment_content").strip()),
        date=instant(element, "comment_date"),
        parent="" if parent == "0" else parent,
        website=text(element, _WP, "comment_author_url"),
    )
