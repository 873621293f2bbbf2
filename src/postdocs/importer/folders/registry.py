"""The systems whose source folders the import reads, and their detection."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import PurePosixPath
from typing import Protocol

from postdocs.core.errors import PostdocsError
from postdocs.core.plural import count
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import tree
from postdocs.importer.folders.systems import (
    hexo,
    hugo,
    jekyll,
    mkdocs,
    myst,
    nikola,
    pelican,
    plain,
    quarto,
    sphinx,
)
from postdocs.importer.folders.systems.plain.pages import SPECIAL
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.model import Source


class FolderSystem(Protocol):
    """A module that reads the source folder of one system. Both functions raise what `Files.load` does."""

    THEME: tuple[str, ...]
    """Folders at the top of the sources that hold its theme, and what makes pages of the sources."""

    def detect(self, files: Files, /) -> bool:
        """Tell whether these are the sources of a blog of this system, by its settings and its folders."""

    def read(self, files: Files, url: str | None, now: datetime, /) -> Source:
        """Return the posts and pages of a blog.

        The content of an entry is HTML as the system renders it, its `markdown` the author's text. A post
        that can't be read is a note of kind LOST; only what leaves nothing to read raises PostdocsError.
        url: of the blog, as the user gave it. now: what is dated later, the system may not show yet.
        """


# In the order in which they are asked: each is known by settings of its own. A project of mystmd often has
# those of the Sphinx project that it was, and a Hugo site the folder `_posts` of the Jekyll blog that it was.
SYSTEMS: tuple[FolderSystem, ...] = (hexo, hugo, jekyll, pelican, nikola, myst, sphinx, mkdocs, quarto)


def system_of(files: Files) -> FolderSystem | None:
    """Return the system whose sources these are, None where none is; plain Markdown is asked last."""
    system = next((system for system in SYSTEMS if system.detect(files)), None)
    if system is None and other_system(files) is None and plain.detect(files):
        return plain
    return system


def theme_note(system: FolderSystem, files: Files) -> tuple[Note, ...]:
    """Return the note on files of the theme, which a new site has no use for; none where there are none."""
    counts = Counter(path.partition("/")[0] for path in files.paths if "/" in path)
    folders = [name for name in system.THEME if name in counts]
    number = sum(counts[name] for name in folders)
    what = f"the theme of the old site, {count(number, 'file')} in {', '.join(folders)}"
    return (Note(NoteKind.LEFT_OUT, what),) if folders else ()


def sources_in(files: Files) -> Files:
    """Return the files of the one folder that has all texts, if its settings say what it is.

    A repository may have its site there, with settings of its own, and a text or two at the top.
    """
    if any(system.detect(files) for system in SYSTEMS) or other_system(files):
        return files
    paths = [PurePosixPath(path) for path in files.paths if not path.startswith((".", "_"))]
    texts = [path for path in paths if path.suffix.lower() in _TEXTS]
    folders = {path.parts[0] for path in texts if path.parent.name and path.stem.lower() not in SPECIAL}
    inner = tree.under(files, min(folders)) if len(folders) == 1 else files
    return inner if any(system.detect(inner) for system in SYSTEMS) else files


# What the files at the top of a folder say that it is, for systems whose sources the import can't read yet.
_OTHERS = {
    "_toc.yml": "Jupyter Book", "zola.toml": "Zola", "zensical.toml": "Zensical",
}  # fmt: skip
_NAMES = "Jekyll, Hugo, Hexo, Pelican, Nikola, MkDocs, Quarto, MyST, or Sphinx"  # of those that it can
_TEXTS = (".md", ".markdown", ".rst", ".ipynb", ".qmd", ".org", ".adoc")


def other_system(files: Files) -> str | None:
    """Return the name of the system whose sources these are, if the import can't read them yet."""
    tops = {path.lower() for path in files.paths if "/" not in path}
    name = next((name for file, name in _OTHERS.items() if file in tops), None)
    if name is None and hugo.is_zola(files):
        name = "Zola"
    return "Sphinx" if name is None and "conf.py" in tops else name


def refuse(files: Files) -> PostdocsError:
    """Return the error that says what a folder seems to be, and what to give instead."""
    name = other_system(files)
    remedy = "build the site, and give the folder of its pages, or its feed"
    if name:
        return PostdocsError(files.name, None, f"it is the source folder of {name}", remedy)
    suffixes = {PurePosixPath(path).suffix.lower() for path in files.paths}
    texts = [suffix for suffix in _TEXTS if suffix in suffixes]
    if texts:
        lacking = f"no settings of {_NAMES}, and no front matter"
        wrong = f"it has texts ({', '.join(texts)}), but {lacking}"
        return PostdocsError(files.name, None, wrong, f"give the folder with the settings, or {remedy}")
    wrong = "it is no source folder, built site, or export that the import knows"
    remedy = f"give the folder of a {_NAMES} site, the pages that it builds, or its feed"
    return PostdocsError(files.name, None, wrong, remedy)
