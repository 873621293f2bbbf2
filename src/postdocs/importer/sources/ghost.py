"""Exports of Ghost: JSON of its database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from postdocs.core.plural import count
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources.ghost_editors import WORDS_ALONE, html_of
from postdocs.importer.sources.model import Source, absolute, fold, read_date, settle
from postdocs.importer.sources.source_text import SourceText
from postdocs.importer.sources.text import paragraphs, plain
from postdocs.importer.sources.visibility import Visibility, visibility_of

_URL = "__GHOST_URL__"  # what stands for the address of the blog
NO_URL = "it does not say where the blog was: --url gives its posts their addresses"


@dataclass(frozen=True)
class _Tables:
    """What the tables of an export hold beside posts.

    metas: rows by the id of their post. people, tags: names by id. authors_of, tags_of: ids by that of their
    post, in the order that authors gave them.
    """

    metas: Mapping[str, dict[str, Any]]
    people: Mapping[str, str]
    tags: Mapping[str, str]
    authors_of: Mapping[str, Sequence[str]]
    tags_of: Mapping[str, Sequence[str]]


def detect(source: SourceText) -> bool:
    """Tell whether it is such an export, of one of its versions."""
    return _data(source.json) is not None


def _data(value: Any) -> dict[str, Any] | None:
    if isinstance(value, dict) and isinstance(value.get("db"), list) and value["db"]:
        value = value["db"][0]
    data = value.get("data") if isinstance(value, dict) else None
    return data if isinstance(data, dict) and isinstance(data.get("posts"), list) else None


def read(source: SourceText) -> Source:
    """Read an export: posts and pages; what isn't public for all is a draft."""
    data = _data(source.json) or {}
    blog = (source.url or "").rstrip("/")
    whole = [] if blog else [Note(NoteKind.NOTICED, NO_URL)]
    tables = _tables_of(data)
    entries: list[Entry] = []
    for number, post in enumerate(data["posts"], 1):
        if not isinstance(post, dict):
            whole.append(Note(NoteKind.LOST, f"post {number} is no object", before=str(post)[:60]))
            continue
        visibility = visibility_of(_fields(post), is_stated=True)
        losses: list[Note] = []
        if visibility.discarded or not (_text(post, "title") or _html(post, losses) or losses):
            what = f"post {number}, {visibility.discarded or 'which is empty'}"
            whole.append(Note(NoteKind.LEFT_OUT, what, before=_text(post, "title")))
        else:
            entries.append(
                _entry(post, tables, visibility, blog=blog, source=source.name, position=len(entries) + 1)
            )
    for key, what in (("members", "member"), ("comments", "comment")):
        if rows := _rows(data, key):
            whole.append(Note(NoteKind.LEFT_OUT, count(len(rows), what)))
    settings = {_text(row, "key"): _text(row, "value") for row in _rows(data, "settings")}
    title = fold(settings.get("title"))
    return Source(source.name, "Ghost export", title, blog or None, tuple(entries), tuple(whole))


def _tables_of(data: dict[str, Any]) -> _Tables:
    return _Tables(
        metas={_text(row, "post_id"): row for row in reversed(_rows(data, "posts_meta"))},
        people={_text(row, "id"): fold(_text(row, "name")) for row in _rows(data, "users")},
        tags={
            _text(row, "id"): fold(_text(row, "name"))
            for row in _rows(data, "tags")
            if not _text(row, "name").startswith("#") and row.get("visibility", "public") == "public"
        },
        authors_of=_linked(data, "posts_authors", "author_id"),
        tags_of=_linked(data, "posts_tags", "tag_id"),
    )


def _fields(post: dict[str, Any]) -> dict[str, list[str]]:
    """Return what says who may see a post; before version 3, who may was everybody."""
    fields = {"status": [_text(post, "status")]}
    if post.get("visibility"):
        fields["visibility"] = [_text(post, "visibility")]
    return fields


def _entry(
    post: dict[str, Any],
    tables: _Tables,
    visibility: Visibility,
    *,
    blog: str,
    source: str,
    position: int,
) -> Entry:
    notes: list[Note] = list(visibility.notes)
    id_, slug = _text(post, "id"), _text(post, "slug")
    url = f"{blog}/{slug}/" if blog and slug else None
    image = _text(post, "feature_image").replace(_URL, blog)
    meta = tables.metas.get(id_, {}) if id_ else {}
    canonical = absolute(
        _text(post, "canonical_url").replace(_URL, blog), blog or None, "its canonical address", notes
    )
    said = {
        "image_alt": fold(_text(meta, "feature_image_alt")) if image else "",
        "image_caption": plain(_text(meta, "feature_image_caption")) if image else "",
        "canonical": canonical if canonical != url else "",
    }
    notes.extend(
        Note(NoteKind.REMOVED, f"code for the {place} of its page", before=_text(post, key))
        for key, place in (("codeinjection_head", "head"), ("codeinjection_foot", "foot"))
        if _text(post, key).strip()
    )
    people = [tables.people.get(one, "") for one in tables.authors_of.get(id_, ())]
    tags = (tables.tags.get(one, "") for one in tables.tags_of.get(id_, ()))
    return settle(
        Entry(
            source=source,
            position=position,
            id=url,
            title=fold(_text(post, "title")),
            url=url,
            published=_instant(_text(post, "published_at"), "its date", notes),
            updated=_instant(_text(post, "updated_at"), "its date of change", notes),
            authors=_unique(people or [tables.people.get(_text(post, "author_id"), "")]),
            tags=_unique(tags),
            summary=fold(_text(post, "custom_excerpt")) or None,
            image=absolute(image, blog or None, "its featured image", notes),
            content=_html(post, notes).replace(_URL, blog),
            base=url or blog or None,
            draft=visibility.draft,
            extra={key: value for key, value in said.items() if value},
            page=_text(post, "type") == "page" or bool(post.get("page")),
            notes=tuple(notes),
        )
    )


def _instant(text: str, what: str, notes: list[Note]) -> datetime | None:
    """Read a date; one without an offset is in UTC, as in Ghost's database."""
    date = read_date(text, what, notes)
    return date.replace(tzinfo=UTC) if date is not None and date.tzinfo is None else date


def _html(post: dict[str, Any], notes: list[Note]) -> str:
    """Return the HTML of a post, else that of what its editor has stored, else its words."""
    if _text(post, "html").strip():
        return _text(post, "html").strip()
    words = _text(post, "plaintext")
    unread: list[Note] = []
    html = html_of(post, unread)
    if not html and words.strip():
        notes.append(WORDS_ALONE)
        return paragraphs(words, "<br>\n")
    notes.extend(unread)
    return html


def _linked(data: dict[str, Any], table: str, column: str) -> Mapping[str, Sequence[str]]:
    """Return the ids that a table has for each post, in the order that authors gave them."""
    by_post: dict[str, list[str]] = {}
    for row in sorted(_rows(data, table), key=_order):
        if post := _text(row, "post_id"):
            by_post.setdefault(post, []).append(_text(row, column))
    return by_post


def _order(row: dict[str, Any]) -> int:
    order = row.get("sort_order")
    return order if isinstance(order, int) else 0


def _rows(data: dict[str, Any], table: str) -> list[dict[str, Any]]:
    rows = data.get(table)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))
