"""The settings of a Nikola blog: https://getnikola.com/handbook.html."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import python_markdown, python_settings, tree
from postdocs.importer.folders.python_settings import PythonSettings
from postdocs.importer.sources.archive import Files

FILE = "conf.py"
_SUFFIXES = ("rst", "md", "txt", "html")
_NAMES = frozenset({
    "POSTS", "PAGES", "SITE_URL", "BLOG_TITLE", "BLOG_AUTHOR", "DEFAULT_LANG", "TRANSLATIONS", "TIMEZONE",
    "MARKDOWN_EXTENSIONS", "MARKDOWN_EXTENSION_CONFIGS", "PRETTY_URLS", "STRIP_INDEXES", "USE_SLUGIFY",
    "FILES_FOLDERS", "IMAGE_FOLDERS", "GALLERY_FOLDERS", "LISTINGS_FOLDERS", "TRANSLATIONS_PATTERN",
    "REDIRECTIONS",
})  # fmt: skip
_PLACES = {  # where files are served that are no posts, by the setting that says it, as Nikola has it
    "FILES_FOLDERS": {"files": ""},
    "IMAGE_FOLDERS": {"images": ""},
    "GALLERY_FOLDERS": {"galleries": "galleries"},
    "LISTINGS_FOLDERS": {"listings": "listings"},
}
_EXTENSIONS = ("fenced_code", "codehilite", "extra")


@dataclass(frozen=True)
class Folder:
    """A folder of sources: those with a suffix in it and below become pages below `target`.

    suffix: without a dot. target: by the language, or "" for any.
    """

    source: str
    suffix: str
    target: Mapping[str, str]
    is_page: bool


@dataclass(frozen=True)
class Settings:
    """What `conf.py` says.

    url: of the blog, without a slash at its end; "" where nothing says it. languages: the folders of the
    pages in each, the default one first. extensions: of Python-Markdown. zone: of dates without an offset.
    """

    values: PythonSettings
    url: str
    folders: tuple[Folder, ...]
    languages: Mapping[str, str]
    extensions: Mapping[str, Mapping[str, Any]]
    zone: ZoneInfo | None
    notes: tuple[Note, ...]

    @property
    def language(self) -> str:
        """The language of files that name none."""
        return next(iter(self.languages))

    def text(self, name: str, language: str = "") -> str:
        """Return a text that may be another in each language."""
        value = self.values.values.get(name)
        said = value.get(language or self.language) if isinstance(value, dict) else value
        return said if isinstance(said, str) else ""

    def places(self, name: str) -> Mapping[str, str]:
        """Return where the files of folders are served, by the folders. name: of the setting that says it."""
        given = self.values.mapping(name) or _PLACES[name]
        return {
            _path(source): _path(target)
            for source, target in given.items()
            if isinstance(source, str) and isinstance(target, str)
        }

    def redirected(self, address: str) -> Iterator[str]:
        """Yield the paths, from the root of the host, that lead to an address of the blog by themselves."""
        folder = urlsplit(self.url).path
        given = self.values.values.get("REDIRECTIONS")
        for pair in given if isinstance(given, list | tuple) else ():
            match pair:
                case (str(old), str(new)) if new.removesuffix("index.html") in {
                    address,
                    f"{folder}{address}",
                    f"{self.url}{address}",
                }:
                    yield f"{folder}/{old.lstrip('/')}"


def read(files: Files, url: str | None) -> Settings:
    """Read the settings of a blog. url: of the blog, as the user gave it, which goes first.

    Raises
    ------
    PostdocsError
        They can't be read.

    """
    values = python_settings.read(tree.text_of(files, FILE)[0], files.place(FILE))
    notes = values.unknown(_NAMES)
    host, path = tree.root_of(url or values.text("SITE_URL"))
    default = values.text("DEFAULT_LANG", "en")
    others = {
        key: posixpath.normpath(folder)
        for key, folder in values.mapping("TRANSLATIONS").items()
        if isinstance(key, str) and isinstance(folder, str) and key != default
    }
    folders = (*_folders(values, "POSTS", "posts", notes), *_folders(values, "PAGES", "pages", notes))
    extensions = _extensions(values)
    what = "an extension of Markdown that the import doesn't know"
    notes += [Note(NoteKind.NOTICED, what, name) for name in python_markdown.unknown_extensions(extensions)]
    return Settings(
        values,
        f"{host}{path}",
        folders,
        {default: ".", **others},
        extensions,
        tree.zone_of(values.text("TIMEZONE", "UTC"), notes),
        tuple(notes),
    )


def _folders(values: PythonSettings, name: str, default: str, notes: list[Note]) -> list[Folder]:
    given = values.values.get(name)
    is_page = name == "PAGES"
    if not isinstance(given, list | tuple):
        return [Folder(default, suffix, {"": default}, is_page) for suffix in _SUFFIXES]
    folders = []
    for item in given:
        match item:
            case (str(pattern), str() | dict() as target, *_):
                folder, _, suffix = pattern.rpartition("/*.")
                targets = target if isinstance(target, dict) else {"": target}
                named = {str(key): _path(str(value)) for key, value in targets.items()}
                folders.append(Folder(_path(folder), suffix.lower(), named, is_page))
            case _:
                notes.append(Note(NoteKind.NOTICED, f"a part of {name} that can't be read", str(item)[:80]))
    return folders


def _path(text: str) -> str:
    path = posixpath.normpath(text.strip("/"))
    return "" if path == "." else path


def _extensions(values: PythonSettings) -> Mapping[str, Mapping[str, Any]]:
    configs = values.mapping("MARKDOWN_EXTENSION_CONFIGS")
    by_name = configs.get("", configs) if isinstance(configs.get("", {}), dict) else {}
    names = values.texts("MARKDOWN_EXTENSIONS", _EXTENSIONS)
    return {name: value if isinstance(value := by_name.get(name), dict) else {} for name in names}
