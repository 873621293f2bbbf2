"""The images that a source shows, with their lines and alternative texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from postdocs.authoring.source_links import MARKDOWN, without_code
from postdocs.core import notebook
from postdocs.core.errors import PostdocsError

_MARKDOWN = re.compile(
    r"!\[(?P<alt>(?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*(?:<(?P<bracketed>[^<>\n]*)>|(?P<name>[^\s()]+))"
)
_DIRECTIVE = re.compile(
    r"^[ \t>*+-]*(?:(?:`{3,}|~{3,}|:{3,})[ \t]*\{(?:figure|image)\}"
    r"|\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?(?:figure|image)::)"
    r"[ \t]*(?P<name>\S[^\n]*?)[ \t]*\n(?P<options>(?:[ \t>]*(?:---|:?[\w-]+:)[^\n]*\n)*)",
    re.MULTILINE,
)
_ALT = re.compile(r"^[ \t>]*:?alt:[ \t]*\S", re.MULTILINE)
_IMG = re.compile(r"""<img\s(?:[^<>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_SRC = re.compile(r"""\ssrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_HAS_ALT = re.compile(r"\salt(?=[\s=/>])", re.IGNORECASE)


@dataclass(frozen=True)
class Picture:
    """A picture in a source. line: from 1. name: as written. has_text: whether it has an alternative."""

    line: int
    name: str
    has_text: bool


def pictures_in(text: str, path: str) -> list[Picture]:
    """Return the pictures of a source, in the order of its lines.

    Of a notebook, they are those of its cells in Markdown, because outputs have no alternative text.
    """
    if path.endswith(".ipynb"):
        return _of_notebook(text, path)
    is_markdown = path.endswith(MARKDOWN)
    code_blanked = without_code(text) if is_markdown else text
    blanked = without_code(text, keeps_directives=True) if is_markdown else text
    uses = [*_of_directives(blanked), *(_inline(code_blanked) if is_markdown else ())]
    return sorted(uses, key=lambda use: use.line)


def _of_notebook(text: str, path: str) -> list[Picture]:
    try:
        cells = notebook.markdown_cells(text, path)
    except PostdocsError:
        return []
    return [
        replace(picture, line=cell.line_of(picture.line))
        for cell in cells
        for picture in pictures_in(cell.text, "cell.md")
    ]


def _of_directives(text: str) -> Iterator[Picture]:
    for match in _DIRECTIVE.finditer(f"{text}\n"):
        yield Picture(_line(text, match.start("name")), match["name"], bool(_ALT.search(match["options"])))


def _inline(text: str) -> Iterator[Picture]:
    for match in _MARKDOWN.finditer(text):
        name = match["name"] or match["bracketed"] or ""
        yield Picture(_line(text, match.start()), name, bool(match["alt"].strip()))
    for match in _IMG.finditer(text):
        source = _SRC.search(match[0])
        yield Picture(
            _line(text, match.start()), source[1] if source else "", bool(_HAS_ALT.search(match[0]))
        )


def _line(text: str, start: int) -> int:
    return text.count("\n", 0, start) + 1
