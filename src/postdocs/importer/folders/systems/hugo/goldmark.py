"""Goldmark's Markdown, as far as it differs from CommonMark with the usual additions.

https://gohugo.io/configuration/markup/: attributes of headings and blocks, bare addresses as links.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from postdocs.core import heading_ids
from postdocs.importer.folders import fences, markdown
from postdocs.importer.folders.markdown import Dialect

_HEADING = re.compile(r"(?P<text> {0,3}\#{1,6}[ \t].*\S)[ \t]*\{(?P<list>[^{}\n]*[.#=][^{}\n]*)\}[ \t]*")
_ITEM = r"(?:[.#][\w-]+|[\w-]+=\"[^\"{}\n]*\")"
_BLOCK = re.compile(rf"[ \t]*\{{(?P<list>\s*{_ITEM}(?:\s+{_ITEM})*\s*)\}}[ \t]*")
_ID = re.compile(r"(?:^|\s)\#([\w:.-]+)|\bid=\"([^\"]*)\"")
_CLASS = re.compile(r"(?:^|\s)\.([\w:-]+)|\bclass=\"([^\"]*)\"")
_DIALECT = Dialect(links=True, fences=fences.read)


@dataclass(frozen=True)
class Translated:
    """A text without what is Goldmark's alone.

    text: for a parser of Markdown. author: for readers of MyST. attributes: see `markdown.render`.
    """

    text: str
    author: str
    attributes: Mapping[int, Mapping[str, str]]


def translate(text: str, address: Callable[[str], str | None]) -> Translated:
    """Take out of a text what only Goldmark reads. address: of a page, by the path of its file."""
    lines = markdown.with_addresses(text, address).split("\n")
    inside = markdown.in_code(lines)
    attributes: dict[int, dict[str, str]] = {}
    headings: dict[int, str] = {}  # with an id that MyST reads too
    for at, line in enumerate(lines):
        if inside[at] or "{" not in line:
            continue
        if match := _HEADING.fullmatch(line):
            attributes[at + 1] = _attributes(match["list"])
            headings |= {at: line} if heading_ids.split(line)[1] else {}
            lines[at] = match["text"]
        elif at and lines[at - 1].strip() and (match := _BLOCK.fullmatch(line)):
            attributes[at] = _attributes(match["list"])
            lines[at] = ""
    own = [*lines]
    for at, line in headings.items():
        own[at] = line
    author = fences.to_myst(markdown.with_links("\n".join(own)), fences.read)
    return Translated("\n".join(lines), author, attributes)


def _attributes(source: str) -> dict[str, str]:
    ids = [one or other for one, other in _ID.findall(source)]
    classes = [one or other for one, other in _CLASS.findall(source)]
    return {**({"id": ids[-1]} if ids else {}), **({"class": " ".join(classes)} if classes else {})}


def render(source: Translated) -> str:
    """Return the HTML of a text, with the attributes of its blocks."""
    return markdown.render(source.text, _DIALECT, source.attributes)
