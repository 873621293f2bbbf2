"""Elements of HTML that are one block up to their end tag, whatever stands in them, as kramdown reads them.

CommonMark ends HTML at a blank line (0.31 §4.6). https://kramdown.gettalong.org/syntax.html#html-blocks
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

_NAMES = (
    "address|article|aside|blockquote|center|details|div|dl|fieldset|figure|footer|form|h[1-6]|header|iframe"
    "|main|nav|ol|p|section|table|ul|video"
)
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>{_NAMES})\b[^<>]*>", re.IGNORECASE)
_AS_MARKDOWN = re.compile(r"<[^<>]*\smarkdown=")  # kramdown reads what is in such an element
_INDENT = re.compile(r" {0,3}+(?=<)")
_SPACE = re.compile(r"[ \t]*")
_ENDS = "postdocs ends of HTML"  # where the rule keeps them


def ends(lines: Sequence[str], code: Sequence[bool]) -> Mapping[int, int]:
    """Return where elements that begin a line end: their last line by their first, both from 0.

    An element without an end, or with text behind it on its last line, is not among them.

    code: of each line, whether it is in a fenced block of code.
    """
    text = "\n".join(lines)
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)

    def line_of(place: int) -> int:
        return bisect_right(starts, place) - 1

    begun: dict[str, list[int]] = {}
    closed: dict[int, int] = {}
    for tag in _TAG.finditer(text):
        same = begun.setdefault(tag["name"].lower(), [])
        if code[line_of(tag.start())]:
            continue
        if not tag["end"]:
            same.append(tag.start())
        elif same:
            closed[same.pop()] = tag.end()
    markdown = [match.start() for match in _AS_MARKDOWN.finditer(text)]
    found: dict[int, int] = {}
    for at, start in enumerate(starts):
        indent = _INDENT.match(text, start)
        begin = place = indent.end() if indent else -1
        while place in closed:
            space = _SPACE.match(text, closed[place])
            place = space.end() if space else closed[place]
        is_raw = bisect_left(markdown, begin) == bisect_left(markdown, place)
        if place > begin and text[place : place + 1] in {"", "\n"} and is_raw:
            found[at] = line_of(place)
    return found


def use(parser: MarkdownIt, in_code: Callable[[Sequence[str]], Sequence[bool]]) -> None:
    """Let a parser read such elements as HTML, each as one block. in_code: see `ends`, of all lines."""
    rule = partial(_rule, in_code)
    parser.block.ruler.before(
        "html_block", "html_element", rule, {"alt": ["paragraph", "reference", "blockquote"]}
    )


def _rule(
    in_code: Callable[[Sequence[str]], Sequence[bool]],
    state: StateBlock,
    start: int,
    end: int,
    silent: bool,
) -> bool:
    if state.level:
        return False
    if _ENDS not in state.env:
        lines = state.src.split("\n")
        state.env[_ENDS] = ends(lines, in_code(lines))
    last = state.env[_ENDS].get(start)
    if last is None or last >= end:
        return False
    if not silent:
        state.line = last + 1
        token = state.push("html_block", "", 0)
        token.map = [start, state.line]
        token.content = state.getLines(start, state.line, state.blkIndent, keepLastLF=True)
    return True
