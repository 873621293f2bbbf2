"""The settings of a MkDocs site: https://www.mkdocs.org/user-guide/configuration/."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter, python_markdown, tree
from postdocs.importer.folders.front_matter import FrontMatter, as_written, texts_of
from postdocs.importer.folders.notebook_cells import Hidden
from postdocs.importer.sources.archive import Files

FILES = ("mkdocs.yml", "mkdocs.yaml")
# Values that only Python could make, such as functions, and those of the environment and of other files.
_TAG = re.compile(
    r"(?P<before>^[ \t-]*|[:\[,{]\s*)!(?:!python/[\w./:-]*|ENV|relative|include\w*)(?=[\s,\]}]|$)",
    re.MULTILINE,
)
_ALWAYS = ("toc", "tables", "fenced_code")  # extensions that each site has
_BLOGS = frozenset({"blog", "material/blog"})
_REDIRECTS = "redirects"
_NOTEBOOKS = ("mkdocs-jupyter", "mknotebooks")
# How their settings, which are nbconvert's, call what the tags of cells hide.
_HIDING = {
    "remove_cell_tags": "remove-cell",
    "remove_input_tags": "remove-input",
    "remove_all_outputs_tags": "remove-output",
}
# What a plugin does to the text of pages, so that the text alone says less than the page.
_CHANGES_TEXT = frozenset({"macros", "include-markdown", "i18n", "table-reader", "mkdocstrings"})
HIDDEN = (".*", "/templates/")  # what no site publishes


@dataclass(frozen=True)
class Blog:
    """What the blog of Material for MkDocs is told: https://squidfunk.github.io/mkdocs-material/plugins/blog/.

    folder: of the blog in addresses, "" at the root. posts: the folder of posts. url, date: the patterns of
    addresses and of dates in them (UTS 35). categories: the most of them in an address. separator: between
    the words of a slug. authors: the file of authors. all from the folder of documents. given: all that it is
    told.
    """

    folder: str
    posts: str
    url: str
    date: str
    categories: int
    separator: str
    authors: str
    given: Mapping[str, Any]


@dataclass(frozen=True)
class Notebooks:
    """What a plugin that makes pages of notebooks is told: https://github.com/danielfrg/mkdocs-jupyter.

    docs: the folder of documents. include, ignore: patterns of the notebooks that are pages, and of those
    that aren't. hidden: in all of them. has_titles: whether their first headings are their titles.
    """

    docs: str
    include: tuple[str, ...]
    ignore: tuple[str, ...]
    hidden: Hidden
    has_titles: bool

    def shows(self, path: str) -> bool:
        """Tell whether a notebook is a page."""
        name = PurePosixPath(self.docs, path)
        return any(map(name.match, self.include)) and not any(map(name.match, self.ignore))


@dataclass(frozen=True)
class Settings:
    """What `mkdocs.yml` says.

    url: the address of the site without a slash at its end, or "". docs: the folder of documents. is_folders:
    whether addresses end in a slash. language: of the theme. blog: None where there is no such plugin.
    extensions: of Markdown, with what they are told. redirects: old paths by the document that they lead to.
    plugins: what they are told, by their names. notebooks: None where no plugin makes pages of them.
    names: of documents in the navigation, by their paths. left_out, drafts: patterns of documents that are
    not public. notes: what can't be read.
    """

    values: FrontMatter
    url: str
    docs: str
    is_folders: bool
    language: str
    blog: Blog | None
    extensions: Mapping[str, Mapping[str, Any]]
    redirects: Mapping[str, tuple[str, ...]]
    plugins: Mapping[str, Mapping[str, Any]]
    notebooks: Notebooks | None
    names: Mapping[str, str]
    left_out: tuple[str, ...]
    drafts: tuple[str, ...]
    notes: tuple[Note, ...]


def read(files: Files, url: str | None) -> Settings:
    """Read the settings of a site. url: of the site, as the user gave it, which goes first.

    Raises
    ------
    PostdocsError
        They can't be read.

    """
    path = next(name for name in FILES if name in files.paths)
    text, _ = tree.text_of(files, path)
    front = front_matter.settings(_TAG.sub(r"\g<before>", text), files.place(path))
    notes: list[Note] = []
    plugins = _named(front.values.get("plugins"))
    docs = posixpath.normpath(front.text("docs_dir") or "docs").removeprefix("./")
    if docs.startswith(("..", "/")):
        notes.append(Note(NoteKind.NOTICED, "its documents are outside of the folder", before=docs))
    host, base = tree.root_of(url or front.text("site_url"))
    if parent := front.text("INHERIT"):
        notes.append(Note(NoteKind.NOTICED, "settings that it inherits are not read", before=parent))
    for name in _NOTEBOOKS:
        if plugins.get(name, {}).get("execute") is True:
            what = "a plugin that runs notebooks; outputs that they lack are only in the built pages"
            notes.append(Note(NoteKind.NOTICED, what, before=name))
    hooks = [f"hook {name}" for name in front.texts("hooks")]
    for name in [*sorted(plugins.keys() & _CHANGES_TEXT), *hooks]:
        what = "a plugin that changes texts, whose work only the built pages show"
        notes.append(Note(NoteKind.NOTICED, what, before=name))
    extensions = _named([*_ALWAYS]) | _named(front.values.get("markdown_extensions"))
    what = "an extension of Markdown that the import doesn't load"
    unknown = python_markdown.unknown_extensions(extensions)
    notes += [Note(NoteKind.NOTICED, what, before=name) for name in unknown]
    blogs = [given for name, given in plugins.items() if name in _BLOGS and given.get("enabled") is not False]
    theme = front.values.get("theme")
    return Settings(
        front,
        f"{host}{base}",
        "" if docs == "." else docs,
        front.flag("use_directory_urls") is not False,
        str(theme.get("language") or "") if isinstance(theme, dict) else "",
        _blog(blogs[0]) if blogs else None,
        extensions,
        _redirects(plugins.get(_REDIRECTS, {})),
        plugins,
        next((_notebooks(docs, plugins[name]) for name in _NOTEBOOKS if name in plugins), None),
        dict(_names(front.values.get("nav"))),
        _patterns(front.values.get("exclude_docs")),
        _patterns(front.values.get("draft_docs")),
        tuple(notes),
    )


def _named(value: Any) -> dict[str, dict[str, Any]]:
    """Return plugins or extensions by name: a list of names and of mappings, or one mapping."""
    items = value if isinstance(value, list) else [value]
    named: dict[str, dict[str, Any]] = {}
    for item in items:
        pairs = item.items() if isinstance(item, dict) else [(item, {})] if isinstance(item, str) else ()
        named |= {str(name): given if isinstance(given, dict) else {} for name, given in pairs}
    return named


def _blog(given: Mapping[str, Any]) -> Blog:
    def text(name: str, default: str) -> str:
        value = given.get(name)
        return value if isinstance(value, str) else default

    folder = posixpath.normpath(text("blog_dir", "blog"))
    folder = "" if folder == "." else folder.strip("/")

    def inner(name: str, default: str) -> str:
        return posixpath.normpath(text(name, default).replace("{blog}", folder or ".")).removeprefix("./")

    most = given.get("post_url_max_categories")
    return Blog(
        folder,
        inner("post_dir", "{blog}/posts"),
        text("post_url_format", "{date}/{slug}"),
        text("post_url_date_format", "yyyy/MM/dd"),
        most if isinstance(most, int) else 1,
        text("post_slugify_separator", "-"),
        inner("authors_file", "{blog}/.authors.yml"),
        given,
    )


def _notebooks(docs: str, given: Mapping[str, Any]) -> Notebooks:
    tags = given.get("remove_tag_config") or given.get("tag_remove_configs")
    tags = tags if isinstance(tags, dict) else {}
    meant = {
        tag: meaning for name, meaning in _HIDING.items() for tag in texts_of(as_written(tags.get(name)))
    }
    outputs = frozenset(texts_of(as_written(tags.get("remove_single_output_tags"))))
    hides_code = given.get("no_input") is True or given.get("show_input") is False
    return Notebooks(
        docs,
        _globs(given.get("include")) or ("*.ipynb",),
        _globs(given.get("ignore")),
        Hidden(meant, outputs, code=hides_code),
        given.get("ignore_h1_titles") is not True,
    )


def _globs(value: Any) -> tuple[str, ...]:
    """Return the patterns in a list that `PurePath.match` takes."""
    return tuple(pattern for pattern in texts_of(as_written(value)) if pattern.strip("./"))


def _redirects(given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the documents that old addresses lead to: https://github.com/mkdocs/mkdocs-redirects."""
    maps = given.get("redirect_maps")
    aliases: dict[str, list[str]] = defaultdict(list)
    for old, new in maps.items() if isinstance(maps, dict) else ():
        aliases[str(new).partition("#")[0]].append(str(old))
    return {new: tuple(old) for new, old in aliases.items()}


def _names(nav: Any) -> Iterator[tuple[str, str]]:
    """Yield the paths of documents that the navigation has a name for, with this."""
    for item in nav if isinstance(nav, list) else ():
        for name, place in item.items() if isinstance(item, dict) else ():
            if isinstance(place, str):
                yield posixpath.normpath(place), str(name)
            else:
                yield from _names(place)


def _patterns(value: Any) -> tuple[str, ...]:
    lines = value.split("\n") if isinstance(value, str) else ()
    return tuple(stripped for line in lines if (stripped := line.strip()) and not stripped.startswith("#"))
