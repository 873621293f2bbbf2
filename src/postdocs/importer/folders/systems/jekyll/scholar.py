"""Citations of the plugin jekyll-scholar: https://github.com/inukshuk/jekyll-scholar#citations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from html import unescape
from itertools import zip_longest
from pathlib import PurePosixPath

from postdocs.importer.ast.nodes import Citation
from postdocs.importer.entry import Note
from postdocs.importer.folders import tree
from postdocs.importer.folders.front_matter import texts_of
from postdocs.importer.folders.library import BIBTEX, Library
from postdocs.importer.folders.systems.jekyll.settings import Settings
from postdocs.importer.folders.systems.jekyll.tags import PluginTag
from postdocs.importer.html import citations
from postdocs.importer.myst import inline
from postdocs.importer.sources.archive import Files

_OF_DISTILL = "assets/bibliography"
_DISTILL = re.compile(r'<d-cite\s+key="([^"<>]*)"\s*>\s*</d-cite>')
_FOLDER, _BIBLIOGRAPHY = "_bibliography", "references.bib"  # where `scholar` in the settings says nothing
_SHORT = {
    "f": "file",
    "l": "locator",
    "L": "label",
    "A": "suppress_author",
    "c": "cited",
    "C": "cited_in_order",
}
_STYLES = {"p": "prefix", "s": "style", "T": "template"}  # which the site decides for all posts
_LABELS = {"chapter": "chap.", "figure": "fig.", "paragraph": "para.", "section": "sec.", "volume": "vol."}
_DASH = "\u2013"
_PAGES = re.compile(r"[-\u2013,]")
_IN_ROLE = re.compile(r"[^{}`<>\\,\"]*")  # what a role can have behind a key
_ELEMENT = re.compile(
    r'<span class="citation" data-cited="(p|yearpar)" data-cites="([^"<>`]*)">([^<>]*)</span>'
)


class Scholar:
    """The tags of a blog for citations. library: of the works that they name."""

    def __init__(self, files: Files, settings: Settings, notes: list[Note]) -> None:
        """Take the files of a blog. notes: of the blog, which get what can't be read."""
        said = settings.values.values.get("scholar")
        values = said if isinstance(said, Mapping) else {}
        names = values.get("bibliography") or _BIBLIOGRAPHY
        self.library = Library(files)
        self._files = files
        self._folder = str(values.get("source") or _FOLDER)
        self._names = [*texts_of(names if isinstance(names, list) else [names])]
        self._notes = notes
        self._keys: dict[tuple[str, ...], Mapping[str, str]] = {}  # of works, by patterns of paths

    @property
    def tags(self) -> Mapping[str, PluginTag]:
        """What each tag shows, as HTML, by its arguments; None where that can't be told."""
        return {"cite": self._cite, "bibliography": self._list}

    def _cite(self, arguments: str) -> str | None:
        names, options = _read(arguments)
        known = self._keys_in(self._folder, options.pop("file", self._names))
        keys = [known[name] for name in names if name in known]
        places = [*_places(options.pop("locator", []), options.pop("label", []))]
        is_year = options.pop("suppress_author", None) is not None
        if options or not keys or len(keys) < len(names) or len(places) > len(keys) or None in places:
            return None
        targets = [f"{key}{{{place}}}" if place else key for key, place in zip_longest(keys, places)]
        tag = f"{{% cite {' '.join(arguments.split())} %}}"
        return self._element("yearpar" if is_year else "p", keys, targets, tag)

    def _list(self, arguments: str) -> str | None:
        """Show what the post cites; another choice of works is none of sphinxcontrib-bibtex."""
        names, options = _read(arguments)
        options.pop("file", None)
        is_cited = options.pop("cited", None) is not None or options.pop("cited_in_order", None) is not None
        return f"\n\n{citations.LIST}\n\n" if is_cited and not names and not options else None

    def with_distill(self, text: str, bibliography: str) -> str:
        """Write the citations of Distill's template in a text as those of tags.

        bibliography: the file that the post names, in the folder that al-folio has for them.
        """
        known = self._keys_in(_OF_DISTILL, [bibliography]) if bibliography and "<d-cite" in text else {}

        def cite(match: re.Match[str]) -> str:
            names = [*filter(None, (name.strip() for name in match[1].split(",")))]
            keys = [known[name] for name in names if name in known]
            if not keys or len(keys) < len(names):
                return match[0]
            return self._element("p", keys, keys, f"[{', '.join(names)}]")

        return _DISTILL.sub(cite, text) if known else text

    def _element(self, role: str, keys: list[str], targets: list[str], said: str) -> str:
        """Write a citation. said: by the author."""
        self.library.cite(keys)
        return citations.element(Citation(role, ",".join(targets), said))

    def _keys_in(self, folder: str, names: list[str]) -> Mapping[str, str]:
        """Return the keys of works in the site, by those in bibliographies of these names, or patterns."""
        files = (name if PurePosixPath(name).suffix in BIBTEX else f"{name}.bib" for name in names)
        patterns = tuple(tree.near(file, f"{folder.strip('/')}/x") for file in files)
        if patterns not in self._keys:
            paths = [path for one in patterns for path in self._files.paths if fnmatchcase(path, one)]
            self._keys[patterns] = self.library.keys_in(paths, self._notes)
        return self._keys[patterns]


def as_roles(text: str) -> str:
    """Write the citations in a text as an author of MyST does."""
    return _ELEMENT.sub(
        lambda match: inline.citation(Citation(match[1], unescape(match[2]), unescape(match[3]))), text
    )


def _read(arguments: str) -> tuple[list[str], dict[str, list[str]]]:
    """Return the words of a tag, and the values of its options, but for those that the site decides."""
    names: list[str] = []
    options: dict[str, list[str]] = defaultdict(list)
    values = names
    for word in arguments.split():
        if option := re.fullmatch(r"--(\w+)|-([A-Za-z])", word):
            name = option[1] or (_SHORT | _STYLES).get(option[2], option[2])
            values = options[name]
        elif values is names:
            values += filter(None, word.split(","))
        else:
            values.append(word.strip("\"'"))
    return names, {name: said for name, said in options.items() if name not in _STYLES.values()}


def _places(locators: list[str], labels: list[str]) -> Iterator[str | None]:
    """Yield what stands behind each key, such as `p. 12`; None where a role can't have it."""
    for locator, label in zip_longest(locators, labels[: len(locators)], fillvalue="page"):
        short = ("pp." if _PAGES.search(locator) else "p.") if label == "page" else _LABELS.get(label, label)
        place = f"{short} {locator.replace('--', _DASH)}"
        yield place if _IN_ROLE.fullmatch(place) else None
