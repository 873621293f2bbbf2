"""The settings of a Hugo site: https://gohugo.io/configuration/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from postdocs.importer.entry import Note
from postdocs.importer.folders import front_matter, tree
from postdocs.importer.sources.archive import Files

_SUFFIXES = ("toml", "yaml", "yml", "json")
FILES = tuple(f"{name}.{suffix}" for name in ("hugo", "config") for suffix in _SUFFIXES)
# What `hugo` reads when it builds a site: https://gohugo.io/configuration/introduction/#configuration-directory.
_FOLDERS = ("config/_default", "config/production")


@dataclass(frozen=True)
class Settings:
    """What the settings say; their names are in lower case.

    url: of the site, without the path that it is under; "" where nothing says it. base: that path, or "".
    zone: of dates without an offset. notes: what can't be read of them.
    """

    values: Mapping[str, Any]
    url: str
    base: str
    zone: ZoneInfo
    notes: tuple[Note, ...] = ()

    def text(self, name: str, otherwise: str = "") -> str:
        """Return a setting that is text."""
        value = self.values.get(name)
        return value.strip() if isinstance(value, str) and value.strip() else otherwise

    def mapping(self, name: str) -> dict[str, Any]:
        """Return a setting that is a table; an empty one where it is none."""
        value = self.values.get(name)
        return {str(key).lower(): inner for key, inner in value.items()} if isinstance(value, dict) else {}

    @property
    def content(self) -> str:
        """The folder of the texts."""
        return self.text("contentdir", "content").strip("/")

    @property
    def languages(self) -> frozenset[str]:
        """The languages that the names of files may have."""
        return frozenset(self.mapping("languages"))

    @property
    def language(self) -> str:
        """The language whose pages are at the root of the site."""
        return self.text("defaultcontentlanguage", "en").lower()

    @property
    def knows_formulas(self) -> bool:
        """Whether Goldmark leaves formulas as they are written."""
        table: Any = self.mapping("markup")
        for name in ("goldmark", "extensions", "passthrough", "enable"):
            table = table.get(name) if isinstance(table, dict) else None
        return table is True

    def pattern(self, section: str) -> str:
        """Return the pattern of the addresses of a section, such as `/:year/:slug/`; "" where it has none."""
        patterns = self.mapping("permalinks")
        pages = patterns.get("page")
        inner = {key.lower(): value for key, value in pages.items()} if isinstance(pages, dict) else patterns
        value = inner.get(section.lower() or "/")
        return value if isinstance(value, str) else ""


def files_of(files: Files) -> list[str]:
    """Return the paths of the settings of a site, those that all others change first."""
    one = [name for name in FILES if name in files.paths][:1]
    parts = [
        path
        for folder in _FOLDERS
        for path in files.paths
        if str(PurePosixPath(path).parent) == folder and path.rpartition(".")[2] in _SUFFIXES
    ]
    return [*one, *parts]


def read(files: Files, url: str | None) -> Settings:
    """Read the settings of a site. url: of the blog, as the user gave it, which goes first.

    Raises
    ------
    PostdocsError
        They can't be read.

    """
    values: dict[str, Any] = {}
    for path in files_of(files):
        text, _ = tree.text_of(files, path)
        given = {
            str(key).lower(): value
            for key, value in front_matter.settings(text, files.place(path)).values.items()
        }
        values = _merged(values, _placed(PurePosixPath(path).stem.lower(), given))
    host, base = tree.root_of(url or str(values.get("baseurl") or ""))
    notes: list[Note] = []
    return Settings(
        values,
        host,
        base,
        tree.zone_of(str(values.get("timezone") or "UTC"), notes) or ZoneInfo("UTC"),
        tuple(notes),
    )


def _placed(name: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return what a file says where its name puts it, such as `params`, `languages.en`, or `menus.en`."""
    key, _, language = name.partition(".")
    if key in {"hugo", "config"}:
        return given
    if not language:
        return {key: given}
    return {"languages": {language: given if key == "languages" else {key: given}}}


def _merged(far: Mapping[str, Any], near: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings of two places, of which one goes first; tables have the values of both."""
    merged = dict(far)
    for key, value in near.items():
        before = merged.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            merged[key] = _merged(before, value)
        else:
            merged[key] = value
    return merged
