"""Tags in texts of Hexo, expanded where it is known what they show."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import markdown
from postdocs.importer.folders.systems.hexo.tags import PAIRED, READERS, VERBATIM, Place, words
from postdocs.importer.own_text import Spans

_TAG = re.compile(r"\{%-?[ \t]*(?P<close>end)?(?P<name>[A-Za-z][\w-]*)(?P<rest>(?:(?!\{%|%\})[^\n])*)%\}")
_DEEPEST = 30  # tags in others; those further in stay visible
_LONGEST = 160  # characters of what a note shows


def expand(text: str, place: Place, where: str, first_line: int) -> tuple[str, tuple[Note, ...]]:
    """Expand the tags of a text. What is unknown stays visible, and is noted with file and line.

    where, first_line: where the text is, for notes.
    """
    if "{%" not in text:
        return text, ()
    return _Text(text, place, where, first_line).expanded()


class _Text:
    def __init__(self, text: str, place: Place, where: str, first_line: int) -> None:
        self._text = text
        self._place = place
        self._where = where
        self._first_line = first_line
        self._lines_before = markdown.line_counter(text)
        code = Spans(_fenced(text))
        found = (match for match in _TAG.finditer(text) if match.start() not in code)
        self._tokens = [*_without_inner(found)]
        self._ends = _pairs(self._tokens)
        self._notes: list[Note] = []

    def expanded(self) -> tuple[str, tuple[Note, ...]]:
        text = "".join(self._pieces(0, len(self._tokens), 0, len(self._text)))
        return text, tuple(self._notes)

    def _pieces(self, first: int, last: int, start: int, end: int) -> Iterator[str]:
        """Yield the text from a place to another, with the tokens from the first to before the last."""
        at, position = first, start
        while at < last:
            token = self._tokens[at]
            yield self._text[position : token.start()]
            position = token.end()
            close = self._ends.get(at)
            inner = ""
            if close is not None:
                closing = self._tokens[close]
                inner = "".join(self._pieces(at + 1, close, token.end(), closing.start()))
                at, position = close, closing.end()
            shown = self._shown(token, inner, is_paired=close is not None)
            if shown is None:
                self._note(token)
                yield token[0] + inner + (self._tokens[close][0] if close is not None else "")
            else:
                yield shown
            at += 1
        yield self._text[position:end]

    def _shown(self, token: re.Match[str], inner: str, *, is_paired: bool) -> str | None:
        reader = None if token["close"] else (PAIRED if is_paired else READERS).get(token["name"])
        given = words(token["rest"].strip().removesuffix("-"))
        return reader(given, inner, self._place) if reader else None

    def _note(self, token: re.Match[str]) -> None:
        line = self._first_line + self._lines_before(token.start())
        what = "a tag of a plugin that is not known here came along as text"
        said = f"{self._where}:{line}: {token[0][:_LONGEST]}"
        self._notes.append(Note(NoteKind.NOTICED, what, before=said, in_text=True))


def _without_inner(tokens: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield tags but those in what is shown to the letter."""
    inside = ""
    waiting: list[re.Match[str]] = []
    for token in tokens:
        if not inside and token["name"] in VERBATIM and not token["close"]:
            inside = token["name"]
            yield token
        elif inside and token["close"] and token["name"] == inside:
            inside = ""
            waiting.clear()
            yield token
        elif inside:
            waiting.append(token)
        else:
            yield token
    yield from waiting  # in what never ends


def _pairs(tokens: Sequence[re.Match[str]]) -> dict[int, int]:
    """Return the closing tag of each one that has one, by their places."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for at, token in enumerate(tokens):
        if not token["close"]:
            opened.append(at)
            continue
        start = next(
            (one for one in reversed(opened[-_DEEPEST:]) if tokens[one]["name"] == token["name"]), None
        )
        if start is not None:
            del opened[bisect_right(opened, start) - 1 :]  # those between have no end
            if len(opened) < _DEEPEST:
                ends[start] = at
    return ends


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """Yield where lines of fenced code are; in other code Hexo reads tags too."""
    at = 0
    lines = text.split("\n")
    for line, is_code in zip(lines, markdown.in_code(lines), strict=True):
        if is_code:
            yield at, at + len(line) + 1
        at += len(line) + 1
