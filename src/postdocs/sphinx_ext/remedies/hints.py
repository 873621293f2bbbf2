"""Hints for warnings of Sphinx, docutils, and MyST: the nearest existing name, file, or target."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pygments.lexers import get_all_lexers
from sphinx.environment import BuildEnvironment

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.compat.registered_names import directive_names, role_names
from postdocs.sphinx_ext.remedies.known_extensions import extension_of
from postdocs.sphinx_ext.remedies.markup_hints import markup_hint, nearest_name

# What inline markup of reStructuredText ends in, by what docutils calls it.
_MARKS = {
    "emphasis": "`*`",
    "strong": "`**`",
    "literal": "two backticks",
    "interpreted text or phrase reference": "a backtick",
    "substitution_reference": "`|`",
}
_FOOTNOTE = re.compile(r"\s*\[\^([^\]]+)\]:")


class Hints:
    """Knows the names of a site, and rewrites what is said of names that are not there."""

    def __init__(self, build: Build) -> None:
        self._build = build
        # Footnotes without a definition, with the time at which their document was read.
        self._told: set[tuple[Path, str, int | None]] = set()
        rules: list[tuple[str, Callable[..., str | None]]] = [
            (r"image file not readable: (.+)", self._picture),
            (r"Directive \"include\": file not found: '(.+)'", self._file_of),
            (r"Include file '(.+)' not found or reading it failed", self._file_of),
            (r"Problems with \".+\" directive path: .*'(.+)'\.", self._file_of),
            (r"download file not readable: (.+)", self._file_of),
            (r"Pygments lexer name '(.+)' is not known", self._lexer),
            (r"equation not found: (.+)", self._equation),
            (r"Duplicate explicit target name: \"(.+)\"\.", self._duplicate),
            (r"Unknown directive type:? ['\"]([^'\"]+)['\"].*", self._directive),
            (r"Unknown interpreted text role ['\"]([^'\"]+)['\"].*", self._role),
            (r"'myst' cross-reference target not found: ''", self._no_address),
            (r"'myst' cross-reference target not found: '(.+)'", self._target),
            (r"local id not found in doc '(.+)': '(.+)'", self._anchor),
            (r"undefined label: '(.+)'", self._label),
            (r"unknown document: '(.+)'", self._document),
            (r"Unknown source document '(.+)'", self._document),
            (r"toctree contains reference to nonexisting document '(.+)'", self._document),
            (r"term not in glossary: '(.+)'", self._term),
            (r"Unknown target name: \"(.+)\"\.", self._footnote),
            (r"Inline (.+) start-string without end-string\.", self._unclosed),
            (r"Footnote \[.*\] is not referenced\.", self._unused_footnote),
            (r"Too many autonumbered footnote references: .*", self._repetition),
        ]
        self._rules = [(re.compile(pattern, re.DOTALL), rule) for pattern, rule in rules]

    @property
    def _env(self) -> BuildEnvironment:
        return self._build.env

    def rewrite(self, message: str, source: Path, line: int | None) -> str | None:
        """Return a warning with what to do, "" where it only repeats another, None where it stays.

        source, line: where it is.
        """
        for pattern, rule in self._rules:
            if match := pattern.fullmatch(message):
                return rule(*match.groups(), source=source, line=line)
        return markup_hint(message, source)

    def _picture(self, name: str, *, source: Path, **_: Any) -> str:
        root = Path(self._env.srcdir)
        path = root / name
        if path.is_file():
            return f"'{name}' is there, but cannot be read; see that it may be read"
        suffixes = {path.suffix.lower(), ".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp", ".avif"}
        near_by = [file for folder in (path.parent, path.parent.parent) for file in _files(folder)]
        pictures = [file for file in near_by if file.suffix.lower() in suffixes]
        by_name = {file.name: file for file in reversed(pictures)}
        nearest = nearest_name(path.name, by_name)
        remedy = "put it there, or correct its name"
        if nearest:
            remedy = f"did you mean '{_from(source.parent, by_name[nearest], root)}'?"
        return f"the picture '{name}' is not there; {remedy}"

    def _file_of(self, name: str, *, source: Path, **_: Any) -> str:
        root = Path(self._env.srcdir)
        # docutils names a file from the folder that the build runs in, Sphinx from that of the sources.
        started = Path(os.path.abspath(name))  # noqa: PTH100 - links in the path stay
        path = started if started.is_relative_to(root) else root / name
        by_name = {file.name: file for file in _files(path.parent) if file != source}
        nearest = nearest_name(path.name, by_name)
        remedy = f"did you mean '{nearest}'?" if nearest else "put it there, or correct its name"
        shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else name
        return f"the file '{shown}' is not there; {remedy}"

    def _lexer(self, name: str, **_: Any) -> str:
        names = {alias for _, aliases, _, _ in get_all_lexers() for alias in aliases}
        nearest = nearest_name(name, names)
        return f"there is no language '{name}' for code; write '{nearest or 'text'}'"

    def _equation(self, name: str, **_: Any) -> str:
        names = self._env.domains.math_domain.equations
        return _absent(f"'{name}'", "no equation has that label", name, names, "")

    def _duplicate(self, name: str, **_: Any) -> str:
        return f"the target '{name}' is defined twice on this page; rename one"

    def _directive(self, name: str, *, source: Path, **_: Any) -> str:
        form = ".. {}::" if source.suffix == ".rst" else "{{{}}}"
        return _unknown("directive", form, name, directive_names(self._env))

    def _role(self, name: str, *, source: Path, **_: Any) -> str:
        form = ":{}:" if source.suffix == ".rst" else "{{{}}}"
        return _unknown("role", form, name, role_names(self._env))

    def _no_address(self, **_: Any) -> str:
        return "a link has no address; write one, as in `[text](page.md)`, or remove the link"

    def _target(self, target: str, *, source: Path, **_: Any) -> str:
        path, _hash, anchor = target.partition("#")
        docname = self._docname(path, source)
        if anchor and docname in self._env.found_docs:
            return self._anchor(docname, anchor, shown=target)
        is_path = "/" in path or posixpath.splitext(path)[1] in self._env.config.source_suffix
        return self._missing(target, docname) if is_path else self._label(target.lstrip("#"))

    def _docname(self, path: str, source: Path) -> str:
        """Return the docname that a link to a file means. source: the file that has the link."""
        root = Path(self._env.srcdir)
        folder = "/" if path.startswith("/") else f"/{_from(root, source.parent, root)}"
        name = posixpath.normpath(posixpath.join(folder, unquote(path))).lstrip("/")
        stem, suffix = posixpath.splitext(name)
        return stem if suffix in self._env.config.source_suffix else name

    def _document(self, name: str, **_: Any) -> str:
        return self._missing(name, name.lstrip("/"))

    def _missing(self, target: str, docname: str) -> str:
        post = self._build.domain.posts.get(docname)
        if post is not None and docname not in self._env.found_docs:
            state = "a draft" if post.draft else "not published yet"
            return f"'{target}' is {state}; publish it first, or remove the link"
        by_name = {posixpath.basename(name): name for name in sorted(self._env.found_docs)}
        nearest = nearest_name(posixpath.basename(docname), by_name)
        remedy = "correct the path, or remove the link"
        if nearest:
            remedy = f"did you mean '/{self._file(by_name[nearest])}'?"
        return f"there is no page '{target}'; {remedy}"

    def _file(self, docname: str) -> str:
        return self._env.doc2path(docname, base=False).as_posix()

    def _anchor(self, docname: str, anchor: str, *, shown: str = "", **_: Any) -> str:
        slugs = self._env.metadata.get(docname, {}).get("myst_slugs", {})
        labels = self._env.domains.standard_domain.anonlabels
        names = {*slugs, *(name for name, (owner, _) in labels.items() if owner == docname)}
        return _absent(
            f"'{shown or '#' + anchor}'", "the page has no heading or target of that name", anchor, names, "#"
        )

    def _label(self, name: str, **_: Any) -> str:
        owners = [docname for docname, ids in self._build.domain.heading_ids.items() if name in ids]
        if owners:
            file = self._file(min(owners))
            return (
                f"headings on several pages have the id '{name}'; name the page too, as in '/{file}#{name}'"
            )
        labels = self._env.domains.standard_domain.anonlabels
        return _absent(f"'{name}'", "there is no target of that name", name, labels, "")

    def _term(self, name: str, **_: Any) -> str:
        terms = {key[1] for key in self._env.domains.standard_domain.objects if key[0] == "term"}
        return _absent(f"'{name}'", "no glossary has that term", name, terms, "")

    def _footnote(self, name: str, *, source: Path, **_: Any) -> str:
        """Name what is missing, once for each reading of the document: docutils tells each use."""
        use = (source, name, self._env.all_docs.get(self._env.path2doc(source) or ""))
        if use in self._told:
            return ""
        self._told.add(use)
        if source.suffix == ".rst":
            kind, remedy = _target_of(name, _text_of(source))
            return f"there is no {kind} '{name}'; correct it, or add a line `{remedy}`"
        return f"the footnote `[^{name}]` has no definition; add a line `[^{name}]: …`"

    def _unclosed(self, kind: str, **_: Any) -> str | None:
        mark = _MARKS.get(kind)
        return mark and f"{kind} is not closed; write {mark} at its end, or a backslash before it"

    def _unused_footnote(self, *, source: Path, line: int | None, **_: Any) -> str | None:
        label = _FOOTNOTE.match(_line_of(source, line))
        if label is None:
            return None
        return f"the footnote `[^{label[1]}]` is not used; refer to it by `[^{label[1]}]`, or remove it"

    def _repetition(self, *, source: Path, **_: Any) -> str | None:
        """Drop what docutils says once more, and with names, of each footnote without a definition."""
        return None if source.suffix == ".rst" and "[#]_" in _text_of(source) else ""


def _unknown(kind: str, form: str, name: str, names: Iterable[str]) -> str:
    """Say what is not there, and what may be meant. form: how the markup writes the name of such a thing."""
    wrong = f"there is no {kind} `{form.format(name)}`"
    if extension := extension_of(name):
        return f"{wrong}; add '{extension}', which has it, to `extensions`"
    nearest = nearest_name(name, names)
    meant = f"write `{form.format(nearest)}`," if nearest else "correct its name,"
    return f"{wrong}; {meant} or add the extension that has it to `extensions`"


def _absent(shown: str, what: str, name: str, names: Iterable[str], prefix: str) -> str:
    nearest = nearest_name(name, names)
    remedy = f"did you mean '{prefix}{nearest}'?" if nearest else "correct it, or remove the link"
    return f"{shown} leads nowhere: {what}; {remedy}"


def _files(folder: Path) -> list[Path]:
    """Return the files in a folder, if it is one, in the order of their names."""
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def _from(folder: Path, path: Path, root: Path) -> str:
    """Return a path from a folder; both are below the source folder."""
    inside = [Path(*part.parts[len(root.parts) :]).as_posix() for part in (path, folder)]
    return posixpath.relpath(f"/{inside[0]}", f"/{inside[1]}")


def _target_of(name: str, text: str) -> tuple[str, str]:
    """Return what a name in reStructuredText refers to, and the line that would define it."""
    if f"[#{name}]_" in text.lower():
        return "footnote", f".. [#{name}] …"
    if f"[{name}]_" in text.lower():
        return "footnote", f".. [{name}] …"
    return "target", f".. _{name}: …"


def _text_of(source: Path) -> str:
    try:
        return source.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _line_of(source: Path, line: int | None) -> str:
    lines = _text_of(source).splitlines()
    return lines[line - 1] if line and line <= len(lines) else ""
