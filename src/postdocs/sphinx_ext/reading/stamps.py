"""Times and sizes of the files that documents are read from and kept in: what differs is read again."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import unquote

from sphinx.environment import BuildEnvironment

from postdocs.core.comments_file import SUFFIX
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.output import toolchain
from postdocs.sphinx_ext.reading.domain import domain_of

# Of thousands of files, pathlib's paths would take longer than what is asked of the disk.
_join, _split, _stat = os.path.join, os.path.split, os.stat


def changed_documents(build: Build, env: BuildEnvironment) -> set[str]:
    """Return the documents to read again: Sphinx misses files that were replaced by older ones."""
    data = build.domain.data
    used = toolchain.digest(build.app)
    if data["toolchain"] != used:
        data["toolchain"] = used
        return set(env.found_docs)
    stamps = data["stamps"]
    stamp = _Stamps(env)
    return {name for name in env.found_docs if name in stamps and stamps[name] != stamp(name)}


def note_sources(build: Build, env: BuildEnvironment, docnames: Iterable[str]) -> None:
    """Note the sources before they are read: what is saved meanwhile is newer, so the next build reads it."""
    build.source_stamps = {name: _time_and_size(str(env.doc2path(name))) for name in docnames}


def note_stamps(build: Build, env: BuildEnvironment) -> None:
    """Note which files documents were read from that this build has read; the others are as they were."""
    stamps = build.domain.data["stamps"]
    for docname in stamps.keys() - env.found_docs:
        del stamps[docname]
    before, stamp = build.source_stamps, _Stamps(env)
    stamps |= {name: stamp(name, before.get(name)) for name in env.found_docs - stamps.keys()}


class _Stamps:
    """The stamps of the documents of an environment, as the disk is now; it lists each folder once."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._root = str(env.srcdir)
        self._doctrees = str(env.doctreedir)
        self._suffixes = [*env.config.source_suffix]
        self._targets = domain_of(env).targets
        self._folders: dict[str, frozenset[str]] = {}

    def __call__(self, docname: str, source_stamp: tuple[int, int] | None = None) -> tuple[object, ...]:
        """Return time, in nanoseconds, and size of each file that a document is made from.

        Of the doctree it is the size: its time is another one where a cache is copied. MyST reads a link to a
        file that is there otherwise than one to a file that is not; so that counts too, and whether there are
        comments beside the source.
        source_stamp: time and size that the source had before it was read, where that is known.
        """
        source = _join(self._root, str(self._env.doc2path(docname, base=False)))
        dependencies = sorted(map(str, self._env.dependencies.get(docname, ())))
        files = [_time_and_size(_join(self._root, name)) for name in dependencies]
        has_comments = self._has(_join(self._root, f"{docname}{SUFFIX}"))
        there = tuple(self._is_file(source, name) for name in self._targets.get(docname, ()))
        _, kept = _time_and_size(_join(self._doctrees, f"{docname}.doctree"))
        return (source_stamp or _time_and_size(source), *files, has_comments, there, kept)

    def _is_file(self, source: str, target: str) -> bool:
        """Tell whether a file is there that a target names, as a path or as a docname."""
        name = unquote(target.partition("#")[0])
        folder = self._root if name.startswith("/") else _split(source)[0]
        files = (
            _join(folder, name.lstrip("/")),
            *(_join(self._root, name + suffix) for suffix in self._suffixes),
        )
        return bool(name) and any(map(self._has, files))

    def _has(self, path: str) -> bool:
        """Tell whether a file is there."""
        folder, name = _split(path)
        if folder not in self._folders:
            self._folders[folder] = _files_in(folder)
        return name in self._folders[folder]


def _files_in(folder: str) -> frozenset[str]:
    """Return the names of the files in a folder; of none where there is no such folder."""
    with suppress(OSError, ValueError), os.scandir(folder) as entries:
        return frozenset(entry.name for entry in entries if entry.is_file())
    return frozenset()


def _time_and_size(path: str) -> tuple[int, int]:
    try:
        status = _stat(path)
    except OSError:
        return (0, -1)
    return (status.st_mtime_ns, status.st_size)
