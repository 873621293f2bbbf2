"""Writes the parts of the search index that changed since the last build.

`index.json` names the parts, and has a version that is another with each change; the other files are asked
for by it. `pages/` has what a result shows, by the number of the page, `terms/` the parts.
"""

from __future__ import annotations

import hashlib
import json
import string
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from sphinx import package_dir

from postdocs.core.files import names_in, write_bytes
from postdocs.core.places import INDEX_FOLDER
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.output.state import fingerprint
from postdocs.sphinx_ext.search.articles import kept, page_of
from postdocs.sphinx_ext.search.index import Index, part_of

_ENTRY, _STEMMER = f"{INDEX_FOLDER}/index.json", f"{INDEX_FOLDER}/stemmer.js"
_PLAIN = frozenset(string.ascii_lowercase + string.digits)
_STEMMERS = package_dir / "search" / "minified-js"  # of the Snowball project; they come with Sphinx


def write_index(build: Build) -> None:
    """Write the index, if an article changed."""
    if not (files := kept(build)):
        return
    state, stemmer = build.state, stemmer_of(build.config.language or "en")
    written = WrittenIndex(build.builder.outdir, state.folder)
    digest = fingerprint(stemmer, [_stamp(path) for path in files.values()])
    if state.is_stale(_ENTRY, digest) or not written.is_whole:
        written.update(files, stemmer)
    state.owned |= {*written.paths()}


@cache
def stemmer_of(language: str) -> str:
    """Return a module that tells forms of a word; of a language without rules, one that knows none."""
    try:
        name = Locale.parse(language.replace("-", "_")).language
        name = (Locale(name).get_language_name("en") or "").partition(" ")[0].lower()
    except (ValueError, UnknownLocaleError):
        name = ""
    file = _STEMMERS / f"{name}-stemmer.js"
    if not file.is_file():
        return "export const stemOf = (word) => word;\n"
    texts = [path.read_text(encoding="utf-8").strip() for path in (_STEMMERS / "base-stemmer.js", file)]
    constructor = f"const stemmer = new {name.capitalize()}Stemmer();"
    return "\n".join(
        ["var BaseStemmer;", *texts, constructor, "export const stemOf = (word) => stemmer.stemWord(word);\n"]
    )


class WrittenIndex:
    """The index in the output, and what is kept of it for the next build.

    is_whole: whether all files are there that the build before has written; else all are written again. The
    postings are in a file of their own, which builds without a change need not read.
    """

    def __init__(self, out: Path, folder: Path) -> None:
        self._out = out
        self._notes, self._postings = folder / "search.json", folder / "postings.json"
        self._pages: dict[str, tuple[list[object], str]] = {}  # by docname: stamp and digest of the article
        self._parts: list[str] = []
        try:
            entry = json.loads(Path(out, _ENTRY).read_bytes())
            noted = json.loads(self._notes.read_bytes())
            if entry == noted["entry"]:
                self._pages, self._parts = noted["pages"], entry["parts"]
        except (OSError, ValueError, LookupError, TypeError):
            pass  # then all is written
        folders = ("", "pages/", "terms/")
        there = {f"{INDEX_FOLDER}/{at}{name}" for at in folders for name in names_in(out / INDEX_FOLDER / at)}
        self.is_whole = bool(self._pages) and there.issuperset(self.paths())
        if not self.is_whole:
            self._pages, self._parts = {}, []

    def paths(self) -> Iterator[str]:
        """Yield the files of the index, as paths in the output."""
        yield _ENTRY
        yield _STEMMER
        yield from map(_page, range(len(self._pages)))
        yield from map(_part, self._parts)

    def update(self, files: Mapping[str, Path], stemmer: str) -> None:
        """Write what is not in the output as it should be. files: those of articles by docname, in order."""
        pages = {docname: _noted(path, self._pages.get(docname)) for docname, path in files.items()}
        changed = [
            number for number, docname in enumerate(pages) if self._digest(docname) != pages[docname][1]
        ]
        index = self._last([*pages], changed)
        if index is None:
            index, changed, self._pages, self._parts = Index({}), [*range(len(pages))], {}, []
        paths = [*files.values()]
        for number in changed:
            text, file = paths[number].read_bytes(), Path(self._out, _page(number))
            index.put(
                number, page_of(text), page_of(file.read_bytes()) if number < len(self._pages) else None
            )
            write_bytes(file, text)
        index.settle()
        parts = index.parts()
        stale = (parts.keys() - {*self._parts}) | {part_of(term, parts) for term in index.changed}
        for prefix, terms in parts.items():
            if prefix in stale:
                write_bytes(
                    Path(self._out, _part(prefix)), _json({term: index.postings[term] for term in terms})
                )
        write_bytes(Path(self._out, _STEMMER), stemmer.encode())
        self._pages, self._parts = pages, [*parts]
        version = fingerprint(stemmer, [digest for _, digest in pages.values()])
        entry = {"version": version, "count": len(pages), "parts": self._parts}
        write_bytes(Path(self._out, _ENTRY), _json(entry))
        write_bytes(self._postings, _json(index.postings))
        write_bytes(self._notes, _json({"entry": entry, "pages": pages}))

    def _digest(self, docname: str) -> str:
        return self._pages[docname][1] if docname in self._pages else ""

    def _last(self, order: list[str], changed: list[int]) -> Index | None:
        """Return the index of the build before, if it can be made that of this one.

        order: docnames of all pages. changed: numbers of those that have changed, or are new.
        """
        before = [*self._pages]
        if order[: len(before)] != before or 2 * len(changed) > len(order):
            return None
        try:
            for number in (number for number in changed if number < len(before)):
                if _digest(Path(self._out, _page(number))) != self._digest(order[number]):
                    return None
            return Index(json.loads(self._postings.read_bytes()))
        except (OSError, ValueError):
            return None


def _noted(path: Path, before: Sequence[Any] | None) -> tuple[list[object], str]:
    """Return stamp and digest of a file, which is read if it has another stamp than before."""
    stamp = _stamp(path)
    return (stamp, before[1] if before and before[0] == stamp else _digest(path))


def _stamp(path: Path) -> list[object]:
    status = path.stat()
    return [path.name, status.st_mtime_ns, status.st_size]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:32]


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _page(number: int) -> str:
    return f"{INDEX_FOLDER}/pages/{number}.json"


def _part(prefix: str) -> str:
    """Return the file of a part; its name begins so that no system takes it for a device, as `con` is one."""
    name = "".join(letter if letter in _PLAIN else f"-{ord(letter):x}-" for letter in prefix)
    return f"{INDEX_FOLDER}/terms/t-{name}.json"
