"""The built pages of a source folder, which show what readers saw."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from postdocs.core.errors import PostdocsError
from postdocs.importer import images
from postdocs.importer.built import site
from postdocs.importer.built.macros import macros_of
from postdocs.importer.built.witness import pair
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.folders.own_addresses import with_own_addresses
from postdocs.importer.folders.tree import joined, under
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.model import Source

# Where generators write to.
_FOLDERS = (
    *("_site", "public", "output", "site", "_website"),
    *("_build/html", "_build/dirhtml", "docs/_build/html", "docs", "dist"),
)
_OF_VUE = re.compile(r"(?:[^/]+/)*\.(?:vitepress|vuepress)/dist(?=/)")


def pages_in(files: Files) -> Files | None:
    """Return the built pages in a source folder, None where it has none."""
    of_vue = {match[0] for path in files.paths if (match := _OF_VUE.match(path))}
    folders = (under(files, name) for name in (*sorted(of_vue, key=len), *_FOLDERS))
    return next((folder for folder in folders if folder.paths and site.detect(folder)), None)


def with_pages(source: Source, files: Files, built: Files | None, url: str | None) -> Source:
    """Return the sources of a blog with the content of the pages that were built from them.

    files: of the source folder; built pages may be in one of its folders. built: the folder of built pages
    that the user named. url: of the blog, as the user gave it.

    Raises
    ------
    PostdocsError
        The folder that the user named holds no pages, or can't be read.

    """
    if built is not None and not site.detect(built):
        wrong = "it holds no built pages"
        raise PostdocsError(
            built.name, None, wrong, "name the folder that the generator writes, such as _site"
        )
    pages = built or pages_in(files)
    if pages is None:
        return replace(source, settings=replace(source.settings, macros=macros_of(files)))
    try:
        read = site.read(pages, url or source.url)
    except PostdocsError as error:
        if built is not None:
            raise
        what = "its built pages are not compared, since they can't be read"
        inner = replace(source.files, built=None) if source.files else None
        notes = (*source.notes, Note(NoteKind.NOTICED, what, before=str(error)))
        return replace(source, notes=notes, files=inner)
    entries, notes = pair(source.entries, read, _content(source.files, pages))
    served = read.files or pages
    inner = joined(source.files, served) if source.files else served
    inner = replace(inner, built=frozenset(served.paths))
    return replace(
        source,
        format=f"{source.format} with built pages in {pages.name}",
        url=source.url or read.url,
        addresses=read.addresses,
        settings=replace(source.settings, macros=read.settings.macros),
        entries=tuple(entries),
        notes=(*source.notes, *notes),
        files=inner if source.url else replace(inner, root=served.root),
    )


def _content(files: Files | None, pages: Files) -> Callable[[Entry, Entry], str]:
    """Return what gives a post the content of its page. files: of the source, as it is served."""
    source = images.from_export(files, None) if files else None
    built = images.from_export(pages, None)
    if source is None or built is None:
        return lambda _, page: page.content
    return partial(with_own_addresses, source=source, built=built)
