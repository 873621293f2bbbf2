"""Exports of WordPress (WXR): RSS 2.0 with the database around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from lxml import etree

from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources import dates, wordpress
from postdocs.importer.sources.model import Source, absolute, fold, read_date, settle
from postdocs.importer.sources.rss import identity
from postdocs.importer.sources.source_text import SourceText
from postdocs.importer.sources.text import title_of, whole_summary
from postdocs.importer.sources.xml import CONTENT, DC, children, text, text_of, texts

_EXPORT = "http://wordpress.org/export/"
_LONGEST_OFFSET = timedelta(hours=14)


@dataclass(frozen=True)
class _Export:
    """What the items of an export share. wp, excerpt: namespaces, which have the version in them."""

    wp: str
    excerpt: str
    source: str
    url: str | None
    names: Mapping[str, str]
    pictures: Mapping[str, str]
    attached: Mapping[str, list[str]]


def detect(source: SourceText) -> bool:
    """Tell whether it is RSS with the elements of an export."""
    return source.xml.root is not None and _namespace(source.xml.root) is not None


def _namespace(root: etree._Element) -> str | None:
    """Return the namespace of an export's own elements, None where this is no export."""
    exports = [uri for uri in map(str, root.nsmap.values()) if uri.startswith(_EXPORT)]
    namespace = next((uri for uri in exports if "excerpt" not in uri), None)
    if namespace is None:
        return None
    marks = (f"{{{namespace}}}{name}" for name in ("wxr_version", "post_type"))
    return namespace if any(next(root.iter(mark), None) is not None for mark in marks) else None


def read(source: SourceText) -> Source:
    """Read an export."""
    root, name = source.root_element, source.name
    wp = _namespace(root) or ""
    channel = next(iter(children(root, "", "channel")), root)
    items = children(channel, "", "item")
    whole: list[Note] = []
    url = absolute(text(channel, "", "link"), None, "the address of the blog", whole)
    attachments = [item for item in items if text(item, wp, "post_type") == "attachment"]
    attached: dict[str, list[str]] = {}
    for item in attachments:
        attached.setdefault(text(item, wp, "post_parent"), []).append(text(item, wp, "attachment_url"))
    export = _Export(
        wp=wp,
        excerpt=next(
            (
                str(uri)
                for uri in root.nsmap.values()
                if str(uri).startswith(_EXPORT) and "excerpt" in str(uri)
            ),
            "",
        ),
        source=name,
        url=url,
        names={
            text(author, wp, "author_login"): text(author, wp, "author_display_name")
            for author in children(channel, wp, "author")
        },
        pictures={text(item, wp, "post_id"): text(item, wp, "attachment_url") for item in attachments},
        attached=attached,
    )
    entries: list[Entry] = []
    left: dict[str, list[str]] = {}
    comments: Counter[str] = Counter()
    for item in items:
        kind, status = text(item, wp, "post_type") or "post", text(item, wp, "status")
        title = title_of(text(item, "", "title"), []) or "(no title)"
        if kind not in {"post", "page"} or status in {"trash", "auto-draft"}:
            left.setdefault(f"{kind}, {status}" if kind in {"post", "page"} else kind, []).append(title)
            continue
        entries.append(
            settle(_item(item, export, position=len(entries) + 1, page=kind == "page", status=status))
        )
        count = len(children(item, wp, "comment"))
        if count:
            comments[title] += count
    whole.extend(
        Note(NoteKind.LEFT_OUT, f"{len(names)} of type {kind}", "; ".join(names))
        for kind, names in left.items()
    )
    if comments:
        places = "; ".join(f"{count} on {title}" for title, count in comments.items())
        whole.append(Note(NoteKind.LEFT_OUT, f"{comments.total()} of type comment", places))
    return Source(
        name, "WordPress export", title_of(text(channel, "", "title"), []), url, tuple(entries), tuple(whole)
    )


def _item(item: etree._Element, export: _Export, *, position: int, page: bool, status: str) -> Entry:
    notes: list[Note] = []
    wp = export.wp
    id_, url = identity(item, "", export.url, notes)
    draft = status not in {"publish", ""}
    if draft:
        notes.append(Note(NoteKind.NOTICED, f"its status there is {status}; it is a draft here"))
    elif text(item, wp, "post_password"):
        draft = True
        notes.append(Note(NoteKind.NOTICED, "it has a password there; it is a draft here"))
    if status != "publish" and url and ("?p=" in url or "?page_id=" in url):
        url = None  # where WordPress would preview it
    raw = text(item, CONTENT, "encoded")
    attachments = [address for address in export.attached.get(text(item, wp, "post_id"), []) if address]
    content = wordpress.to_html(raw, export.pictures, attachments, notes)
    taxonomies: dict[str, dict[str, None]] = {}
    for element in children(item, "", "category"):
        label = title_of(text_of(element), [])
        if label:
            taxonomies.setdefault(element.get("domain", "category"), {})[label] = None
    for taxonomy, labels in taxonomies.items():
        if taxonomy not in {"category", "post_tag", "tag"}:
            notes.append(Note(NoteKind.LEFT_OUT, f"it is filed under {taxonomy}", before=", ".join(labels)))
    creators = (export.names.get(login) or login for login in texts(item, DC, "creator"))
    published = _instant(item, wp, "post_date")
    given = text(item, "", "pubDate")
    if published is None and "-0001" not in given:  # how WordPress writes the date of a draft
        published = read_date(given, "its date", notes)
    return Entry(
        source=export.source,
        position=position,
        id=id_,
        title=title_of(text(item, "", "title"), notes),
        url=url,
        published=published,
        updated=_instant(item, wp, "post_modified"),
        authors=tuple(dict.fromkeys(map(fold, creators))),
        category=tuple(taxonomies.get("category", {})),
        tags=tuple({**taxonomies.get("post_tag", {}), **taxonomies.get("tag", {})}),
        summary=whole_summary(text(item, export.excerpt, "encoded"), content) if export.excerpt else None,
        content=content,
        base=url or export.url,
        draft=draft,
        page=page,
        notes=tuple(notes),
    )


def _instant(item: etree._Element, wp: str, name: str) -> datetime | None:
    """Return a local time with its offset, which is what lies between it and the same time in UTC."""
    here, there = dates.parse(text(item, wp, name)), dates.parse(text(item, wp, f"{name}_gmt"))
    if here is None or there is None:
        return here
    offset = timedelta(minutes=round((here - there).total_seconds() / 60))
    return here.replace(tzinfo=timezone(offset)) if abs(offset) <= _LONGEST_OFFSET else here
