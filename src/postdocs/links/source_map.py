"""Finds the places in the sources of a link in a built page."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from postdocs.core.comments_file import SUFFIX as COMMENTS
from postdocs.core.urls import in_unicode
from postdocs.links.inventory import pages_in
from postdocs.links.lines import Lines

_DOCUMENTS = (".md", ".rst", ".ipynb", ".txt")
_SUFFIXES = (
    *(*_DOCUMENTS, ".markdown", ".mdx", ".adoc", ".org"),
    *(".html", ".jinja", ".j2", ".njk", ".liquid", ".astro", ".hbs", ".ejs", ".tmpl"),
)
# Settings of Sphinx, Jekyll, MkDocs, Hugo, Zola, Eleventy and Astro, and folders of data for pages.
_SETTINGS = {
    *("conf.py", "_config.yml", "mkdocs.yml", "hugo.toml", "hugo.yaml", "config.toml", "config.yaml"),
    *("eleventy.config.js", "astro.config.mjs", "astro.config.ts"),
}
_DATA = {"_data", "data"}
_DATA_SUFFIXES = (".yml", ".yaml", ".toml", ".json", ".js")
_REPORT = re.compile(r"^[\d,]+ internal links? in [\d,]+ files? checked$", re.MULTILINE)
_LARGEST = 10 * 2**20  # bytes of a source that is searched
_LONGEST_IN_ROLE = 2000  # characters of an address; nobody puts a longer one into a role
# Folders that only programs name so, and files that they leave in folders of any name: output of generators,
# virtual environments (PEP 405, and those of conda), caches (https://bford.info/cachedir/).
_MADE = {"_build", "_site", "__pycache__", "node_modules", "site-packages"}
_MARKS = ("objects.inv", "pyvenv.cfg", "conda-meta/history", "CACHEDIR.TAG")
# What a longer address could go on with. Marks of punctuation end an address only where nothing follows them.
_GOES_ON = r"(?!(?:\\?[.,;:!?'*])*+(?:[\w%/&=#+~@$-]|\\_))"


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file: path as it is shown, 1-based line; start and end count characters from the first."""

    path: str
    line: int
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


class Sources:
    """The files that a site was built of.

    root: their folder. built: that of the site, whose files are no sources, and whose objects.inv tells which
    document a page was made of. lines: those of the links of the site. here: the folder that places are
    relative to. Virtual environments, other output, caches, folders whose names begin with a dot, and reports
    of this check hold no sources either.
    """

    def __init__(self, root: Path, built: Path, lines: Lines, here: Path) -> None:
        self._root = root
        self._built = built
        self._lines = lines
        self._here = here.absolute()
        self._texts: dict[str, str] = {}

    def places(
        self, written: str, pages: Iterable[tuple[str, int]], *hints: str
    ) -> tuple[list[Place], list[Place]]:
        """Find a link: in the documents of its pages, else in any source, else on the pages themselves.

        written: the address as the pages have it. pages: each page with the number of the link on it.
        hints: what else may stand in the sources in its stead, the best first. Returns the places in sources,
        or, where there are none, those on built pages.
        """
        pages = [*pages]
        patterns = (pattern_of(needle) for needle in (written, *hints) if needle)
        needles = [*map(re.compile, dict.fromkeys((*patterns, *roles_for(written))))]
        places: set[Place] = set()
        rest = []
        for page, number in pages:
            document = self._documents.get(page)
            in_document = [*self._in_file(document, needles)] if document else []
            places.update(in_document)
            if not in_document:
                rest.append((page, number))
        if not places:
            literal = [re.compile(pattern_of(written))] if written else []
            places = {place for path in self._files for place in self._in_file(path, literal)}
        return sorted(places), [] if places else self.built(rest)

    def every(self, written: str, pages: Iterable[tuple[str, int]]) -> list[Place]:
        """Find all that makes a link: in the documents of its pages, and in all sources that are none.

        Where there is nothing, the first of its pages is a place, without start and end.
        """
        pages = [*pages]
        needle = [re.compile(pattern_of(written))]
        of_pages = {document for page, _ in pages if (document := self._documents.get(page))}
        others = {*self._files}.difference(self._documents.values())
        places = {place for path in of_pages | others for place in self._in_file(path, needle)}
        return sorted(places) or self.built(pages[:1])

    def built(self, pages: Iterable[tuple[str, int]]) -> list[Place]:
        """Return the places of links on built pages, as messages name them."""
        return sorted({self.built_file(page, self._lines.line(page, number)) for page, number in pages})

    def built_file(self, page: str, line: int) -> Place:
        """Return a place on a built page."""
        return Place(self._shown(self._built / page), line)

    def _shown(self, path: Path) -> str:
        """Return a path from where the user stands, or from the root if that is shorter."""
        relative = Path(os.path.relpath(path.absolute(), self._here)).as_posix()
        return min(relative, path.absolute().as_posix(), key=len)

    def text(self, path: str) -> str:
        """Return the text of a source; nothing where it cannot be read."""
        if path not in self._texts:
            text = text_of(self._root, path)
            self._texts[path] = "" if _REPORT.search(text) else text
        return self._texts[path]

    def _in_file(self, path: str, needles: Iterable[re.Pattern[str]]) -> Iterator[Place]:
        text = self.text(path)
        for needle in needles:
            matches = [*needle.finditer(text)]
            for match in matches:
                line = text.count("\n", 0, match.start()) + 1
                yield Place(self._shown(self._root / path), line, match.start(), match.end())
            if matches:
                return

    @cached_property
    def _documents(self) -> Mapping[str, str]:
        """The documents by the paths of the pages that are made of them."""
        try:
            pages = pages_in((self._built / "objects.inv").read_bytes())
        except (OSError, ValueError):
            return {}
        documents: dict[str, str] = {}
        for docname, uri in pages:
            path = unquote(uri)
            page = f"{path}index.html" if path.endswith("/") or not path else path
            sources = (f"{docname}{suffix}" for suffix in _DOCUMENTS)
            document = next((source for source in sources if (self._root / source).is_file()), None)
            if document:
                documents[page] = document
        return documents

    @cached_property
    def _files(self) -> list[str]:
        built = self._built.resolve()

        def walk(folder: Path, prefix: str) -> Iterator[str]:
            for path in sorted(folder.iterdir()):
                if path.name.startswith(".") or path.is_symlink() or path.resolve() == built:
                    continue
                if path.is_dir():
                    if not _is_made(path):
                        yield from walk(path, f"{prefix}{path.name}/")
                elif _may_have_links(path):
                    yield f"{prefix}{path.name}"

        # A site that lies elsewhere was built of something else.
        return [*walk(self._root, "")] if built.is_relative_to(self._root.resolve()) else []


def text_of(root: Path, path: str) -> str:
    """Return the text of a source below a folder; nothing where it cannot be read."""
    try:
        data = (root / path).read_bytes()
    except OSError:
        return ""
    return data.decode("utf-8", "surrogateescape") if len(data) <= _LARGEST else ""


def _may_have_links(path: Path) -> bool:
    is_data = path.suffix in _DATA_SUFFIXES and path.parent.name in _DATA
    return path.name.endswith((*_SUFFIXES, COMMENTS)) or path.name in _SETTINGS or is_data


def _is_made(folder: Path) -> bool:
    """Tell whether a program has made what is in a folder."""
    return folder.name in _MADE or any((folder / mark).is_file() for mark in _MARKS)


def pattern_of(url: str) -> str:
    """Return a regular expression for an address however it is written in Markdown or HTML.

    Percent-encoded or not, `&` as `&amp;` or not, with a backslash before punctuation or not, with its host
    in Unicode or in Punycode.
    """
    try:
        host = urlsplit(url).netloc
        unicode_host = in_unicode(host)
    except ValueError:  # also where it is no URL at all
        host = unicode_host = ""
    before, named, after = url.partition(host) if host and host != unicode_host else (url, "", "")
    middle = f"(?:{re.escape(host)}|{re.escape(unicode_host)})" if named else ""
    end = "" if re.search(r"[\w%/&=#+~@$-]$", url) is None else _GOES_ON
    start = "" if url.startswith("#") else r"(?<![\w%/.-])"
    return rf"{start}{_loosely(before)}{middle}{_loosely(after)}{end}"


def _loosely(text: str) -> str:
    try:
        text = unquote(text, errors="strict")
    except UnicodeDecodeError:
        return re.escape(text)
    return "".join(map(_letter, text))


def _letter(letter: str) -> str:
    """Return an expression for a character as it is, percent-encoded (RFC 3986 §2.1) or escaped."""
    if letter.isascii() and letter.isalnum():
        return letter
    encoded = "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "surrogatepass"))
    forms = [*dict.fromkeys((encoded, encoded.lower())), letter, *(["&amp;"] if letter == "&" else [])]
    backslash = r"\\?" if letter.isascii() else ""
    return f"{backslash}(?:{'|'.join(map(re.escape, reversed(forms)))})"


def hints_of(url: str) -> list[str]:
    """Return what an author may have written for an internal link: an id, the name of a page.

    Of a path to no document MyST makes a fragment.
    """
    path, _, fragment = url.partition("#")
    name = path.rstrip("/").rpartition("/")[2].removesuffix(".html")
    target = fragment if "/" in fragment or "." in fragment else ""
    return [hint for hint in (f"#{fragment}" if fragment else "", target, name) if hint.strip("#.")]


def roles_for(url: str) -> list[str]:
    """Return expressions for roles that may make an address, the longest end of it first.

    Those of `sphinx.ext.extlinks` put what is written in them behind a prefix: the end of the address.
    """
    if len(url) > _LONGEST_IN_ROLE:
        return []
    segments = re.split(r"[/?=#]", url.partition("://")[2])[1:]
    ends = [
        url[-len("/".join(segments[start:])) :] for start in range(len(segments)) if any(segments[start:])
    ]
    return [rf"[}}:]`(?:[^`<]*<)?{_loosely(end)}>?`" for end in ends]
