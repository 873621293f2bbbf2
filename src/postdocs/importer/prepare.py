"""An import from beginning to end: entries to converted posts, over all cores."""

from __future__ import annotations

import difflib
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import urljoin, urlsplit

from postdocs.core import permalink
from postdocs.core.frontmatter import Post, dump, is_iri
from postdocs.core.labels import most_used
from postdocs.core.permalink import Permalink
from postdocs.importer.addresses import key_of
from postdocs.importer.ast import nodes, relink
from postdocs.importer.ast.visit import walk
from postdocs.importer.ast.words import words_of
from postdocs.importer.entry import Entry, Kind, Note
from postdocs.importer.html.parse import parse, words
from postdocs.importer.myst.lowering import anchors_of
from postdocs.importer.myst.render import reader
from postdocs.importer.roundtrip import Counts, convert

_FEW = 8  # entries that are converted sooner than other processes have started


@dataclass(frozen=True)
class Task:
    """An entry to convert. pictures: file names of copies, by address; the rest: see `relink`."""

    entry: Entry
    path: str
    paths: Mapping[str, str]
    anchors: Mapping[str, Mapping[str, str]]
    pictures: Mapping[str, str]


@dataclass(frozen=True)
class Converted:
    """A post as it is going to be written, and what there is to report of it."""

    entry: Entry
    path: str
    text: str
    counts: Counts
    notes: tuple[Note, ...]


def prepare(
    entries: Sequence[Entry],
    zone: tzinfo,
    now: datetime,
    taken_by: Callable[[Permalink], str | None] = lambda _: None,
) -> tuple[list[Entry], tuple[Note, ...]]:
    """Give each entry what a post must have, and each label one spelling.

    zone: of dates that name no offset. now: what is dated later is noted. taken_by: says why no page can
    be at an address, where the site has one of its own there.
    """
    uses = Counter(label for entry in entries for label in (*entry.category, *entry.tags))
    spelling = most_used(uses.elements())
    notes = tuple(
        Note(Kind.REPAIRED, f"label, {uses[label]} times", label, use)
        for label, use in spelling.items()
        if label != use
    )
    complete = (_complete(entry, zone, now, spelling) for entry in entries)
    return [*_with_permalinks(complete, taken_by)], notes


def _with_permalinks(
    entries: Iterable[Entry], taken_by: Callable[[Permalink], str | None]
) -> Iterator[Entry]:
    """Let each entry keep its path, but for the home page, and where no page can be or another is."""
    taken: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        parts = urlsplit(entry.url or "")
        path = parts._replace(scheme="", netloc="", fragment="").geturl()
        if not path.strip("/"):
            home = Note(Kind.NOTICED, "it was the home page, which is index.md here; move its text there")
            yield replace(entry, notes=(*entry.notes, home)) if entry.page and parts.netloc else entry
            continue
        try:
            place = permalink.parse(path)
        except ValueError as error:
            why = str(error)
        else:
            first = taken.setdefault((place.claim, place.query), entry)
            why = "" if first is entry else f"is that of '{first.title}' too"
            why = why or taken_by(place) or ""
        note = Note(Kind.NOTICED, f"it can't keep its address, whose path {why}", entry.url or "")
        yield replace(entry, notes=(*entry.notes, note)) if why else replace(entry, permalink=path)


def _complete(entry: Entry, zone: tzinfo, now: datetime, spelling: Mapping[str, str]) -> Entry:
    notes = list(entry.notes)
    category = _unique(spelling[label] for label in entry.category)
    tags = tuple(label for label in _unique(spelling[label] for label in entry.tags) if label not in category)
    if not entry.title:
        notes.append(Note(Kind.NOTICED, "it has no title", "", "Untitled"))
    published = _in_zone(entry.published or entry.updated, zone)
    if published and published > now:
        notes.append(Note(Kind.NOTICED, "it is dated in the future", published.isoformat()))
    draft = entry.draft
    id_ = entry.id if entry.id and is_iri(entry.id) else None
    if entry.id != id_:
        notes.append(Note(Kind.NOTICED, "its id is no IRI, so feeds give it another", entry.id or ""))
    if published is None and not draft and not entry.page:
        notes.append(Note(Kind.NOTICED, "it has no date, so it is a draft"))
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


def anchors_between(entries: Sequence[Entry], paths: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return, by path, what the ids of headings that links from other posts name have become."""
    by_key = {key_of(entry.url or ""): (entry, path) for entry, path in zip(entries, paths, strict=True)}
    found: dict[str, dict[str, str]] = {}
    for entry in entries:
        for url in re.findall(r"""href\s*=\s*["']?([^"'\s>]+#[^"'\s>]+)""", entry.content):
            target, path = by_key.get(key_of(urljoin(entry.url or "", url)), (None, ""))
            if target and path not in found:
                document, _ = parse(target.content, target.base or target.url)
                found[path] = anchors_of(document)
    return found


def pictures_of(entry: Entry) -> list[str]:
    """Return the addresses of the pictures of an entry."""
    document, _ = parse(entry.content, entry.base or entry.url)
    return [node.src for node in walk(document) if isinstance(node, nodes.Image)]


def convert_all(
    tasks: Sequence[Task], settings: Mapping[str, Any], tick: Callable[[], object] = lambda: None
) -> list[Converted]:
    """Convert entries, over all cores when there are many.

    settings: the `myst_…` values of the site. tick: called after each entry.
    """
    if len(tasks) < _FEW:
        _start(settings)
        return [_ticked(_convert(task), tick) for task in tasks]
    with ProcessPoolExecutor(os.cpu_count(), initializer=_start, initargs=(settings,)) as pool:
        return [_ticked(converted, tick) for converted in pool.map(_convert, tasks, chunksize=4)]


def _ticked(converted: Converted, tick: Callable[[], object]) -> Converted:
    tick()
    return converted


_read: Callable[
    [str], tuple[nodes.Document, list[str]]
]  # of this process: making it takes longer than using it


def _start(settings: Mapping[str, Any]) -> None:
    global _read  # noqa: PLW0603 - how a pool hands things to its processes
    _read = reader(settings)


def _convert(task: Task) -> Converted:
    entry = task.entry
    document, notes = parse(entry.content, entry.base or entry.url)
    notes = (*notes, *_missing(words(entry.content, entry.base or entry.url), words_of(document)))
    document = relink.between_posts(document, task.path, task.paths, task.anchors)
    if task.pictures:
        document = relink.to_copies(document, task.pictures)
    proof = convert(document, _read)
    text = f"{dump(_post(entry))}\n{proof.text}"
    return Converted(entry, task.path, text, proof.counts, (*entry.notes, *notes, *proof.notes))


def _missing(before: list[str], after: list[str]) -> list[Note]:
    """Return a note for each run of words that the tree of an entry has otherwise than its HTML."""
    if before == after:
        return []
    changes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [
        Note(Kind.LOST, "words", " ".join(before[a:b]), " ".join(after[c:d]))
        for kind, a, b, c, d in changes
        if kind != "equal"
    ]


def _post(entry: Entry) -> Post:
    parts = urlsplit(entry.url or "")
    updated = entry.updated if entry.updated != entry.published else None
    return Post(
        title=entry.title,
        date=entry.published,
        updated=updated,
        author=entry.authors,
        category=entry.category,
        tags=entry.tags,
        summary=entry.summary,
        draft=entry.draft,
        permalink=entry.permalink,
        source=entry.url if parts.scheme in {"http", "https"} else None,
        id=entry.id,
        blogpost=False if entry.page else None,
    )
