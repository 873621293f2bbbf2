"""The form of Movable Type's exports: where their entries and sections start.

Entries end at a line of eight hyphens, sections at one of five. The first section has `KEY: value` lines; the
others start with their name, and `COMMENT` and `PING` with such lines too ("The Movable Type Import / Export
Format"). Nothing marks such lines as text where a reader typed them in a comment. So only what programs write
starts an entry or a section; what is like it stays text, and is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field

_ENTRIES = re.compile(r"^-{8}[ \t]*$(?=\s*(?:[A-Z][A-Z ]*:|(?P<end>\Z)))", re.MULTILINE)
_ONCE = ("BODY", "EXTENDED BODY", "EXCERPT", "KEYWORDS")
_READERS = ("COMMENT", "PING")
OF_COMMENTS = ("AUTHOR", "EMAIL", "IP", "URL", "DATE", "STATUS", "ID", "PARENT", "OPENID")
_OF_PINGS = ("TITLE", "BLOG NAME")
_SECTIONS = re.compile(
    rf"^-{{5}}[ \t]*$(?=\n(?P<once>{'|'.join(_ONCE)}):"
    rf"|\n(?P<reader>{'|'.join(_READERS)}):[ \t]*\n(?:{'|'.join((*OF_COMMENTS, *_OF_PINGS))}):|\s*\Z)",
    re.MULTILINE,
)
_HEAD = re.compile(r"\s*(?P<fields>(?:[A-Z][A-Z ]*:.*\n)+)(?=-{5}[ \t]*\n)")
_CLOSED = re.compile(r"^-{5}[ \t]*\n\s*^-{8}\s*\Z", re.MULTILINE)
_FIELD = re.compile(r"(?P<key>[A-Z][A-Z ]*[A-Z]|IP|URL):[ \t]*(?P<value>.*)")
_DATE = re.compile(r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}\b")


@dataclass
class Parts:
    """An entry as it stands in the file: its fields, and its sections by name, in their order."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    sections: dict[str, list[str]] = field(default_factory=dict)

    def value(self, key: str) -> str:
        """Return the first value of a field, "" where there is none."""
        return next(iter(self.fields.get(key, ())), "")

    def section(self, name: str) -> str:
        """Return the text of the section of a name, "" where there is none."""
        return next(iter(self.sections.get(name, ())), "").strip()

    @property
    def ends_in_comment(self) -> bool:
        """Whether what a reader wrote is its end."""
        return not self.sections.keys().isdisjoint(_READERS)


def has_sections(text: str) -> bool:
    """Tell whether a text has a line that begins or ends a section."""
    return _SECTIONS.search(text) is not None


def read(text: str) -> tuple[list[Parts], list[int]]:
    """Return the entries of an export, and the lines, from 1, that look like the end of one and are text."""
    entries: list[Parts] = []
    doubts: list[int] = []
    is_closed, start = _CLOSED.search(text) is not None, 0
    for match in _ENTRIES.finditer(text):
        begins = _begins_entry(text, match.end()) and (not is_closed or _is_closed(text, match.start()))
        if begins or match["end"] is not None:
            entries.append(_parts(text, start, match.start(), doubts))
            start = match.end()
        else:
            doubts.append(match.start())
    entries.append(_parts(text, start, len(text), doubts))
    return [entry for entry in entries if entry.fields or entry.sections], _lines(text, sorted(doubts))


def _begins_entry(text: str, at: int) -> bool:
    head = _HEAD.match(text, at)
    fields = fields_of(head["fields"])[0] if head else {}
    return bool(fields.keys() & {"AUTHOR", "TITLE"}) and any(map(_DATE.match, fields.get("DATE", ())))


def _is_closed(text: str, at: int) -> bool:
    """Tell whether a section ends before a place, as programs end each."""
    while at and text[at - 1].isspace():
        at -= 1
    return text[text.rfind("\n", 0, at) + 1 : at] == "-----"


def _parts(text: str, start: int, end: int, doubts: list[int]) -> Parts:
    marks: list[re.Match[str]] = []
    seen: set[str] = set()
    for mark in _SECTIONS.finditer(text, start, end):
        if mark["once"] and (mark["once"] in seen or not seen.isdisjoint(_READERS)):
            doubts.append(mark.start())
        else:
            marks.append(mark)
            seen.add(mark["once"] or mark["reader"] or "")
    ends = [*(mark.start() for mark in marks), end]
    parts = Parts(fields_of(text[start : ends[0]])[0])
    for mark, stop in zip(marks, ends[1:], strict=True):
        name, _, rest = text[mark.end() : stop].strip("\n").partition(":")
        if name.strip():
            parts.sections.setdefault(name.strip(), []).append(rest.lstrip(" \t").removeprefix("\n"))
    return parts


def fields_of(text: str, keys: Container[str] | None = None) -> tuple[dict[str, list[str]], str]:
    """Part lines of `KEY: value` from the text that follows them.

    keys: that count, each of them once, for then the text begins; None for all, as often as they come.
    """
    fields: dict[str, list[str]] = {}
    lines = text.strip("\n").split("\n")
    for number, line in enumerate(lines):
        match = _FIELD.fullmatch(line)
        if match is None or (keys is not None and (match["key"] not in keys or match["key"] in fields)):
            return fields, "\n".join(lines[number:])
        fields.setdefault(match["key"], []).append(match["value"].strip())
    return fields, ""


def _lines(text: str, places: list[int]) -> list[int]:
    """Return the lines of places in a text, which are in order."""
    lines, line, before = [], 1, 0
    for place in places:
        line += text.count("\n", before, place)
        lines.append(line)
        before = place
    return lines
