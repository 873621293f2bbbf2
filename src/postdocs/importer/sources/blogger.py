"""Exports of Blogger: Atom, whose entries are posts, pages, comments, settings and the template."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from postdocs.importer.entry import Entry, Note, NoteKind, SourceComment
from postdocs.importer.sources.comments import Listed, comment, public
from postdocs.importer.sources.model import fold, read_date
from postdocs.importer.sources.visibility import fields_of_element, visibility_of
from postdocs.importer.sources.xml import children, space, text, text_of

KIND = "schemas.google.com/g/2005#kind"  # how the scheme of categories ends that say what an entry is
_BLOGGER = "schemas.google.com/blogger/"  # part of the namespace of exports that Google Takeout makes
_PARTS = re.compile(r"^tag:blogger\.com,.*\.(settings|layout|template)\b")  # in ids of entries


_POSTS = frozenset({"post", "page"})
_COMMENT = "comment"
_UNKNOWN = Note(NoteKind.NOTICED, "the export does not say what it is; it is a draft here")


@dataclass(frozen=True)
class EntryKind:
    """What an entry is. path: its address on the blog, where the export has no link."""

    name: str
    draft: bool = False
    path: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def page(self) -> bool:
        """Whether it is a page."""
        return self.name == "page"

    @property
    def is_post(self) -> bool:
        """Whether it comes along."""
        return self.name in _POSTS


def description_of(entry: etree._Element) -> str | None:
    """Return what the author of a post wrote for search engines; None where that is nothing."""
    return fold(_said(entry, "metaDescription")) or None


@dataclass(frozen=True)
class Kinds:
    """What the entries of a feed are."""

    kinds: tuple[EntryKind, ...]
    is_export: bool
    notes: tuple[Note, ...]


def kinds(entries: Sequence[etree._Element]) -> Kinds:
    """Tell what each entry of an Atom feed is; entries of other feeds than exports are posts.

    The public feed of a blog at Blogger marks its entries as posts too, but has nothing else.
    """
    all_kinds = [_kind(entry) for entry in entries]
    names = Counter(kind.name for kind in all_kinds if not kind.is_post)
    is_export = bool(names) or any(_said(entry, "type") for entry in entries)
    if is_export:
        all_kinds = [
            kind
            if _states_kind(entry) or not kind.is_post
            else replace(kind, draft=True, notes=(*kind.notes, _UNKNOWN))
            for kind, entry in zip(all_kinds, entries, strict=True)
        ]
    return Kinds(
        tuple(all_kinds),
        is_export,
        tuple(
            Note(NoteKind.LEFT_OUT, f"{count} of type {name}")
            for name, count in names.items()
            if name != _COMMENT
        ),
    )


def _kind(entry: etree._Element) -> EntryKind:
    """Tell what an entry is; of two things that it is said to be, the one that is no post."""
    takeout = _said(entry, "type")
    names = [
        name.lower() for name in (takeout, *_terms(entry), *_PARTS.findall(text(entry, "*", "id"))) if name
    ]
    name = next((name for name in names if name not in _POSTS), next(iter(names), "post"))
    visibility = visibility_of(fields_of_element(entry), is_stated=bool(takeout))
    if visibility.discarded:
        return EntryKind(f"{name} in the trash")
    return EntryKind(name, visibility.draft, _said(entry, "filename"), visibility.notes)


def _terms(entry: etree._Element) -> list[str]:
    categories = children(entry, "*", "category")
    return [c.get("term", "").rpartition("#")[2] for c in categories if c.get("scheme", "").endswith(KIND)]


def _said(entry: etree._Element, name: str) -> str:
    """Return the text of one of Blogger's own elements, whose namespace has a year in it."""
    elements = (
        child for child in children(entry, "*", name) if _BLOGGER in space(child) or child.prefix == "blogger"
    )
    return next((text_of(element).strip() for element in elements), "")


def _states_kind(entry: etree._Element) -> bool:
    return bool(_said(entry, "type") or _terms(entry))


def with_comments(
    entries: Sequence[Entry],
    elements: Sequence[etree._Element],
    kinds: Sequence[EntryKind],
    content_of: Callable[[etree._Element], str],
) -> tuple[tuple[Entry, ...], tuple[Note, ...]]:
    """Return the posts of an export with their comments, and notes on the comments that stay out.

    These are comments that aren't public, and those of posts that aren't in the export. content_of: returns
    the HTML of an element.
    """
    posts = {entry.id for entry in entries}
    listed: list[Listed] = []
    for element, kind in zip(elements, kinds, strict=True):
        if kind.name == _COMMENT:
            post = _post_of(element)
            elsewhere = "" if post in posts else "on no post of the export"
            why = "not public" if kind.draft else elsewhere
            listed.append(Listed(post, _comment(element, content_of(element)), why))
    by_post, notes = public(listed)
    return tuple(replace(entry, comments=by_post.get(entry.id or "", ())) for entry in entries), notes


def _post_of(element: etree._Element) -> str:
    """Return the id of the post that a comment is on (RFC 4685 §3; Google Takeout)."""
    replied = next(iter(children(element, "*", "in-reply-to")), None)
    return ("" if replied is None else replied.get("ref", "")) or _said(element, "parent")


def _comment(element: etree._Element, content: str) -> SourceComment:
    related = (
        link.get("href", "") for link in children(element, "*", "link") if link.get("rel") == "related"
    )
    parent = next(related, "").rpartition("/")[2] or _said(element, "inReplyTo")
    author = next(iter(children(element, "*", "author")), element)
    return comment(
        _number(text(element, "*", "id")),
        text(author, "*", "name") if author is not element else "",
        content,
        date=read_date(text(element, "*", "published"), "", []),
        parent=_number(parent),
        website=text(author, "*", "uri") if author is not element else "",
    )


def _number(id_: str) -> str:
    """Return the number at the end of an id, by which links lead to a comment."""
    return re.split(r"[-/]", id_.strip())[-1]
