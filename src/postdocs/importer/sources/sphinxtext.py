"""Plain text copied from a page that Sphinx made.

A browser copies the sign of a heading's permalink with the heading, marks the items of lists with indented
bullets and numbers, and leaves an empty line between blocks. Levels, links and emphasis are gone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from postdocs.importer.entry import Entry
from postdocs.importer.sources.model import Source, fold, settle
from postdocs.importer.sources.source_text import SourceText

_LONGEST = 120  # characters of a line that can be a heading
_HEADING = re.compile(r"(?P<text>\S.*[^\s#¶]|[^\s#¶]|\S.*\S)[#¶]")
_LANGUAGE = re.compile(
    r"(?:^|\s)[CFJQ]#$"
)  # `C#` ends a line of text; a heading that ends so has a second sign
_ITEM = re.compile(
    r"(?P<indent>\s*)(?:(?P<bullet>[•◦▪‣])|(?<=\s)(?P<dash>[*-])|(?<=\s)(?P<number>\d{1,4})[.)])\s+(?P<text>\S.*)"
)


@dataclass
class _List:
    """A list being read; items hold paragraphs and lists."""

    indent: int
    number: int | None
    items: list[list[str | _List]] = field(default_factory=list)


def detect(source: SourceText) -> bool:
    """Tell whether it is such a page: its first line is a heading with the sign of a permalink."""
    return not source.is_markup and _title(source) is not None


def read(source: SourceText) -> Source:
    """Read a page. Date, author and address are not in it."""
    title = _title(source) or ""
    body = source.text.lstrip().partition("\n")[2]
    entry = Entry(
        source=source.name, position=1, title=title, url=source.url, content="\n".join(_markup(body))
    )
    return Source(source.name, "text", title, None, (settle(entry, has_id=False),), ())


def _title(source: SourceText) -> str | None:
    first = next((line for line in source.text.split("\n") if line.strip()), "")
    return _heading(first)


def _heading(line: str) -> str | None:
    line = line.strip()
    match = _HEADING.fullmatch(line)
    if match is None or len(line) > _LONGEST or _LANGUAGE.search(line):
        return None
    return fold(match["text"])


def _markup(text: str) -> Iterator[str]:
    lists: list[_List] = []  # those that are open, outermost first
    for block in re.split(r"\n(?:[^\S\n]*\n)+", f"\n{text}\n"):
        lines = [line for line in block.split("\n") if line.strip()]
        if not lines:
            continue
        heading = _heading(lines[0]) if len(lines) == 1 else None
        starts = _ITEM.fullmatch(lines[0])
        indent = len(lines[0]) - len(lines[0].lstrip())
        if lists and not starts and (heading or indent <= lists[0].indent):
            yield _list(lists[0])
            lists = []
        if heading:
            yield f"<h2>{html.escape(heading, quote=False)}</h2>"
        elif not lists and not starts:
            yield f"<p>{_prose(lines)}</p>"
        else:
            yield from _add(lists, lines)
    if lists:
        yield _list(lists[0])


def _add(lists: list[_List], lines: list[str]) -> Iterator[str]:
    """Add a block of lines to the open lists; yield a list that ends where another one begins."""
    new = True
    for line in lines:
        match = _ITEM.fullmatch(line)
        if match is None:
            inner = lists[-1].items[-1]
            if new:
                inner.append(_prose([line]))
            else:  # the same paragraph goes on
                inner[-1] = f"{inner[-1]} {_prose([line])}"
            new = False
            continue
        new = False
        indent, number = len(match["indent"]), int(match["number"]) if match["number"] else None
        while lists and indent < lists[-1].indent and len(lists) > 1:
            lists.pop()
        if lists and indent <= lists[-1].indent and (number is None) != (lists[-1].number is None):
            if len(lists) == 1:
                yield _list(lists[0])
            lists.pop()
        if not lists or indent > lists[-1].indent or (number is None) != (lists[-1].number is None):
            inner_list = _List(indent, number)
            if lists:
                lists[-1].items[-1].append(inner_list)
            lists.append(inner_list)
        lists[-1].items.append([_prose([match["text"]])])


def _prose(lines: list[str]) -> str:
    return html.escape(fold(" ".join(lines)), quote=False)


def _list(parsed: _List) -> str:
    tag = "ul" if parsed.number is None else "ol"
    start = "" if parsed.number in {None, 1} else f' start="{parsed.number}"'
    items = []
    for item in parsed.items:
        loose = sum(isinstance(part, str) for part in item) > 1
        parts = (
            _list(part) if isinstance(part, _List) else f"<p>{part}</p>" if loose else part for part in item
        )
        items.append(f"<li>{''.join(parts)}</li>\n")
    return f"<{tag}{start}>\n{''.join(items)}</{tag}>"
