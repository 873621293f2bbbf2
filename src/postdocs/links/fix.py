"""Dead links replaced by their archived copies, in the sources: the target of a link, and nothing else."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from docutils import nodes
from docutils.core import publish_doctree
from myst_parser.parsers.docutils_ import Parser

from postdocs.core.markdown_source import diff
from postdocs.links.report import Report
from postdocs.links.source_map import Place, Sources

_TARGETS = ("refuri", "uri")  # of links and of pictures
_SILENT = 5  # a level of messages that docutils does not reach


@dataclass(frozen=True)
class Repair:
    """A source file as it is and as it should be. left: places in it that were not changed, and why."""

    path: str
    before: str
    after: str
    left: tuple[tuple[Place, str], ...]

    @property
    def data(self) -> bytes:
        """The file's bytes as they should be."""
        return self.after.encode("utf-8", "surrogateescape")

    def diff(self) -> str:
        """Return the difference, as `git apply` reads it."""
        return diff(self.before, self.after, self.path)


def repairs(report: Report, sources: Sources, myst: Mapping[str, Any]) -> list[Repair]:
    """Replace dead links by their archived copies, in every source where they are written.

    myst: the settings of the site that begin with `myst_`. A change is made only where MyST, reading the text
    before and after, sees no other difference than the targets of links: code, titles and what a directive of
    Sphinx holds are left as they are.
    """
    by_path: dict[str, list[tuple[Place, str]]] = {}
    for url, places in report.copies.items():
        entry = report.links[url]
        for place in places:
            by_path.setdefault(place.path, []).append((place, entry.archive if entry else ""))
    return [_repair(path, sources.text(path), by_path[path], myst) for path in sorted(by_path)]


def finished(report: Report, repairs: Iterable[Repair]) -> set[str]:
    """Return the dead links that are written nowhere any more after repairs."""
    left = {place for repair in repairs for place, _ in repair.left}
    return {url for url, places in report.copies.items() if places and left.isdisjoint(places)}


def _repair(path: str, text: str, copies: Iterable[tuple[Place, str]], myst: Mapping[str, Any]) -> Repair:
    after = text
    left = []
    for place, copy in sorted(copies, reverse=True):  # from the end, so that places stay where they are
        if not path.endswith(".md"):
            left.append((place, "it is not Markdown"))
            continue
        changed = _replace(after, place, copy)
        if _only_targets_differ(_read(after, myst), _read(changed, myst)):
            after = changed
        else:
            left.append((place, "it is not the target of a link there"))
    return Repair(path, text, after, tuple(reversed(left)))


def _replace(text: str, place: Place, copy: str) -> str:
    before, written, after = text[: place.start], text[place.start : place.end], text[place.end :]
    if before.endswith("<") and after.startswith(">") and not before.endswith("(<"):
        # CommonMark 0.31 §6.5: the address is the text too, which stays.
        return f"{before[:-1]}[{written}]({copy}){after[1:]}"
    return f"{before}{copy}{after}"


def _read(text: str, myst: Mapping[str, Any]) -> nodes.document:
    settings = {
        **myst,
        "_disable_config": True,
        "file_insertion_enabled": False,
        "report_level": _SILENT,
        "halt_level": _SILENT,
        "warning_stream": False,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # docutils' own: optparse
        document: nodes.document = publish_doctree(
            text.removeprefix("\ufeff"), parser=Parser(), settings_overrides=settings
        )
    return document


def _only_targets_differ(before: nodes.document, after: nodes.document) -> bool:
    pairs = [*zip(before.findall(), after.findall(), strict=False)]
    if len(pairs) != sum(1 for _ in before.findall()) or len(pairs) != sum(1 for _ in after.findall()):
        return False
    changes = 0
    for one, other in pairs:
        if type(one) is not type(other):
            return False
        if isinstance(one, nodes.Text):
            in_html = isinstance(one.parent, nodes.raw)
            if one != other and not (in_html and _only_attributes_differ(str(one), str(other))):
                return False
            changes += one != other
        elif isinstance(one, nodes.Element) and isinstance(other, nodes.Element):
            if _attributes(one) != _attributes(other):
                return False
            changes += any(one.get(name) != other.get(name) for name in _TARGETS)
    return changes > 0


def _attributes(node: nodes.Element) -> dict[str, Any]:
    return {name: value for name, value in node.attributes.items() if name not in _TARGETS}


class _Skeleton(HTMLParser):
    """What is in a piece of HTML but the values of `href` and `src`."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[object] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(
            (tag, [(name, None if name in {"href", "src"} else value) for name, value in attrs])
        )

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(tag)

    def handle_data(self, data: str) -> None:
        self.parts.append(("", data))

    def handle_comment(self, data: str) -> None:
        self.parts.append(("!", data))


def _only_attributes_differ(one: str, other: str) -> bool:
    return _Skeleton(one).parts == _Skeleton(other).parts
