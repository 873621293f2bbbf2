"""A built site as a source: its posts and pages, and what else its folder holds."""

from __future__ import annotations

import mimetypes
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from postdocs.core.errors import PostdocsError
from postdocs.core.plural import count
from postdocs.core.progress import steps
from postdocs.importer.addresses import key_of
from postdocs.importer.built import addresses, languages, reading, statements, template
from postdocs.importer.built.addresses import PAGES, Addresses, forms
from postdocs.importer.built.article import container_of
from postdocs.importer.built.kinds import Kind, is_named_list, is_of_site
from postdocs.importer.built.macros import macros_of
from postdocs.importer.built.model import BuiltPage, PageFile
from postdocs.importer.built.posts import with_pages_apart
from postdocs.importer.built.repeated import without_lists
from postdocs.importer.built.statements import Statements
from postdocs.importer.built.template import Template
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.encoding import decode
from postdocs.importer.sources.model import SiteSettings, Source, fold
from postdocs.importer.sources.page_facts import url_of
from postdocs.importer.sources.page_lists import is_list, teasers

_SAMPLE = 30  # pages that are compared
_LOOKED_AT = 200  # pages among which they are chosen
_FEW = 24  # pages that are read sooner than other processes have started
_MOST = 0.8  # of the posts of feeds, by which it shows where posts are
_FEWEST = 3  # pages of a site without a home page
# What says on a page that it is that of a post.
_POST = re.compile(
    r"article:published_time|datePublished|dt-published|BlogPosting|articleBody|\be-content\b|\bentry-content\b"
    r"|\bpost-content\b",
)
_FEEDS = (".xml", ".rss", ".atom")
_FEWEST_POSTS = 4  # that tell where posts are, and what they have in common


def detect(files: Files) -> bool:
    """Tell whether these are the files of a site as a generator wrote it."""
    pages = _pages(files)
    return len(pages) >= _FEWEST or any(PurePosixPath(path).stem.lower() == "index" for path in pages)


def read(files: Files, url: str | None) -> Source:
    """Read a built site. url: its address, as the user gave it; else the site says it.

    Raises
    ------
    PostdocsError
        Nothing says its address, or a file can't be read.

    """
    files = _from_top(files)
    said = statements.read(files, url)
    paths = [path for path in _pages(files) if path not in said.paths]
    places = addresses.learn(paths, ((one, None) for one in said.urls), url)
    pattern, places = _compare(files, paths, said, places, url)
    if not places.base and (domain := addresses.at_domain(files)):
        return read(files, domain)
    if not places.base:
        wrong = "none of its pages, feeds, and sitemaps says the address of the site"
        raise PostdocsError(files.name, None, wrong, "add it: --url https://…")
    pages = _read_all([*_page_files(files, paths, said, places)], pattern, places, files)
    pages = with_pages_apart(without_lists(_without_copies(pages)))
    said, files_in_feeds = _without_files(said)
    entries = _without_build_time(_with_author(_entries(pages, said, places, files.name), said))
    notes = [*said.notes, *files_in_feeds, *_template_notes(pages), *_left_out(pages)]
    return Source(
        name=files.name,
        format=f"built site of {places.base}",
        title=said.title,
        url=places.base,
        entries=tuple(replace(entry, position=at) for at, entry in enumerate(entries, 1)),
        notes=tuple(notes),
        files=replace(files, root=places.base),
        settings=SiteSettings(macros=macros_of(files)),
        addresses=(
            *(page.url for page in pages if not is_of_site(page.path)),
            *map(places.url_of, sorted({*files.ending(*_FEEDS), *said.paths})),
        ),
    )


def _pages(files: Files) -> list[str]:
    return files.ending(*PAGES)


def _from_top(files: Files) -> Files:
    """Return the files from the folder of the home page on, where that is the only one in its depth."""
    homes = [path for path in _pages(files) if PurePosixPath(path).stem.lower() == "index"]
    depth = min((path.count("/") for path in homes), default=0)
    tops = {path.rpartition("/")[0] for path in homes if path.count("/") == depth}
    top = f"{tops.pop()}/" if depth and len(tops) == 1 else ""
    if not top:
        return files
    paths = tuple(path.removeprefix(top) for path in files.paths if path.startswith(top))
    return replace(files, paths=paths, load=lambda path: files.load(top + path))


def _compare(
    files: Files, paths: Sequence[str], said: Statements, places: Addresses, url: str | None
) -> tuple[Template, Addresses]:
    """Learn the template of a site and its address from some pages of posts."""
    named = [path for entry in said.entries if (path := places.file_of(entry.url))]
    looked_at = [*dict.fromkeys([*_spread(named, _SAMPLE), *_spread(paths, _LOOKED_AT)])]
    texts = {path: _text(files, path) for path in looked_at if not is_of_site(path)}
    posts = [path for path, text in texts.items() if path in named or _POST.search(text)]
    chosen = _spread(sorted(posts) if len(posts) >= _FEWEST_POSTS else sorted(texts), _SAMPLE)
    canonical: list[tuple[str, str | None]] = []
    pages = []
    for path in chosen:
        try:
            page = reading.parse(PageFile(path, files.place(path), texts[path]))
        except PostdocsError:
            continue  # it is told of when all are read
        if stated := url_of(page, "", None, []):
            canonical.append((stated, path))
        is_of_lists = is_named_list(path) and teasers(page, stated)
        if page.soup.body is not None and not is_of_lists and not is_list(page, page.soup.body, stated):
            pages.append((path, page))
    places = addresses.learn(paths, [*((one, None) for one in said.urls), *canonical], url)
    pattern = template.learn([page for _, page in pages])
    for _, page in pages:
        if page.soup.body is not None:
            pattern.take_same(page.soup.body)
    containers = [container_of(page.soup) for _, page in pages]
    pattern = template.with_articles(pattern, [one for one in containers if one is not None])
    names = frozenset(filter(None, (said.title, *_names_of_home(files, paths))))
    return replace(pattern, names=names), places


def _names_of_home(files: Files, paths: Sequence[str]) -> Iterator[str]:
    """Yield what the home page says the site is called: its title, too."""
    path = next(
        (path for path in paths if PurePosixPath(path).stem.lower() == "index" and "/" not in path), ""
    )
    try:
        home = reading.parse(PageFile(path, files.place(path), _text(files, path))) if path else None
    except PostdocsError:
        return  # it is told of when all are read
    if home is not None:
        yield from (home.head_title, *home.site_names)


def _spread(paths: Sequence[str], most: int) -> list[str]:
    """Return some of many, the same distance apart."""
    step = max(1, len(paths) / most)
    return [paths[int(at * step)] for at in range(min(most, len(paths)))]


def _text(files: Files, path: str) -> str:
    return decode(files.load(path), files.place(path), None)[0]


def _feed_by_path(said: Statements, places: Addresses) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for entry in said.entries:
        path = places.file_of(entry.url)
        if path is not None and path != places.files.get(
            ""
        ):  # what links to the home page is no page of its own
            entries.setdefault(path, entry)
    return entries


def _page_files(
    files: Files, paths: Iterable[str], said: Statements, places: Addresses
) -> Iterator[PageFile]:
    feed = _feed_by_path(said, places)
    listed = {path: url for url in said.sitemap if (path := places.file_of(url))}
    in_folders = len(feed) >= _FEWEST_POSTS and sum(map(_is_in_folder, feed)) >= _MOST * len(feed)
    for path in paths:
        entry = feed.get(path)
        stated = tuple(filter(None, (entry.url if entry else None, listed.get(path))))
        is_apart = in_folders and not _is_in_folder(path)
        yield PageFile(path, files.place(path), _text(files, path), entry, stated, is_apart)


def _is_in_folder(path: str) -> bool:
    """Tell whether the address of a page goes through a folder: `posts/a/`, but not `about/`."""
    return "/" in forms(path)[0].rstrip("/")


def _read_all(
    pages: Sequence[PageFile], pattern: Template, places: Addresses, files: Files
) -> list[BuiltPage]:
    read_one = partial(reading.read, template=pattern, addresses=places, name=files.name)
    if len(pages) < _FEW:
        return [read_one(page) for page in pages]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(read_one, pages, chunksize=16)
        return list(steps(files.progress, "Reading built pages", results, len(pages)))


def _without_copies(pages: Sequence[BuiltPage]) -> list[BuiltPage]:
    """Mark articles that say they are copies of another, as printed and AMP pages do, and have its title."""
    titles = {page.path: page.entry.title for page in pages if page.entry is not None}
    without = [
        replace(page, kind=Kind.COPY, entry=None)
        if page.entry is not None and titles.get(page.target or "") == page.entry.title
        else page
        for page in pages
    ]
    urls = {page.path: page.url for page in without}
    copies = languages.copies_in({page.path: page.entry for page in without if page.entry is not None})
    return [
        replace(page, kind=Kind.COPY, entry=None, target=urls[copies[page.path]])
        if page.path in copies
        else page
        for page in without
    ]


def _entries(pages: Sequence[BuiltPage], said: Statements, places: Addresses, name: str) -> list[Entry]:
    """Return posts by date, then pages, with the paths that lead to them, and posts that only a feed has."""
    by_key = {key_of(page.url): page for page in pages if page.entry is not None}
    aliases: dict[str | None, list[str]] = {}
    for page in pages:
        if page.kind in {Kind.REDIRECT, Kind.COPY} and key_of(page.target or "") in by_key and page.url:
            aliases.setdefault(key_of(page.target or ""), []).append(urlsplit(page.url).path)
    with_aliases = {
        key: replace(page.entry, aliases=tuple(aliases.get(key, ())))
        for key, page in by_key.items()
        if page.entry is not None and key
    }
    spoken = {key: page.spoken for key, page in by_key.items() if key}
    entries = [*languages.with_languages(with_aliases, spoken).values()]
    titles = {fold(entry.title).casefold() for entry in entries}
    only = {
        entry.id or entry.url: entry
        for entry in said.entries
        if places.file_of(entry.url) is None and fold(entry.title).casefold() not in titles
    }
    what = "it is in a feed, and has no page in the folder; its text is that of the feed"
    entries += [
        replace(entry, source=name, notes=(*entry.notes, Note(NoteKind.NOTICED, what)))
        for entry in only.values()
    ]
    return sorted(entries, key=lambda entry: (entry.page, _day(entry), entry.url or ""))


def _without_files(said: Statements) -> tuple[Statements, list[Note]]:
    """Leave out the entries of feeds that are pictures, sounds, or videos, as galleries have them."""
    posts: list[Entry] = []
    notes: list[Note] = []
    for entry in said.entries:
        kind, _ = mimetypes.guess_type(urlsplit(entry.url or "").path)
        if kind and kind.partition("/")[0] in {"audio", "image", "video"}:
            notes.append(Note(NoteKind.LEFT_OUT, "an entry of a feed that is a file", before=entry.url or ""))
        else:
            posts.append(entry)
    return replace(said, entries=tuple(posts)), notes


def _day(entry: Entry) -> str:
    return entry.published.strftime("%Y-%m-%dT%H:%M:%S") if entry.published else ""


def _with_author(entries: Sequence[Entry], said: Statements) -> list[Entry]:
    """Give posts that name no author the one that all entries of the feeds have."""
    authors = {entry.authors for entry in said.entries}
    if len(authors) != 1:
        return list(entries)
    (only,) = authors
    return [replace(entry, authors=entry.authors or only) for entry in entries]


def _without_build_time(entries: Sequence[Entry]) -> list[Entry]:
    """Return entries without dates of change that are the day on which the site was built."""
    days = Counter(entry.updated.date() for entry in entries if entry.updated and not entry.page)
    day, number = max(days.items(), key=lambda item: item[1], default=(None, 0))
    if number < max(_FEWEST_POSTS, _MOST * days.total()):
        return list(entries)
    is_of_build = {id(entry) for entry in entries if entry.updated and entry.updated.date() == day}
    return [replace(entry, updated=None) if id(entry) in is_of_build else entry for entry in entries]


def _template_notes(pages: Iterable[BuiltPage]) -> Iterator[Note]:
    for what, part in sorted({taken for page in pages if page.entry is not None for taken in page.taken}):
        yield Note(NoteKind.LEFT_OUT, what, before=part)


def _left_out(pages: Sequence[BuiltPage]) -> Iterator[Note]:
    """Yield a note for each kind of page that is no post: how many there are, and the first."""
    counts = Counter(page.kind for page in pages)
    first = {page.kind: page for page in reversed(pages)}
    for kind in Kind:
        if kind in {Kind.ARTICLE, Kind.UNREADABLE} or not counts[kind]:
            continue
        others = f"{count(counts[kind], 'page')}: {kind}"
        yield Note(NoteKind.LEFT_OUT, others, before=first[kind].path)
    for page in pages:
        if page.kind is Kind.UNREADABLE:
            yield Note(NoteKind.LOST, f"a page that can't be read: {page.reason}", before=page.path)
