"""The files of comments beside posts: what an import writes to them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta, tzinfo
from pathlib import Path

from postdocs.core.comments import Comment, added, dump, read
from postdocs.core.comments_file import beside
from postdocs.core.dates import rfc3339
from postdocs.core.errors import PostdocsError
from postdocs.core.plural import count
from postdocs.core.source_text import decode
from postdocs.importer import ledger
from postdocs.importer.comments import convert_comments
from postdocs.importer.entry import Note, SourceComment
from postdocs.importer.plan import Action, ActionKind

# Between the dates of comments with one id that are two: less may come from another time zone.
_APART = timedelta(days=2)


@dataclass(frozen=True)
class CommentPlan:
    """What happens to the files of comments.

    total: how many comments the sources have for them. record: the digests of comments that imports wrote, by
    the path of their file and their ids, once this one is done.
    """

    actions: tuple[Action, ...] = ()
    notes: tuple[Note, ...] = ()
    total: int = 0
    record: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def plan_comments(
    converted: Mapping[str, Sequence[Comment]],
    others: Mapping[str, Sequence[SourceComment]],
    folder: Path,
    zone: tzinfo,
    *,
    update: bool,
    replace: bool = False,
) -> CommentPlan:
    """Plan the files of comments; nothing is written.

    A file that is there gets what it lacks, and what has changed in the source, if *update*. What somebody
    changed in it stays, and what they deleted stays out, unless *replace*; where the source has changed such
    a comment too, the file is in conflict. converted: comments of posts that are imported, by their path
    from *folder*. others: those of posts that are there already.

    Raises
    ------
    PostdocsError
        A file that is there, or the record of earlier imports, can't be read.

    """
    actions: list[Action] = []
    notes: list[Note] = []
    by_path = dict(converted)
    for path, more in others.items():
        result = convert_comments(more, None, zone)
        by_path[path] = (*by_path.get(path, ()), *result.comments)
        notes += [Note(note.kind, f"{beside(path)}: {note.what}", note.before) for note in result.notes]
    written = ledger.read(folder / ledger.LEDGER).comments
    record = {path: digests for path, digests in written.items() if (folder / path).is_file()}
    for path, comments in by_path.items():
        if comments:
            name = beside(path)
            merge = _Merge(name, folder, zone, record.get(name, {}))
            action, record[name] = merge.decide(comments, update=update, replace=replace)
            actions.append(action)
    return CommentPlan(tuple(actions), tuple(notes), sum(map(len, by_path.values())), record)


@dataclass(frozen=True)
class _Merge:
    """A file of comments, and what an import wrote to it: the digest of each comment by its id."""

    path: str
    folder: Path
    zone: tzinfo
    written: Mapping[str, str]

    def decide(
        self, comments: Sequence[Comment], *, update: bool, replace: bool
    ) -> tuple[Action, Mapping[str, str]]:
        """Return what happens to the file, and the digests that its record has then."""
        file = self.folder / self.path
        if not file.is_file():
            return Action(ActionKind.CREATE, self.path, dump(comments)), _digests(comments)
        text = decode(file.read_bytes(), file)
        before = {one.id: one for one in read(text, str(file), self.zone)}
        comments = self._with_ids(comments, before)
        same = [one for one in comments if before.get(one.id) == one]
        lacking = [one for one in comments if one.id not in before]
        new = [one for one in lacking if replace or one.id not in self.written]
        differing = [one for one in comments if one.id in before and before[one.id] != one]
        conflicts = [one for one in differing if self._is_changed_twice(one, before[one.id])]
        ours = [one for one in differing if self.written.get(one.id) == _digest(before[one.id])]
        changed = differing if replace else [*ours, *conflicts]
        replaced = {one.id: one for one in changed}
        after = added(tuple(replaced.get(id_, one) for id_, one in before.items()), new)
        record = {**self.written, **_digests(same)}
        if not changed and not new:
            unknown = sum(one.id not in self.written for one in differing)
            return Action(ActionKind.KEEP, self.path, None, text, _stays(len(lacking), unknown)), record
        if not update and not replace:
            reason = "the source has changed; --update brings it in" if changed else _lacks(len(new))
            return Action(ActionKind.KEEP, self.path, None, text, reason), record
        longer = self._longer(text, new, after)
        if not replace and (conflicts or (changed and text != dump(before.values()))):
            why = "it was changed by hand; the new text is beside it"
            return Action(ActionKind.CONFLICT, self.path, dump(after), text, why), record
        result = dump(after) if changed or longer is None else longer
        return Action(ActionKind.UPDATE, self.path, result, text), {**record, **_digests([*changed, *new])}

    def _is_changed_twice(self, one: Comment, before: Comment) -> bool:
        """Tell whether a comment differs from what an import wrote, in its source and in its file."""
        written = self.written.get(one.id)
        return written is not None and written not in {_digest(one), _digest(before)}

    def _with_ids(self, comments: Sequence[Comment], before: Mapping[str, Comment]) -> list[Comment]:
        """Return comments with other ids where the file has those for comments of another service."""
        ids: dict[str, str] = {}
        taken: set[str] = set()
        for one in comments:
            id_, number = one.id, 1
            while id_ in taken or self._is_another(replace(one, id=id_), before.get(id_)):
                number += 1
                id_ = f"{one.id}-{number}"
            ids[one.id] = id_
            taken.add(id_)
        return [
            replace(one, id=ids[one.id], parent=ids.get(one.parent or "", one.parent)) for one in comments
        ]

    def _is_another(self, one: Comment, before: Comment | None) -> bool:
        if before is None or self.written.get(one.id) == _digest(one) or not (one.date and before.date):
            return False
        return abs(one.date - before.date) > _APART

    def _longer(self, text: str, new: Sequence[Comment], after: tuple[Comment, ...]) -> str | None:
        """Return the file with more comments at its end, so that the rest stays; None if its form differs."""
        longer = f"{text.rstrip()}\n{dump(new)}".lstrip("\n")
        try:
            is_same = read(longer, "", self.zone) == after
        except PostdocsError:
            is_same = False
        return longer if is_same else None


def _digest(comment: Comment) -> str:
    date = rfc3339(comment.date) if comment.date else None
    return ledger.digest(json.dumps({**vars(comment), "date": date}, ensure_ascii=False))


def _digests(comments: Sequence[Comment]) -> dict[str, str]:
    return {one.id: _digest(one) for one in comments}


def _lacks(number: int) -> str:
    return f"the source has {count(number, 'comment')} that it lacks; --update adds them"


def _stays(deleted: int, differing: int) -> str:
    """Say what of the source is not in a file that stays, "" where all is."""
    parts = [
        *([f"without {count(deleted, 'comment')} that you deleted"] if deleted else []),
        *([f"with {count(differing, 'comment')} that you wrote"] if differing else []),
    ]
    return f"{' and '.join(parts)}; --replace takes those of the source" if parts else ""
