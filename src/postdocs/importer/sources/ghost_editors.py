"""Formats of Ghost's editors: Markdown, Mobiledoc, Lexical.

Ghost makes HTML of it when a post is saved. Posts that a program has put into it may have none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.sources.markup import of_markdown
from postdocs.importer.sources.text import paragraphs

WORDS_ALONE = Note(NoteKind.LOST, "its structure: the export has its words alone")
_UNREAD = Note(NoteKind.LOST, "its text, which Ghost has not made HTML of: save it there once more")
_TEXT, _PICTURE, _LIST, _CARD = 1, 2, 3, 10  # kinds of sections of Mobiledoc 0.3
_LINE = "<br>\n"


def html_of(post: Mapping[str, Any], notes: list[Note]) -> str:
    """Return the HTML of what an editor has stored, empty where that is nothing.

    notes: where it is told what of it is lost.
    """
    if isinstance(markdown := post.get("markdown"), str) and markdown.strip():
        return of_markdown(markdown)
    for name, blocks_of in (("lexical", _of_lexical), ("mobiledoc", _of_mobiledoc)):
        if not isinstance(stored := post.get(name), str) or not stored.strip():
            continue
        try:
            blocks = [block for block in blocks_of(json.loads(stored), notes) if block]
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):  # it has another form
            notes.append(_UNREAD)
            continue
        if blocks:
            return "\n".join(blocks)
    return ""


def _of_lexical(document: Any, notes: list[Note]) -> Iterator[str]:
    for node in document["root"]["children"]:
        if "children" in node:
            yield _paragraphs(node["children"], notes)
        else:
            yield _of_card(str(node["type"]), node, notes)


def _of_mobiledoc(document: Any, notes: list[Note]) -> Iterator[str]:
    for kind, *section in document["sections"]:
        if kind == _TEXT:
            yield _paragraphs(section[1], notes)
        elif kind == _LIST:
            yield from (_paragraphs(item, notes) for item in section[1])
        elif kind == _CARD:
            name, payload = document["cards"][section[0]]
            yield _of_card(str(name), payload, notes)
        else:
            what = "picture" if kind == _PICTURE else "section"
            notes.append(Note(NoteKind.LOST, f"a {what} that Ghost has not made HTML of", str(section)[:60]))


def _of_card(name: str, payload: Mapping[str, Any], notes: list[Note]) -> str:
    """Return the HTML of a card that has its source in it; of any other only Ghost knows how it looks."""
    if isinstance(markdown := payload.get("markdown"), str):
        return of_markdown(markdown)
    if isinstance(html := payload.get("html"), str):
        return html
    if name not in {"hr", "horizontalrule"}:
        notes.append(Note(NoteKind.LOST, "a card that Ghost has not made HTML of", name))
        return ""
    return "<hr>"


def _paragraphs(value: Any, notes: list[Note]) -> str:
    """Return the words of strings of Mobiledoc, or nodes of Lexical, in their order."""
    words: list[str] = []
    waiting = [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, list):
            waiting.extend(reversed(inner))
        elif isinstance(inner, dict):
            is_line = inner.get("type") in {"linebreak", "listitem"}
            waiting.extend([inner.get("children"), inner.get("text"), "\n" if is_line else None])
        elif isinstance(inner, str):
            words.append(inner)
    html = paragraphs("".join(words), _LINE)
    if html and WORDS_ALONE not in notes:
        notes.append(WORDS_ALONE)
    return html
