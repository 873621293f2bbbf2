"""Copies of images and files: the place of each, and how posts name it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from postdocs.core.progress import Progress
from postdocs.importer import assets, images
from postdocs.importer.author_places import Taken, place_of
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.images import Picture


@dataclass(frozen=True)
class Copies:
    """The pictures and files of an import that are stored with the posts.

    posts: their folder, as seen from that of the site. names: for the path of a post, how it names each copy,
    by the address that this has. data: the bytes of each copy, by its path from the folder of the site.
    notes: on each file that has no copy, and on what was taken out of one.
    """

    posts: PurePosixPath
    names: Mapping[str, Mapping[str, str]]
    data: Mapping[str, bytes]
    notes: tuple[Note, ...]

    def by_address(self, posts: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes of the copies that belong to these posts, by their old addresses."""
        return {
            url: self.data[place_of(name, self.posts / post)]
            for post in posts
            for url, name in self.names.get(post, {}).items()
            if not assets.is_embedded(url)
        }

    def used_by(self, posts: Collection[str]) -> dict[str, bytes]:
        """Return the bytes of the copies that belong to these posts, by path."""
        paths = {
            place_of(name, self.posts / post) for post in posts for name in self.names.get(post, {}).values()
        }
        return {path: content for path, content in self.data.items() if path in paths}


def copy_files(
    wanted: Mapping[str, Mapping[str, str]],
    site: Path,
    posts: PurePosixPath,
    find: Callable[[str], Picture] | None,
    progress: Progress,
) -> Copies:
    """Find the pictures and files of posts, and choose the place of a copy of each.

    It is the one where the author's text looks for it, if that may be, so that the text can stay as it is;
    else it is beside the post.

    wanted: for the path of a post, how its text names each file, by the address of that; "" where it does
    not. site: the folder of conf.py. posts: their folder, as seen from there. find: see `images`; None where
    files that are on the web stay there. Pictures that are addresses of the kind `data:` are always taken.
    """
    addresses = {url for urls in wanted.values() for url in urls}
    web = {url for url in addresses if url.startswith(("http://", "https://"))} if find is not None else set()
    with progress("Pictures", len(web)) as advance:
        pictures = images.gather(web, find, advance) if find is not None else {}
    pictures |= {url: images.embedded(url) for url in sorted(addresses) if assets.is_embedded(url)}
    names: dict[str, dict[str, str]] = {}
    taken = Taken(site)
    for path, urls in wanted.items():
        post = posts / path
        available = [pictures[url] for url in urls if url in pictures and not pictures[url].reason]
        named = {
            picture.url: written
            for picture in available
            if (written := "" if picture.name else urls[picture.url])
            and taken.take(place_of(written, post), picture.data)
        }
        rest = [picture for picture in available if picture.url not in named]
        names[path] = named | images.name(rest, taken.beside(post))
        for picture in rest:
            taken.add(place_of(names[path][picture.url], post), picture.data)
    notes = tuple(
        Note(
            NoteKind.NOTICED,
            f"{assets.kind_of(picture.url)} stays where it is: {picture.reason}",
            picture.url,
        )
        for picture in pictures.values()
        if picture.reason
    )
    return Copies(posts, names, taken.data, notes)
