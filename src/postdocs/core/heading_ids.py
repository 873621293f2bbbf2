"""Ids that authors write at the end of headings: `## Methods {#methods}`.

Pandoc, kramdown, Goldmark, Python-Markdown, and Docusaurus read them; MyST reads `{#methods}` on the line
before the heading, by its extension `attrs_block`.
"""

from __future__ import annotations

import re
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_ID = re.compile(r"\{#([^\s{}]+)\}")


def split(heading: str) -> tuple[str, str]:
    """Return the text of a heading and the id at its end; "" where it has none.

    heading: Markdown, without its marks or with them. An id needs white space before it, and an escaped brace
    begins none.
    """
    text, brace, rest = heading.rstrip().rpartition("{")
    match = _ID.fullmatch(brace + rest)
    return (text.rstrip(), match[1]) if match and text != text.rstrip() else (heading, "")


def heading_id_plugin(parser: MarkdownIt) -> None:
    """Let a parser of markdown-it read them as attributes."""
    parser.core.ruler.after("block", "heading_id", _read)


def _read(state: StateCore) -> None:
    for heading, inline in pairwise(state.tokens):
        if heading.type == "heading_open":
            text, name = split(inline.content)
            if name and text:
                inline.content = text
                heading.attrs.setdefault("id", name)
