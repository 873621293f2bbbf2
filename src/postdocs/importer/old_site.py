"""What becomes of an old site beside its posts: its files, its addresses, and its dead links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from urllib.parse import urljoin

from postdocs.core import permalink
from postdocs.core.conf import Settings
from postdocs.core.places import Places
from postdocs.importer import permalinks, prepare
from postdocs.importer.convert import Converted
from postdocs.importer.copies import Copies
from postdocs.importer.dead_links import OldSites
from postdocs.importer.entry import Note
from postdocs.importer.known_dead import DeadLink, known_dead, known_dead_in, old_addresses, without_answered
from postdocs.importer.list_links import Lists
from postdocs.importer.old_files import OldFiles, old_files
from postdocs.importer.options import Options
from postdocs.importer.plan import Action, ActionKind, Existing


@dataclass(frozen=True)
class OldSite:
    """What is planned for it.

    posts: without notes on addresses that its files answer. files: those that stay at their addresses. dead:
    links of the posts that are written, which were dead before. notes: on addresses that nothing answers.
    notes_on_copies: of files that posts show.
    """

    posts: tuple[Converted, ...]
    files: OldFiles
    dead: tuple[DeadLink, ...]
    notes: tuple[Note, ...]
    notes_on_copies: tuple[Note, ...]


def plan_old_site(
    posts: Sequence[Converted],
    actions: Sequence[Action],
    *,
    copies: Copies,
    existing: Mapping[str, Existing],
    sites: OldSites,
    lists: Lists,
    options: Options,
    settings: Settings,
    now: datetime,
) -> OldSite:
    """Plan what becomes of an old site. actions: what happens to the posts, in their order."""
    missing = _missing(posts)
    public = [post for post in posts if prepare.is_published(post.entry, now)]
    files = old_files(
        options.sites,
        copies.by_address(post.path for post in public),
        settings.base,
        _taken(posts, existing, options, settings),
        _missing(public),
        keeps=options.keep_files,
        named={*options.addresses},
    )
    old = old_addresses(options.sites, options.addresses)
    posts = without_answered(posts, files.keys)
    is_dead = replace(sites, keys=sites.keys | files.keys)
    written = [
        post
        for post, action in zip(posts, actions, strict=True)
        if _is_there(post, action) and prepare.is_published(post.entry, now)
    ]
    dead = known_dead(written, old, partial(_address_of, options=options, settings=settings))
    named = {note.before for note in files.notes}
    pages = [address for address in (*options.addresses, *options.lists) if address not in named]
    return OldSite(
        posts,
        files,
        (*dead, *known_dead_in(files.links, old, is_dead.is_missing)),
        (*is_dead.unanswered(pages, lists), *files.notes) if settings.base else (),
        # What was never there is named with the post that shows it.
        tuple(note for note in copies.notes if note.before not in missing or not old.reason(note.before)),
    )


def _missing(posts: Iterable[Converted]) -> set[str]:
    """Return the addresses that posts name, and nothing answers."""
    return {note.dead for post in posts for note in post.notes if note.dead}


def _is_there(post: Converted, action: Action) -> bool:
    """Tell whether a file has the text of a post once the plan is carried out."""
    return action.kind in {ActionKind.CREATE, ActionKind.UPDATE} or action.before == post.text


def _address_of(post: Converted, options: Options, settings: Settings) -> str:
    """Return the address of a post in the new site; "" where that has none of its own."""
    text = post.entry.permalink or permalinks.default_path(post.path, options.posts)
    place = permalink.parse(text, settings.folder)
    is_known = bool(settings.base) and not place.query
    return urljoin(f"{settings.base.rstrip('/')}/", place.uri) if is_known else ""


def _taken(
    posts: Sequence[Converted], existing: Mapping[str, Existing], options: Options, settings: Settings
) -> Places:
    """Return the places of the site when the posts are in it."""
    folder = options.posts
    others = permalinks.others([post.path for post in posts], existing, folder)
    taken = permalinks.site_places(settings.blog, others, settings.folder)
    for post in posts:
        main = post.entry.permalink or permalinks.default_path(post.path, folder)
        for text in (main, *post.entry.aliases):
            taken.add(permalink.parse(text, settings.folder).file, post.path)
    return taken
