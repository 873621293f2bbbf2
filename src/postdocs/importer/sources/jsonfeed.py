"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from typing import Any

from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources.markup import markup_of
from postdocs.importer.sources.model import Source, absolute, fold, is_web, note_enclosures, read_date, settle
from postdocs.importer.sources.source_text import SourceText
from postdocs.importer.sources.text import paragraphs, whole_summary
from postdocs.importer.sources.visibility import Visibility, fields_of_object, visibility_of


def detect(source: SourceText) -> bool:
    """Tell whether it is a feed: it says so, or, where it states no version, has items with content."""
    feed = source.json
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return False
    if feed.get("version"):
        return "jsonfeed.org/version/" in _text(feed, "version")
    return any("content_html" in item or "content_text" in item for item in _objects(feed["items"]))


def read(source: SourceText) -> Source:
    """Read a feed."""
    feed, name = source.json, source.name
    whole: list[Note] = []
    url = absolute(
        _text(feed, "home_page_url"), name if is_web(name) else None, "the address of the blog", whole
    )
    entries = []
    for position, item in enumerate(feed["items"], 1):
        if isinstance(item, dict):
            visibility = visibility_of(fields_of_object(item))
            if visibility.discarded:
                what = f"item {position}, whose status is {visibility.discarded}"
                whole.append(Note(NoteKind.LEFT_OUT, what, before=fold(_text(item, "title"))))
            else:
                entries.append(_item(item, feed, visibility, home=url, source=name, position=position))
        else:
            whole.append(Note(NoteKind.LOST, f"item {position} is no object", before=str(item)[:60]))
    version = _text(feed, "version").rpartition("/")[2] or "1"
    return Source(name, f"JSON Feed {version}", fold(_text(feed, "title")), url, tuple(entries), tuple(whole))


def _item(
    item: dict[str, Any],
    feed: dict[str, Any],
    visibility: Visibility,
    *,
    home: str | None,
    source: str,
    position: int,
) -> Entry:
    notes: list[Note] = list(visibility.notes)
    url = absolute(_text(item, "url"), home, "its address", notes)
    content = markup_of(_text(item, "content_html").strip(), notes)
    if not content:
        plain_text = _text(item, "content_text")
        read = markup_of(plain_text, notes)
        content = read if read != plain_text else paragraphs(plain_text, "<br>\n")
    external = _text(item, "external_url")
    if external and external not in content:
        notes.append(Note(NoteKind.LEFT_OUT, "what it is about is not linked from its text", before=external))
    files = [_text(item, "image"), _text(item, "banner_image")]
    files.extend(_text(attachment, "url") for attachment in _objects(item.get("attachments")))
    note_enclosures(files, content, notes)
    given = item.get("tags")
    labels = given if isinstance(given, list) else []
    entry = Entry(
        source=source,
        position=position,
        id=_text(item, "id") or None,
        title=fold(_text(item, "title")),
        url=url,
        published=read_date(_text(item, "date_published"), "its date", notes),
        updated=read_date(_text(item, "date_modified"), "its date of change", notes),
        authors=_authors(item) or _authors(feed),
        tags=tuple(
            dict.fromkeys(fold(label) for label in labels if isinstance(label, str) and label.strip())
        ),
        summary=whole_summary(paragraphs(_text(item, "summary"), " "), content),
        content=content,
        base=url or home,
        draft=visibility.draft,
        notes=tuple(notes),
    )
    return settle(entry)


def _text(holder: dict[str, Any], key: str) -> str:
    """Return a value as text; ids may be numbers, to be read as text by the standard."""
    value = holder.get(key)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _objects(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _authors(holder: dict[str, Any]) -> tuple[str, ...]:
    """Return the names of `authors`, or of `author`, which 1.0 had."""
    authors = _objects(holder.get("authors")) or _objects([holder.get("author")])
    return tuple(dict.fromkeys(filter(None, (fold(_text(author, "name")) for author in authors))))
