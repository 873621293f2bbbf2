"""The documents of a Sphinx project, and what other documents can link to in them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from docutils import nodes

from postdocs.core.errors import PostdocsError
from postdocs.core.permalink import PATH_CHARACTERS
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter, markdown, notebooks, tree
from postdocs.importer.folders.front_matter import FrontMatter
from postdocs.importer.folders.notebooks import Notebook
from postdocs.importer.folders.systems.sphinx.projects import INVENTORY, Projects
from postdocs.importer.folders.systems.sphinx.settings import Settings
from postdocs.importer.sources.archive import Files

_LABEL = re.compile(
    r"^(?:\.\. _(?P<rest>`[^`\n]+`|[^:\n`]+):|\((?P<myst>[^()\n]+)\)=)[ \t]*\n(?:[ \t]*\n)*", re.MULTILINE
)
_UNDERLINED = re.compile(r"(?:([^\w\s])\1{2,}\n)?[ \t]*(?P<title>\S[^\n]*)\n([^\w\s])\3{2,}[ \t]*(?:\n|\Z)")
_MARKED = re.compile(r"#{1,6}[ \t]+(?P<title>[^\n]+)")
_HEADING = re.compile(rf"^{_MARKED.pattern}", re.MULTILINE)
_NO_ANCHOR = re.compile(r"[^\w -]")
_FIRST = re.compile(r"#[ \t]+(?P<title>[^\n]+)")
_MARKUP = re.compile(r":[\w:+.-]+:`([^`<]*?)(?:\s*<[^`<>]*>)?`|[`*]{1,2}([^`*]+)[`*]{1,2}")

_PAGE = ".html"
_OF_DOCUMENTS = {".md", ".rst", ".ipynb", _PAGE}
SCHEMES = ("project:", "path:")
"""Of MyST, for links to what the project has."""

# What mystmd makes of links: https://mystmd.org/guide/external-references.
_SCHEMES = {"doi": "https://doi.org/", "wiki": "https://en.wikipedia.org/wiki/"}


@dataclass(frozen=True)
class Document:
    """A source file.

    name: its path without its suffix. address: from the root of the site. notebook: where it is one; the body
    of its front matter is its text then.
    """

    path: str
    name: str
    address: str
    front: FrontMatter
    title: str
    notes: tuple[Note, ...]
    notebook: Notebook | None = None

    @property
    def is_markdown(self) -> bool:
        """Whether it is MyST."""
        return self.path.endswith((".md", notebooks.SUFFIX))


@dataclass(frozen=True)
class Targets:
    """What roles and links lead to: addresses from the host on, with titles.

    documents: by name. labels: by label in lower case. posts: by the last part of their names, by which ablog
    lets them be linked. anchors: of the headings of each file. files: all paths of the folder. base: the path
    that the site is under, or "". projects: other ones.
    """

    documents: Mapping[str, tuple[str, str]]
    labels: Mapping[str, tuple[str, str]]
    posts: Mapping[str, tuple[str, str]]
    anchors: Mapping[str, frozenset[str]]
    files: frozenset[str]
    base: str
    projects: Projects

    def link(self, role: str, target: str, path: str) -> tuple[str, str] | None:
        """Return where a role leads from a file, and the title of that; None where it is not known."""
        document = self.documents.get(tree.near(target, path))
        if role == "download":
            return (address, posixpath.basename(target)) if (address := self.address(target, path)) else None
        if role == "doc":
            return document or self.projects.of_role(role, target)
        return self._label(target) or (document if role == "any" else None)

    def _label(self, name: str) -> tuple[str, str] | None:
        name = " ".join(name.lower().split())
        return self.labels.get(name) or self.posts.get(name)

    def address(self, target: str, path: str) -> str | None:
        """Return where a path that a file names is served; None for what is no file of the folder."""
        if target.startswith(INVENTORY):
            return self.projects.of_link(target)[0]
        inner, mark, fragment = _of_site(target).partition("#")
        place = tree.near(inner, path)
        scheme, _, rest = inner.partition(":")
        if scheme in _SCHEMES and rest:
            return f"{_SCHEMES[scheme]}{rest}{mark}{fragment}"
        if not inner:
            is_near = fragment in self.anchors.get(path, ())  # which goes before the labels of other files
            label = None if is_near else self.labels.get(" ".join(unquote(fragment).lower().split()))
            return label[0] if label else f"{mark}{fragment}"
        if ":" in inner:
            return None
        if document := self._document(place):
            return f"{document[0]}{mark}{fragment}"
        return f"{self.base}/{quote(place)}{mark}{fragment}" if place in self.files else None

    def _document(self, place: str) -> tuple[str, str] | None:
        """Return the document that a path names, also by its source or its page."""
        name, suffix = posixpath.splitext(place)
        named = name if suffix in _OF_DOCUMENTS else place
        return None if suffix == _PAGE and place in self.files else self.documents.get(named)

    def named(self, target: str, path: str) -> tuple[str, str] | None:
        """Return what a link without a text leads to and shows; None where it is not known."""
        if target.startswith(INVENTORY):
            address, title = self.projects.of_link(target)
            return address or target, title
        inner, _, fragment = _of_site(target).partition("#")
        label = self._label(fragment)
        document = self._document(tree.near(inner, path))
        if fragment and not inner:
            return label or (f"#{fragment}", fragment)
        if not document and tree.near(inner, path) in self.files:
            return target, posixpath.basename(inner)
        return (target, label[1] if label else document[1]) if document else None


def _of_site(target: str) -> str:
    """Return the target of a link of MyST without what says that it is a file of the project, or in one."""
    return next((target.removeprefix(scheme) for scheme in SCHEMES if target.startswith(scheme)), target)


def read(files: Files, settings: Settings, notes: list[Note]) -> Iterator[Document]:
    """Yield the documents of a project. notes: where those are told that can't be read."""
    for path in files.ending(*settings.suffixes):
        name, suffix = posixpath.splitext(path)
        if settings.is_left_out(path):
            continue
        notebook: Notebook | None = None
        try:
            if suffix == notebooks.SUFFIX:
                notebook = notebooks.of_file(files, path, has_rest=True)
                front, odd = replace(notebook.front, body=notebook.text), notebook.notes
            else:
                text, odd = tree.text_of(files, path)
                is_myst = suffix == ".md"
                front = front_matter.read(text, files.place(path)) if is_myst else FrontMatter(body=text)
        except PostdocsError as error:
            notes.append(Note(NoteKind.LOST, "a file that can't be read", before=str(error)))
            continue
        address = quote(settings.address(name), safe=f"{PATH_CHARACTERS}%")
        is_markdown = suffix in {".md", notebooks.SUFFIX}
        title = markdown.words(front.text("title")) or _title(front.body, is_markdown=is_markdown)
        yield Document(path, name, address, front, title, odd, notebook)


def targets(documents: list[Document], files: Files, base: str, projects: Projects) -> Targets:
    """Return what can be linked to."""
    labels: dict[str, tuple[str, str]] = {}
    posts: dict[str, tuple[str, str]] = {}
    for document in documents:
        for match in _LABEL.finditer(document.front.body):
            label = " ".join((match["rest"] or match["myst"]).strip("`").lower().split())
            title = _heading(document.front.body, match.end(), is_markdown=document.is_markdown)
            anchor = "" if title == document.title else f"#{nodes.make_id(label)}"
            labels.setdefault(label, (f"{base}{document.address}{anchor}", title or label))
        posts.setdefault(
            posixpath.basename(document.name).lower(), (f"{base}{document.address}", document.title)
        )
    names = {one.name: (f"{base}{one.address}", one.title) for one in documents}
    anchors = {one.path: frozenset(_anchors(one.front.body)) for one in documents if one.is_markdown}
    return Targets(names, labels, posts, anchors, frozenset(files.paths), base, projects)


def _anchors(text: str) -> Iterator[str]:
    """Yield the anchors that MyST gives to headings, as GitHub has them."""
    for match in _HEADING.finditer(text):
        yield _NO_ANCHOR.sub("", _clean(match["title"]).lower()).replace(" ", "-")


def _title(text: str, *, is_markdown: bool) -> str:
    if is_markdown:
        lines = text.split("\n")
        shown = (line for line, is_code in zip(lines, markdown.in_code(lines), strict=True) if not is_code)
        match = next(filter(None, map(_FIRST.match, shown)), None)
    else:
        match = _UNDERLINED.search(text)
    return _clean(match["title"]) if match else ""


def _heading(text: str, at: int, *, is_markdown: bool) -> str:
    match = (_MARKED if is_markdown else _UNDERLINED).match(text, at)
    return _clean(match["title"]) if match else ""


def _clean(text: str) -> str:
    return _MARKUP.sub(lambda match: match[1] or match[2] or "", text).rstrip(" #").strip()
