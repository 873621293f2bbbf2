"""The text of a source, and hints to its format."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree

from postdocs.importer.sources import salvage, xml
from postdocs.importer.sources.xml import Parsed

FEED_ROOTS = frozenset({"feed", "entry", "rss", "RDF"})
# Root elements of XML that belongs to a blog but holds no posts: what it is, and what to give instead.
POSTLESS_ROOTS = {
    "opml": ("a list of feeds (OPML)", "give the address of one of the feeds in it"),
    "urlset": ("a sitemap", "give the blog's feed, or the pages that it lists"),
    "sitemapindex": ("a list of sitemaps", "give the blog's feed, or pages of its posts"),
}
_ELEMENT = re.compile(r"<(?![?!])(?:[\w.-]+:)?(?P<name>[A-Za-z][\w.-]*)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEAD = 16_384  # characters within which a document shows what it is


def _names(text: str, start: int) -> list[str]:
    """Return the local names of the first elements after the prolog that begins at *start*."""
    start = xml.end_of_prolog(text, max(0, start))
    return [match["name"] for match in _ELEMENT.finditer(_COMMENT.sub("", text[start : start + _HEAD]))]


@dataclass(frozen=True)
class SourceText:
    """The decoded text of one file or response. Each look at it is made once, when a format asks for it.

    name: the file or address, for messages; relative links are resolved against it where it is an address.
    url: the address of the page, or of the blog whose feed it is, as the user gave it.
    """

    name: str
    text: str
    url: str | None = None

    @cached_property
    def is_markup(self) -> bool:
        """Whether it begins with a tag, a comment or a declaration."""
        return self.text.lstrip().startswith("<")

    @cached_property
    def root(self) -> str:
        """The local name of the first element, "" where there is none.

        Where a program's warning comes first, and may hold tags, that of a feed or page after it.
        """
        wrapped = _names(self.text, self.text.find("<?xml", 0, _HEAD))[:1]
        if FEED_ROOTS.intersection(wrapped):
            return wrapped[0]
        names = _names(self.text, 0)
        first = next(iter(names), "")
        if first in FEED_ROOTS or self.is_markup:
            return first
        return next((name for name in names if name in {*FEED_ROOTS, "html"}), first)

    @cached_property
    def xml(self) -> Parsed:
        """The XML of a feed; without a root where it is something else.

        Raises
        ------
        PostdocsError
            It must not be read; see `xml.parse`.

        """
        if self.root not in FEED_ROOTS:
            return Parsed()
        parsed = xml.parse(self.text, self.name)
        if parsed.root is None and salvage.states_visibility(self.text):
            return salvage.salvage(self.text, self.name, parsed)
        return parsed

    @property
    def root_element(self) -> etree._Element:
        """The root of a feed that was detected by its XML."""
        if self.xml.root is None:
            raise TypeError(self.name)
        return self.xml.root

    @cached_property
    def json(self) -> Any:
        """The value of a JSON object or list; None where it is no JSON."""
        if not self.text.lstrip().startswith(("{", "[")):
            return None
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):  # also of a number of thousands of digits
            return None
