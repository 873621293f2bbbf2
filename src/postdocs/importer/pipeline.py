"""The stages of an import, in the order in which data goes through them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from postdocs.core.conf import Settings
from postdocs.core.files import write
from postdocs.core.plural import count
from postdocs.core.progress import Progress
from postdocs.importer import assets, author_places, comment_files, old_site, permalinks, plan, prepare, works
from postdocs.importer import threads as threads_to
from postdocs.importer.comment_files import CommentPlan
from postdocs.importer.convert import Converted, Task, convert_all
from postdocs.importer.copies import Copies, copy_files
from postdocs.importer.dead_links import OldSites, old_sites
from postdocs.importer.entry import Entry, Note, NoteKind, Thread
from postdocs.importer.kept_notebook import SUFFIX
from postdocs.importer.known_dead import DeadLink
from postdocs.importer.list_links import Lists, lists_of
from postdocs.importer.old_files import OldFiles
from postdocs.importer.options import Options
from postdocs.importer.plan import Action, Existing


@dataclass(frozen=True)
class Import:
    """An import that is planned.

    comments: what happens to the files of comments, and how many comments they get. pictures: bytes of each
    copy, by path from the folder of the site. bibliography: what happens to that of the posts, if anything.
    files: of old sites, which stay at their addresses. dead: links of the posts that are written, which were
    dead before.
    """

    actions: tuple[Action, ...]
    posts: tuple[Converted, ...]
    notes: tuple[Note, ...]
    pictures: Mapping[str, bytes]
    existing: Mapping[str, Existing]
    comments: CommentPlan
    bibliography: tuple[Action, ...] = ()
    files: OldFiles = field(default_factory=OldFiles)
    dead: tuple[DeadLink, ...] = ()

    def apply(self, folder: Path, site: Path) -> None:
        """Write what belongs to posts before them, so that none is ever without it.

        folder: of posts. site: that of conf.py.
        """
        self.files.write(site)
        for path, data in self.pictures.items():
            file = site / path
            if not file.is_file() or file.read_bytes() != data:
                write(site, path, data)
        for action in (*self.comments.actions, *self.bibliography):
            if action.text is not None:
                write(folder, action.target, action.text.encode())
        plan.apply(folder, self.actions, self.existing, self.comments.record)


def plan_import(
    entries: Sequence[Entry],
    options: Options,
    settings: Settings,
    now: datetime,
    progress: Progress,
    *,
    threads: Sequence[Thread] = (),
) -> Import:
    """Convert entries, prove them, and plan what happens to the files; nothing is written.

    now: what is dated later is noted. threads: comments on posts of these, or of the site.
    """
    existing = plan.read_existing(options.folder)
    attached = threads_to.attach(entries, threads if options.comments else (), existing)
    completed = [_with_options(entry, options) for entry in attached.entries]
    complete, label_notes = prepare.prepare(completed, settings.zone, now)
    paths = plan.choose_paths(complete, existing)
    prepared = _with_permalinks(complete, paths, existing, options, settings)
    copies = _copies(prepared, paths, options, progress)
    others = [post.permalink for path, post in existing.items() if path not in {*paths} and post.permalink]
    sites = old_sites([site.root for site in options.sites], prepared, others, settings.base)
    has_works = works.place(options.posts) in settings.bibliographies
    citable = frozenset(options.works if has_works else ())
    lists = lists_of(prepared, settings, partial(prepare.is_published, now=now), options.lists)
    tasks = [
        replace(
            _without_default(task, options),
            wrap=options.wrap,
            scored=options.scored,
            works=citable,
            zone=settings.zone,
        )
        for task in _tasks(prepared, paths, copies, now=now, sites=sites, lists=lists)
    ]
    with progress("Converting", len(tasks)) as advance:
        posts = tuple(convert_all(tasks, options.site / "conf.py", options.checker, advance))
    decide = partial(plan.decide, update=options.update, replace=options.replace)
    actions = tuple(
        plan.in_another_form(post.entry, post.path, existing.get(post.path))
        or decide(post.path, post.text, existing.get(post.path))
        for post in posts
    )
    comments = comment_files.plan_comments(
        {post.path: post.comments for post in posts},
        attached.others,
        options.folder,
        settings.zone,
        update=options.update,
        replace=options.replace,
    )
    pictures = copies.used_by([action.path for action in actions if action.text is not None])
    left = () if options.comments else _left_out(sum(len(thread.comments) for thread in threads))
    changed = [post for post, action in zip(posts, actions, strict=True) if action.text is not None]
    cited = [key for post in changed for key in post.cited]
    bibliography, work_notes = works.plan_works(cited, options.works, options.folder)
    old = old_site.plan_old_site(
        posts,
        actions,
        copies=copies,
        existing=existing,
        sites=sites,
        lists=lists,
        options=options,
        settings=settings,
        now=now,
    )
    notes = (
        *label_notes,
        *old.notes_on_copies,
        *_of_notebooks(prepared, pictures),
        *attached.notes,
        *comments.notes,
        *left,
        *old.notes,
        *work_notes,
    )
    return Import(actions, old.posts, notes, pictures, existing, comments, bibliography, old.files, old.dead)


def _left_out(comments: int) -> tuple[Note, ...]:
    """Return the note on comments that the user leaves out, if there are any."""
    what = f"{count(comments, 'comment')}, because of --no-comments"
    return (Note(NoteKind.LEFT_OUT, what),) if comments else ()


def _of_notebooks(entries: Sequence[Entry], copies: Mapping[str, bytes]) -> Iterator[Note]:
    """Yield a note on each notebook that posts link to as a file, in a site that shows notebooks."""
    if any(entry.notebook for entry in entries):
        what = "a notebook that posts link to is also a page, unless you add it to exclude_patterns"
        yield from (Note(NoteKind.NOTICED, what, before=path) for path in copies if path.endswith(SUFFIX))


def _with_options(entry: Entry, options: Options) -> Entry:
    """Fill in what the user has said; what the source says of itself goes first."""
    left = () if options.comments else _left_out(len(entry.comments))
    return replace(
        entry,
        comments=entry.comments if options.comments else (),
        notes=(*entry.notes, *left),
        authors=entry.authors or options.authors,
        published=entry.published or options.date,
    )


def _copies(entries: Sequence[Entry], paths: Sequence[str], options: Options, progress: Progress) -> Copies:
    wanted = {
        path: author_places.looked_for(entry, assets.of_entry(entry, options.is_served))
        for entry, path in zip(entries, paths, strict=True)
        if options.find is not None or assets.has_embedded(entry)
    }
    return copy_files(wanted, options.site, options.posts, options.find, progress)


def _with_permalinks(
    entries: Sequence[Entry],
    paths: Sequence[str],
    existing: Mapping[str, Existing],
    options: Options,
    settings: Settings,
) -> list[Entry]:
    """Give entries the paths that they can keep in this site."""
    posts = options.posts
    files = [permalinks.page_file(path, posts) for path in paths]
    folder = settings.folder
    taken = permalinks.site_places(settings.blog, permalinks.others(paths, existing, posts), folder)
    taken_by = partial(permalinks.taken_by, site=options.site, posts=options.folder, lists=settings.blog)
    placed = permalinks.with_permalinks(entries, files, taken, taken_by, folder)
    return permalinks.with_aliases(placed, files, taken, folder)


def _without_default(task: Task, options: Options) -> Task:
    """Take out the permalink of a post whose path says the same."""
    is_default = permalinks.is_default(task.entry, task.path, options.posts)
    return replace(task, entry=replace(task.entry, permalink=None)) if is_default else task


def _tasks(
    entries: Sequence[Entry],
    paths: Sequence[str],
    copies: Copies,
    *,
    now: datetime,
    sites: OldSites,
    lists: Lists,
) -> list[Task]:
    path_by_key = prepare.paths_by_address(entries, paths)
    published = {path for entry, path in zip(entries, paths, strict=True) if prepare.is_published(entry, now)}
    shown = {key: path for key, path in path_by_key.items() if path in published}
    hidden = {key: path for key, path in path_by_key.items() if path not in published}
    fragments = prepare.fragments_between(entries, paths)
    anchors = prepare.anchors_between(entries, paths, fragments)
    # what tasks have in `shown` and `hidden` isn't sent to processes twice
    others = replace(sites, keys=sites.keys - path_by_key.keys())
    return [
        Task(
            entry,
            path,
            shown,
            anchors,
            copies.names.get(path, {}),
            hidden,
            fragments.get(path, frozenset()),
            lists,
            others,
        )
        for entry, path in zip(entries, paths, strict=True)
    ]
