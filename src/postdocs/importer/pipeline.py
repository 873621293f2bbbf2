"""The stages of an import, in the order in which data goes through them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin

from postdocs.core import permalink
from postdocs.core.conf import Settings
from postdocs.core.files import write
from postdocs.core.places import Places
from postdocs.core.plural import count
from postdocs.core.progress import Progress
from postdocs.importer import assets, comment_files, permalinks, plan, prepare, works
from postdocs.importer import threads as threads_to
from postdocs.importer.bibtex import Work
from postdocs.importer.comment_files import CommentPlan
from postdocs.importer.convert import Checker, Converted, Task, convert_all
from postdocs.importer.copies import Copies, copy_files
from postdocs.importer.dead_links import OldSites, old_sites
from postdocs.importer.entry import Entry, Note, NoteKind, Thread
from postdocs.importer.images import Picture
from postdocs.importer.kept_notebook import SUFFIX
from postdocs.importer.known_dead import DeadLink, known_dead, known_dead_in, old_addresses, without_answered
from postdocs.importer.list_links import lists_of
from postdocs.importer.myst.wrap import Wrap
from postdocs.importer.old_files import OldFiles, old_files
from postdocs.importer.plan import Action, ActionKind, Existing
from postdocs.importer.sources.archive import Files


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the user asked for.

    site: the folder of conf.py. folder: that of posts. authors, date: of entries that have none. find: how
    pictures are found, or None to leave them where they are. is_served: whether an address is that of a file
    in the sources. sites: the files of those that are read whole. addresses: of all that was built there.
    keep_files: whether files of old sites are served at their addresses.
    checker: makes the check of formulas. wrap: how paragraphs are wrapped. scored: whether posts get a score,
    which only a report shows. comments: whether those of readers come along. works: what posts
    may cite, by key.
    """

    site: Path
    folder: Path
    checker: Checker
    update: bool = False
    replace: bool = False
    authors: tuple[str, ...] = ()
    date: datetime | None = None
    find: Callable[[str], Picture] | None = None
    is_served: Callable[[str], bool] = lambda _: False
    sites: tuple[Files, ...] = ()
    addresses: tuple[str, ...] = ()
    keep_files: bool = False
    wrap: Wrap = "none"
    scored: bool = False
    comments: bool = True
    works: Mapping[str, Work] = field(default_factory=dict)


@dataclass(frozen=True)
class Import:
    """An import that is planned.

    comments: what happens to the files of comments, and how many comments they get. pictures: bytes of each
    copy, by path from the folder of posts. bibliography: what happens to that of the posts, if anything.
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
            file = folder / path
            if not file.is_file() or file.read_bytes() != data:
                write(folder, path, data)
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
    has_works = works.place(posts_in(options.folder, options.site)) in settings.bibliographies
    citable = frozenset(options.works if has_works else ())
    tasks = [
        replace(
            _without_default(task, options),
            wrap=options.wrap,
            scored=options.scored,
            works=frozenset() if task.entry.page else citable,
        )
        for task in _tasks(prepared, paths, copies, settings, now=now, sites=sites)
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
    lists = lists_of(prepared, settings, partial(prepare.is_published, now=now))
    changed = [post for post, action in zip(posts, actions, strict=True) if action.text is not None]
    cited = [key for post in changed for key in post.cited]
    bibliography, work_notes = works.plan_works(cited, options.works, options.folder)
    missing = {note.dead for post in posts for note in post.notes if note.dead}
    kept = old_files(
        options.sites,
        copies.by_address(),
        settings.base,
        _taken(posts, existing, options, settings),
        missing,
        keeps=options.keep_files,
        named={*options.addresses},
    )
    posts = without_answered(posts, kept.keys)
    old = old_addresses(options.sites, options.addresses)
    written = {post.path for post, action in zip(posts, actions, strict=True) if _is_there(post, action)}
    dead = known_dead(
        (post for post in posts if post.path in written and prepare.is_published(post.entry, now)),
        old,
        partial(_address_of, options=options, settings=settings),
    )
    sites = replace(sites, keys=sites.keys | kept.keys)
    dead = (*dead, *known_dead_in(kept.links, old, sites.is_missing))
    named = {note.before for note in kept.notes}
    pages = [address for address in options.addresses if address not in named]
    unanswered = (*sites.unanswered(pages, lists), *kept.notes) if settings.base else ()
    # What was never there is named with the post that shows it.
    pictures_left = [
        note for note in copies.notes if note.before not in missing or not old.reason(note.before)
    ]
    on_copies = (*pictures_left, *_of_notebooks(prepared, pictures))
    notes = (*label_notes, *on_copies, *attached.notes, *comments.notes, *left, *unanswered, *work_notes)
    return Import(actions, posts, notes, pictures, existing, comments, bibliography, kept, dead)


def _is_there(post: Converted, action: Action) -> bool:
    """Tell whether a file has the text of a post once the plan is carried out."""
    return action.kind in {ActionKind.CREATE, ActionKind.UPDATE} or action.before == post.text


def _address_of(post: Converted, options: Options, settings: Settings) -> str:
    """Return the address of a post in the new site; "" where that has none of its own."""
    text = post.entry.permalink or permalinks.default_path(post.path, posts_in(options.folder, options.site))
    place = permalink.parse(text, settings.folder)
    is_known = bool(settings.base) and not place.query
    return urljoin(f"{settings.base.rstrip('/')}/", place.uri) if is_known else ""


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
    urls = {
        path: assets.of_entry(entry, options.is_served)
        for entry, path in zip(entries, paths, strict=True)
        if options.find is not None or assets.has_embedded(entry)
    }
    return copy_files(urls, options.folder, options.find, progress)


def _with_permalinks(
    entries: Sequence[Entry],
    paths: Sequence[str],
    existing: Mapping[str, Existing],
    options: Options,
    settings: Settings,
) -> list[Entry]:
    """Give entries the paths that they can keep in this site."""
    posts = posts_in(options.folder, options.site)
    files = [permalinks.page_file(path, posts) for path in paths]
    folder = settings.folder
    taken = permalinks.site_places(settings.blog, _others(paths, existing, posts), folder)
    taken_by = partial(permalinks.taken_by, site=options.site, posts=options.folder, lists=settings.blog)
    placed = permalinks.with_permalinks(entries, files, taken, taken_by, folder)
    return permalinks.with_aliases(placed, files, taken, folder)


def _others(paths: Sequence[str], existing: Mapping[str, Existing], posts: PurePosixPath) -> dict[str, str]:
    """Return the permalinks of posts that are there and not of the import, by their paths."""
    return {
        path: post.permalink or permalinks.default_path(path, posts)
        for path, post in existing.items()
        if path not in {*paths}
    }


def _taken(
    posts: Sequence[Converted], existing: Mapping[str, Existing], options: Options, settings: Settings
) -> Places:
    """Return the places of the site when the posts are in it."""
    folder = posts_in(options.folder, options.site)
    others = _others([post.path for post in posts], existing, folder)
    taken = permalinks.site_places(settings.blog, others, settings.folder)
    for post in posts:
        main = post.entry.permalink or permalinks.default_path(post.path, folder)
        for text in (main, *post.entry.aliases):
            taken.add(permalink.parse(text, settings.folder).file, post.path)
    return taken


def posts_in(folder: Path, site: Path) -> PurePosixPath:
    """Return the folder of posts, as seen from that of the site."""
    posts = folder.relative_to(site) if folder.is_absolute() else folder
    return PurePosixPath(posts.as_posix())


def _without_default(task: Task, options: Options) -> Task:
    """Take out the permalink of a post whose path says the same."""
    is_default = permalinks.is_default(task.entry, task.path, posts_in(options.folder, options.site))
    return replace(task, entry=replace(task.entry, permalink=None)) if is_default else task


def _tasks(
    entries: Sequence[Entry],
    paths: Sequence[str],
    copies: Copies,
    settings: Settings,
    *,
    now: datetime,
    sites: OldSites,
) -> list[Task]:
    lists = lists_of(entries, settings, partial(prepare.is_published, now=now))
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
