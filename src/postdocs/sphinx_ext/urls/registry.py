"""Where pages are: permalinks, and that no two pages claim one place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from postdocs.core import permalink, places
from postdocs.core.files import files_below
from postdocs.core.permalink import Permalink
from postdocs.core.places import Places
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.builders import NOT_FOUND

logger = logging.getLogger(__name__)


class PathRegistry(Places):
    """The places of the output that pages can't have, since a build writes something else there."""

    def __init__(self, build: Build) -> None:
        super().__init__()
        indices = {
            f"{domain.name}-{index.name}" for domain in build.env.domains.sorted() for index in domain.indices
        }
        for name in {*places.PAGES, *indices, *build.config.html_additional_pages}:
            self.add(build.file_of(name), f"the page '{name}'")
        self.add(script_of(build), "the script for addresses with a query")
        if NOT_FOUND not in build.env.found_docs:
            self.add(build.file_of(NOT_FOUND), "the page for addresses where there is none")
        for name in places.FILES:
            self.add(name, f"'{name}'")
        for folder in places.FOLDERS:
            self.add_folder(folder, f"the folder '{folder}'")
        for name, source in _extra_files(build):
            self.add(name, source)


def _extra_files(build: Build) -> Iterator[tuple[str, str]]:
    """Yield the files of `html_extra_path`: where each comes out, and its name in the sources."""
    for entry in build.config.html_extra_path:
        root = Path(build.app.confdir, entry)
        for path in files_below(root):
            out = path.name if root.is_file() else path.relative_to(root).as_posix()
            yield out, f"'{entry}/{out}'"


def authored_files(build: Build) -> set[str]:
    """Return the author's own files of the output: of documents without permalinks, and extra ones."""
    builder = build.html
    placed = builder.permalinks if builder else {}
    return {build.file_of(docname) for docname in build.env.found_docs - placed.keys()} | extra_files_of(
        build
    )


def extra_files_of(build: Build) -> set[str]:
    """Return the files of the output that are copies of what the author has."""
    return {file for file, _ in _extra_files(build)}


def assign_permalinks(
    build: Build, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Assign permalinks to documents; if two claim the same one, the first gets it."""
    if builder := build.html:
        builder.permalinks = {}
        builder.permalinks, mistakes = permalinks_of(build)
        for docname, message in mistakes:
            refuse((docname, line_of(env, docname, "permalink")), message)
    return []


def permalinks_of(build: Build) -> tuple[dict[str, Permalink], list[tuple[str, str]]]:
    """Return the permalinks of documents, and what is wrong with others: docname and message.

    The builder knows of none yet.
    """
    env = build.env
    asked: dict[str, Permalink] = {}
    for docname, post in sorted(build.domain.posts.items()):
        if post.permalink and docname in env.found_docs:
            place = permalink_for(build, post.permalink)
            asked |= {} if place.query else {docname: place}
    granted: dict[str, Permalink] = {}
    mistakes: list[tuple[str, str]] = []
    registry = PathRegistry(build)
    documents: dict[str, str] = {}
    for docname in sorted(env.found_docs - asked.keys()):
        file = build.file_of(docname)
        if (other := documents.setdefault(file, docname)) != docname:
            mistakes.append(
                (docname, f"its page is in the place of that of {source_of(env, other)}; rename one")
            )
        registry.add(file, partial(source_of, env, docname))
    for docname, place in asked.items():
        if what := registry.owner(place.file):
            mistakes.append((docname, taken_permalink(build, docname, what)))
        else:
            granted[docname] = place
            registry.add(place.file, partial(written_place, build, docname, "permalink"))
    return granted, mistakes


def script_of(build: Build) -> str:
    """Return where the script is that reads queries, from the root of the output."""
    return f"{build.config.blog_path}/{places.QUERIES}"


def permalink_for(build: Build, path: str) -> Permalink:
    """Read a path, which may begin with the folder of the host that the site is in."""
    base = build.config.html_baseurl or build.config.blog_baseurl or ""
    return permalink.parse(path, permalink.folder_of(base))


def source_of(env: BuildEnvironment, docname: str) -> str:
    """Return how messages name a document."""
    return env.doc2path(docname, base=False).as_posix()


def written_place(build: Build, docname: str, key: str, path: str = "") -> str:
    """Return how messages name a document where its front matter asks for a path: with the line of that."""
    line = line_of(build.env, docname, key, path)
    return source_of(build.env, docname) + (f":{line}" if line else "")


def taken_permalink(build: Build, docname: str, what: str) -> str:
    """Return the message on a document whose permalink is the place of something else."""
    path = build.domain.posts[docname].permalink
    return f"permalink: '{path}' is the place of {what} already; choose another"


def refuse(location: tuple[str, int | None], message: str) -> None:
    """Say that a document can't have the address that it asks for. location: docname and line."""
    logger.warning(message, location=location, type="postdocs", subtype="url")


def line_of(env: BuildEnvironment, docname: str, key: str, value: str = "") -> int | None:
    """Return the line of a source in which a key of its front matter is, or from there on a value of it."""
    try:
        lines = env.doc2path(docname).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    is_key = re.compile(rf"""[\s:"'{{]*{re.escape(key)}["']?:""").match
    first = next((number for number, line in enumerate(lines) if is_key(line)), None)
    if first is None:
        return None
    return next((number for number, line in enumerate(lines[first:], first + 1) if value in line), first + 1)
