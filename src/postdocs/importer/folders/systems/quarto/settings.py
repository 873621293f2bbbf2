"""The settings of a Quarto site: https://quarto.org/docs/reference/projects/websites.html."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import tree
from postdocs.importer.folders.front_matter import FrontMatter
from postdocs.importer.folders.patterns import matches
from postdocs.importer.sources.archive import Files

FILES = ("_quarto.yml", "_quarto.yaml")
_METADATA = ("_metadata.yml", "_metadata.yaml")
_VARIABLES = "_variables.yml"
_SITES = ("website", "book")


@dataclass(frozen=True)
class Settings:
    """What the settings say.

    front: of the project. site: of its website or book. url: the address of the site without a slash at its
    end, or "". metadata: what folders say of all their documents, by their paths. variables: for `var`.
    rendered: patterns of documents. output: the folder of built pages. notes: what can't be read.
    """

    front: FrontMatter
    site: Mapping[str, Any]
    url: str
    metadata: Mapping[str, FrontMatter] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    rendered: tuple[str, ...] = ()
    output: str = ""
    notes: tuple[Note, ...] = ()

    def is_rendered(self, path: str) -> bool:
        """Tell whether a document is among those that the project renders."""
        return not self.rendered or matches(path, self.rendered)

    def inherited(self, path: str) -> FrontMatter:
        """Return what the project and the folders around a document say of it; inner ones go first."""
        found = self.front
        for folder in reversed(PurePosixPath(path).parents):
            inner = self.metadata.get("" if str(folder) == "." else str(folder))
            found = with_defaults(inner, found) if inner else found
        return found


def with_defaults(front: FrontMatter, outer: FrontMatter) -> FrontMatter:
    """Return front matter with what is said further out; lists of both are joined, as in Quarto."""

    def joined(inner: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
        both = {**others, **inner}
        for key in inner.keys() & others.keys():
            if isinstance(inner[key], list) and isinstance(others[key], list):
                both[key] = [*others[key], *(item for item in inner[key] if item not in others[key])]
            elif isinstance(inner[key], dict) and isinstance(others[key], dict):
                both[key] = joined(inner[key], others[key])
        return both

    return FrontMatter(
        joined(front.written, outer.written),
        joined(front.values, outer.values),
        front.body,
        front.body_line,
        front.is_there,
    )


def read(files: Files, url: str | None) -> Settings:
    """Read the settings of a site. url: of the site, as the user gave it, which goes first.

    Raises
    ------
    PostdocsError
        They can't be read.

    """
    front = tree.settings_of(files, *FILES)
    notes: list[Note] = []
    project = mapping(front.values.get("project"))
    site = next((mapping(front.values[name]) for name in _SITES if front.values.get(name)), {})
    path = site.get("site-path")
    host, base = tree.root_of(url or str(site.get("site-url") or ""))
    if not url and isinstance(path, str):
        base = path.rstrip("/")
    rendered = project.get("render")
    patterns = [str(name) for name in rendered] if isinstance(rendered, list) else []
    if patterns and patterns[0].startswith("!"):
        patterns.insert(0, "*")
    metadata = {
        posixpath.dirname(name): said
        for name in files.named(*_METADATA)
        if (said := _read(files, name, notes)) is not None
    }
    variables = _read(files, _VARIABLES, notes) if _VARIABLES in files.paths else None
    output = project.get("output-dir")
    return Settings(
        front,
        site,
        f"{host}{base}" if host else "",
        metadata,
        variables.values if variables else {},
        tuple(patterns),
        posixpath.normpath(output) if isinstance(output, str) else "",
        tuple(notes),
    )


def _read(files: Files, path: str, notes: list[Note]) -> FrontMatter | None:
    try:
        return tree.settings_of(files, path)
    except PostdocsError as error:
        notes.append(Note(NoteKind.NOTICED, "a data file that can't be read", before=str(error)))
        return None


def mapping(value: Any) -> Mapping[str, Any]:
    """Return a value that is a mapping; an empty one for all else."""
    return value if isinstance(value, dict) else {}
