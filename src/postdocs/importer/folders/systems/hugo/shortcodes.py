"""Shortcodes in texts of Hugo, as Markdown or HTML: https://gohugo.io/shortcodes/."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import markdown
from postdocs.importer.folders.systems.hugo import raw
from postdocs.importer.folders.systems.hugo.readers import READERS, Page, Shortcode
from postdocs.importer.own_text import Spans, code_in

_TOKEN = re.compile(
    r"\{\{[<%](?P<comment>/\*)?\s*+(?P<close>/)?\s*+(?P<name>[\w.-]*+(?:/[\w.-]++)*+)"
    # Nothing here holds the beginning of another, so that no text is read twice.
    r"(?P<rest>(?:\"(?:[^\"\\{]|\\(?!\{\{[<%]).|\{(?!\{[<%]))*+\"|`(?:[^`{]|\{(?!\{[<%]))*+`"
    r"|(?!(?:\*/)?[>%]\}\}|\{\{[<%])[^\"`])*+)(?:\*/)?[>%]\}\}",
    re.DOTALL,
)
_DEEPEST = 50  # shortcodes in others; those further in stay visible
_STRAY = re.compile(r"\{\{[<%]")
_ARGUMENT = re.compile(
    r"""(?:(?P<key>[\w-]+)=)?(?:"(?P<double>(?:[^"\\]|\\.)*)"|`(?P<raw>[^`]*)`|(?P<bare>[^\s"`]+))"""
)
_FENCE = re.compile(r"^[ \t>*+-]*(`{3,}|~{3,})", re.MULTILINE)
_BLANK = re.compile(r"(\n[ \t]*\n)")
_LONGEST = 160  # characters of what a note shows


def expand(text: str, page: Page, place: str, first_line: int) -> tuple[str, tuple[Note, ...]]:
    """Expand the shortcodes of a text. What is unknown stays visible, and is noted with file and line.

    place, first_line: where the text is, for notes.
    """
    if "{{<" not in text and "{{%" not in text:
        return text, ()
    notes: list[Note] = []
    code = Spans(_code_of(text))
    lines_before = markdown.line_counter(text)

    def note(source: str, start: int) -> None:
        line = first_line + lines_before(start)
        shown = " ".join(source.split())[:_LONGEST]
        what = "a shortcode that is not known here came along as text"
        notes.append(Note(NoteKind.NOTICED, what, before=f"{place}:{line}: {shown}", in_text=True))

    def literal(start: int, end: int) -> str:
        """Return a text between shortcodes; note those in it that never end."""
        for stray in _STRAY.finditer(text, start, end):
            note(text[stray.start() : min(end, stray.start() + _LONGEST)].split("\n", 1)[0], stray.start())
        return text[start:end]

    def visible(match: re.Match[str]) -> str:
        source = match[0]
        return source if match.start() in code else source.replace("<", "&lt;").replace(">", "&gt;")

    def between(token: re.Match[str], inner: str, end: int) -> str:
        """Return what is in an unknown shortcode, where it can't be told what its template makes of it."""
        source = text[token.end() : end]
        is_raw = token[0].startswith("{{<") and token.start() not in code
        if is_raw and raw.is_code(source, page.template(_name(token))):
            return raw.as_code(source)
        return f"\n{inner}\n" if is_raw and inner.startswith("\n") else inner

    tokens = [*_TOKEN.finditer(text)]
    ends = _pairs(tokens)

    def pieces(first: int, last: int, start: int, end: int) -> Iterator[str]:
        """Yield the text from a place to another, with the tokens from the first to before the last."""
        at, position = first, start
        while at < last:
            token = tokens[at]
            yield literal(position, token.start())
            position = token.end()
            if token["comment"]:
                yield token[0].replace("/*", "", 1)[::-1].replace("/*", "", 1)[::-1]
                at += 1
                continue
            close = ends.get(at)
            inner = None
            if close is not None:
                inner = "".join(pieces(at + 1, close, token.end(), tokens[close].start()))
            shown = None if token["close"] else _shown(token, inner, page)
            if shown is not None:
                yield shown
            else:
                note(token[0], token.start())
                yield visible(token)
                if close is not None:
                    yield between(token, inner or "", tokens[close].start())
                    yield visible(tokens[close])
            if close is not None:
                at, position = close, tokens[close].end()
            at += 1
        yield literal(position, end)

    return "".join(pieces(0, len(tokens), 0, len(text))), tuple(notes)


def _shown(token: re.Match[str], inner: str | None, page: Page) -> str | None:
    reader = READERS.get(_name(token).rpartition("/")[2].lower())
    if reader is None:
        return None
    named: dict[str, str] = {}
    positional: list[str] = []
    rest = token["rest"].rstrip()
    for match in _ARGUMENT.finditer(rest.removesuffix("/") if _is_closed(token) else rest):
        value = match["raw"] if match["raw"] is not None else match["bare"]
        if match["double"] is not None:
            value = re.sub(r"\\(.)", r"\1", match["double"])
        if match["key"]:
            named[match["key"]] = value or ""
        else:
            positional.append(value or "")
    return reader(Shortcode(token["name"].lower(), tuple(positional), named, inner), page)


def _name(token: re.Match[str]) -> str:
    """Return the name of a shortcode, which is that of its template in a folder."""
    name: str = token["name"]
    return name.removesuffix(".html")


def _pairs(tokens: list[re.Match[str]]) -> dict[int, int]:
    """Return the closing tag of each shortcode that has one, by their places."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    waiting: Counter[str] = Counter()  # how often each name is open
    for at, token in enumerate(tokens):
        name = token["name"]
        if token["comment"] or _is_closed(token) or (token["close"] and not waiting[name]):
            continue
        if not token["close"]:
            opened.append(at)
            waiting[name] += 1
            continue
        start = opened.pop()
        while tokens[start]["name"] != name:  # those between have no end
            waiting[tokens[start]["name"]] -= 1
            start = opened.pop()
        waiting[name] -= 1
        if len(opened) < _DEEPEST:
            ends[start] = at
    return ends


def _is_closed(token: re.Match[str]) -> bool:
    """Tell whether a tag ends itself by a slash; one at the end of an address is a part of that."""
    rest = token["rest"].rstrip()
    return rest == "/" or (rest.endswith("/") and rest[-2] in ' \t\n"`')


def _code_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield where code is, fenced or within a paragraph."""
    start, mark = 0, ""
    end = 0
    for match in _FENCE.finditer(text):
        if not mark:
            start, mark = match.start(), match[1]
            yield from _spans(text, end, start)
        elif match[1].startswith(mark):
            yield start, match.end()
            end, mark = match.end(), ""
    if mark:
        yield start, len(text)
    else:
        yield from _spans(text, end, len(text))


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where code is within the paragraphs of a part of a text."""
    at = start
    for paragraph in _BLANK.split(text[start:end]):
        yield from ((at + one, at + other) for one, other in code_in(paragraph))
        at += len(paragraph)
