"""Blocks of code: the exact text and the language, out of what any highlighter made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import PageElement, Tag

from postdocs.core.html import BLOCKS, HIDDEN, PREFORMATTED
from postdocs.importer.ast.nodes import CodeBlock
from postdocs.importer.html.clutter import is_clutter
from postdocs.importer.html.dom import (
    attribute,
    classes,
    field_text,
    is_hidden,
    is_undrawn,
    text_of,
)

_NO_LANGUAGE = frozenset({
    "text", "none", "plaintext", "plain", "default", "txt", "nohighlight", "no-highlight", "raw", "guess",
    "auto", "highlighter-rouge", "source", "block", "unknown",
})  # fmt: skip
_PREFIXED = re.compile(r"(?:language|lang|highlight-source|highlight-text|highlight|brush|lexer|src)[-:](.+)")
_BRUSH = re.compile(r"\b(?:brush|lang)\s*:\s*([\w+#.\-]+)")
_ATTRIBUTES = ("data-lang", "data-language", "data-enlighter-language", "data-code-language", "lang")
# Classes after which the name of the language stands alone: highlight.js, pandoc, Hexo, docutils, org-mode.
_BEFORE_A_NAME = frozenset(
    {"hljs", "sourceCode", "highlight", "code", "src", "codehilite", "syntaxhighlighter"}
)
_NOT_A_NAME = re.compile(
    r".*(?:block|number|wrap|line|table|literal|notranslate|copy|chroma|prettyprint|example|dark|light|theme).*"
    r"|hljs|syntaxhighlighter|sourceCode|highlight|code|src|codehilite|pre|python-console-|figure|listing|toolbar|.*[:;].*",
    re.IGNORECASE,
)
_CODE_TABLES = frozenset({
    "lntable", "highlighttable", "codehilitetable", "rouge-table", "CodeRay", "hljs-ln", "crayon-table",
})  # fmt: skip
_FAR = 6  # how many elements a highlighter wraps around a block


def is_lines(tag: Tag) -> bool:
    """Tell whether an element holds code without being `pre`: the lines of SyntaxHighlighter and Crayon."""
    names = set(classes(tag))
    return tag.name == "div" and (
        "crayon-pre" in names
        or ("container" in names and isinstance(tag.parent, Tag) and "code" in classes(tag.parent))
    )


def is_layout(tag: Tag) -> bool:
    """Tell whether a table only sets line numbers beside code."""
    return tag.name == "table" and (
        bool(_CODE_TABLES.intersection(classes(tag)))
        or any(is_clutter(cell) for cell in tag.find_all("td", limit=2) if cell.find_parent("table") is tag)
    )


def read(tag: Tag) -> CodeBlock | None:
    """Read a block of code; None where it holds none."""
    text = "".join(_characters(tag)).replace("\r\n", "\n").replace("\r", "\n")
    text = text.removesuffix("\n")
    return CodeBlock(text, language(tag)) if text.strip() else None


def _characters(tag: Tag) -> Iterator[str]:
    """Return the characters of a block; elements that begin a line in a browser begin one here."""
    stack: list[tuple[Iterator[PageElement], bool]] = [(iter(tag.contents), False)]
    at_start = True  # of a line
    begun = False
    while stack:
        node = next(stack[-1][0], None)
        if node is None:
            _, is_line = stack.pop()
            if is_line and stack and not at_start:
                at_start = True
                yield "\n"
        elif is_undrawn(node) or (isinstance(node, Tag) and (is_clutter(node) or is_hidden(node))):
            continue
        elif isinstance(node, Tag):
            if node.name == "br":
                at_start = True
                yield "\n"
            elif value := field_text(node):
                at_start, begun = False, True
                yield value
            elif node.name not in HIDDEN:
                is_line = node.name in BLOCKS
                if is_line and begun and not at_start:
                    at_start = True
                    yield "\n"
                stack.append((iter(node.contents), is_line))
        elif (text := text_of(node)) and not _is_between_rows(node):
            at_start = text.endswith("\n")
            begun = True
            yield text
        # comments say nothing


def _is_between_rows(node: PageElement) -> bool:
    return node.parent is not None and node.parent.name in {"table", "tbody", "thead", "tr"}


def language(tag: Tag) -> str:
    """Return the language of a block in lower case, as its own element, the one inside or one around says."""
    inner = tag.find("code") if tag.name in PREFORMATTED else None
    near: list[Tag] = [inner, tag] if isinstance(inner, Tag) else [tag]
    for place, parent in enumerate(tag.parents):
        if place >= _FAR or parent.name in {"body", "li", "blockquote"}:
            break
        near.append(parent)
    for element in near:
        if name := _language_of(element):
            return "" if name in _NO_LANGUAGE else name
    return ""


def _language_of(tag: Tag) -> str:
    names = classes(tag)
    for name in _ATTRIBUTES[: 5 if tag.name in PREFORMATTED or tag.name == "code" else 4]:
        if value := attribute(tag, name):
            return value.strip().lower()
    if match := _BRUSH.search(" ".join(names)):
        return match[1].lower()
    for name in names:
        if match := _PREFIXED.fullmatch(name):
            return match[1].lower()
    if tag.name == "code" or _BEFORE_A_NAME.intersection(names):
        names = [name for name in names if not _NOT_A_NAME.fullmatch(name)]
        if len(names) == 1:
            return names[0].lower()
    return ""
