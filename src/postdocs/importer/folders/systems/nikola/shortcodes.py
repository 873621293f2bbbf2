"""Nikola's shortcodes in a text: https://getnikola.com/handbook.html#shortcodes.

Nikola puts words of its own into a text for its shortcodes, renders it, and puts what they show into the page
for these. So does the import with reStructuredText. In Markdown, what they show stands in the text itself.
"""

from __future__ import annotations

import html
import re
import shlex
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postdocs.importer.folders import markdown
from postdocs.importer.folders.systems.nikola.readers import Shortcode, Site, shown
from postdocs.importer.own_text import Spans, code_in

_TOKEN = re.compile(
    r"\{\{%\s*+(?P<close>/)?(?P<name>[\w.-]++)(?P<given>(?=[\s%])(?:(?!%\}\}|\{\{%).)*+)%\}\}", re.DOTALL
)
_NAMED = re.compile(r"(?P<key>[A-Za-z_][\w-]*)=(?P<value>.*)", re.DOTALL)
_START, _END = "\x02", "\x03"  # around the number of a shortcode; no text of an author has them
_MARK = re.compile(rf"{_START}(\d+){_END}+")
_CODE_TAG_OR_MARK = re.compile(
    r"<(?P<tag>pre|code|script|style)\b(?:(?!<(?P=tag)\b).)*?</(?P=tag)>|<[^<>]*>"
    rf"|{_START}(?P<number>\d+){_END}+",
    re.DOTALL,
)


@dataclass(frozen=True)
class Lifted:
    """reStructuredText with marks in the places of its shortcodes.

    after: the line of each mark. gone: how many lines the text lacks before the first mark, the second, and
    so on.
    """

    text: str
    codes: Sequence[Shortcode]
    after: Sequence[int]
    gone: Sequence[int]

    def line(self, line: int) -> int:
        """Return the line of the source, from 1, by that of the text."""
        return line + self.gone[bisect_left(self.after, line)]


def found(text: str) -> Iterator[Shortcode]:
    """Yield the shortcodes of a text, but for those within others, as Nikola pairs their tags."""
    tokens = [*_TOKEN.finditer(text)]
    line = markdown.line_counter(text)
    ends: dict[str, list[int]] = {}  # the places of closing tags by their name, the last first
    for at in range(len(tokens) - 1, -1, -1):
        if tokens[at]["close"]:
            ends.setdefault(tokens[at]["name"], []).append(at)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        closing = ends.get(token["name"], [])
        while closing and closing[-1] <= at:
            closing.pop()
        last = closing[-1] if closing and not token["close"] else at
        words, named = _arguments(token["given"])
        inner = text[token.end() : tokens[last].start()] if last > at else ""
        name = f"{token['close'] or ''}{token['name']}"
        start = token.start()
        yield Shortcode(name, words, named, inner, text[start : tokens[last].end()], start, line(start))
        at = last + 1


def _arguments(text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    try:
        given = shlex.split(text)
    except ValueError:
        given = text.split()
    pairs = [(word, _NAMED.fullmatch(word)) for word in given]
    named = {pair["key"]: pair["value"] for _, pair in pairs if pair}
    return tuple(word for word, pair in pairs if not pair), named


def expanded(text: str, site: Site, *, is_markdown: bool) -> tuple[str, list[Shortcode]]:
    """Return Markdown or HTML with what the known shortcodes show, and those that are not known.

    Those stay as text, and so do all in code of Markdown, but for `raw`, by which authors write of them.
    """
    code = Spans(code_in(text) if is_markdown else ())
    unknown: list[Shortcode] = []
    pieces, at = [], 0
    for one in found(text):
        said = None
        if one.start not in code:
            said = shown(one, site)
            unknown += [one] if said is None else []
        elif one.name == "raw":
            said = html.unescape(one.inner)  # it is HTML also there
        if said is not None:
            pieces += [text[at : one.start], said]
            at = one.start + len(one.source)
    return "".join([*pieces, text[at:]]), unknown


def lifted(text: str) -> Lifted:
    """Put marks into the places of shortcodes in reStructuredText, which `restored` fills again.

    A mark is as wide as a shortcode on one line, so that titles and tables keep their form.
    """
    text = text.replace(_START, "").replace(_END, "")
    codes = [*found(text)]
    pieces: list[str] = []
    after, gone = [], [0]
    at = 0
    for number, one in enumerate(codes):
        mark = f"{_START}{number}"
        width = 0 if "\n" in one.source else len(one.source)
        pieces += [text[at : one.start], mark.ljust(max(width, len(mark) + 1), _END)]
        after.append(one.line + 1 - gone[-1])
        gone.append(gone[-1] + one.source.count("\n"))
        at = one.start + len(one.source)
    return Lifted("".join([*pieces, text[at:]]), codes, after, gone)


def restored(markup: str, codes: Sequence[Shortcode], site: Site) -> tuple[str, list[Shortcode]]:
    """Return HTML with what shortcodes show in the places of their marks, and those that are not known.

    Those stay as text, and so do all in code, but for `raw`; see `expanded`.
    """
    unknown: list[Shortcode] = []

    def verbatim(match: re.Match[str]) -> str:
        one = codes[int(match[1])]
        return one.inner if one.name == "raw" else html.escape(one.source)

    def fill(match: re.Match[str]) -> str:
        if not match["number"]:
            return _MARK.sub(verbatim, match[0])
        one = codes[int(match["number"])]
        said = shown(one, site)
        if said is None:
            unknown.append(one)
            return html.escape(one.source, quote=False)
        return said

    return _CODE_TAG_OR_MARK.sub(fill, markup) if codes else markup, unknown
