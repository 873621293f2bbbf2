"""Exports of Blogger: Atom, whose entries are posts, pages, comments, settings and the template."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.sources.visibility import fields_of_element, visibility_of
from postdocs.importer.sources.xml import children, space, text, text_of

KIND = "schemas.google.com/g/2005#kind"  # how the scheme of categories ends that say what an entry is
_BLOGGER = "schemas.google.com/blogger/"  # part of the namespace of exports that Google Takeout makes
_PARTS = re.compile(r"^tag:blogger\.com,.*\.(settings|layout|template)\b")  # in ids of entries


_POSTS = frozenset({"post", "page"})
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
        tuple(Note(NoteKind.LEFT_OUT, f"{count} of type {name}") for name, count in names.items()),
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
