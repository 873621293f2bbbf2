"""Exports of Blogger: Atom, whose entries are posts, pages, comments, settings and the template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.sources.xml import ATOM, children, text

KIND = "http://schemas.google.com/g/2005#kind"
_BLOGGER = "http://schemas.google.com/blogger/2018"  # of exports that Google Takeout makes
_CONTROL = "http://www.w3.org/2007/app", "http://purl.org/atom/app#"  # RFC 5023 §13.1.1, and its draft


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
        return self.name in {"post", "page"}


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
    is_export = bool(names) or any(children(entry, _BLOGGER, "type") for entry in entries)
    return Kinds(
        tuple(all_kinds),
        is_export,
        tuple(Note(NoteKind.LEFT_OUT, f"{count} of type {name}") for name, count in names.items()),
    )


def _kind(entry: etree._Element) -> EntryKind:
    terms = [c.get("term", "") for c in children(entry, ATOM, "category") if c.get("scheme") == KIND]
    name = (text(entry, _BLOGGER, "type") or (terms[0].rpartition("#")[2] if terms else "post")).lower()
    status = text(entry, _BLOGGER, "status").lower()
    if "trash" in status:
        return EntryKind(f"{name} in the trash")
    controls = [control for namespace in _CONTROL for control in children(entry, namespace, "control")]
    marked = any(text(control, namespace, "draft") == "yes" for control in controls for namespace in _CONTROL)
    draft = marked or status not in {"", "live"}
    note = Note(NoteKind.NOTICED, f"it is a draft there{f' ({status})' if status else ''}, and is one here")
    return EntryKind(name, draft, text(entry, _BLOGGER, "filename"), (note,) if draft else ())
