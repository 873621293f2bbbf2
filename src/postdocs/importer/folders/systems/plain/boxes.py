"""Boxes of Docusaurus, VuePress, VitePress, and Starlight, as HTML with Markdown in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from postdocs.importer.folders import markdown

_START = re.compile(r"(?P<indent>[ \t]*+)(?P<mark>:{3,}+)[ \t]*+(?P<kind>[A-Za-z][\w-]*+)(?P<rest>.*+)")
_END = re.compile(r"[ \t]*+(?P<mark>:{3,}+)[ \t]*+")
_FOLDED = frozenset({"details"})
_ARRANGED = frozenset({"center", "left", "right", "theorem", "v-pre", "code-group", "cardlist", "tabs"})


@dataclass(frozen=True)
class _Box:
    """An open box. end: what closes it in HTML."""

    indent: str
    end: str


def translate(text: str) -> str:
    """Return a text with its boxes as HTML; code stays, and so does what isn't closed."""
    lines = text.split("\n")
    is_code = markdown.in_code(lines)
    closed = _closed(lines, is_code)
    ends = {*closed.values()}
    shown: list[str] = []
    open_: list[_Box] = []
    for at, line in enumerate(lines):
        end = None if is_code[at] else _END.fullmatch(line)
        start = _START.fullmatch(line) if at in closed else None
        if start:
            box, head = _of(start)
            open_.append(box)
            shown += [f"{box.indent}{head}", ""]
        elif end and open_ and at in ends:
            box = open_.pop()
            shown += ["", f"{box.indent}{box.end}", ""]
        else:
            shown.append(line)
    return "\n".join(shown)


def _closed(lines: list[str], is_code: list[bool]) -> dict[int, int]:
    """Return the lines in which boxes begin and end, of those that do both."""
    closed: dict[int, int] = {}
    waiting: list[tuple[int, str]] = []
    number = Counter[str]()  # of boxes that wait, by their marks
    for at, line in enumerate(lines):
        if is_code[at] or ":::" not in line:
            continue
        if end := _END.fullmatch(line):
            while number[end["mark"]]:
                begin, mark = waiting.pop()
                number[mark] -= 1
                if mark == end["mark"]:
                    closed[begin] = at
                    break
        elif start := _START.fullmatch(line):
            waiting.append((at, start["mark"]))
            number[start["mark"]] += 1
    return closed


def _of(start: re.Match[str]) -> tuple[_Box, str]:
    kind = start["kind"].lower()
    title = markdown.inline(start["rest"].partition("{")[0].strip(" \t[]"))
    indent = start["indent"]
    if kind in _FOLDED:
        return _Box(indent, "</details>"), f"<details><summary>{title or 'Details'}</summary>"
    if kind in _ARRANGED:
        return _Box(indent, "</div>"), f'<div class="{kind}">'
    heading = f'<p class="admonition-title">{title or start["kind"].capitalize()}</p>'
    return _Box(indent, "</div>"), f'<div class="admonition {kind}">{heading}'
