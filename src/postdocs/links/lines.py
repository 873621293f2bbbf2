"""The lines of links in built pages, found only when somebody asks: most links are fine."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from postdocs.core.urls import without_white_space
from postdocs.links.html import decode
from postdocs.links.model import Link, Page

# HTML Living Standard §13.2.5, loosely: comments, elements without tags in them, and start tags.
_TAGS = re.compile(
    r"""<!--.*?-->
    | <(?P<raw>script|style|textarea|title|xmp) \b (?P<raw_attributes>(?:[^>"']|"[^"]*+"|'[^']*+')*+) >
      .*? (?:</(?P=raw)|\Z)
    | <[a-z][^\s/>]*+ (?P<attributes>(?:[^>"']|"[^"]*+"|'[^']*+')*+) >
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_VALUE = re.compile(r"=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")


class Lines:
    """The lines of all links of a site.

    root: its folder. pages: what was read of it.
    """

    def __init__(self, root: Path, pages: Iterable[Page]) -> None:
        self._root = root
        self._links = {page.path: page.links for page in pages}
        self._located: dict[str, list[int]] = {}

    def line(self, path: str, number: int) -> int:
        """Return the 1-based line of a link of a page, which is one of so many, from 0."""
        link = self._links[path][number]
        if link.line is not None:
            return link.line
        if path not in self._located:
            try:
                data = (self._root / path).read_bytes()
            except OSError:  # it was there a moment ago
                data = b""
            self._located[path] = lines_in(data, self._links[path])
        return self._located[path][number]


def lines_in(data: bytes, links: Iterable[Link]) -> list[int]:
    """Return the 1-based line of each link of an HTML page, in the order of the page."""
    text = decode(data)
    places: dict[str, list[int]] = defaultdict(list)
    line, counted = 1, 0
    for tag in _TAGS.finditer(text):
        attributes = tag["attributes"] or tag["raw_attributes"]
        if not attributes or "=" not in attributes:
            continue
        line += text.count("\n", counted, tag.start())
        counted = tag.start()
        for value in _VALUE.finditer(attributes):
            written = next(group for group in value.groups(default=None) if group is not None)
            places[without_white_space(html.unescape(written))].append(line)
    for lines in places.values():
        lines.reverse()
    located = []
    for link in links:
        lines = places.get(link.url, [])
        located.append(lines[-1] if len(lines) == 1 else lines.pop() if lines else _search(link.url, text))
    return located


def _search(url: str, text: str) -> int:
    """Return the line on which an address begins that is a part of a value, or of a style."""
    forms = "|".join(map(re.escape, dict.fromkeys((url, html.escape(url), url.replace("/", "\\/")))))
    match = re.search(rf"(?<![\w/.-])(?:{forms})(?![\w/])", text)
    return text.count("\n", 0, match.start() if match else 0) + 1
