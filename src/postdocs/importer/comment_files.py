"""The files of comments beside posts: what an import writes to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from postdocs.core.comments import Comment, added, dump, read
from postdocs.core.comments_file import beside
from postdocs.core.errors import PostdocsError
from postdocs.core.plural import count
from postdocs.core.source_text import decode
from postdocs.importer.comments import convert_comments
from postdocs.importer.entry import Note, SourceComment
from postdocs.importer.plan import Action, ActionKind


@dataclass(frozen=True)
class CommentPlan:
    """What happens to the files of comments. total: how many comments the sources have for them."""

    actions: tuple[Action, ...] = ()
    notes: tuple[Note, ...] = ()
    total: int = 0


def plan_comments(
    converted: Mapping[str, Sequence[Comment]],
    others: Mapping[str, Sequence[SourceComment]],
    folder: Path,
    zone: tzinfo,
    *,
    update: bool,
) -> CommentPlan:
    """Plan the files of comments; nothing is written.

    A file that is there gets what it lacks, if *update*; nothing in it changes, and nothing is lost, even
    where it was edited. converted: comments of posts that are imported, by their path from *folder*. others:
    those of posts that are there already.

    Raises
    ------
    PostdocsError
        A file that is there can't be read.

    """
    actions: list[Action] = []
    notes: list[Note] = []
    by_path = dict(converted)
    for path, more in others.items():
        result = convert_comments(more, None, zone)
        by_path[path] = (*by_path.get(path, ()), *result.comments)
        notes += [Note(note.kind, f"{beside(path)}: {note.what}", note.before) for note in result.notes]
    for path, comments in by_path.items():
        if comments:
            actions.append(_decide(beside(path), comments, folder, zone, update=update))
    return CommentPlan(tuple(actions), tuple(notes), sum(map(len, by_path.values())))


def _decide(path: str, comments: Sequence[Comment], folder: Path, zone: tzinfo, *, update: bool) -> Action:
    file = folder / path
    if not file.is_file():
        return Action(ActionKind.CREATE, path, dump(comments))
    text = decode(file.read_bytes(), file)
    before = read(text, str(file), zone)
    after = added(before, comments)
    new = after[len(before) :]
    if not new:
        return Action(ActionKind.KEEP, path, None, text)
    if not update:
        lacks = f"the source has {count(len(new), 'comment')} that it lacks; --update adds them"
        return Action(ActionKind.KEEP, path, None, text, lacks)
    return Action(ActionKind.UPDATE, path, _with(text, new, after, zone), text)


def _with(text: str, new: Sequence[Comment], after: Sequence[Comment], zone: tzinfo) -> str:
    """Return a file with more comments: at its end, where its form allows that, so that the rest stays."""
    longer = f"{text.rstrip()}\n{dump(new)}".lstrip("\n")
    try:
        is_same = read(longer, "", zone) == tuple(after)
    except PostdocsError:
        is_same = False
    return longer if is_same else dump(after)
