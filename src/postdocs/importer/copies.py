"""Copies of images and files: the post that gets each, and its file name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from postdocs.core.progress import Progress
from postdocs.importer import assets, images
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.images import Picture

_EXCERPT = 200  # characters of an address, which may be a picture itself


@dataclass(frozen=True)
class Copies:
    """The pictures and files of an import that are stored beside the posts.

    names: for the path of a post, the file name of each copy by its address. data: the bytes of each copy, by
    its path from the folder of posts. notes: on each file that has no copy, and on what was taken out of one.
    """

    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    data: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    def by_address(self, posts: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes of the copies that belong to these posts, by their old addresses."""
        return {
            url: self.data[str(PurePosixPath(post).parent / name)]
            for post in posts
            for url, name in self.names.get(post, {}).items()
            if not assets.is_embedded(url)
        }

    def used_by(self, posts: Collection[str]) -> dict[str, bytes]:
        """Return the bytes of the copies that belong to these posts, by path."""
        paths = {
            str(PurePosixPath(post).parent / name)
            for post in posts
            for name in self.names.get(post, {}).values()
        }
        return {path: content for path, content in self.data.items() if path in paths}


def copy_files(
    urls_by_post: Mapping[str, Sequence[str]],
    folder: Path,
    find: Callable[[str], Picture] | None,
    progress: Progress,
) -> Copies:
    """Find the pictures and files of posts, and name a copy of each.

    urls_by_post: addresses, by the path of the post from the folder. find: see `images`; None where those
    that are on the web stay there. Pictures that are addresses of the kind `data:` are always taken.
    """
    addresses = {url for urls in urls_by_post.values() for url in urls}
    web = {url for url in addresses if url.startswith(("http://", "https://"))} if find is not None else set()
    with progress("Pictures", len(web)) as advance:
        pictures = images.gather(web, find, advance) if find is not None else {}
    pictures |= {url: images.embedded(url) for url in sorted(addresses) if assets.is_embedded(url)}
    names: dict[str, dict[str, str]] = {}
    data: dict[str, bytes] = {}
    for path, urls in urls_by_post.items():
        parent = PurePosixPath(path).parent
        available = [
            pictures[url] for url in dict.fromkeys(urls) if url in pictures and not pictures[url].reason
        ]
        planned = {
            PurePosixPath(file).name: data[file] for file in data if PurePosixPath(file).parent == parent
        }
        names[path] = images.name(available, planned | _files_of(folder / parent))
        data |= {str(parent / names[path][picture.url]): picture.data for picture in available}
    notes = tuple(
        Note(
            NoteKind.NOTICED,
            f"{assets.kind_of(picture.url)} stays where it is: {picture.reason}",
            picture.url,
        )
        for picture in pictures.values()
        if picture.reason
    )
    return Copies(names, data, notes)


def _files_of(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        return {}
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
