"""Pages that are templates of Eleventy: https://www.11ty.dev/docs/languages/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter, tree
from postdocs.importer.folders.front_matter import FrontMatter
from postdocs.importer.sources.archive import Files

_LANGUAGES = {
    ".njk": "Nunjucks", ".liquid": "Liquid", ".html": "HTML", ".hbs": "Handlebars", ".mustache": "Mustache",
    ".ejs": "EJS", ".haml": "Haml", ".pug": "Pug", ".webc": "WebC",
}  # fmt: skip
# Text in which Liquid and Nunjucks replace nothing.
_RAW = re.compile(
    r"\{%-?[ \t]*raw[ \t]*-?%\}(?P<inner>(?:(?!\{%).|\{%(?!-?[ \t]*(?:end)?raw))*+)"
    r"\{%-?[ \t]*endraw[ \t]*-?%\}",
    re.DOTALL,
)
_CODE = re.compile(r"\{%(?:(?!\{%).)*?%\}", re.DOTALL)
_VALUE = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-")
# Folders of templates for pages, in which no page is.
_OF_CODE = frozenset({"layouts", "templates", "includes", "components", "theme"})


def read(files: Files) -> dict[str, FrontMatter]:
    """Return the front matter of templates that are pages themselves, by their paths."""
    found: dict[str, FrontMatter] = {}
    for path in files.ending(*_LANGUAGES):
        parts = PurePosixPath(path).parts
        if any(part.startswith(("_", ".")) for part in parts) or not _OF_CODE.isdisjoint(parts[:-1]):
            continue
        try:
            front = front_matter.read(tree.text_of(files, path)[0], files.place(path))
        except PostdocsError:
            continue  # such as a page with a rule where front matter would begin
        if front.is_there:
            found[path] = front
    return found


def shown(text: str) -> str:
    """Return a text with what it protects from templates."""
    return _RAW.sub(r"\g<inner>", text)


def unknown(text: str, *, has_values: bool) -> Iterator[str]:
    """Yield the templates of a text, which are not known here. has_values: whether braces are some."""
    rest = _RAW.sub("", text)
    for pattern in (_CODE, _VALUE) if has_values else (_CODE,):
        yield from (match[0] for match in pattern.finditer(rest))


def notes(found: Mapping[str, FrontMatter], files: Files, dates: tuple[str, ...]) -> Iterator[Note]:
    """Yield a note on each template with a title: one with a date is a post, which the import can't read.

    dates: the keys of front matter that have it.
    """
    for path, front in found.items():
        name = PurePosixPath(path)
        language = _LANGUAGES[name.suffix.lower()]
        if not front.text("title"):
            continue
        if front.text(*dates) or _DATED.match(name.name):
            what = f"a post in {language}, which the import doesn't read; import the folder of built pages"
            yield Note(NoteKind.LOST, what, before=files.place(path))
        else:
            what = f"a page in {language}; if it is more than a list, import the folder of built pages"
            yield Note(NoteKind.LEFT_OUT, what, before=files.place(path))
