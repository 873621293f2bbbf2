"""kramdown's Markdown, as far as it differs from CommonMark with the usual additions.

https://kramdown.gettalong.org/syntax.html: attribute lists, `{:toc}`, formulas between two dollars,
abbreviations, and Markdown in HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bs4 import Tag

from postdocs.importer.folders import fences, html_elements, markdown
from postdocs.importer.folders.abbreviations import explained
from postdocs.importer.folders.markdown import Dialect
from postdocs.importer.html.admonitions import is_box, kind_of

_BLOCK_LIST = re.compile(r"\s*\{:(?P<list>[^{}\n]*)\}\s*")
_SPAN_LIST = re.compile(r"(?<=[)\]*_`~>])\{:(?P<list>[^{}\n]*)\}")
_DEFINED = re.compile(r"\s*\{:(?P<name>[\w-]+):\s*(?P<list>[^{}\n]*)\}\s*")
_ITEM = re.compile(
    r"""\.(?P<class>[\w:-]+)|\#(?P<id>[\w:.-]+)|(?P<key>[\w:-]+)=(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s"']+))|(?P<name>[\w-]+)"""
)
_TOC = re.compile(r"\s*\{:.*\btoc\b.*\}\s*")
_LIST_ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s+\S")
_NO_PARAGRAPH = re.compile(r"\s*(?:[-*+>#|:<]|\d+[.)])| {4}|\t")
_ABBREVIATION = re.compile(r"\*\[(?P<short>[^\]\n]+)\]:\s*(?P<long>[^\n]*)")
_HEADING_ID = re.compile(r"(?P<text>\s{0,3}\#{1,6}\s.*\S)\s*\{\#(?P<id>[\w:.-]+)\}\s*")
_END_OF_BLOCK = re.compile(r"\s{0,3}\^\s*")
# What HTML doesn't close by a slash, and kramdown does.
_SELF_CLOSED = re.compile(
    r"<(?P<tag>(?P<name>iframe|video|audio|canvas|object|script|textarea|div|span|p|a|i|em|b|strong|figure|td|th)\b"
    r"(?:[^<>\"'/]|/(?!>)|\"[^\"]*\"|'[^']*')*)/>",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"(?<![\\$])\$\$(?!\$)(?P<tex>[^$]+?)\$\$(?!\$)")
_OPEN_HTML = re.compile(
    r"""(<(?P<tag>div|section|article|aside|details|figure|blockquote|center|td|p|span|summary)\b[^<>]*?)(?<=\s)"""
    r"""markdown=["']?(?:1|block|span)["']?([^<>]*>)"""
)
_MOST_LISTS = 50  # that one list may name
_SAFE = frozenset({"class", "id", "title", "width", "height", "alt", "lang", "start"})
_DIALECT = Dialect(inline_doubles=True, attributes=True, whole_elements=True, fences=fences.read)


@dataclass(frozen=True)
class Translated:
    """A text without what is kramdown's alone.

    text: for a parser of Markdown. attributes: of blocks, by the line (from 0) on which their list stood.
    author: the same for readers of MyST. abbreviations: their long forms.
    """

    text: str
    author: str
    attributes: Mapping[int, Mapping[str, str]]
    abbreviations: Mapping[str, str]


def translate(text: str) -> Translated:
    """Take out of a text what only kramdown reads; no line moves."""
    text = markdown.in_prose(text, _SELF_CLOSED, lambda match: f"<{match['tag']}></{match['name']}>")
    lines = markdown.without_escapes(text, doubles=False).split("\n")
    inside = markdown.in_code(lines)
    lists = _definitions(lines, inside)
    ends = {*html_elements.ends(lines, inside).values()}
    attributes: dict[int, dict[str, str]] = {}
    abbreviations: dict[str, str] = {}
    author: list[str] = []
    for at, line in enumerate(lines):
        plain, own = line, None
        if inside[at]:
            pass
        elif _TOC.fullmatch(line):
            plain = ""
            if author and _LIST_ITEM.match(author[-1]):
                author[-1] = lines[at - 1] = ""
        elif _DEFINED.fullmatch(line) or _END_OF_BLOCK.fullmatch(line):
            plain = ""
        elif match := _BLOCK_LIST.fullmatch(line):
            attributes[at] = _attributes(match["list"], lists)
            plain = ""
            if at and not inside[at - 1]:
                _put_into_box(author, attributes[at].get("class", ""))
        elif match := _HEADING_ID.fullmatch(line):
            attributes[at + 1] = {"id": match["id"]}
            plain, own = match["text"], f"{match['text']} {{#{match['id']}}}"
        elif match := _ABBREVIATION.fullmatch(line):
            abbreviations[match["short"]] = match["long"].strip()
            plain = ""
        lines[at] = plain
        author.append(plain if inside[at] else _with_sizes(plain if own is None else own, lists))
        if at in ends and "".join(lines[at + 1 : at + 2]).strip():
            author.append("")  # CommonMark would read the next line as HTML
        if not inside[at]:
            lines[at] = _SPAN_LIST.sub(lambda match: _span_list(match["list"], lists), plain)
    text = explained(_with_formulas("\n".join(author)), abbreviations)
    text = fences.to_myst(text, fences.read)
    return Translated(_markdown_in_html(lines), text, attributes, abbreviations)


def _put_into_box(lines: list[str], classes: str) -> None:
    """Make a directive of the paragraph at the end of a text if its classes make it a box on the page."""
    tag = Tag(name="p", attrs={"class": classes})
    start = len(lines)
    while start and lines[start - 1].strip():
        start -= 1
    if start < len(lines) and is_box(tag) and not _NO_PARAGRAPH.match(lines[start]):
        lines[start:] = [f":::{{{kind_of(classes.split()) or 'note'}}}", *lines[start:], ":::"]


def _definitions(lines: Sequence[str], inside: Sequence[bool]) -> dict[str, str]:
    matches = (_DEFINED.fullmatch(line) for line, code in zip(lines, inside, strict=True) if not code)
    return {match["name"]: match["list"] for match in matches if match}


def _attributes(source: str, lists: Mapping[str, str], used: set[str] | None = None) -> dict[str, str]:
    """Read an attribute list; of the attributes only what HTML may keep.

    used: names of lists that are read already, each of which counts once.
    """
    used = set() if used is None else used
    values: dict[str, str] = {}
    for match in _ITEM.finditer(source):
        if match["class"]:
            values["class"] = f"{values.get('class', '')} {match['class']}".strip()
        elif match["id"]:
            values["id"] = match["id"]
        elif match["key"] in _SAFE:
            values[match["key"]] = match["a"] or match["b"] or match["c"] or ""
        elif match["name"] in lists and match["name"] not in used and len(used) < _MOST_LISTS:
            used.add(match["name"])
            values |= _attributes(lists[match["name"]], lists, used)
    return values


def _span_list(source: str, lists: Mapping[str, str]) -> str:
    """Write the attribute list of a span as the parser has it; nothing where it says nothing that stays."""
    values = _attributes(source, lists)
    items = [f'{key}="{value}"' for key, value in values.items() if '"' not in value and "\\" not in value]
    return f"{{{' '.join(items)}}}" if items else ""


def _with_sizes(line: str, lists: Mapping[str, str]) -> str:
    return _SPAN_LIST.sub(lambda match: markdown.with_sizes(_attributes(match["list"], lists)), line)


def _with_formulas(text: str) -> str:
    """Put formulas within a paragraph between single dollars; the only one of a paragraph is a block."""

    def inline(match: re.Match[str]) -> str:
        return match[0] if match[0] == match.string.strip() else f"${match['tex'].strip()}$"

    return markdown.with_dollars(markdown.in_prose(text, _FORMULA, inline) if "$$" in text else text)


def _markdown_in_html(lines: Sequence[str]) -> str:
    """Let the text in elements with `markdown="1"` be read as Markdown.

    CommonMark does so between blank lines (0.31 §4.6), so the tags get them. Lines are counted no more
    behind these.
    """
    text = "\n".join(lines)
    return _OPEN_HTML.sub(r"\g<0>\n", text) if "markdown=" in text else text


def render(source: Translated) -> str:
    """Return the HTML of a text, with the attributes of its blocks."""
    html = markdown.render(source.text, _DIALECT, source.attributes)
    if "markdown=" in html:
        html = _OPEN_HTML.sub(lambda match: f"{match[1].rstrip()}{match[3]}", html)
    return _abbreviated(html, source.abbreviations)


def _abbreviated(html: str, abbreviations: Mapping[str, str]) -> str:
    if not abbreviations:
        return html
    names = "|".join(re.escape(name) for name in sorted(abbreviations, key=len, reverse=True))
    word = re.compile(rf"(?<![\w-])(?:{names})(?![\w-])")

    def pieces() -> Iterator[str]:
        depth = 0  # in code
        for part in re.split(r"(<[^<>]*>)", html):
            if part.startswith("<"):
                depth += len(re.findall(r"^<(?:code|pre)\b", part)) - len(
                    re.findall(r"^</(?:code|pre)\b", part)
                )
                yield part
            else:
                yield part if depth else word.sub(lambda match: _abbreviation(match[0], abbreviations), part)

    return "".join(pieces())


def _abbreviation(name: str, abbreviations: Mapping[str, str]) -> str:
    title = abbreviations[name].replace("&", "&amp;").replace('"', "&quot;")
    return f'<abbr title="{title}">{name}</abbr>' if title else name
