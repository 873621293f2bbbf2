"""The changes of an import to files: planned as values first, then applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Final

from postdocs.core import notebook
from postdocs.core.errors import PostdocsError
from postdocs.core.files import write
from postdocs.core.markdown_source import read_yaml, split
from postdocs.core.slugs import RESERVED_FILES, unique
from postdocs.core.source_text import decode, diff
from postdocs.importer import ledger
from postdocs.importer.addresses import key_of, one_or_more, post_slug, thread_names
from postdocs.importer.entry import Entry
from postdocs.importer.kept_notebook import SUFFIX
from postdocs.importer.ledger import LEDGER, Ledger, digest

MARKDOWN: Final = ".md"
_CHECKPOINTS = ".ipynb_checkpoints/"
_OF_POSTS = frozenset({"blogpost", "date"})  # keys that only the front matter of a post has


class ActionKind(StrEnum):
    """What happens to the file of an entry."""

    CREATE = "create"
    UPDATE = "update"  # ours, and the source has changed
    KEEP = "keep"  # nothing has changed, or not so that it matters here
    CONFLICT = "conflict"  # changed by hand as well; the new text goes beside it


@dataclass(frozen=True)
class Action:
    """What happens to one file. path: from the folder of posts. text: None where it stays as it is."""

    kind: ActionKind
    path: str
    text: str | None
    before: str = ""
    reason: str = ""

    @property
    def target(self) -> str:
        """The path that is written."""
        return f"{self.path}.new" if self.kind is ActionKind.CONFLICT else self.path

    def diff(self) -> str:
        """Return what changes in the file, as a unified diff; empty where nothing does."""
        if self.text is None:
            return ""
        return diff(self.before, self.text, self.path, self.target)


@dataclass(frozen=True)
class Existing:
    """A post that is there already.

    text: of its file. keys: what an entry can be recognised by, its feed id and its old addresses.
    written: the SHA-256 of the text that an import wrote there, or None where it is somebody's own. tidied:
    that of what `postdocs tidy` made of it, if it did.
    title: as its front matter has it, which tells posts of one address apart. permalink, aliases: as that has
    them. threads: the names of its thread of comments.
    """

    text: str
    keys: frozenset[str]
    written: str | None
    title: str = ""
    permalink: str = ""
    tidied: str | None = None
    aliases: tuple[str, ...] = ()
    threads: frozenset[str] = frozenset()

    @property
    def by_hand(self) -> bool:
        """Whether anybody has changed it since, or written it in the first place."""
        return self.written is None or digest(self.text) not in {self.written, self.tidied}


def read_existing(folder: Path) -> dict[str, Existing]:
    """Read the posts of a folder, by their POSIX path from it.

    Raises
    ------
    PostdocsError
        The ledger of earlier imports can't be read.

    """
    record = ledger.read(folder / LEDGER)
    posts = {}
    files = (file for suffix in (MARKDOWN, SUFFIX) for file in folder.rglob(f"*{suffix}"))
    for file in sorted(files):
        path = file.relative_to(folder).as_posix()
        try:
            text = decode(file.read_bytes(), file)
            items = read_yaml(split(_markdown(text, path)).yaml, file)
        except PostdocsError:
            text, items = file.read_bytes().decode(errors="replace"), []  # the build will complain of it
        written = {str(item.key): item.value for item in items}
        ours, tidied = record.written.get(path), record.tidied.get(path)
        is_copy = _CHECKPOINTS in path or (ours is None and written.keys().isdisjoint(_OF_POSTS))
        if path.endswith(SUFFIX) and is_copy:
            continue  # what Jupyter saves beside a notebook, or one that posts link to
        values = {key: value for key, value in written.items() if isinstance(value, str)}
        keys = {values.get("id"), key_of(values.get("source", ""))}
        title, permalink = values.get("title", ""), values.get("permalink", "")
        posts[path] = Existing(
            text,
            frozenset(key for key in keys if key),
            ours,
            title,
            permalink,
            tidied,
            one_or_more(written.get("aliases")),
            thread_names(written),
        )
    return posts


def _markdown(text: str, path: str) -> str:
    """Return a file of posts as Markdown, a notebook too; raises PostdocsError where it is none."""
    return notebook.as_markdown(text, path) if path.endswith(SUFFIX) else text


def suffix_of(entry: Entry) -> str:
    """Return how the name of an entry's file ends."""
    return SUFFIX if entry.notebook else MARKDOWN


def choose_paths(entries: Iterable[Entry], existing: Mapping[str, Existing]) -> list[str]:
    """Choose the path of each entry: that of the post that it is already, or a new one, `YYYY/slug.md`."""
    entries = list(entries)
    recognised = _recognised(entries, existing)
    slugs = {_slug(path) for path in existing}
    paths: list[str] = []
    for at, entry in enumerate(entries):
        path = recognised.get(at)
        if path is None:
            folder = "pages" if entry.page else f"{entry.published.year:04}" if entry.published else "undated"
            # What has neither id nor address is known again by the place that an import gave it.
            is_named = bool(entry.id or _address(entry))
            imported = set() if is_named else {p for p in existing if existing[p].written and p not in paths}
            taken = RESERVED_FILES | (slugs - {_slug(p) for p in imported})
            slug = unique(post_slug(entry.url, entry.title), taken)
            path = f"{folder}/{slug}{suffix_of(entry)}"
            slugs.add(slug)
        paths.append(path)
    return paths


def _recognised(entries: Sequence[Entry], existing: Mapping[str, Existing]) -> dict[int, str]:
    """Return the posts that entries are already, by the entry's place: by id, else by address.

    Where several have one address, their titles tell which is which.
    """
    by_key: dict[str, list[str]] = {}
    for path, post in existing.items():
        for key in post.keys:
            by_key.setdefault(key, []).append(path)
    ids = {entry.id for entry in entries if entry.id}
    recognised: dict[int, str] = {}

    def recognise(key_for: Callable[[Entry], str | None], fits: Callable[[Entry, Existing], bool]) -> None:
        taken = set(recognised.values())
        for at, entry in enumerate(entries):
            candidates = by_key.get(key_for(entry) or "", ()) if at not in recognised else ()
            path = next((p for p in candidates if p not in taken and fits(entry, existing[p])), None)
            if path is not None:
                recognised[at] = path
                taken.add(path)

    recognise(lambda entry: entry.id, lambda _, __: True)
    recognise(_address, lambda entry, post: entry.title == post.title and not post.keys & ids)
    recognise(_address, lambda _, post: not post.keys & ids)
    return recognised


def _address(entry: Entry) -> str | None:
    return key_of(entry.url or "")


def _slug(path: str) -> str:
    parts = PurePosixPath(path)
    return (parts.parent.name if parts.stem == "index" else parts.stem).casefold()


def in_another_form(entry: Entry, path: str, existing: Existing | None) -> Action | None:
    """Return what keeps a post that is Markdown while its entry is a notebook, or the other way round."""
    if existing is None or path.endswith(suffix_of(entry)):
        return None
    reason = (
        "it is Markdown already; delete it to import the notebook"
        if entry.notebook
        else "it is a notebook already; import it with --notebooks keep"
    )
    return Action(ActionKind.KEEP, path, None, existing.text, reason)


def decide(path: str, text: str, existing: Existing | None, *, update: bool, replace: bool) -> Action:
    """Decide what happens to a file.

    text: what the import would write. update: whether changes of the source are brought in. replace: whether
    posts that are somebody's own are overwritten.
    """
    if existing is None:
        return Action(ActionKind.CREATE, path, text)
    before = existing.text
    if before == text or (existing.written == digest(text) and not replace):
        return Action(ActionKind.KEEP, path, None, before)
    if existing.by_hand and existing.written is None and not replace:
        return Action(ActionKind.KEEP, path, None, before, "it was written by hand; --replace overwrites it")
    if existing.by_hand and update and not replace:
        return Action(
            ActionKind.CONFLICT, path, text, before, "it was changed by hand; the new text is beside it"
        )
    if update or replace:
        return Action(ActionKind.UPDATE, path, text, before)
    return Action(ActionKind.KEEP, path, None, before, "the source has changed; --update brings it in")


def apply(
    folder: Path,
    actions: Iterable[Action],
    existing: Mapping[str, Existing],
    comments: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """Write the files of a plan. Killed at any moment, it leaves whole files, and can be run again.

    comments: what the record of imports has of comments from now on; None where that stays.

    Raises
    ------
    PostdocsError
        A file can't be written; those before it have been.

    """
    written = {path: post.written for path, post in existing.items() if post.written}
    tidied = {path: post.tidied for path, post in existing.items() if post.written and post.tidied}
    for action in actions:
        if action.text is not None:
            write(folder, action.target, action.text.encode())
            if action.kind in {ActionKind.CREATE, ActionKind.UPDATE}:
                written[action.path] = digest(action.text)
                tidied.pop(action.path, None)
    file = folder / LEDGER
    kept = ledger.read(file).comments if comments is None else comments
    text = ledger.dump(Ledger(written, tidied, kept))
    if (written or kept) and (not file.is_file() or file.read_text(encoding="utf-8") != text):
        write(folder, LEDGER, text.encode())
