"""Completes entries with required values, and with data for links between them."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime, tzinfo
from urllib.parse import unquote, urljoin

from postdocs.core.html import ids_in
from postdocs.core.labels import most_used
from postdocs.core.plural import count
from postdocs.core.values import is_iri
from postdocs.importer.addresses import key_of
from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import walk
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.html.parse import parse_body
from postdocs.importer.html.rendered import page
from postdocs.importer.html.titles import drop_title
from postdocs.importer.myst.anchors import anchors_of

_FRAGMENT_LINK = re.compile(r"""href\s*=\s*["']?([^"'\s>]+#[^"'\s>]+)""", re.IGNORECASE)


def prepare(entries: Sequence[Entry], zone: tzinfo, now: datetime) -> tuple[list[Entry], tuple[Note, ...]]:
    """Give each entry what a post must have, and each label one spelling.

    zone: of dates that name no offset. now: what is dated later is noted.
    """
    uses = Counter(label for entry in entries for label in (*entry.category, *entry.tags))
    spelling = most_used(uses.elements())
    notes = tuple(
        Note(NoteKind.REPAIRED, f"label, {count(uses[label], 'time')}", label, use)
        for label, use in spelling.items()
        if label != use
    )
    return [_complete(entry, zone, now, spelling) for entry in entries], notes


def _complete(entry: Entry, zone: tzinfo, now: datetime, spelling: Mapping[str, str]) -> Entry:
    notes = list(entry.notes)
    category = _unique(spelling[label] for label in entry.category)
    tags = tuple(label for label in _unique(spelling[label] for label in entry.tags) if label not in category)
    if not entry.title:
        notes.append(Note(NoteKind.NOTICED, "it has no title, so it is called Untitled"))
    if entry.published is None and entry.updated and not entry.page:
        what = "it has no date of publication, so that of its last change stands for it"
        notes.append(Note(NoteKind.NOTICED, what))
    published = _in_zone(entry.published or entry.updated, zone)
    if published and published > now:
        notes.append(Note(NoteKind.NOTICED, "it is dated in the future", published.isoformat()))
    draft = entry.draft
    id_ = entry.id if entry.id and is_iri(entry.id) else None
    if entry.id != id_:
        notes.append(Note(NoteKind.NOTICED, "its id is no IRI, so feeds give it another", entry.id or ""))
    if published is None and not draft and not entry.page:
        notes.append(Note(NoteKind.NOTICED, "it has no date, so it is a draft"))
        draft = True
    return replace(
        entry,
        id=id_,
        title=entry.title or "Untitled",
        published=published,
        updated=_in_zone(entry.updated, zone),
        category=category,
        tags=tags,
        draft=draft,
        notes=tuple(notes),
    )


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _in_zone(date: datetime | None, zone: tzinfo) -> datetime | None:
    return date.replace(tzinfo=zone) if date is not None and date.tzinfo is None else date


def is_published(entry: Entry, now: datetime) -> bool:
    """Tell whether a build makes a page of a post: of drafts, and of what is dated later, it makes none."""
    return not entry.draft and (entry.page or entry.published is None or entry.published <= now)


def paths_by_address(entries: Sequence[Entry], paths: Sequence[str]) -> dict[str, str]:
    """Return the paths of posts by `key_of` their old addresses.

    An address that several have leads to the one that keeps it, and to none where none does.
    """
    by_key: dict[str | None, list[tuple[Entry, str]]] = {}
    for entry, path in zip(entries, paths, strict=True):
        by_key.setdefault(key_of(entry.url or ""), []).append((entry, path))
    return {
        key: path
        for key, posts in by_key.items()
        for entry, path in posts
        if key and (len(posts) == 1 or entry.permalink)
    }


def fragments_between(entries: Sequence[Entry], paths: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return, by path, the ids in a post that links of other posts lead to."""
    by_key = {key_of(entry.url or ""): path for entry, path in zip(entries, paths, strict=True)}
    fragments: dict[str, set[str]] = {}
    for entry, here in zip(entries, paths, strict=True):
        for value in _FRAGMENT_LINK.findall(entry.content):
            url = _joined(entry.base or entry.url or "", html.unescape(value))
            path = by_key.get(key_of(url))
            if path is not None and path != here:
                fragments.setdefault(path, set()).add(unquote(url.partition("#")[2]))
    return {path: frozenset(names) for path, names in fragments.items()}


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def anchors_between(
    entries: Sequence[Entry], paths: Sequence[str], fragments: Mapping[str, Set[str]]
) -> dict[str, dict[str, str]]:
    """Return, by path, what the ids that links from other posts lead to have become.

    fragments: see `fragments_between`.
    """
    anchors: dict[str, dict[str, str]] = {}
    for entry, path in zip(entries, paths, strict=True):
        if path in fragments:
            base = entry.base or entry.url
            body = page.read(entry.content, base, [])
            drop_title(body, entry.title, entry.url, [])
            document, _ = parse_body(body, base, [], fragments[path])
            raw = (node.html for node in walk(document) if isinstance(node, nodes.RawInline | nodes.RawBlock))
            kept = {name: name for markup in raw for name in ids_in(markup) if name in fragments[path]}
            anchors[path] = kept | anchors_of(document)
    return anchors
