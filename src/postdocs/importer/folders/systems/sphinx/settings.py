"""The settings of Sphinx and ablog: https://www.sphinx-doc.org/en/master/usage/configuration.html."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from postdocs.importer.entry import Note
from postdocs.importer.folders import python_settings, tree
from postdocs.importer.folders.python_settings import PythonSettings
from postdocs.importer.sources.archive import Files

FILE = "conf.py"
FOLDERS = ("", "source", "docs", "doc", "docs/source", "doc/source")  # in which `sphinx-quickstart` writes it
_IS_SPHINX = re.compile(
    rb"^\s*(?:extensions|html_theme|project|master_doc|root_doc|blog_\w+)\s*[+:=]", re.MULTILINE
)
_RUNNERS = ("Makefile", "make.bat", ".readthedocs.yaml", ".readthedocs.yml", "noxfile.py", "tox.ini")
_MORE_RUNNERS = ("justfile", "netlify.toml", "pixi.toml", "pyproject.toml", "tasks.py", ".gitlab-ci.yml")
_WORKFLOWS = ".github/workflows/"
_BUILDER = re.compile(
    r"(?:make |-[bM][\"', =]*|builder:[ ]*|SPHINXBUILDER[ ?:]*=[ ]*)[\"']?(?P<name>dirhtml|html)\b"
    r"|\bablog[ ]build\b"
)
_NAMES = frozenset({
    "blog_baseurl", "html_baseurl", "blog_post_pattern", "post_date_format", "blog_authors", "extensions",
    "exclude_patterns", "source_suffix", "ablog_builder", "myst_enable_extensions", "html_extra_path",
    "blog_default_author",
})  # fmt: skip
BUILT = ("_build/", "_website/", "build/")
_SUFFIXES = (".rst", ".md", ".ipynb", ".txt")


@dataclass(frozen=True)
class Settings:
    """What `conf.py` says.

    url: of the site, without a slash at its end; "" where nothing says it. authors: their names, by those
    that posts use. is_in_folders: whether each page is the index of a folder, as by the builder `dirhtml`.
    addresses: of documents by their names, where these don't tell them. is_dated: whether each document with
    a date is a post.
    """

    values: PythonSettings
    url: str
    authors: Mapping[str, str]
    is_in_folders: bool
    notes: tuple[Note, ...]
    addresses: Mapping[str, str] = field(default_factory=dict)
    is_dated: bool = False

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The suffixes of sources."""
        said = self.values.values.get("source_suffix")
        names = list(said) if isinstance(said, dict | list | tuple) else [said]
        texts = tuple(name for name in names if isinstance(name, str) and name in _SUFFIXES)
        extensions = set(self.values.texts("extensions"))
        added = (
            ".rst" if not texts else "",
            ".md" if extensions & {"myst_parser", "myst_nb", "postdocs"} else "",
            ".ipynb" if extensions & {"myst_nb", "nbsphinx"} else "",
        )
        return tuple(dict.fromkeys((*texts, *filter(None, added))))

    def address(self, name: str) -> str:
        """Return the address of a document from the root of the site. name: its path without a suffix."""
        if name in self.addresses:
            return self.addresses[name]
        if name == "index" or (self.is_in_folders and name.endswith("/index")):
            return f"/{name.removesuffix('index')}"
        return f"/{name}/" if self.is_in_folders else f"/{name}.html"

    def is_post(self, path: str) -> bool:
        """Tell whether ablog takes a document for a post by its path, which has a suffix."""
        return any(_matches(path, pattern) for pattern in self.values.texts("blog_post_pattern"))

    def is_left_out(self, path: str) -> bool:
        """Tell whether Sphinx doesn't read a file."""
        patterns = self.values.texts("exclude_patterns")
        parts = PurePosixPath(path).parts
        above = (posixpath.join(*parts[:end]) for end in range(1, len(parts) + 1))
        return path.startswith((*BUILT, "_templates/", "_static/")) or any(
            _matches(part, pattern.rstrip("/")) for part in above for pattern in patterns
        )


def folder(files: Files) -> str | None:
    """Return the folder of the sources, "" for the given one; None where no settings of Sphinx are there."""
    for name in FOLDERS:
        path = posixpath.join(name, FILE)
        if path in files.paths and _IS_SPHINX.search(files.load(path)):
            return name
    return None


def read(files: Files, project: Files, url: str | None) -> Settings:
    """Read the settings of a site. project: the given folder. url: of the site, as the user gave it.

    Raises
    ------
    PostdocsError
        They can't be read.

    """
    values = python_settings.read(tree.text_of(files, FILE)[0], files.place(FILE))
    notes = values.unknown(_NAMES)
    host, path = tree.root_of(url or values.text("blog_baseurl") or values.text("html_baseurl"))
    is_in_folders = _is_in_folders(values, project, files)
    authors = {
        str(key): str(said[0] if isinstance(said, list | tuple) and said else said)
        for key, said in values.mapping("blog_authors").items()
    }
    return Settings(values, f"{host}{path}", authors, is_in_folders, tuple(notes))


def _is_in_folders(values: PythonSettings, project: Files, files: Files) -> bool:
    """Tell whether a site is built by `dirhtml`: by its pages, its settings, or what runs Sphinx."""
    names = [posixpath.splitext(path)[0] for path in files.ending(*_SUFFIXES)]
    built = project.built or frozenset()
    pages = sum(f"{name}.html" in built for name in names)
    folders = sum(f"{name}/index.html" in built for name in names)
    if pages != folders:
        return folders > pages
    if builder := values.text("ablog_builder"):
        return builder == "dirhtml"
    builders = {name for one in (project, files) for name in _builders(one)}
    if builders:
        return builders == {"dirhtml"}
    tops = {*project.paths, *files.paths}
    is_run = any(name in tops for name in _RUNNERS)
    return not is_run and "ablog" in values.texts("extensions")  # `ablog build` has this builder


def _builders(files: Files) -> Iterator[str]:
    """Yield the builders that files which run Sphinx name; that of `ablog build` is `dirhtml`."""
    for path in files.paths:
        if path in {*_RUNNERS, *_MORE_RUNNERS} or path.startswith(_WORKFLOWS):
            text = files.load(path).decode(errors="replace")
            yield from (match["name"] or "dirhtml" for match in _BUILDER.finditer(text))


def _matches(path: str, pattern: str) -> bool:
    """Tell whether a path matches a pattern of Sphinx, in which `*` stands for no slash, and `**` for all."""
    if "**" in pattern:
        return fnmatchcase(path, pattern.replace("**/", "*").replace("**", "*"))
    parts, patterns = path.split("/"), pattern.split("/")
    return len(parts) == len(patterns) and all(map(fnmatchcase, parts, patterns))
