"""The folders and the data of Eleventy: https://www.11ty.dev/docs/config/ and …/docs/data-cascade/."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter, javascript, tree
from postdocs.importer.folders.front_matter import FrontMatter, as_written
from postdocs.importer.folders.javascript import UNKNOWN, Function, member
from postdocs.importer.folders.patterns import matches
from postdocs.importer.sources.archive import Files

FILES = (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs")
_SETTERS = {
    "input": "setInputDirectory", "includes": "setIncludesDirectory", "layouts": "setLayoutsDirectory",
    "data": "setDataDirectory",
}  # fmt: skip
_FILTERS = ("addFilter", "addAsyncFilter", "addLiquidFilter", "addNunjucksFilter", "addNunjucksAsyncFilter")
_OF_DATA = (".11tydata.js", ".11tydata.cjs", ".11tydata.mjs", ".11tydata.json", ".json")  # the first counts
_OF_ALL = (".js", ".cjs", ".mjs", ".json")  # data of all pages
_LAYOUTS = ("", ".njk", ".liquid", ".html", ".md", ".webc", ".hbs", ".ejs", ".11ty.js")
_INPUT_OPTION = re.compile(r"\beleventy\b[^\"\n]{0,200}?--input[= ](?P<path>[\w./-]+)")
IGNORES = ".eleventyignore"
_OVERRIDE = "override:"
_DEEPEST = 10  # layouts in layouts, and values in values


@dataclass(frozen=True)
class Eleventy:
    """What the settings of a site of Eleventy say.

    files: of the site. dirs: its folders by what they are for, UNKNOWN where only running the settings tells.
    filters: names of filters of its own. added: data of all pages. copied: files and
    folders that are copied as they are, and where to, "" for the same place. aliases: layouts by other names.
    ignored: patterns of files that the site leaves out, as `patterns.matches` has them.
    """

    files: Files
    dirs: Mapping[str, Any]
    filters: frozenset[str] = frozenset()
    added: Mapping[str, Any] = field(default_factory=dict)
    copied: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()

    @property
    def top(self) -> str | None:
        """The folder of texts with a slash at its end, "" for that of the settings; None where unknown."""
        given = self.dirs.get("input", ".")
        return None if not isinstance(given, str) else _folder(given)

    def folder(self, name: str, default: str) -> str:
        """Return a folder within that of texts, with a slash at its end. default: where settings say none."""
        given = self.dirs.get(name, default)
        return _folder(posixpath.join(self.top or ".", given if isinstance(given, str) else default))

    def globals(self, name: str) -> Any:
        """Return a value that all pages have; UNKNOWN where the site has none of that name."""
        top = self.folder("data", "_data")
        paths = (f"{top}{name}{end}" for end in _OF_ALL)
        path = next((path for path in paths if path in self._paths), None)
        return _data(self.files, path) if path else self.added.get(name, UNKNOWN)

    def data_of(self, path: str, front: FrontMatter) -> dict[str, Any]:
        """Return the data of a page: what is nearest to it counts first; arrays have those of all.

        front: of the page. Values that only running code could tell are UNKNOWN, or functions.
        """
        near: dict[str, Any] = {}
        for file in self._data_files(path):
            near = _merged(near, _data(self.files, file))
        near = _merged(near, front.values)
        whole: dict[str, Any] = {}
        for name in ("permalink", "layout", "tags", "date", "draft", "eleventyComputed"):
            if (value := self.globals(name)) is not UNKNOWN:
                whole = _merged(whole, {name: value})
        for layout in reversed([*self._layouts(near.get("layout", whole.get("layout")))]):
            whole = _merged(whole, {key: value for key, value in layout.items() if key != "layout"})
        return _merged(whole, near)

    def leaves_out(self, path: str) -> bool:
        """Tell whether the site ignores a file."""
        return bool(self.ignored) and matches(path, self.ignored)

    def is_of_data(self, path: str) -> bool:
        """Tell whether a file holds data: of all pages, of those in its folder, or of the page beside it."""
        if path.startswith(self.folder("data", "_data")) and path.endswith(_OF_ALL):
            return True
        end = next((end for end in _OF_DATA if path.endswith(end)), None)
        if end != ".json":
            return end is not None
        base = path.removesuffix(end)
        folder, name = posixpath.split(base)
        return posixpath.basename(folder) == name or any(
            f"{base}{suffix}" in self._paths for suffix in _LAYOUTS[1:]
        )

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(self.files.paths)

    def _data_files(self, path: str) -> Iterator[str]:
        """Yield the files of data of a page, those of the outermost folder first."""
        top = self.top or ""
        inner = posixpath.dirname(path.removeprefix(top)).split("/") if "/" in path.removeprefix(top) else []
        folders = [top.rstrip("/"), *(f"{top}{'/'.join(inner[:end])}" for end in range(1, len(inner) + 1))]
        bases = [f"{folder}/{posixpath.basename(folder)}" for folder in folders if folder]
        for base in (*bases, posixpath.splitext(path)[0]):
            yield from (f"{base}{end}" for end in reversed(_OF_DATA) if f"{base}{end}" in self._paths)

    def _layouts(self, name: Any) -> Iterator[dict[str, Any]]:
        """Yield the front matter of a layout and of those around it."""
        tops = (
            self.folder("layouts", self.dirs.get("includes", "_includes")),
            self.folder("includes", "_includes"),
        )
        for _ in range(_DEEPEST):
            if not isinstance(name, str) or not name:
                return
            name = self.aliases.get(name, name)
            paths = (posixpath.normpath(f"{top}{name}{end}") for top in tops for end in _LAYOUTS)
            path = next((path for path in paths if path in self._paths), None)
            try:
                front = front_matter.read(tree.text_of(self.files, path)[0], path) if path else FrontMatter()
            except PostdocsError:
                return
            yield dict(front.values)
            name = front.values.get("layout")


def read(files: Files) -> Eleventy:
    """Read the settings of a site of Eleventy."""
    path = next((name for name in FILES if name in files.paths), None)
    if path is None:
        return Eleventy(files, {})
    load = tree.loader(files, "")
    whole = javascript.exported(path, load)
    dirs: dict[str, Any] = {}
    for values in (member(whole, "dir"), member(member(whole, "config"), "dir")):
        dirs |= values if isinstance(values, dict) else {}

    def calls(method: str) -> list[list[Any]]:
        return [given for given in javascript.arguments(path, load, method) if given]

    for name, method in _SETTERS.items():
        for given in calls(method):
            dirs[name] = given[0]
    if option := _INPUT_OPTION.search(load("package.json") or ""):
        dirs["input"] = option["path"]
    filters = {name for method in _FILTERS for name, *_ in calls(method) if isinstance(name, str)}
    added = {
        given[0]: given[1] for given in calls("addGlobalData") if len(given) > 1 and isinstance(given[0], str)
    }
    copied: dict[str, str] = {}
    for given in calls("addPassthroughCopy"):
        copied |= _copied(given[0])
    named = [given for given in calls("addLayoutAlias") if len(given) > 1]
    aliases = {given[0]: given[1] for given in named if all(isinstance(one, str) for one in given[:2])}
    site = Eleventy(files, dirs, frozenset(filters), added, copied, aliases)
    ignored = [*_ignored(files, ""), *(_ignored(files, site.top) if site.top else ())]
    ignored += [_pattern("", line) for line, *_ in calls("ignores.add") if isinstance(line, str)]
    return replace(site, ignored=tuple(ignored))


def _ignored(files: Files, top: str) -> Iterator[str]:
    """Yield the patterns that a file in a folder names: https://www.11ty.dev/docs/ignores/."""
    path = f"{top}{IGNORES}"
    lines = (tree.loader(files, "")(path) or "").split("\n") if path in files.paths else []
    yield from (_pattern(top, line) for line in map(str.strip, lines) if line and not line.startswith("#"))


def _pattern(top: str, line: str) -> str:
    """Return a line as a pattern from the folder of the settings. `**` stands for any folders, or none."""
    mark = "!" if line.startswith("!") else ""
    whole = posixpath.normpath(posixpath.join(top, line.removeprefix("!").lstrip("/")))
    return f"{mark}/{whole.removesuffix('/**').replace('**/', '*')}"


def _copied(given: Any) -> dict[str, str]:
    """Return the folders and files that a site copies as they are, and where to, "" for the same place."""
    if isinstance(given, str):
        return {given: ""}
    pairs = given.items() if isinstance(given, dict) else ()
    return {key: value for key, value in pairs if isinstance(value, str)}


def served(site: Eleventy) -> dict[str, str]:
    """Return the files that a site copies as they are, by their paths from its root."""
    found: dict[str, str] = {}
    for given, place in site.copied.items():
        start = posixpath.normpath(given).removeprefix("./").partition("*")[0].rstrip("/")
        target = place.strip("/") if place else start.removeprefix(site.top or "")
        for path in site.files.paths:
            if path == start or path.startswith(f"{start}/"):
                whole = posixpath.normpath(f"{target}/{path.removeprefix(start)}").lstrip("/")
                if not whole.startswith("../"):  # which would be outside of the site
                    found.setdefault(whole, path)
    return found


def with_data(front: FrontMatter, data: Mapping[str, Any], keys: frozenset[str]) -> FrontMatter:
    """Return front matter with those values of its data that have some keys, if they are known."""
    known = {
        key: clean
        for key, value in data.items()
        if key in keys and key not in front.written and (clean := _known(value)) not in (None, [], {})
    }
    known = {key: value for key, value in known.items() if key != "tags"}
    if isinstance(tags := _known(data.get("tags")), list) and tags:
        known["tags"] = list(dict.fromkeys(map(str, tags)))
    if not known:
        return front
    own = {key: value for key, value in front.written.items() if not key.startswith(_OVERRIDE)}
    values = {key: value for key, value in front.values.items() if key in own}
    written = {key: as_written(value) for key, value in known.items()}
    return replace(front, written={**own, **written}, values={**values, **known}, is_there=True)


def _known(value: Any, depth: int = 0) -> Any:
    """Return what is known of a value, without what is nested too deeply; None where nothing is."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return [clean for one in value if (clean := _known(one, depth + 1)) is not None]
    if isinstance(value, dict):
        return {key: clean for key, one in value.items() if (clean := _known(one, depth + 1)) is not None}
    return None if value is UNKNOWN or isinstance(value, Function) else value


def _folder(path: str) -> str:
    whole = posixpath.normpath(path).lstrip("/")
    return "" if whole == "." else f"{whole}/"


def _data(files: Files, path: str) -> Any:
    """Return what a file of data says; UNKNOWN where it can't be read."""
    load: Callable[[str], str | None] = tree.loader(files, "")
    try:
        if not path.endswith(".json"):
            return javascript.exported(path, load)
        return json.loads(load(path) or "")
    except (PostdocsError, ValueError, RecursionError):
        return UNKNOWN


def _merged(far: Mapping[str, Any], near: Any, depth: int = 0) -> dict[str, Any]:
    """Return values of two places, of which one is nearer (https://www.11ty.dev/docs/data-deep-merge/)."""
    merged = dict(far)
    for key, value in near.items() if isinstance(near, Mapping) else ():
        name, given = key.removeprefix(_OVERRIDE), _as_list(key, value)
        before = merged.get(name)
        if isinstance(before, list) and isinstance(given, list) and name == key:
            merged[name] = [*before, *given]
        elif isinstance(before, dict) and isinstance(given, dict) and name == key and depth < _DEEPEST:
            merged[name] = _merged(before, given, depth + 1)
        else:
            merged[name] = given
    return merged


def _as_list(key: str, value: Any) -> Any:
    is_one = key.removeprefix(_OVERRIDE) == "tags" and isinstance(value, str)
    return [value] if is_one and value else value


def unread(site: Eleventy) -> Iterator[Note]:
    """Yield a note where settings don't say in plain words where the texts of the site are."""
    if site.top is None:
        what = "its settings are code that says the folder of texts; give the built pages with --built"
        yield Note(NoteKind.NOTICED, what)
