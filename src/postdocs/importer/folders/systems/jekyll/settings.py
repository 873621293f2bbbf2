"""The settings of a Jekyll blog: https://jekyllrb.com/docs/configuration/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter, tree
from postdocs.importer.folders.front_matter import FrontMatter, as_written, texts_of
from postdocs.importer.sources.archive import Files

FILES = ("_config.yml", "_config.yaml", "_config.toml")
_MARKDOWN = "markdown,mkdown,mkdn,mkd,md"
_THEMES_WITH_FEED = frozenset({"minima", "minimal-mistakes-jekyll"})
_DATA = (".yml", ".yaml", ".json")


@dataclass(frozen=True)
class Settings:
    """What `_config.yml` says.

    values: all of it. url: of the site, without the path that it is under; "" where nothing says it. base:
    that path, or "". zone: of dates without an offset, None where it is that of the machine. permalink: the
    pattern of posts. notes: what can't be read of it.
    """

    values: FrontMatter
    url: str
    base: str
    zone: ZoneInfo | None
    permalink: str
    extensions: frozenset[str]
    notes: tuple[Note, ...]

    @property
    def root(self) -> str:
        """The address of the blog, without a slash at its end."""
        return f"{self.url}{self.base}"

    @property
    def has_feed(self) -> bool:
        """Whether jekyll-feed makes the feed, as with the themes that Jekyll starts with."""
        return self.has("jekyll-feed") or self.values.text("theme") in _THEMES_WITH_FEED

    def has(self, plugin: str) -> bool:
        """Tell whether a plugin is named; older blogs name them as gems."""
        return plugin in {*self.values.texts("plugins"), *self.values.texts("gems")}

    @property
    def included(self) -> frozenset[str]:
        """The files and folders that are read although their names say that they are none of the site."""
        return frozenset(name.strip("/") for name in self.values.texts("include"))

    @property
    def languages(self) -> frozenset[str]:
        """The languages that jekyll-polyglot builds the site in; none where it isn't used."""
        uses_it = self.has("jekyll-polyglot") or self.values.text("default_lang")
        return frozenset(self.values.texts("languages")) if uses_it else frozenset()

    @property
    def language(self) -> str:
        """The language that jekyll-polyglot has at the root of the site, whose default is English."""
        return self.values.text("default_lang") or "en"

    @property
    def has_future(self) -> bool:
        """Whether Jekyll also shows posts whose date is still to come."""
        return self.values.flag("future") is True

    def collections(self) -> dict[str, Mapping[str, Any]]:
        """Return the collections that have pages, with their settings, by name; posts are none of them."""
        value = self.values.values.get("collections")
        pairs = value.items() if isinstance(value, dict) else ()
        return {
            name: settings
            for name, settings in pairs
            if isinstance(settings, dict) and settings.get("output") and name not in {"posts", "drafts"}
        }

    def with_defaults(self, front: FrontMatter, path: str, kind: str) -> FrontMatter:
        """Return front matter with the defaults for a file. kind: `posts`, `pages`, or a collection."""
        scopes = sorted(_scopes(self.values), key=lambda scope: (len(scope[0]), bool(scope[1])))
        values: dict[str, Any] = {}
        for scope, type_, given in scopes:
            is_near = not scope or path == scope or path.startswith(f"{scope.rstrip('/')}/")
            if (is_near or PurePosixPath(path).match(scope)) and type_ in {"", kind}:
                values |= given
        written = {key: as_written(value) for key, value in values.items()}
        return replace(front, written=written | {**front.written}, values=values | {**front.values})


def _scopes(front: FrontMatter) -> Iterator[tuple[str, str, dict[str, Any]]]:
    defaults = front.values.get("defaults")
    for entry in defaults if isinstance(defaults, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("values"), dict):
            given = entry.get("scope")
            scope = given if isinstance(given, dict) else {}
            yield str(scope.get("path") or "").strip("/"), str(scope.get("type") or ""), entry["values"]


def read(files: Files, url: str | None) -> Settings:
    """Read the settings of a blog. url: of the blog, as the user gave it, which goes first.

    Raises
    ------
    PostdocsError
        They can't be read.

    """
    front = tree.settings_of(files, *FILES)
    notes: list[Note] = []
    host, path = tree.root_of(url or front.text("url") or _cname(files))
    base = path or _path(front.text("baseurl"))
    extensions = front.text("markdown_ext") or _MARKDOWN
    return Settings(
        front,
        host,
        base,
        tree.zone_of(front.text("timezone"), notes),
        front.text("permalink") or "date",
        frozenset(f".{extension.strip().lower()}" for extension in extensions.split(",")),
        tuple(notes),
    )


def _path(text: str) -> str:
    return f"/{text.strip('/')}" if text.strip("/") else ""


def _cname(files: Files) -> str:
    """Return the address that GitHub Pages serves a blog at."""
    return tree.host_in(files, "CNAME") if "CNAME" in files.paths else ""


def data(files: Files, notes: list[Note]) -> dict[str, Any]:
    """Return the files of `_data` as templates see them, by their names."""
    values: dict[str, Any] = {}
    for path in files.ending(*_DATA):
        if path.startswith("_data/"):
            try:
                text, _ = tree.text_of(files, path)
                value = front_matter.value_of(text, files.place(path))
            except PostdocsError as error:
                notes.append(Note(NoteKind.NOTICED, "a data file that can't be read", before=str(error)))
                continue
            *folders, name = PurePosixPath(path).with_suffix("").parts[1:]
            inner = values
            for folder in folders:
                if not isinstance(inner.get(folder), dict):
                    inner[folder] = {}  # a file has the name of the folder
                inner = inner[folder]
            inner[name] = value
    return values


def authors(data_: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of authors by their short names."""
    people = data_.get("authors")
    if not isinstance(people, dict):
        return {}
    named = {key: texts_of(as_written(person)) for key, person in people.items()}
    return {key: names[0] for key, names in named.items() if names}
