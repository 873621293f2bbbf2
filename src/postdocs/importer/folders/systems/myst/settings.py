"""The settings of mystmd, https://mystmd.org/guide/configuration, and of Jupyter Book 1."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import tree
from postdocs.importer.folders.front_matter import as_written, texts_of
from postdocs.importer.folders.python_settings import PythonSettings
from postdocs.importer.folders.systems.sphinx.settings import Settings
from postdocs.importer.sources.archive import Files

FILE = "myst.yml"
BOOK, CONTENTS = "_config.yml", "_toc.yml"
_INDEXES = ("index.md", "README.md", "readme.md", "main.md")
_EXTENSIONS = ("amsmath", "colon_fence", "deflist", "dollarmath", "strikethrough", "tasklist")
_OF_BOOKS = ("colon_fence", "dollarmath", "linkify", "substitution", "tasklist")
_YEAR = re.compile(r"[12]\d{3}(?!\d)|\d{5}")  # what no number before a name looks like
_LONGEST = 50  # characters of a slug


def read(files: Files, url: str | None) -> Settings:
    """Read the settings of a project of mystmd. url: of the site, as the user gave it.

    Raises
    ------
    PostdocsError
        They can't be read.

    """
    notes: list[Note] = []
    values_of_all = _extended(files, FILE, notes)
    project, site = _mapping(values_of_all.get("project")), _mapping(values_of_all.get("site"))
    host, base = tree.root_of(url or _host(files))
    left_out = texts_of(as_written(project.get("exclude")))
    author = next(iter(texts_of(as_written(project.get("authors")))), "")
    toc = project.get("toc")
    listed = dict.fromkeys(_named(toc, files)) if isinstance(toc, list) else {}
    # With a table of contents, mystmd builds nothing else.
    unlisted = [path for path in files.ending(".md", ".ipynb") if listed and path not in listed]
    values = PythonSettings({
        "source_suffix": [".md", ".ipynb"],
        "myst_enable_extensions": _EXTENSIONS,
        "exclude_patterns": [*left_out, "node_modules", ".*", *unlisted],
        "blog_default_author": author,
        "author": author,
        "project": str(site.get("title") or project.get("title") or ""),
    })  # fmt: skip
    order = [*_in_order(files, toc if isinstance(toc, list) else [])]
    has_folders = _mapping(site.get("options")).get("folders") is True
    what = "a document that is not in the table of contents, which mystmd doesn't build"
    notes += [Note(NoteKind.LEFT_OUT, what, before=path) for path in unlisted]
    return Settings(
        values,
        f"{host}{base}",
        _people(project),
        True,
        tuple(notes),
        _addresses(order, has_folders=has_folders),
        True,
    )


def read_book(files: Files, url: str | None) -> Settings:
    """Read the settings of a Jupyter Book. url: of the site, as the user gave it.

    Raises
    ------
    PostdocsError
        They can't be read.

    """
    front = tree.settings_of(files, BOOK)
    html, parse = _mapping(front.values.get("html")), _mapping(front.values.get("parse"))
    host, base = tree.root_of(url or str(html.get("baseurl") or "") or _host(files))
    values = PythonSettings({
        "source_suffix": [".md", ".rst", ".ipynb"],
        "myst_enable_extensions": texts_of(as_written(parse.get("myst_enable_extensions"))) or _OF_BOOKS,
        "exclude_patterns": [*texts_of(as_written(front.values.get("exclude_patterns")))],
        "blog_default_author": front.text("author"),
        "author": front.text("author"),
        "project": front.text("title"),
    })  # fmt: skip
    return Settings(values, f"{host}{base}", {}, False, (), {}, True)


def _extended(files: Files, path: str, notes: list[Note], above: tuple[str, ...] = ()) -> Mapping[str, Any]:
    """Return the settings of a file, and those of the files that it extends, which it overrides."""
    own = tree.settings_of(files, path).values
    values: Mapping[str, Any] = {}
    for name in texts_of(as_written(own.get("extends"))):
        other = tree.near(name, path)
        if other in files.paths and other not in (*above, path):
            values = _merged(values, _extended(files, other, notes, (*above, path)))
        else:
            notes.append(Note(NoteKind.NOTICED, "settings that it extends are not read", before=name))
    return _merged(values, own)


def _merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> Mapping[str, Any]:
    both = {
        key: _merged(one[key], value)
        for key, value in other.items()
        if isinstance(value, dict) and isinstance(one.get(key), dict)
    }
    return {**one, **other, **both}


def _people(project: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of people by the ids that posts call them by."""
    said = [project.get(key) for key in ("authors", "contributors")]
    people = [one for group in said if isinstance(group, list) for one in group if isinstance(one, dict)]
    return {str(one["id"]): str(one["name"]) for one in people if one.get("id") and one.get("name")}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _host(files: Files) -> str:
    """Return the address that GitHub Pages serves a site at."""
    return tree.host_in(files, "CNAME") if "CNAME" in files.paths else ""


def _in_order(files: Files, toc: list[Any]) -> Iterator[str]:
    """Yield the documents of a project: the home page, those in the table of contents, and others."""
    named = dict.fromkeys(_named(toc, files))
    others = sorted(path for path in files.ending(".md", ".ipynb") if path not in named)
    first = next((name for name in _INDEXES if name in others), None) if not named else None
    yield from named
    yield from [first] if first else []
    yield from (path for path in others if path != first)


def _named(entries: list[Any], files: Files) -> Iterator[str]:
    for entry in (entry for entry in entries if isinstance(entry, dict)):
        file, pattern = entry.get("file"), entry.get("pattern")
        if isinstance(file, str):
            path = posixpath.normpath(file)
            yield from (name for name in (path, f"{path}.md", f"{path}.ipynb") if name in files.paths)
        if isinstance(pattern, str):
            yield from (
                path
                for path in files.ending(".md", ".ipynb")
                if fnmatchcase(path, pattern.replace("**/", "*"))
            )
        children = entry.get("children")
        yield from _named(children, files) if isinstance(children, list) else ()


def _addresses(order: list[str], *, has_folders: bool) -> dict[str, str]:
    """Return the addresses of documents by their names: the first is the home page, and slugs are counted."""
    uses: Counter[str] = Counter()
    addresses: dict[str, str] = {}
    for number, path in enumerate(order):
        name = posixpath.splitext(path)[0]
        folders = PurePosixPath(path).parent.parts if has_folders else ()
        slug = slug_of(posixpath.basename(name))
        is_index = bool(folders) and slug == "index"
        parts = [*map(slug_of, folders), *([] if is_index else [slug])]
        key = "/".join(parts)
        if uses[key]:
            parts[-1] = f"{parts[-1]}-{uses[key]}"
        uses[key] += 1
        addresses[name] = f"/{'/'.join(parts)}/" if number else "/"
    return addresses


def slug_of(name: str) -> str:
    """Return what stands for the name of a file in addresses, without a number before it."""
    bare = name if _YEAR.match(name) else re.sub(r"^[\d_.-]+", "", name) or name
    words = re.sub(r"[^a-z0-9-]+", "-", bare.replace("&", "-and-").lower())
    return re.sub("-+", "-", words).removeprefix("-").removesuffix("-")[:_LONGEST]
