"""Files of a source folder: text, settings, and the paths under which a site publishes them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter
from postdocs.importer.folders.front_matter import FrontMatter
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.encoding import decode

LARGEST_TEXT = 10 * 2**20  # bytes of a post
UNKNOWN = "https://blog.invalid"  # RFC 2606: the address of a blog that says none
NO_ADDRESS = Note(
    NoteKind.NOTICED, "its settings don't say the address of the blog; import it again with --url"
)


def unknown_address(path: str) -> Note:
    """Return the note on a file whose address its generator makes in a way that is not known here."""
    what = "its address can't be known from its source; give the built pages with --built"
    return Note(NoteKind.NOTICED, what, before=path)


def shown_draft(url: str) -> Note:
    """Return the note on a draft that the old site shows at an address that is in no list."""
    what = (
        "the old site shows this draft at an address in no list; nothing answers there until you publish it"
    )
    return Note(NoteKind.NOTICED, what, before=url)


def text_of(files: Files, path: str) -> tuple[str, tuple[Note, ...]]:
    """Return the text of a file, and what was odd about it.

    Raises
    ------
    PostdocsError
        It is no text, or can't be read.

    """
    data = files.load(path)
    if len(data) > LARGEST_TEXT:
        wrong = f"it has more than {LARGEST_TEXT // 2**20} MiB"
        raise PostdocsError(files.place(path), None, wrong, "check that it is the text of a post")
    return decode(data, files.place(path), None)


def near(target: str, path: str) -> str:
    """Return the path that a file means; one with a slash at its start is from the folder of the sources."""
    folder = "" if target.startswith("/") else posixpath.dirname(path)
    return posixpath.normpath(posixpath.join(folder, target.lstrip("/")))


def loader(files: Files, path: str) -> Callable[[str], str | None]:
    """Return what gives the text of a file that another one names; None for what is not in the folder."""

    def load(target: str) -> str | None:
        name = near(target, path)
        return text_of(files, name)[0] if name in files.paths else None

    return load


def settings_of(files: Files, *names: str) -> FrontMatter:
    """Return the settings in the first of some files that is there; without values where none is.

    Raises
    ------
    PostdocsError
        It can't be read.

    """
    path = next((name for name in names if name in files.paths), None)
    if path is None:
        return FrontMatter()
    text, _ = text_of(files, path)
    return front_matter.settings(text, files.place(path))


def root_of(address: str) -> tuple[str, str]:
    """Return the host of a site with its scheme, and the path that the site is under; "" for each is none.

    address: as settings have it, also without a scheme before `//`. What is no address of the web is none.
    """
    try:
        parts = urlsplit(address.strip(), "https")
        is_address = (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and not re.search(r"[\s<>\"]", parts.netloc)
        )
    except ValueError:
        return "", ""
    host = parts.netloc.rpartition("@")[2]  # no password goes into posts
    return (f"{parts.scheme}://{host}", parts.path.rstrip("/")) if is_address else ("", "")


def host_in(files: Files, path: str) -> str:
    """Return the address that a file `CNAME` names for GitHub Pages; "" where it names none.

    Raises
    ------
    PostdocsError
        It is no text, or can't be read.

    """
    host = text_of(files, path)[0].strip().split("\n", 1)[0].strip()
    return f"https://{host}" if re.fullmatch(r"(?:[\w-]+\.)+[\w-]+", host) else ""


def published(files: Files, paths: Mapping[str, str], root: str = "") -> Files:
    """Return files under the paths at which a site serves them.

    paths: those of the folder, by the path from the root of the site. root: the address of that.
    """
    return replace(files, paths=tuple(sorted(paths)), load=lambda path: files.load(paths[path]), root=root)


def joined(files: Files, others: Files) -> Files:
    """Return the files of both; where both have a path, the first counts unless it can't be read."""
    own, also = {*files.paths}, {*others.paths}

    def load(path: str) -> bytes:
        if path not in own:
            return others.load(path)
        try:
            return files.load(path)
        except PostdocsError:
            if path in also:
                return others.load(path)
            raise

    return replace(files, paths=tuple(sorted({*files.paths, *others.paths})), load=load)


def under(files: Files, folder: str) -> Files:
    """Return the files of a folder, with paths from that on."""
    prefix = f"{folder.strip('/')}/"
    if prefix == "/":
        return files
    inner = {path.removeprefix(prefix): path for path in files.paths if path.startswith(prefix)}
    return replace(published(files, inner), name=files.place(prefix.rstrip("/")))


def trimmed(files: Files) -> Files:
    """Return the files without the one folder that all are in, as archives of repositories have it."""
    tops = {path.partition("/")[0] for path in files.paths}
    is_folder = len(tops) == 1 and all("/" in path for path in files.paths)
    return under(files, min(tops)) if is_folder else files


def zone_of(name: str, notes: list[Note]) -> ZoneInfo | None:
    """Return a time zone by its name; None where it has none, or one that notes say is unknown."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        notes.append(Note(NoteKind.NOTICED, "its time zone is not in the IANA database", before=name))
        return None
