"""What stands beside the language of fenced code, written as options of MyST.

Hugo, Docusaurus, Gatsby, VuePress, VitePress, Astro, PyMdown, and Quarto have forms of their own for a title,
numbers of lines, and marked lines; all of them are read here. For what they become, see
https://www.sphinx-doc.org/en/master/usage/restructuredtext/directives.html#directive-code-block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from postdocs.importer.ast.nodes import Text
from postdocs.importer.highlighting import known_language
from postdocs.importer.myst import inline
from postdocs.importer.myst.escapes import Context
from postdocs.importer.myst.write import option

_OPEN = re.compile(r"(?P<indent>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<mark>`{3,}|~{3,})(?P<info>.*)")
_LANGUAGE = re.compile(r"[\w+#./-]+(?=[\s,:{\[]|\Z)")
_QUOTED = r"\"(?:[^\"\\]|\\.)*+\""
_PART = re.compile(
    r"(?P<key>[\w-]++)[ ]*[=:][ ]*"
    rf"(?:(?P<double>{_QUOTED})|'(?P<single>[^']*)'|(?P<set>\[[^\[\]]*\]|\{{[^{{}}]*\}})|(?P<bare>[^\s,{{}}\"']+))"
    rf"|\{{(?P<list>(?:[^{{}}\"]|{_QUOTED})*+)\}}|\[(?P<name>[^\[\]]*)\]|(?P<word>[^\s{{}}\[\],:][^\s{{}}\[\],]*)"
)
_LINES = re.compile(r"[\d\s,-]*\d[\d\s,-]*")
_BARE_WORD = re.compile(r"\s*(?:=|[\w-]+\s*(?:[\s,]|\Z))")
_RANGE = re.compile(r"(?P<first>\d{1,6})(?:-(?P<last>\d{1,6}))?")
_NAMED, _LISTED = "[]", "{}"  # keys of what stands between these alone
_SPACES = re.compile(r"[ \t\n]+")
_TITLES = ("title", "filename", "caption", _NAMED)
_MARKDOWN_TITLE = "lst-cap"
_MARKED = ("hl_lines", "mark_lines", "mark", _LISTED)
_NUMBERED = ("linenos", "linenums", "showlinenumbers", "line-numbers", "numberlines", "code-line-numbers")
_STARTS = ("linenostart", "startlinenumber", "startfrom", "first_line", "start")
_KEYS = frozenset({*_TITLES, _MARKDOWN_TITLE, *_MARKED, *_NUMBERED, *_STARTS})
_NO = frozenset({"false", "no", "0"})
_ESCAPED, _ESCAPE = re.compile(r"([\"\\])"), r"\\\1"
_CONTEXT = Context(every=False, stars=True, underscores=True, dollars=True, one_line=True)


@dataclass(frozen=True)
class Fence:
    """What is said of code. title: a line of Markdown. marked: lines and ranges of them, from 1.

    first: the number of its first line; 0 where lines have no numbers.
    """

    language: str = ""
    title: str = ""
    marked: str = ""
    first: int = 0


Reader = Callable[[str], "Fence | None"]
"""Reads what stands behind the marks of a fence; None where that says no more than a language."""


@dataclass
class _Said:
    """What has been read so far. values: by their keys, in lower case, "" for those without a value."""

    language: str
    values: dict[str, str] = field(default_factory=dict)


def read(info: str, keys: frozenset[str] = _KEYS) -> Fence | None:
    """Read what stands behind the marks of a fence, in any of the forms. keys: those that count."""
    language = _LANGUAGE.match(info)
    said = _Said(language[0].removeprefix(".") if language else "")
    if not language and info.startswith("{") and _BARE_WORD.match(info, 1):
        return None  # a directive, or a cell
    _collect(info[language.end() if language else 0 :], said)
    values = {key: value for key, value in said.values.items() if key in keys}
    return of(said.language, values) if values else None


def of(language: str, values: Mapping[str, str]) -> Fence:
    """Return what attributes say of code. values: by their keys; those of other keys don't count."""
    values = {key.lower(): value for key, value in values.items()}
    title = values.get(_MARKDOWN_TITLE) or as_title(next(filter(None, map(values.get, _TITLES)), ""))
    marked = filter(None, map(values.get, _MARKED))
    return Fence(language, _SPACES.sub(" ", title).strip(), " ".join(marked), _first(values))


def _collect(source: str, said: _Said) -> None:
    """Read parts; those in braces may name the language as a class, as Python-Markdown and pandoc have it."""
    for part in _PART.finditer(source):
        if part["key"]:
            value = part["single"] or part["set"] or part["bare"] or ""
            if part["double"]:
                value = re.sub(r"\\(.)", r"\1", part["double"][1:-1])
            said.values[part["key"].lower()] = value
        elif part["list"] is not None:
            if _LINES.fullmatch(part["list"]):
                said.values[_LISTED] = part["list"]
            else:
                _collect(part["list"], said)
        elif part["name"]:
            said.values[_NAMED] = part["name"]
        elif part["word"]:
            word = part["word"]
            if word.startswith(".") and not said.language and _LANGUAGE.fullmatch(word[1:]):
                said.language = word[1:]
            if (flag := word.lstrip(".").lower()) in _NUMBERED:
                said.values.setdefault(flag, "")


def _first(values: Mapping[str, str]) -> int:
    """Return the number of the first line, 0 for none."""
    numbered = next((values[key] for key in _NUMBERED if key in values), None)
    starts = (values.get(key, "") for key in (*_STARTS, *_NUMBERED))
    start = next((int(text[:6]) for text in starts if text[:6].isascii() and text[:6].isdecimal()), 0)
    return 0 if numbered is not None and numbered.lower() in _NO else start or int(numbered is not None)


def as_title(text: str) -> str:
    """Return plain text as a line of Markdown."""
    return inline.write((Text(text),), _CONTEXT) if text else ""


def written(fence: Fence) -> str:
    """Return what `read` reads as a fence, for tags that show code."""
    values = {
        _MARKDOWN_TITLE: fence.title,
        "hl_lines": fence.marked,
        "linenums": fence.first and str(fence.first),
    }
    items = [f'{key}="{_ESCAPED.sub(_ESCAPE, value)}"' for key, value in values.items() if value]
    return f"{fence.language} {{{' '.join(items)}}}".lstrip() if items else fence.language


def code(text: str, fence: Fence) -> str:
    """Return a fenced block of code; line feeds at both ends of its text go."""
    info = written(fence)
    character = "~" if "`" in info else "`"
    longest = max((len(run) for run in re.findall(f"{character}+", text)), default=0)
    marks = character * max(3, longest + 1)
    body = text.strip("\n")
    return f"{marks}{info}\n{body}\n{marks}"


def to_myst(text: str, read: Reader) -> str:
    """Return a text whose fenced code has its title, its numbers, and its marked lines as MyST has them."""

    def new(opening: re.Match[str], body: list[str]) -> list[str] | None:
        fence = read(opening["info"].strip())
        return [*_head(opening, fence, len(body)), *body] if fence else None

    return replaced(text, new)


def replaced(text: str, new: Callable[[re.Match[str], list[str]], list[str] | None]) -> str:
    """Return a text with other fenced code.

    new: returns the lines for the opening line, with its groups `indent`, `mark` and `info`, and the lines of
    code; None where they stay.
    """
    lines = text.split("\n")
    result: list[str] = []
    at = 0
    while at < len(lines):
        match = _OPEN.fullmatch(lines[at])
        if match is None or (match["mark"][0] == "`" and "`" in match["info"]):
            result.append(lines[at])
            at += 1
            continue
        end = next((end for end in range(at + 1, len(lines)) if _closes(lines[end], match["mark"])), None)
        if end is None:
            return "\n".join([*result, *lines[at:]])
        result += (new(match, lines[at + 1 : end]) or lines[at:end]) + [lines[end]]
        at = end + 1
    return "\n".join(result)


def _closes(line: str, mark: str) -> bool:
    bare = line.strip(" \t>")
    return len(bare) >= len(mark) and not bare.strip(mark[0])


def _head(match: re.Match[str], fence: Fence, size: int) -> Iterator[str]:
    """Yield the first lines of a directive. size: lines of code."""
    yield f"{match['indent']}{match['mark']}{{code-block}} {known_language(fence.language) or 'none'}"
    indent = re.sub(r"[^ \t>]", " ", match["indent"])
    if fence.title:
        yield f"{indent}{option('caption', fence.title)}"
    if fence.first:
        yield f"{indent}:linenos:" if fence.first == 1 else f"{indent}:lineno-start: {fence.first}"
    if marked := ",".join(_lines(fence.marked, size)):
        yield f"{indent}:emphasize-lines: {marked}"
    yield indent.rstrip(" \t")


def _lines(said: str, size: int) -> Iterator[str]:
    """Yield those of some lines and ranges that code has; of others, Sphinx warns."""
    for match in filter(None, map(_RANGE.fullmatch, re.split(r"[\s,\[\]{}\"']+", said))):
        first, last = int(match["first"]), min(int(match["last"] or match["first"]), size)
        if 0 < first <= last:
            yield f"{first}-{last}" if last > first else f"{first}"
