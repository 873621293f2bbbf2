"""The lines of links in built pages, found only when somebody asks: most links are fine."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from postdocs.core.urls import without_white_space
from postdocs.links.html import decode
from postdocs.links.model import Page
from postdocs.links.parsing import ATTRIBUTES

# HTML Living Standard §13.2.5, loosely: comments, elements without tags in them, and start tags. What does
# not end before the file does ends with it, so that each match is made in one pass.
_ATTRIBUTES = rf"{ATTRIBUTES} (?:>|\Z)"
_TAGS = re.compile(
    rf"""<!--.*?(?:-->|\Z)
    | <(?P<raw>script|style|textarea|title|xmp) \b (?P<raw_attributes>{_ATTRIBUTES})
      .*? (?:</(?P=raw)|\Z)
    | <[a-z][^\s/>]*+ (?P<attributes>{_ATTRIBUTES})
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_VALUE = re.compile(r"=\s*+(?:\"([^\"]*+)\"?|'([^']*+)'?|([^\s\"'>]++))")
_BEFORE = re.compile(r"[\w/.-]")  # what stands before or behind an address that is only a part of another one
_BEHIND = re.compile(r"[\w/]")


class Lines:
    """The lines of all links of a site.

    root: its folder. pages: what was read of it.
    """

    def __init__(self, root: Path, pages: Iterable[Page]) -> None:
        self._root = root
        self._pages = {page.path: page for page in pages}
        self._located: dict[str, list[int]] = {}

    def line(self, path: str, number: int) -> int:
        """Return the 1-based line of a link of a page, which is one of so many, from 0."""
        page = self._pages[path]
        if page.lines:
            return page.lines[number]
        if path not in self._located:
            try:
                data = (self._root / path).read_bytes()
            except OSError:  # it was there a moment ago
                data = b""
            self._located[path] = lines_in(data, page.links)
        return self._located[path][number]


def lines_in(data: bytes, links: Iterable[str]) -> list[int]:
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
    parts = _Parts(text)
    for url in links:
        lines = places.get(url, [])
        located.append(lines[-1] if len(lines) == 1 else lines.pop() if lines else parts.line_of(url))
    return located


class _Parts:
    """Finds addresses that are a part of a value, or of a style, each from where the last one was."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._line = 1

    def line_of(self, url: str) -> int:
        """Return the line on which an address begins; 1 where it is nowhere."""
        forms = [*dict.fromkeys((url, html.escape(url), url.replace("/", "\\/")))] if url else []
        for start in (self._place, 0):
            places = [place for form in forms if (place := self._next(form, start)) is not None]
            if places:
                return self._go_to(min(places))
        return 1

    def _next(self, form: str, start: int) -> int | None:
        """Return where an address is written next, and not as a part of a longer one."""
        place = self._text.find(form, start)
        while place >= 0:
            end = place + len(form)
            is_part = place and _BEFORE.match(self._text, place - 1)
            if not is_part and not _BEHIND.match(self._text, end):
                return place
            place = self._text.find(form, end)
        return None

    def _go_to(self, place: int) -> int:
        low, high = sorted((place, self._place))
        lines = self._text.count("\n", low, high)
        self._line += lines if place >= self._place else -lines
        self._place = place
        return self._line
