"""The files of an old site that a new one serves at their old addresses, in a folder of `html_extra_path`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from postdocs.core.errors import PostdocsError
from postdocs.core.files import write
from postdocs.core.html import URL_ATTRIBUTES
from postdocs.core.places import Places
from postdocs.core.urls import request
from postdocs.importer import drawing_files
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import attribute, read
from postdocs.importer.site_files import Nature, file_key, is_list_for_programs, is_private_key, nature_of
from postdocs.importer.sources.archive import Files

FOLDER = "old-site"  # beside conf.py
_NO_NAME = re.compile(r'[\x00-\x1f\x7f"*/:<>?\\|]')
_LEAD = frozenset({"a", "area", "blockquote", "del", "form", "ins", "q"})  # elements that only name addresses
_OFF = "an old address of a file, which nothing in this site answers; add --keep-files to keep it"
_NOT_SHOWN = f"a file that no post shows; if the old site served it, copy it to {FOLDER}"
_NOT_KEPT = {
    Nature.PRIVATE: "an old address of a file that isn't kept, because its name says that it is private",
    Nature.RULES: "rules of the old host, which aren't kept; copy those that still hold",
    Nature.TEXT: "the source of a page, which this site doesn't serve",
    Nature.THEME: "an old address of a style, script, or font that no kept page loads",
}
_FEED = "an old address of a feed or sitemap that nothing in this site answers; redirect it on your host"
_KEY = "an old address of a file that isn't kept, because it holds a private key"
_RUNS = re.compile(
    rb"http://www\.w3\.org/(?:1999/xhtml|2000/svg)|<\?xml-stylesheet"
)  # browsers show it as a page
_AS_XML = (
    "a file of the old site that browsers show as a page is served as it was, with its scripts; look at it"
)
_AS_IT_WAS = "a page of the old site that posts link to is served as it was, with its scripts; look at it"


@dataclass(frozen=True)
class OldFiles:
    """What a new site serves as the old one did.

    files: how each is loaded, by its path from the root of the new site. keys: of the addresses, as
    `file_key` has them. notes: on what is not kept, and on pages. size: in bytes. links: addresses that kept
    pages name.
    """

    files: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    keys: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()
    size: int = 0
    links: tuple[str, ...] = ()

    def write(self, site: Path) -> None:
        """Write the files below the folder of conf.py.

        Raises
        ------
        PostdocsError
            One can't be read or written.

        """
        for path, load in self.files.items():
            file, data = site / FOLDER / path, load()
            if not file.is_file() or file.read_bytes() != data:
                write(site / FOLDER, path, data)


@dataclass(frozen=True)
class _Old:
    """A file of an old site. path: as the site serves it. place: its path in the new one."""

    path: str
    url: str
    place: str
    load: Callable[[], bytes]

    @property
    def nature(self) -> Nature:
        """What it is."""
        return nature_of(self.path)


def old_files(
    sites: Iterable[Files],
    shown: Mapping[str, bytes],
    base: str,
    taken: Places,
    missing: AbstractSet[str],
    *,
    keeps: bool,
    named: AbstractSet[str],
) -> OldFiles:
    """Choose what a new site serves as the old one did: files, and pages that posts link to.

    Pages of a theme are made anew, and its styles, scripts, and fonts are for those. A page of its own, such
    as a demo, comes along with what it loads, and with what is in its folder. Which files a generator serves
    is known for sure where its built pages are: those among them. Elsewhere only those are kept that posts
    show. No draft counts as a post, for what it alone shows is as private as itself.

    shown: the files that posts show, by their addresses. base: the address of the new site. taken: its places
    that no file can have. missing: addresses that posts name, and nothing answers. keeps: whether the user
    wants this; else notes say what isn't there. named: addresses of the pages and feeds that were built, if
    these are known; they have notes of their own.
    """
    old = {file_key(file.url): file for site in sites for file in _of_site(site, base)}
    old |= {file_key(file.url): file for file in _of_posts(shown, base)}
    old = {key: file for key, file in old.items() if taken.owner(file.place) is None}
    linked = dict.fromkeys(map(file_key, sorted(missing)))
    pages = {key: old[key] for key in linked if key in old and _is_page_of_its_own(old[key])}
    seen = {*map(file_key, shown), *pages, *_needed_by(pages.values(), old)}
    files: dict[str, _Old] = {}
    notes = []
    size = 0
    for key, file in old.items():
        what = _why_not(file, is_needed=key in seen, keeps=keeps, has_pages=bool(named))
        try:
            if what != "" and is_list_for_programs(file.path, file.load):
                what = _FEED if named and file.url not in named else ""
            elif what is None and is_private_key(data := file.load()):
                what = _KEY
            elif what is None:
                size += len(data)
                files[key] = file
                if file.path.lower().endswith(".xml") and _RUNS.search(data):
                    notes.append(Note(NoteKind.NOTICED, _AS_XML, file.url))
        except PostdocsError as error:
            what = f"an old address of a file that isn't kept: {error.wrong}"
        if what:
            notes.append(Note(NoteKind.NOTICED, what, file.url))
    kept_pages = [page for key, page in pages.items() if key in files]
    notes += [Note(NoteKind.NOTICED, _AS_IT_WAS, page.url) for page in kept_pages]
    links = dict.fromkeys(link for page in kept_pages for link in _links_of(page))
    loads = {file.place: file.load for file in files.values()}
    return OldFiles(loads, frozenset(files), tuple(notes), size, tuple(links))


def _why_not(file: _Old, *, is_needed: bool, keeps: bool, has_pages: bool) -> str | None:
    """Say why a file is not kept; "" where that needs no words, None where it is."""
    nature = file.nature
    if nature in {Nature.PRIVATE, Nature.RULES, Nature.INTERNAL}:
        return _NOT_KEPT.get(nature, "")
    if is_needed or (nature is Nature.FILE and has_pages):
        return None if keeps else _OFF
    if nature in {Nature.TEXT, Nature.THEME}:
        return _NOT_KEPT[nature] if has_pages else ""
    if nature is Nature.FILE or (_is_page_of_its_own(file) and not has_pages):
        return _NOT_SHOWN
    return ""  # where built pages are known, they are named otherwise


def _of_site(site: Files, base: str) -> Iterator[_Old]:
    """Yield the files of an old site that are below the address of the new one."""
    root = urlsplit(site.root)
    for path in site.served if site.root else ():
        url = f"{root.scheme}://{root.netloc}{root.path.rstrip('/')}/{quote(path)}"
        if place := _place(url, base):
            yield _Old(path, url, place, _cleaned(path, partial(site.load, path)))


def _of_posts(shown: Mapping[str, bytes], base: str) -> Iterator[_Old]:
    for url, data in shown.items():
        if place := _place(url, base):
            yield _Old(place, url, place, _cleaned(place, partial(bytes, data)))


def _place(url: str, base: str) -> str:
    """Return the path of a file below the address of the new site; "" where it is elsewhere."""
    try:
        old, new = urlsplit(url), urlsplit(base)
    except ValueError:
        return ""
    folder = f"{unquote(new.path).strip('/')}/".lstrip("/")
    path = unquote(old.path).lstrip("/")
    is_here = bool(base) and file_key(f"https://{old.netloc}") == file_key(f"https://{new.netloc}")
    place = path.removeprefix(folder)
    is_path = path.startswith(folder) and all(map(_is_name, place.split("/")))
    return place if is_here and is_path else ""


def _is_name(part: str) -> bool:
    """Tell whether a part of an address can be the name of a file on every system."""
    return part not in {"", ".", ".."} and _NO_NAME.search(part) is None


def _cleaned(path: str, load: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return how a file is loaded: a drawing without what runs or loads anything."""
    is_drawing = drawing_files.is_one(PurePosixPath(path))
    return (lambda: drawing_files.clean_as_it_was(load())) if is_drawing else load


def _is_page_of_its_own(file: _Old) -> bool:
    """Tell whether a file is a page, and no template of a generator, which begins otherwise."""
    try:
        return file.nature is Nature.PAGE and file.load().lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    except PostdocsError:
        return False


def _needed_by(pages: Collection[_Old], old: Mapping[str, _Old]) -> Iterator[str]:
    """Yield the keys of the files that pages load, and of those in their folders, but not in the top one."""
    yield from (file_key(link) for page in pages for link in _links_of(page, _LEAD))
    folders = {PurePosixPath(page.place).parent for page in pages} - {PurePosixPath()}
    for key, file in old.items():
        if folders and not folders.isdisjoint(PurePosixPath(file.place).parents):
            yield key


def _links_of(page: _Old, but: AbstractSet[str] = frozenset()) -> Iterator[str]:
    """Yield the addresses in a page. but: elements whose addresses are left out."""
    for tag in read(page.load().decode("utf-8", "replace")).find_all(True):
        for name in URL_ATTRIBUTES if tag.name not in but else ():
            if value := attribute(tag, name):
                yield _joined(page.url, value)


def _joined(base: str, url: str) -> str:
    try:
        return request(urljoin(base, url))
    except ValueError:
        return url
