"""Exports of WordPress (WXR): RSS 2.0 with the database around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources.markup import markup_of
from postdocs.importer.sources.model import Source, absolute, note_enclosures, read_date, settle
from postdocs.importer.sources.rss import identity
from postdocs.importer.sources.source_text import SourceText
from postdocs.importer.sources.text import title_of, whole_summary
from postdocs.importer.sources.visibility import Visibility, fields_of_element, local_name, visibility_of
from postdocs.importer.sources.wordpress import comments, footnotes
from postdocs.importer.sources.wordpress.blocks import references_of
from postdocs.importer.sources.wordpress.export import (
    authors_of,
    enclosures_of,
    encoded,
    image_of,
    instant,
    library_of,
    names_of,
    note_metadata,
    stored_notes_of,
    type_of,
)
from postdocs.importer.sources.wordpress.library import Library
from postdocs.importer.sources.wordpress.post import to_html
from postdocs.importer.sources.xml import children, local, space, text, text_of

_WP = "*"  # the namespace names the version, with http or https; some exporters leave it out
_CODE = re.compile(
    r"\[(?:source)?code\b|\[cc|\[crayon|<pre\b|<code\b", re.IGNORECASE
)  # it may be of anything
_MARKS = frozenset({"post_type", "post_password", "post_date_gmt"})
_NEIGHBOUR = re.compile(r"</item>|<(?:[\w.-]+:)?(?:post_type|post_password)>")


@dataclass(frozen=True)
class _Export:
    """What the items of an export share."""

    source: str
    url: str | None
    names: Mapping[str, str]
    library: Library


def detect(source: SourceText) -> bool:
    """Tell whether it is RSS with the elements of an export."""
    root = source.xml.root
    if root is None or local(root) not in {"rss", "RDF"}:
        return False
    is_versioned = next(root.iter("{*}wxr_version"), None) is not None
    return is_versioned or any(
        not _MARKS.isdisjoint(map(local_name, item.iterchildren(etree.Element)))
        for item in root.iter("{*}item")
    )


def read(source: SourceText) -> Source:
    """Read an export."""
    root, name = source.root_element, source.name
    wp = _WP
    channel = next(iter(children(root, "*", "channel")), root)
    items = children(channel, "*", "item") or children(root, "*", "item")
    whole: list[Note] = []
    url = absolute(text(channel, space(channel), "link"), None, "the address of the blog", whole)
    contents = library_of(items)
    export_ = _Export(name, url, names_of(channel, items), contents)
    referred = {id_ for item in items for id_ in references_of(encoded(item, excerpt=False))}
    entries: list[Entry] = []
    left: dict[str, list[str]] = {}
    left_comments: dict[str, int] = {}
    for item in items:
        kind, visibility = type_of(item), visibility_of(fields_of_element(item), is_stated=True)
        title = title_of(text(item, space(item), "title"), []) or "(no title)"
        if kind == "wp_block" and text(item, wp, "post_id") in referred:
            continue  # what becomes of it is told of the posts that show it
        if kind not in {"post", "page"} or visibility.discarded:
            discarded = f"{kind}, {visibility.discarded}"
            if public := len(comments.of_item(item)):
                what = "comment, on what is left out"
                left_comments[what] = left_comments.get(what, 0) + public
            left.setdefault(discarded if kind in {"post", "page"} else kind, []).append(title)
            continue
        entries.append(
            settle(_item(item, export_, visibility, position=len(entries) + 1, page=kind == "page"))
        )
        for what in comments.left_out(item):
            left_comments[what] = left_comments.get(what, 0) + 1
    whole.extend(
        Note(NoteKind.LEFT_OUT, f"{len(names)} of type {kind}", "; ".join(names))
        for kind, names in left.items()
    )
    whole.extend(Note(NoteKind.LEFT_OUT, f"{count} of type {what}") for what, count in left_comments.items())
    return Source(
        name,
        "WordPress export",
        title_of(text(channel, space(channel), "title"), []),
        url,
        tuple(entries),
        tuple(whole),
    )


def _item(
    item: etree._Element, export: _Export, visibility: Visibility, *, position: int, page: bool
) -> Entry:
    notes: list[Note] = list(visibility.notes)
    wp, rss = _WP, space(item)
    id_, url = identity(item, rss, export.url, notes)
    if visibility.draft and url and ("?p=" in url or "?page_id=" in url):
        url = None  # where WordPress would preview it
    raw = encoded(item, excerpt=False)
    raw = raw if _CODE.search(raw) else markup_of(raw, notes)
    swallowed = _NEIGHBOUR.search(raw) is not None
    if swallowed:
        notes.append(
            Note(NoteKind.NOTICED, "its text seems to hold other posts of the export; it is a draft here")
        )
    content = to_html(
        raw,
        export.library,
        notes,
        post=text(item, wp, "post_id"),
        stored_notes=footnotes.stored(stored_notes_of(item)),
    )
    note_enclosures(enclosures_of(item), content, notes)
    note_metadata(item, notes)
    taxonomies: dict[str, dict[str, None]] = {}
    for element in children(item, rss, "category"):
        label = title_of(text_of(element), [])
        if label:
            taxonomies.setdefault(element.get("domain", "category"), {})[label] = None
    for taxonomy, labels in taxonomies.items():
        if taxonomy not in {"category", "post_tag", "tag", "author"}:
            notes.append(Note(NoteKind.LEFT_OUT, f"it is filed under {taxonomy}", before=", ".join(labels)))
    published = instant(item, "post_date")
    given = text(item, rss, "pubDate")
    if published is None and "-0001" not in given:  # how WordPress writes the date of a draft
        published = read_date(given, "its date", notes)
    return Entry(
        source=export.source,
        position=position,
        id=id_,
        title=title_of(text(item, rss, "title"), notes),
        url=url,
        published=published,
        updated=instant(item, "post_modified"),
        authors=authors_of(item, export.names),
        category=tuple(taxonomies.get("category", {})),
        tags=tuple({**taxonomies.get("post_tag", {}), **taxonomies.get("tag", {})}),
        summary=whole_summary(encoded(item, excerpt=True), content),
        content=content,
        stored=raw,
        image=absolute(image_of(item, export.library, notes), export.url, "its featured image", notes),
        base=url or export.url,
        draft=visibility.draft or swallowed,
        page=page,
        comments=comments.of_item(item),
        notes=tuple(notes),
    )
