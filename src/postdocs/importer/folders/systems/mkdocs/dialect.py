"""What MkDocs, Material, and their extensions read in a text beside Markdown."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from postdocs.core.errors import PostdocsError
from postdocs.importer.folders import markdown, python_markdown, tree
from postdocs.importer.folders.systems.mkdocs.settings import Settings
from postdocs.importer.own_text import Spans, code_in
from postdocs.importer.sources.archive import Files

_SNIPPETS = "pymdownx.snippets"
# https://facelessuser.github.io/pymdown-extensions/extensions/snippets/: one file, or a block of them.
_SCISSORS = r"-{1,}8<-{1,}"
_SNIPPET = re.compile(
    rf"^(?P<indent>[ \t]*)(?P<escape>;*){_SCISSORS}[ \t]+(?P<quote>[\"'])(?P<name>[^\"'\n]+)(?P=quote)"
    r"[ \t]*$",
    re.MULTILINE,
)
_BLOCK = re.compile(
    rf"^(?P<indent>[ \t]*)(?P<escape>;*){_SCISSORS}[ \t]*\n"
    rf"(?P<names>(?:(?!^[ \t]*{_SCISSORS}).*\n)*?)[ \t]*{_SCISSORS}[ \t]*$",
    re.MULTILINE,
)
_MARKER = re.compile(
    rf"^.*{_SCISSORS}[ \t]*\[[ \t]*(?:start|end)[ \t]*:[ \t]*[\w-]+[ \t]*\].*\n?", re.MULTILINE
)
_LINES = re.compile(r"(?P<path>.+?):(?P<first>\d*):(?P<last>\d*)")
_DEEPEST = 10  # files that show each other
_MOST = 2**20  # characters of a text with all that it shows
_TOC = re.compile(r"^\[TOC\][ \t]*$", re.MULTILINE)
_ICON = re.compile(r":(?:material|fontawesome|octicons|simple)-[a-z\d-]+:")
_TEMPLATE = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}", re.DOTALL)
_MACROS = frozenset({"macros", "jinja"})


@dataclass(frozen=True)
class Text:
    """The text of a document with what it shows of other files. appended: files below it, as below each.

    missing: what it names that is not there.
    """

    body: str
    appended: str
    missing: tuple[str, ...]


def with_snippets(body: str, files: Files, settings: Settings) -> Text:
    """Put the files into a text that it shows; those that are not in the folder stay named.

    files: of the whole site, for paths are from the folder of the settings.
    """
    if _SNIPPETS not in settings.extensions:
        return Text(body, "", ())
    options = settings.extensions[_SNIPPETS]
    snippets = _Snippets(files, _texts(options.get("base_path")) or (".",))
    whole = snippets.expand(body, 0)
    always = (snippets.load(name) for name in _texts(options.get("auto_append")))
    appended = "\n\n".join(text for text in always if text is not None)
    return Text(whole, appended, tuple(snippets.missing))


def _texts(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(item for item in items if isinstance(item, str))


class _Snippets:
    def __init__(self, files: Files, folders: tuple[str, ...]) -> None:
        self._files = files
        self._paths = {*files.paths}
        self._folders = folders
        self._room = _MOST
        self.missing: list[str] = []

    def expand(self, text: str, depth: int) -> str:
        if "8<" not in text or depth > _DEEPEST:
            return text
        text = _BLOCK.sub(lambda match: self._shown(match, match["names"].split("\n"), depth), text)
        return _SNIPPET.sub(lambda match: self._shown(match, [match["name"]], depth), text)

    def _shown(self, match: re.Match[str], names: list[str], depth: int) -> str:
        if match["escape"]:
            return match[0].replace(";", "", 1)
        pieces = []
        for name in (
            stripped for name in names if (stripped := name.strip()) and not stripped.startswith(";")
        ):
            text = self.load(name)
            if text is None or len(text) > self._room:
                self.missing.append(name)
                return match[0]
            self._room -= len(text)
            pieces.append(self.expand(text, depth + 1))
        shown = "\n".join(pieces)
        return "\n".join(f"{match['indent']}{line}" if line else line for line in shown.split("\n"))

    def load(self, name: str) -> str | None:
        """Return a file, or lines or a section of one, as a text names it; None where it is not there."""
        first, last, section = 0, 0, ""
        path = name
        if match := _LINES.fullmatch(name):
            path, first, last = match["path"], int(match["first"] or 1), int(match["last"] or 0)
        elif not self._find(name) and ":" in name:
            path, _, section = name.rpartition(":")
        found = self._find(path)
        if found is None:
            return None
        try:
            text, _ = tree.text_of(self._files, found)
        except PostdocsError:
            return None
        lines = text.rstrip("\n").split("\n")
        if section:
            marks = [f"[{kind}:{section}]" for kind in ("start", "end")]
            places = [at for at, line in enumerate(lines) for mark in marks if mark in line.replace(" ", "")]
            lines = lines[places[0] + 1 : places[1]] if len(places) > 1 else lines
        elif first:
            lines = lines[first - 1 : last or None]
        return _MARKER.sub("", "\n".join(lines) + "\n").rstrip("\n")

    def _find(self, path: str) -> str | None:
        places = (posixpath.normpath(posixpath.join(folder, path)) for folder in self._folders)
        return next((place for place in places if place in self._paths), None)


def resolved(text: str, path: str, addresses: Mapping[str, str], base: str) -> str:
    """Return Markdown whose links to documents and files lead where they are served.

    path: of its file. addresses: of documents and files, by their paths from the folder of documents.
    """

    def address(name: str) -> str | None:
        target, mark, fragment = name.partition("#")
        if not target or "://" in target:
            return None
        near = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        found = addresses.get(near.lstrip("/"))
        return None if found is None else f"{base}{found}{mark}{fragment}"

    return markdown.with_addresses(text, address)


def render(text: str, settings: Settings) -> str:
    """Return the HTML of a text as MkDocs renders it."""
    return python_markdown.render(text, settings.extensions)


def without_contents(text: str) -> str:
    """Take out the place of the table of contents, which the theme has already."""
    return _TOC.sub("", text)


def unknown(text: Text, settings: Settings) -> Iterator[tuple[str, int, str]]:
    """Yield what of a text can't become what readers saw: what it is, its line from 0, and itself."""
    lines = markdown.line_counter(text.body)
    code = Spans(code_in(text.body))
    for name in text.missing:
        yield "a file that the text shows is not there", lines(max(text.body.find(name), 0)), name
    for match in (match for match in _ICON.finditer(text.body) if match.start() not in code):
        yield "an icon of the theme stayed as text", lines(match.start()), match[0]
    for match in _TEMPLATE.finditer(text.body) if settings.plugins.keys() & _MACROS else ():
        yield "a template that is not known here came along as text", lines(match.start()), match[0][:80]
