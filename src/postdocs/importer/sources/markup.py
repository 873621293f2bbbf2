"""Entries in a format that the source doesn't declare: HTML escaped twice, Markdown."""

from __future__ import annotations

import html
import re

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from postdocs.importer.dollars import use_dollars
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.sources.text import looks_like_html

_ESCAPED_START = re.compile(
    r"&(?:amp;)*lt;(?:p|div|h[1-6]|ul|ol|a|b|i|em|strong|br|img|blockquote|figure|table|pre|section|article|span)"
    r"(?=\s|/|&)[^<>]*&(?:amp;)*gt;\Z",
    re.IGNORECASE,
)
_ESCAPED_END = re.compile(
    r"&(?:amp;)*lt;/(?:p|div|li|h[1-6]|ul|ol|a|blockquote|td)&(?:amp;)*gt;", re.IGNORECASE
)
_FEWEST_ENDS = 3
_MOST_TIMES = 3  # that programs escape one text
_PARAGRAPHS = re.compile(r"</?(?:p|div|br|h[1-6]|ul|ol|table|pre|blockquote)\b|<!-- wp:", re.IGNORECASE)
_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})(?P<info>[^`\n]*)")
# Alone it shows Markdown in text without tags: nobody writes so by chance.
_LINK = re.compile(
    r"!?\[[^\]\n]{1,300}\]\((?:https?://|mailto:|\.{0,2}/|#)[^()\s]{1,2000}(?:\([^()\s]*\))?[^()\s]*\)"
)
_HEADING = re.compile(r"^ {0,3}#{1,6} +[^\s#]", re.MULTILINE)
# People write so in plain text too: these count beside a heading, a link or a fence only.
_LIKELY = (
    re.compile(r"^[^\s<][^\n]*\n(?:={3,}|-{3,})[^\S\n]*$", re.MULTILINE),
    re.compile(r"(?<![\w*])\*\*[^\s*][^*\n]*\*\*(?!\*)"),
    re.compile(r"^ {0,3}[-*+] +\S[^\n]*\n(?:\s*\n)?(?: {0,3}[-*+] +\S)", re.MULTILINE),
    re.compile(r"^ {0,3}1[.)] +\S[^\n]*\n(?:\s*\n)? {0,3}2[.)] +\S", re.MULTILINE),
    re.compile(r"^ {0,3}> ?\S", re.MULTILINE),
    re.compile(r"(?<!`)`[^`\n]+`(?!`)"),
    re.compile(r"^\|(?:[^\n|]+\|){2,}[^\S\n]*\n\|(?:\s*:?-+:?\s*\|){2,}", re.MULTILINE),
)


def markup_of(text: str, notes: list[Note]) -> str:
    """Return the HTML of a text that a source calls HTML or text; what it really was is noted."""
    text = _once_escaped(text, notes)
    if not is_markdown(text):
        return text
    notes.append(
        Note(NoteKind.REPAIRED, "its text is Markdown, which the source does not say; it was read as such")
    )
    return of_markdown(text)


def of_markdown(text: str) -> str:
    """Return the HTML of Markdown, as blogs use it: tables, footnotes, formulas, HTML in it."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    markdown.use(footnote_plugin)
    use_dollars(markdown)
    return str(markdown.render(text)).strip()


def _once_escaped(text: str, notes: list[Note]) -> str:
    """Return HTML whose every tag was escaped once more than it should be, without that."""
    is_escaped = _ESCAPED_START.match(text.strip()) or len(_ESCAPED_END.findall(text)) >= _FEWEST_ENDS
    if "<" in text or not is_escaped:
        return text
    result = text
    for _ in range(_MOST_TIMES):
        if "<" not in result:
            result = html.unescape(result)
    if not looks_like_html(result):
        return text
    notes.append(
        Note(NoteKind.REPAIRED, "its text was escaped twice", text.strip()[:60], result.strip()[:60])
    )
    return result


def is_markdown(text: str) -> bool:
    """Tell whether a text is Markdown: it has marks of that, and no paragraphs of HTML."""
    outside = _without_fences(text) if "```" in text or "~~~" in text else text
    if _PARAGRAPHS.search(outside):
        return False
    sure = [outside != text, _LINK.search(outside) is not None]
    if any(sure) and "</" not in outside:
        return True
    sure.append(_HEADING.search(outside) is not None)
    return any(sure) and sum(sure) + any(mark.search(outside) for mark in _LIKELY) > 1


def _without_fences(text: str) -> str:
    """Return a text without its fenced blocks of code (CommonMark 0.31 §4.5) that have an end."""
    kept: list[str] = []
    block: list[str] = []
    fence = ""
    for line in text.split("\n"):
        match = _FENCE.fullmatch(line)
        if fence:
            block.append(line)
            if match and match["mark"].startswith(fence) and not match["info"].strip():
                block, fence = [], ""
        elif match:
            block, fence = [line], match["mark"]
        else:
            kept.append(line)
    return "\n".join([*kept, *block])
