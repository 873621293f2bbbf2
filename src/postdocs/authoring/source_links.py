"""Where a source names other files of the site, and how to write other names in their place.

It finds what Sphinx and MyST resolve to files and documents: links, pictures, roles, directives with a file,
tables of contents, addresses in HTML, and keys of front matter. Code is left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath

from markdown_it import MarkdownIt

from postdocs.core.markdown_source import split
from postdocs.core.unclosed import is_literal

MARKDOWN = (".md", ".markdown")
SUFFIXES = (*MARKDOWN, ".rst", ".txt", ".ipynb")  # of sources


class Kind(Enum):
    """How a name is read."""

    ADDRESS = "address"  # percent-encoded, perhaps with a fragment
    PATH = "path"  # as it is
    DOCUMENT = "document"  # as it is, without a suffix
    DOCNAME = "docname"  # likewise, from the source folder
    LABEL = "label"  # of a target


@dataclass(frozen=True)
class Reference:
    """A name of something else in a source. in_brackets: whether it stands between `<` and `>`."""

    name: str
    kind: Kind
    in_brackets: bool = False


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    reference: Reference


_MARKDOWN = MarkdownIt("commonmark")
_INLINE = re.compile(r"\]\(\s*(?:<(?P<bracketed>[^<>\n]*)>|(?P<plain>(?:[^\s()<>]|\([^\s()]*\))+))")
_DEFINITION = re.compile(
    r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(?:<(?P<bracketed>[^<>\n]*)>|(?P<plain>\S+))", re.MULTILINE
)
_AUTOLINK = re.compile(r"<(?P<plain>(?:project|path):[^>\s]+)>")
_ROLES = {
    "doc": Kind.DOCUMENT,
    "any": Kind.DOCUMENT,
    "download": Kind.PATH,
    "ref": Kind.LABEL,
    "numref": Kind.LABEL,
}
_ROLE = re.compile(
    rf"(?:\{{(?P<myst>{'|'.join(_ROLES)})\}}|:(?P<rst>{'|'.join(_ROLES)}):)"
    r"(?P<ticks>`+)(?:[^`]*?<(?P<bracketed>[^<>`]+)>|(?P<plain>[^`<>]+))(?P=ticks)"
)
_FILED = r"(?:figure|image|include|literalinclude|download)"
_DIRECTIVE = re.compile(
    rf"^[ \t>*+-]*(?:(?:`{{3,}}|~{{3,}}|:{{3,}})[ \t]*\{{{_FILED}\}}"
    rf"|\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?{_FILED}::)"
    r"[ \t]*(?P<plain>\S[^\n]*?)[ \t]*$",
    re.MULTILINE,
)
_OPTION = re.compile(
    r"^[ \t>]*:(?:target|link|file|poster|img-[\w-]+):[ \t]+(?P<plain>\S[^\n]*?)[ \t]*$", re.MULTILINE
)
_TOCTREE = re.compile(
    r"^(?P<margin>[ \t]*)(?:(?P<fence>`{3,}|~{3,}|:{3,})[ \t]*\{toctree\}|\.\.[ \t]+toctree::)[^\n]*\n",
    re.MULTILINE,
)
_ENTRY = re.compile(
    r"^[ \t]*(?![ \t:])(?:[^<\n]*<(?P<bracketed>[^<>\n]+)>|(?P<plain>[^<>\n]+?))[ \t]*$", re.MULTILINE
)
_TAG = re.compile(r"""<[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(
    r"""\s(?:src|href|poster)\s*=\s*(?:"(?P<plain>[^"\n]+)"|'(?P<bracketed>[^'\n]+)')""", re.IGNORECASE
)
_KEY = re.compile(
    r"^:?(?P<key>image|thumbnail|cover|translation_of):[ \t]+"
    r"(?P<quote>[\"']?)(?P<plain>[^\"'\n#]+?)(?P=quote)[ \t]*$",
    re.MULTILINE,
)
_FENCE = re.compile(r"[ \t>]*(?:`{3,}[^`]*|~{3,}.*)$")
_CODE = re.compile(
    r"(?<!`)(`+)(?!`)(?:[^`\n]|\n(?![ \t]*\n)|(?!\1(?!`))`+)*?(?<!`)\1(?!`)"
)  # within a paragraph


def rewritten(text: str, path: str, change: Callable[[Reference], str | None]) -> str:
    """Return a source with other names. change: returns the name that takes the place of another, or None."""
    if path.endswith(".ipynb"):
        return _notebook(text, change)
    is_markdown = path.endswith(MARKDOWN)
    by_start = {each.start: each for each in _references(text, is_markdown=is_markdown)}
    for each in sorted(by_start.values(), key=lambda each: -each.start):
        name = change(each.reference)
        if name is not None:
            text = text[: each.start] + name + text[each.end :]
    return text


def references(text: str, path: str) -> list[Reference]:
    """Return what a source names, in any order."""
    names: list[Reference] = []
    rewritten(text, path, names.append)
    return names


def _notebook(text: str, change: Callable[[Reference], str | None]) -> str:
    """Rewrite the cells of a notebook in Markdown; the rest of the file stays as it is, byte for byte."""
    try:
        cells = json.loads(text).get("cells", [])
    except (ValueError, AttributeError, RecursionError):
        return text
    for cell in cells if isinstance(cells, list) else []:
        if not isinstance(cell, dict) or cell.get("cell_type") not in {"markdown", "raw"}:
            continue
        lines = cell.get("source", "")
        before = "".join(map(str, lines)) if isinstance(lines, list) else str(lines)
        after = rewritten(before, "cell.md", change)
        pairs = zip(before.splitlines(keepends=True), after.splitlines(keepends=True), strict=True)
        whole = [(before, after)] if isinstance(lines, str) else [*pairs]
        for old, new in whole:
            for is_ascii in (False, True):
                if old != new:
                    written, other = (json.dumps(each, ensure_ascii=is_ascii) for each in (old, new))
                    text = text.replace(written, other)
    return text


def _references(text: str, *, is_markdown: bool) -> Iterator[_Found]:
    front = split(text)
    start = len(text) - len(front.body) if is_markdown and front.yaml_lines is not None else 0
    for match in _KEY.finditer(text, 0, start or min(len(text), 2000)):
        kind = Kind.DOCNAME if match["key"] == "translation_of" else Kind.PATH
        yield _found(match, 0, kind)
    body = text[start:]
    directives = without_code(body, keeps_directives=True) if is_markdown else body
    shown = without_code(body) if is_markdown else body
    for pattern in (_DIRECTIVE, _OPTION):
        for match in pattern.finditer(directives):
            yield _found(match, start, Kind.PATH)
    yield from _entries(directives, start)
    for match in _ROLE.finditer(shown):
        yield _found(match, start, _ROLES[match["myst"] or match["rst"]])
    if is_markdown:
        for pattern in (_INLINE, _DEFINITION, _AUTOLINK):
            for match in pattern.finditer(shown):
                yield _found(match, start, Kind.ADDRESS)
        for tag in _TAG.finditer(shown):
            for match in _ATTRIBUTE.finditer(tag[0]):
                yield _found(match, start + tag.start(), Kind.ADDRESS)


def _found(match: re.Match[str], offset: int, kind: Kind) -> _Found:
    groups = match.groupdict()
    group = "bracketed" if groups.get("bracketed") is not None else "plain"
    reference = Reference(match[group], kind, group == "bracketed")
    return _Found(offset + match.start(group), offset + match.end(group), reference)


def _entries(body: str, offset: int) -> Iterator[_Found]:
    """Yield the entries of tables of contents."""
    for match in _TOCTREE.finditer(body):
        end = match.end()
        for line in body[match.end() :].splitlines(keepends=True):
            is_closed = bool(match["fence"]) and line.strip().startswith(match["fence"])
            is_outside = not match["fence"] and line.strip() and not line.startswith((" ", "\t"))
            if is_closed or is_outside:
                break
            end += len(line)
        for entry in _ENTRY.finditer(body, match.end(), end):
            yield _found(entry, offset, Kind.DOCUMENT)


def without_code(body: str, *, keeps_directives: bool = False) -> str:
    """Return a text in Markdown with blanks in the place of its code; roles stay."""
    lines = body.split("\n")
    for token in _MARKDOWN.parse(body):
        is_directive = keeps_directives and token.info.strip().startswith("{")
        is_code = token.type == "fence" and is_literal(token.markup, token.info) and not is_directive
        if token.map and (token.type == "code_block" or is_code):
            for number in range(token.map[0], token.map[1]):
                lines[number] = " " * len(lines[number])
    if keeps_directives:
        return "\n".join(lines)
    text = "\n".join(" " * len(line) if _FENCE.match(line) else line for line in lines)
    return _CODE.sub(_blank, text)


def _blank(code: re.Match[str]) -> str:
    """Return blanks for code, and a role as it is."""
    is_role = code.string[code.start() - 1 : code.start()] == "}"
    return code[0] if is_role else re.sub(r"[^\n]", " ", code[0])


def docname(path: str) -> str:
    """Return the name of the document that a source makes."""
    return PurePosixPath(path).with_suffix("").as_posix()
