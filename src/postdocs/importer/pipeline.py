"""The stages of an import, one after another; what they need and what they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath

from postdocs.core.conf import Settings
from postdocs.core.files import write
from postdocs.importer import apply, images, plan, prepare
from postdocs.importer.addresses import key_of, taken_by
from postdocs.importer.entry import Entry, Kind, Note
from postdocs.importer.images import Picture
from postdocs.importer.plan import Action, Existing
from postdocs.importer.prepare import Converted, Task

# Shows that a stage of so many steps goes on; what it yields is called after each step.
Watch = Callable[[str, int], AbstractContextManager[Callable[[], object]]]


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What the user asked for. find: how pictures are had, or None to leave them where they are."""

    folder: Path
    update: bool = False
    replace: bool = False
    author: tuple[str, ...] = ()
    date: datetime | None = None
    find: Callable[[str], Picture] | None = None


@dataclass(frozen=True)
class Import:
    """An import that is ready to be carried out. pictures: bytes of each copy, by path from the folder."""

    actions: tuple[Action, ...]
    posts: tuple[Converted, ...]
    notes: tuple[Note, ...]
    pictures: Mapping[str, bytes]
    existing: Mapping[str, Existing]

    def carry_out(self, folder: Path) -> None:
        """Write pictures first, so that no post ever names one that is not there."""
        for path, data in self.pictures.items():
            file = folder / path
            if not file.is_file() or file.read_bytes() != data:
                write(folder, path, data)
        apply.carry_out(folder, self.actions, self.existing)


def make(
    entries: Sequence[Entry],
    wishes: Wishes,
    settings: Settings,
    now: datetime,
    watch: Watch,
) -> Import:
    """Convert entries, prove them, and plan what happens to the files; nothing is written.

    now: what is dated later is noted. watch: shows progress.
    """
    wished = [_with_wishes(entry, wishes) for entry in entries]
    there = partial(taken_by, site=Path(), posts=wishes.folder, lists=settings.blog)
    prepared, notes = prepare.prepare(wished, settings.zone, now, there)
    existing = plan.read_existing(wishes.folder)
    paths = plan.place(prepared, existing)
    keyed = zip((key_of(entry.url or "") for entry in prepared), paths, strict=True)
    by_key = {key: path for key, path in keyed if key}
    anchors = prepare.anchors_between(prepared, paths)
    copies, pictures, missing = _pictures(prepared, paths, wishes, watch)
    tasks = [
        Task(entry, path, by_key, anchors, copies.get(path, {}))
        for entry, path in zip(prepared, paths, strict=True)
    ]
    with watch("Converting", len(tasks)) as tick:
        posts = prepare.convert_all(tasks, settings.myst, tick)
    actions = tuple(
        plan.decide(
            post.path, post.text, existing.get(post.path), update=wishes.update, replace=wishes.replace
        )
        for post in posts
    )
    used = {action.path for action in actions if action.text is not None}
    kept = {path: data for path, data in pictures.items() if _post_of(path, copies) & used}
    return Import(actions, tuple(posts), (*notes, *missing), kept, existing)


def _with_wishes(entry: Entry, wishes: Wishes) -> Entry:
    """Fill in what the user has said; what the source says of itself goes first."""
    return replace(
        entry,
        authors=entry.authors or wishes.author,
        published=entry.published or wishes.date,
    )


def _pictures(
    entries: Sequence[Entry], paths: Sequence[str], wishes: Wishes, watch: Watch
) -> tuple[dict[str, dict[str, str]], dict[str, bytes], list[Note]]:
    """Return file names by post and address, bytes by path, and a note for each that is missing."""
    if wishes.find is None:
        return {}, {}, []
    wanted = {path: prepare.pictures_of(entry) for entry, path in zip(entries, paths, strict=True)}
    unique = {url for urls in wanted.values() for url in urls if url.startswith(("http://", "https://"))}
    with watch("Pictures", len(unique)) as tick:
        found = images.gather(unique, wishes.find, tick)
    copies: dict[str, dict[str, str]] = {}
    data: dict[str, bytes] = {}
    for path, urls in wanted.items():
        folder = PurePosixPath(path).parent
        had = [found[url] for url in dict.fromkeys(urls) if url in found and not found[url].reason]
        taken = {
            PurePosixPath(file).name: data[file] for file in data if PurePosixPath(file).parent == folder
        }
        copies[path] = images.name(had, taken | _on_disk(wishes.folder / folder))
        data |= {str(folder / copies[path][picture.url]): picture.data for picture in had}
    missing = [
        Note(Kind.NOTICED, f"a picture stays where it is: {p.reason}", p.url)
        for p in found.values()
        if p.reason
    ]
    return copies, data, missing


def _on_disk(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        return {}
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def _post_of(picture: str, copies: Mapping[str, Mapping[str, str]]) -> set[str]:
    path = PurePosixPath(picture)
    return {
        post
        for post, names in copies.items()
        if PurePosixPath(post).parent == path.parent and path.name in names.values()
    }
