"""The report of an import: short for people, complete as JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from postdocs.core.plural import count
from postdocs.importer.comment_files import CommentPlan
from postdocs.importer.convert import Converted
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.known_dead import DeadLink
from postdocs.importer.old_files import FOLDER, OldFiles
from postdocs.importer.plan import Action, ActionKind
from postdocs.importer.roundtrip import Counts
from postdocs.importer.score import Score
from postdocs.importer.sources.model import Source

_MOST = 3  # lines that say the same of different posts; more become one
_LONGEST = 100  # characters of what was before or after, in a line
# What differs between notes of one kind: numbers, and names in quotation marks.
_VARIABLE = re.compile(r"\d[\d.,]*|“[^”]*”|'[^']*'|\"[^\"]*\"")


@dataclass(frozen=True)
class Report:
    """All that an import has to say.

    sources: as they were read. posts: as they were converted. notes: on all posts together. actions: what
    happens to each post. comments: what happens to their files of comments. copies: the images and files
    of posts, by path. bibliography: what happens to that of the posts. files: of old sites, at their
    addresses. dead: links that were dead before. has_diffs: whether nothing is written, and what would change
    is shown instead.
    """

    sources: Sequence[Source]
    posts: Sequence[Converted]
    notes: Sequence[Note]
    actions: Sequence[Action]
    comments: CommentPlan = field(default_factory=CommentPlan)
    copies: Mapping[str, bytes] = field(default_factory=dict)
    bibliography: Sequence[Action] = ()
    files: OldFiles = field(default_factory=OldFiles)
    dead: Sequence[DeadLink] = ()
    has_diffs: bool = False

    @property
    def changes(self) -> tuple[Action, ...]:
        """What happens to all files."""
        return (*self.actions, *self.comments.actions, *self.bibliography)

    def places(self) -> Iterator[tuple[str, Note]]:
        """Yield each note, with what it is on: a source, all posts, or the path of a post."""
        yield from ((source.name, note) for source in self.sources for note in source.notes)
        yield from (("all posts", note) for note in self.notes)
        yield from ((post.path, note) for post in self.posts for note in post.notes)

    @property
    def lost(self) -> int:
        """How many things did not come through, or would keep the site from building."""
        return sum(note.kind is NoteKind.LOST for _, note in self.places())


def source_line(source: Source) -> str:
    """Return the line that says what a source is."""
    if source.threads:
        comments = count(sum(len(thread.comments) for thread in source.threads), "comment")
        return f"{source.name}: {source.format}, {comments} on {count(len(source.threads), 'page')}"
    pages = sum(entry.page for entry in source.entries)
    drafts = sum(entry.draft for entry in source.entries)
    counted = f", {count(drafts, 'draft')} among them" if drafts else ""
    return f"{source.name}: {source.format}, {entries(len(source.entries), pages)}{counted}"


def entries(total: int, pages: int) -> str:
    """Say how many entries there are: posts, and pages where there are some. total: of both."""
    posts = [count(total - pages, "post")] if total > pages or not pages else []
    return " and ".join([*posts, *([count(pages, "page")] if pages else ())])


def summary(report: Report) -> str:
    """Return the line that says how much was compared, and how much of it was lost."""
    totals = {
        field.name: sum(getattr(post.counts, field.name) for post in report.posts) for field in fields(Counts)
    }
    counted = [
        count(number, name.replace("_", " ").removesuffix("s")) for name, number in totals.items() if number
    ]
    pages = sum(post.entry.page for post in report.posts)
    total = entries(len(report.posts), pages)
    kept = _kept_text(report.posts)
    comments = f"; {count(report.comments.total, 'comment')}" if report.comments.total else ""
    return f"{total}: {', '.join(counted) or 'no words'}{kept}{comments}; {report.lost:,} lost"


def _kept_text(posts: Sequence[Converted]) -> str:
    """Say how many blocks are the author's Markdown, where sources have it."""
    blocks, own, adapted = (
        sum(getattr(post, name) for post in posts) for name in ("blocks", "own", "adapted")
    )
    if not blocks:
        return ""
    others = {"adapted": adapted, "rewritten": blocks - own - adapted}
    counted = "".join(f", {number:,} {name}" for name, number in others.items() if number)
    return f"; {own:,} of {count(blocks, 'block')} in the author's own Markdown{counted}"


def plan_lines(report: Report) -> Iterator[str]:
    """Yield what happens to the files that do not simply stay, and how many there are of each kind.

    Many of a kind are one line; conflicts are not, for each asks for a decision.
    """
    groups: dict[object, list[Action]] = {}
    for action in report.changes:
        if action.kind is not ActionKind.KEEP or action.reason:
            is_alone = action.kind is ActionKind.CONFLICT
            groups.setdefault(action.path if is_alone else (action.kind, action.reason), []).append(action)
    for actions in groups.values():
        first = actions[0]
        reason = f" ({first.reason})" if first.reason else ""
        if len(actions) > _MOST:
            yield f"{first.kind}: {count(len(actions), 'file')}, such as {first.target}{reason}"
        else:
            yield from (f"{action.kind}: {action.target}{reason}" for action in actions)
    if report.copies:
        copies = count(len(report.copies), "image or file", "images and files")
        yield f"{copies} of posts: {_size(sum(map(len, report.copies.values())))}"
    if report.files.files:
        kept = count(len(report.files.files), "file")
        yield f"{kept} at old addresses, in {FOLDER}: {_size(report.files.size)}"
    counts = Counter(action.kind for action in report.changes)
    yield ", ".join(
        f"{counts[kind]:,} {'in conflict' if kind is ActionKind.CONFLICT else f'to {kind}'}"
        for kind in ActionKind
    )


def _size(number: int) -> str:
    """Return a number of bytes for people."""
    kib = 2**10
    if number < kib:
        return count(number, "byte")
    return f"{number / kib:,.1f} KiB" if number < kib**2 else f"{number / kib**2:,.1f} MiB"


def note_lines(report: Report) -> Iterator[str]:
    """Yield a line for each note, but one for many that say the same; what is lost comes in `loss_lines`."""
    groups: dict[tuple[NoteKind, str], list[tuple[str, Note]]] = {}
    for where, note in report.places():
        if note.kind is not NoteKind.LOST:
            groups.setdefault((note.kind, _VARIABLE.sub("…", note.what)), []).append((where, note))
    for places in groups.values():
        if len(places) > _MOST:
            yield _line(*places[0], len(places))
        else:
            yield from (_line(where, note) for where, note in places)


def loss_lines(report: Report) -> Iterator[str]:
    """Yield a line for each thing that was lost."""
    yield from (_line(where, note) for where, note in report.places() if note.kind is NoteKind.LOST)


def _line(where: str, note: Note, times: int = 1) -> str:
    where += f":{note.line}" if note.line else ""
    values = [_short(value) for value in (note.before, note.after) if value]
    change = f": {' → '.join(values)}" if values else ""
    if times > 1:
        return f"{times:,} times: {note.kind}: {note.what}{change} (first in {where})"
    return f"{where}: {note.kind}: {note.what}{change}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def as_json(report: Report) -> str:
    """Return the whole report, what was lost first: all that is printed, and what is left out there."""
    by_path = {action.path: action for action in report.actions}
    values = {
        "summary": summary(report),
        "lost": report.lost,
        "losses": [
            {"where": where, **_note(note)} for where, note in report.places() if note.kind is NoteKind.LOST
        ],
        "score": _score(sum((post.score for post in report.posts), Score())),
        "sources": [_source(source) for source in report.sources],
        "notes": [_note(note) for note in report.notes],
        "comments": report.comments.total,
        "copies": {path: len(data) for path, data in sorted(report.copies.items())},
        "old_files": sorted(report.files.files),
        "dead_links": [asdict(link) for link in report.dead],
        "actions": {kind: sum(action.kind is kind for action in report.changes) for kind in ActionKind},
        "comment_files": [_file(action, has_diff=report.has_diffs) for action in report.comments.actions],
        "posts": [_post(post, by_path[post.path], has_diff=report.has_diffs) for post in report.posts],
    }
    return json.dumps(values, indent=1, ensure_ascii=False) + "\n"


def _note(note: Note) -> dict[str, Any]:
    values = asdict(note)
    del values["dead"]  # the report lists those links that are left out of the check
    del values["in_text"]  # only a built page makes use of it
    return values


def _score(score: Score) -> dict[str, Any]:
    return {**asdict(score), "per_1000_words": score.per_thousand_words()}


def _source(source: Source) -> dict[str, Any]:
    pages = sum(entry.page for entry in source.entries)
    return {
        "name": source.name,
        "format": source.format,
        "posts": len(source.entries) - pages,
        "pages": pages,
        "notes": [_note(note) for note in source.notes],
    }


def _post(post: Converted, action: Action, *, has_diff: bool) -> dict[str, Any]:
    return {
        "source": post.entry.source,
        "position": post.entry.position,
        "title": post.entry.title,
        "page": post.entry.page,
        **_file(action, has_diff=has_diff),
        "counts": asdict(post.counts),
        "comments": len(post.comments),
        "score": _score(post.score),
        "blocks": post.blocks,
        "own": post.own,
        "adapted": post.adapted,
        "notes": [_note(note) for note in post.notes],
    }


def _file(action: Action, *, has_diff: bool) -> dict[str, Any]:
    return {
        "path": action.path,
        "action": action.kind,
        "target": action.target,
        "reason": action.reason,
        **({"diff": action.diff()} if has_diff else {}),
    }
