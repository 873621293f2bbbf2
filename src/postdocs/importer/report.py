"""What an import says of itself: in a few lines for people, and in full as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields

from postdocs.core.plural import count
from postdocs.importer.convert import Converted
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.plan import Action, ActionKind
from postdocs.importer.roundtrip import Counts


def lost(posts: Iterable[Converted]) -> int:
    """Count what did not come through."""
    return sum(note.kind is NoteKind.LOST for post in posts for note in post.notes)


def summary(posts: Sequence[Converted]) -> str:
    """Return the line that says how much was compared, and how much of it was lost."""
    totals = {field.name: sum(getattr(post.counts, field.name) for post in posts) for field in fields(Counts)}
    counted = [
        count(number, name.replace("_", " ").removesuffix("s")) for name, number in totals.items() if number
    ]
    return f"{count(len(posts), 'post')}: {', '.join(counted) or 'no words'}; {lost(posts):,} lost"


def plan_lines(actions: Sequence[Action]) -> Iterator[str]:
    """Yield what happens to each file that does not simply stay, and how many there are of each kind."""
    for action in actions:
        if action.kind is not ActionKind.KEEP or action.reason:
            yield f"{action.kind}: {action.target}" + (f" ({action.reason})" if action.reason else "")
    counts = Counter(action.kind for action in actions)
    yield ", ".join(
        f"{counts[kind]:,} {'in conflict' if kind is ActionKind.CONFLICT else f'to {kind}'}"
        for kind in ActionKind
    )


def note_lines(where: str, notes: Iterable[Note]) -> Iterator[str]:
    """Yield a line for each note."""
    for note in notes:
        change = f": {_short(note.before)} → {_short(note.after)}" if note.before and note.after else ""
        change = change or (f": {_short(note.before or note.after)}" if note.before or note.after else "")
        yield f"{where}: {note.kind}: {note.what}{change}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    limit = 100
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def as_json(posts: Sequence[Converted], actions: Sequence[Action], notes: Sequence[Note]) -> str:
    """Return the whole report; its form is the one of these dataclasses."""
    by_path = {action.path: action for action in actions}
    report = {
        "summary": summary(posts),
        "lost": lost(posts),
        "notes": [asdict(note) for note in notes],
        "posts": [
            {
                "source": post.entry.source,
                "position": post.entry.position,
                "title": post.entry.title,
                "path": post.path,
                "action": by_path[post.path].kind,
                "reason": by_path[post.path].reason,
                "counts": asdict(post.counts),
                "notes": [asdict(note) for note in post.notes],
            }
            for post in posts
        ],
    }
    return json.dumps(report, indent=1, ensure_ascii=False) + "\n"
