"""Where pages are: permalinks, and that no two pages claim one place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePath, PurePosixPath
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from postdocs import permalink
from postdocs.permalink import Permalink
from postdocs.site.builders import html_of
from postdocs.site.domain import domain_of

logger = logging.getLogger(__name__)

_SPHINX_FOLDERS = {"_static", "_images", "_sources", "_downloads", "_modules"}
_SPHINX_FILES = {"objects.inv", "searchindex.js"}
_SPHINX_PAGES = {"search", "genindex"}


class Claims:
    """What is where: no two pages can be in one place, and no file where a folder has to be."""

    def __init__(self, app: Sphinx) -> None:
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        for name in {*_SPHINX_PAGES, *app.config.html_additional_pages}:
            self.add(file_of(app, name), f"the page '{name}'")
        for name in _SPHINX_FILES:
            self.add(name, f"'{name}'")
        for folder in _SPHINX_FOLDERS:
            self._files[folder] = f"the folder '{folder}'"
        for name, source in _extra_files(app):
            self.add(name, source)

    def add(self, file: str, what: str) -> None:
        """Note that a file of the output is taken. file: its POSIX path from the root."""
        claim = Permalink(file, "").claim
        self._files[claim] = what
        for folder in PurePosixPath(claim).parents:
            self._folders.setdefault(str(folder), what)

    def holder(self, file: str) -> str | None:
        """Return what is where a file should be, or in its way."""
        claim = Permalink(file, "").claim
        above = (self._files.get(str(folder)) for folder in PurePosixPath(claim).parents)
        return self._files.get(claim) or self._folders.get(claim) or next(filter(None, above), None)


def _extra_files(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Yield the files of `html_extra_path`: where each comes out, and its name in the sources."""
    for entry in app.config.html_extra_path:
        root = Path(app.confdir, entry)
        for path in [root] if root.is_file() else root.rglob("*"):
            if path.is_file():
                out = path.name if root.is_file() else path.relative_to(root).as_posix()
                yield out, f"'{entry}/{out}'"


def set_permalinks(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Give documents the addresses that they ask for, the first where two ask for one."""
    builder = html_of(app)
    if builder is None:
        return []
    builder.permalinks.clear()
    wanted: dict[str, Permalink] = {}
    for docname, post in sorted(domain_of(env).posts.items()):
        if post.permalink and docname in env.found_docs:
            place = place_of(app, post.permalink)
            wanted |= {} if place.query else {docname: place}
    claims = Claims(app)
    for docname in sorted(env.found_docs - wanted.keys()):
        claims.add(file_of(app, docname), source_of(env, docname))
    for docname, place in wanted.items():
        if what := claims.holder(place.file):
            refuse(
                docname, f"permalink: '{shown_place(place)}' is the place of {what} already; choose another"
            )
        else:
            builder.permalinks[docname] = place
            claims.add(place.file, source_of(env, docname))
    return []


def place_of(app: Sphinx, path: str) -> Permalink:
    """Read a path, which may begin with the folder of the host that the site is in."""
    folder = urlsplit(app.config.html_baseurl or "").path.strip("/")
    inside = path.removeprefix(f"/{folder}") if folder and path.startswith(f"/{folder}/") else path
    return permalink.parse(inside)


def file_of(app: Sphinx, pagename: str) -> str:
    """Return the file of a page: its POSIX path from the root of the output."""
    path = app.builder.get_output_path(pagename)  # type: ignore[attr-defined]  # builders of HTML have it
    return PurePath(path).relative_to(app.outdir).as_posix()


def source_of(env: BuildEnvironment, docname: str) -> str:
    """Return how messages name a document."""
    return env.doc2path(docname, base=False).as_posix()


def shown_place(place: Permalink) -> str:
    """Return how messages name an address."""
    return f"/{place.uri}" + (f"?{place.query}" if place.query else "")


def refuse(docname: str, message: str) -> None:
    """Say that a document can't have the address that it asks for."""
    logger.warning(message, location=docname, type="postdocs", subtype="url")
