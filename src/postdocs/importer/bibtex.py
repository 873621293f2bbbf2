"""Bibliographies: BibTeX as its users write it, and BibLaTeX → BibTeX that a build can print.

The syntax is that of O. Patashnik, BibTeXing (1988); the names of types and fields are those of the BibLaTeX
manual, §2.1.2 and §2.2.5.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_COMMAND = re.compile(r"@\s*+(?P<type>[A-Za-z][\w-]*+)\s*+(?P<mark>[{(])\s*+")
_KEY = re.compile(r"(?P<key>[^\s,{}()\"=#%\\']++)\s*+")
_NAME = re.compile(r"\s*+(?P<name>[^\s,{}()\"=#%\\']++)\s*+=\s*+")
_PLAIN = re.compile(r"(?P<number>\d++)(?![\w-])|(?P<macro>[^\s,{}()\"=#%\\']++)")
_QUOTE_OR_BRACE = re.compile(r'[{}"]')
_JOINED = re.compile(r"\s*+#\s*+")
_COMMA = re.compile(r"\s*+,")
_SPACE = re.compile(r"\s++")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_YEAR = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2]))?")
# What BibLaTeX calls otherwise; the first that BibTeX has stays.
_TYPES = {
    "report": "techreport", "thesis": "phdthesis", "mvbook": "book", "collection": "book",
    "mvcollection": "book", "reference": "book", "electronic": "online", "www": "online",
    "conference": "inproceedings", "mvproceedings": "proceedings", "inreference": "incollection",
    "bookinbook": "inbook", "suppbook": "inbook", "suppcollection": "incollection",
}  # fmt: skip
_THESES = {"mathesis": "mastersthesis", "phdthesis": "phdthesis", "techreport": "techreport"}
_FIELDS = {
    "journaltitle": "journal", "location": "address", "school": "institution", "institution": "school",
}  # fmt: skip
# What the styles of BibTeX can't print an entry without (BibTeXing, §3.1): one of the names of each.
_REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "article": (("author",), ("title",), ("journal",), ("year",)),
    "book": (("author", "editor"), ("title",), ("publisher",), ("year",)),
    "booklet": (("author",), ("title",), ("year",)),
    "inbook": (("author", "editor"), ("title",), ("publisher",), ("year",)),
    "incollection": (("author",), ("title",), ("booktitle",), ("year",)),
    "inproceedings": (("author",), ("title",), ("booktitle",), ("year",)),
    "manual": (("title",),),
    "mastersthesis": (("author",), ("title",), ("school",), ("year",)),
    "phdthesis": (("author",), ("title",), ("school",), ("year",)),
    "proceedings": (("title",), ("year",)),
    "techreport": (("author",), ("title",), ("institution",), ("year",)),
    "unpublished": (("author",), ("title",), ("note",)),
}
_MOST = 2**24  # characters that the strings of a file give its entries
_ANY = "misc"  # the type that needs nothing
_PEOPLE = ("author", "editor")
_AND = re.compile(r"(?i:\sand\s)|[{}]|,")
_MOST_COMMAS = 2  # in a name: von Last, Jr, First
_NAMES = ("organization", "institution", "publisher", "howpublished", "note")
_CONTAINERS = ("journal", "booktitle", "publisher", "school", "institution", "organization")


@dataclass(frozen=True)
class Work:
    """An entry. kind: its type, such as `article`. fields: by their names, in lower case, without braces."""

    key: str
    kind: str
    fields: Mapping[str, str]

    def written(self, key: str) -> str:
        """Return the entry under a key."""
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in self.fields.items())
        return f"@{self.kind}{{{key},\n{lines}}}\n"


@dataclass(frozen=True)
class Bibliography:
    """A file. works: by their keys. unreadable: the line of each entry that can't be read, and its begin."""

    works: Mapping[str, Work] = field(default_factory=dict)
    unreadable: tuple[tuple[int, str], ...] = ()


def read(text: str) -> Bibliography:
    """Read a file; of entries with one key, the first counts. All that is outside of entries is a comment."""
    closing = _closing(text)
    strings = _Strings()
    works: dict[str, Work] = {}
    unreadable: list[tuple[int, str]] = []
    at = line = counted = 0
    while (start := text.find("@", at)) >= 0:
        at = start + 1
        command = _COMMAND.match(text, start)
        if command is None:
            continue
        kind = command["type"].lower()
        opening = command.start("mark")
        end = closing.get(opening, -1) if command["mark"] == "{" else len(text)
        if kind in {"comment", "preamble"}:
            at = max(end, at)
            continue
        read_entry = _Entry(text, end, closing, strings)
        try:
            key, fields, at = read_entry.read(command.end(), has_key=kind != "string")
        except ValueError:
            line += text.count("\n", counted, start)
            counted = start
            unreadable.append((line + 1, _first_line(text, start)))
            at = command.end()
            continue
        if kind == "string":
            strings.define(fields)
        else:
            works.setdefault(key, for_bibtex(Work(key, kind, fields)))
    return Bibliography(works, tuple(unreadable))


def _first_line(text: str, start: int) -> str:
    return text[start : start + 80].partition("\n")[0].strip()


def _closing(text: str) -> dict[int, int]:
    """Return where each brace ends that does; a backslash before one means nothing to BibTeX."""
    opened: list[int] = []
    closing: dict[int, int] = {}
    for match in re.finditer(r"[{}]", text):
        if match[0] == "{":
            opened.append(match.start())
        elif opened:
            closing[opened.pop()] = match.start()
    return closing


class _Strings:
    """The strings of a file by their names, the months first.

    What they give is limited: each can be another one twice, which would fill the memory within 30 lines.
    """

    def __init__(self) -> None:
        self._texts = {name[:3].lower(): name for name in MONTHS}
        self._left = _MOST

    def define(self, texts: Mapping[str, str]) -> None:
        self._texts |= texts

    def text(self, name: str) -> str:
        """Return the text of a string; ValueError where there is none, or was too much of them."""
        text = self._texts.get(name.lower())
        if text is None or len(text) > self._left:
            raise ValueError(name)
        self._left -= len(text)
        return text


class _Entry:
    """Reads what is between the braces of an entry; ValueError where it is none."""

    def __init__(self, text: str, end: int, closing: Mapping[int, int], strings: _Strings) -> None:
        self._text, self._end, self._closing, self._strings = text, end, closing, strings

    def read(self, at: int, *, has_key: bool) -> tuple[str, dict[str, str], int]:
        """Return the key, the fields, and where the entry ends."""
        key = ""
        if has_key:
            match = _KEY.match(self._text, at, max(self._end, 0))
            if match is None:
                raise ValueError(at)
            key, at = match["key"], match.end()
        fields: dict[str, str] = {}
        is_first = not has_key
        while at < self._end:
            comma = None if is_first else _COMMA.match(self._text, at, self._end)
            at = comma.end() if comma else at
            name = _NAME.match(self._text, at, self._end)
            if name is None or not (comma or is_first):
                break
            value, at = self._value(name.end())
            fields.setdefault(name["name"].lower(), value)
            is_first = False
        space = _SPACE.match(self._text, at)
        at = space.end() if space else at
        if at != self._end and self._text[at : at + 1] != ")":
            raise ValueError(at)
        return key, fields, at + 1

    def _value(self, at: int) -> tuple[str, int]:
        parts: list[str] = []
        while True:
            part, at = self._part(at)
            parts.append(part)
            joint = _JOINED.match(self._text, at)
            if joint is None:
                return _as_latex(" ".join("".join(parts).split())), at
            at = joint.end()

    def _part(self, at: int) -> tuple[str, int]:
        if (end := self._closing.get(at)) is not None:
            return self._text[at + 1 : end], end + 1
        if self._text[at : at + 1] == '"':
            end = self._quoted(at + 1)
            return self._text[at + 1 : end], end + 1
        plain = _PLAIN.match(self._text, at)
        if plain is None:
            raise ValueError(at)
        return plain["number"] or self._strings.text(plain["macro"]), plain.end()

    def _quoted(self, at: int) -> int:
        """Return where a text in quotes ends, which is not within braces."""
        while (match := _QUOTE_OR_BRACE.search(self._text, at, max(self._end, 0))) and match[0] != "}":
            if match[0] == '"':
                return match.start()
            at = self._closing.get(match.start(), self._end) + 1
        raise ValueError(at)


def for_bibtex(work: Work) -> Work:
    """Return an entry as BibTeX prints it: with its names of fields, and of a type whose fields are there."""
    fields = dict(work.fields)
    for name, ours in _FIELDS.items():
        if name in work.fields:
            fields.setdefault(ours, work.fields[name])
    date = _YEAR.match(fields.get("date", ""))
    if date:
        fields.setdefault("year", date["year"])
        if date["month"]:
            fields.setdefault("month", MONTHS[int(date["month"]) - 1])
    fields |= {name: _people(fields[name]) for name in _PEOPLE if name in fields}
    if not any(map(fields.get, ("author", "editor", "title"))):  # by which it is cited
        fields["title"] = next((fields.pop(name) for name in _NAMES if fields.get(name)), work.key)
    kind = _TYPES.get(work.kind, work.kind)
    if fields.get("type") in _THESES:  # which BibLaTeX translates, and BibTeX prints as it is
        kind = _THESES[fields.pop("type")]
    if not all(any(map(fields.get, names)) for names in _REQUIRED.get(kind, ())):
        kind = _ANY
        container = next((fields[name] for name in _CONTAINERS if name in fields), "")
        if container:
            fields.setdefault("howpublished", container)
    return Work(work.key, kind, fields)


def _as_latex(value: str) -> str:
    """Return a value without backslashes, where a brace or the end behind one is more than LaTeX can read."""
    depth = 0
    for match in re.finditer(r"\\.|[\\{}]", value):
        depth += {"{": 1, "}": -1, "\\": -len(value)}.get(match[0], 0)
        if depth < 0:
            break
    return value.replace("\\", "") if depth else value


def _people(names: str) -> str:
    """Put braces around a name with more commas than BibTeX can read, which stays as it is then."""
    starts, ends, commas, depth = [0], [], [0], 0
    for match in _AND.finditer(names):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif not depth and match[0] == ",":
            commas[-1] += 1
        elif not depth:
            ends.append(match.start())
            starts.append(match.end())
            commas.append(0)
    people = [names[start:end].strip() for start, end in zip(starts, [*ends, len(names)], strict=True)]
    return " and ".join(
        f"{{{name}}}" if number > _MOST_COMMAS else name
        for name, number in zip(people, commas, strict=True)
        if name
    )
