"""Moves a source file with the files that only it uses, and updates references to it."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from postdocs.authoring.old_address import with_old_address
from postdocs.authoring.placement import matches
from postdocs.authoring.renaming import CONF, Site, conf_after, files_of, folded, renamer
from postdocs.authoring.source_links import SUFFIXES, docname, references, rewritten
from postdocs.core import entry_ids
from postdocs.core.comments_file import beside
from postdocs.core.conf import Settings
from postdocs.core.errors import PostdocsError


@dataclass(frozen=True)
class Move:
    """What changes on the disk. Paths are from the folder of the site, with slashes.

    files: where each file goes, the source first. texts: what changed files hold then, by their new paths.
    note: what its author should know, or "".
    """

    files: Mapping[str, str]
    texts: Mapping[str, str]
    note: str = ""


def plan(
    texts: Mapping[str, str],
    files: Collection[str],
    old: str,
    new: str,
    settings: Settings,
    *,
    is_flat: bool = False,
) -> Move:
    """Return what moving a source takes; nothing is written.

    texts: those of all sources, of conf.py and of entry ids, by path. files: the paths of all files of the
    site. is_flat: whether the site has a file for each page, as of Sphinx's builder `html`, and not a folder.

    Raises
    ------
    PostdocsError
        The new path is taken, or no place for that source.

    """
    _check(files, old, new, settings)
    companions = _companions(texts, files, old)
    moved = {old: new}
    if beside(old) in files:
        moved[beside(old)] = beside(new)
    if posixpath.dirname(old) != posixpath.dirname(new):
        for path in companions:
            inside = posixpath.relpath(path, posixpath.dirname(old) or ".")
            moved[path] = posixpath.join(posixpath.dirname(new), inside)
    for path, target in moved.items():
        if target in files and target not in moved:
            raise PostdocsError(target, None, "it already exists", f"rename it, or {path}")
    site = Site(texts, files, moved)
    edited = {}
    for path, text in texts.items():
        if path == entry_ids.NAME:
            continue
        after = conf_after(text, site) if path == CONF else rewritten(text, path, renamer(path, site))
        if after != text or path == old:
            edited[moved.get(path, path)] = after
    ids = texts.get(entry_ids.NAME, "")
    after = entry_ids.renamed(ids, docname(old), docname(new))
    edited |= {entry_ids.NAME: after} if after != ids else {}
    edited[new], note = with_old_address(
        edited[new], old, new, settings, is_flat=is_flat, has_id=after != ids
    )
    return Move(moved, edited, note)


def _check(files: Collection[str], old: str, new: str, settings: Settings) -> None:
    """Refuse a place that is taken, or where the source would be something else."""
    if PurePosixPath(old).suffix != PurePosixPath(new).suffix:
        remedy = f"end the new path in {PurePosixPath(old).suffix}"
        raise PostdocsError(new, None, f"it is of another format than {old}", remedy)
    if docname(old) == "index":
        raise PostdocsError(old, None, "it is the home page of the site", "leave it where it is")
    if new in files:
        raise PostdocsError(new, None, "it already exists", "choose another path")
    if any(part.startswith((".", "_")) for part in PurePosixPath(new).parts):
        wrong = "a build leaves out names that start with a dot or an underscore"
        raise PostdocsError(new, None, wrong, "choose another path")
    name = docname(new)
    sources = {folded(docname(path)): path for path in files if path.endswith(SUFFIXES) and path != old}
    for other in (name, f"{name}/index", name.removesuffix("/index")):
        if folded(other) in sources:
            raise PostdocsError(
                new, None, f"{sources[folded(other)]} has that place already", "choose another path"
            )
    was_post, is_post = (any(matches(path, pattern) for pattern in settings.patterns) for path in (old, new))
    if was_post and not is_post:
        wrong = "`blog_post_pattern` of conf.py makes no posts of files there"
        raise PostdocsError(new, None, wrong, "choose a path that it matches")


def _companions(texts: Mapping[str, str], files: Collection[str], old: str) -> list[str]:
    """Return the files beside a source, or below, that it names and no other source does."""
    folder = posixpath.dirname(old)
    used: dict[str, set[str]] = {}
    for path, text in texts.items():
        for reference in references(text, path) if path.endswith(SUFFIXES) else ():
            for file in files_of(reference, path, files):
                used.setdefault(file, set()).add(path)
    return sorted(
        file
        for file, users in used.items()
        if users == {old}
        and file not in texts
        and (not folder or file.startswith(f"{folder}/"))
        and repr(file)[1:-1] not in texts.get(CONF, "")
    )
