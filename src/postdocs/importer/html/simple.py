"""HTML of paragraphs, line breaks, and text with links and emphasis, read without a parser of HTML.

Most comments are such. The tree is the one that `parse` makes, in a small part of the time.
"""

from __future__ import annotations

import re
from html import unescape

from postdocs.importer.ast.nodes import Document, LineBreak, Text
from postdocs.importer.html import marks
from postdocs.importer.html.flow import Flow
from postdocs.importer.html.inline_runs import Leaf, Mark
from postdocs.importer.html.repair import resolve

_BREAK = re.compile(r"<br\s*/?>|</?p>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r' (\w+)="([^"]*)"')
_TAG = re.compile(
    rf"({_BREAK.pattern}|</?(?:b|em|i|strong)>|<a(?: (?:href|rel|target)=\"[^\"&<>]*+\")++>|</a>)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s#]+", re.IGNORECASE)  # of another page
# Other references, and characters that parsers of HTML take out, are for those.
_SIMPLE = re.compile(
    r"(?:[^<&\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]++"
    rf"|&(?:amp|lt|gt|quot|apos|nbsp|\#0?39|\#8[2-9]\d\d);|{_TAG.pattern})*+",
    re.IGNORECASE,
)


def read(html: str, base: str | None = None) -> Document | None:
    """Return the tree of simple HTML; None for any other, and where an element ends in another one.

    base: as for `parse`.
    """
    if not _SIMPLE.fullmatch(html):
        return None
    reader = _Reader(base)
    for at, part in enumerate(_TAG.split(html)):
        if at % 2 == 0:
            reader.text(part)
        elif not reader.tag(part.lower(), part):
            return None
    reader.flow.end_paragraph()
    return None if reader.open else Document(tuple(reader.flow.blocks), ())


class _Reader:
    """Reads text and tags in turn. open: names of the elements around, each with the marks around it."""

    def __init__(self, base: str | None) -> None:
        self.base = base
        self.flow = Flow(inline=False)
        self.open: list[tuple[str, tuple[Mark, ...]]] = []
        self._marks: tuple[Mark, ...] = ()
        self._serial = 0

    def text(self, text: str) -> None:
        """Read what stands between tags."""
        if text:
            self.flow.run.append(Leaf(self._marks, Text(unescape(text))))

    def tag(self, lower: str, tag: str) -> bool:
        """Read a tag; tell whether it stands where it can. lower: the tag in lower case."""
        name = lower.strip("</> ").partition(" ")[0]
        if name == "br":
            self.flow.run.append(Leaf(self._marks, LineBreak()))
        elif name == "p":  # a paragraph ends, and so does what is before one
            self.flow.end_paragraph()
            return not self.open
        elif lower.startswith("</"):
            if not self.open or self.open[-1][0] != name:
                return False
            self._marks = self.open.pop()[1]
        else:
            self._serial += 1
            inside = self._link(tag) if name == "a" else self._emphasis(name)
            self.open.append((name, self._marks))
            if inside is None:
                return False
            self._marks = inside
        return True

    def _emphasis(self, name: str) -> tuple[Mark, ...]:
        return marks.of_name(marks.name_of(name), self._marks, self._serial)

    def _link(self, tag: str) -> tuple[Mark, ...] | None:
        written = _ATTRIBUTE.findall(tag)
        attributes = {name.lower(): value for name, value in written}
        href = attributes.get("href", "")
        is_in_link = any(mark.tag == "a" for mark in self._marks)
        if is_in_link or len(attributes) < len(written) or not _ADDRESS.fullmatch(href):
            return None
        url = resolve(href, self.base, [])
        return None if url is None else (*self._marks, Mark("a", self._serial, url=url))


def words(html: str) -> list[str]:
    """Return the words of simple HTML, apart from `read`: all that is no tag."""
    return unescape(_TAG.sub(lambda tag: " " if _BREAK.fullmatch(tag[0]) else "", html)).split()
