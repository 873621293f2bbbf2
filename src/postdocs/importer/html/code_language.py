"""The language of a block of code, from every place where a highlighter or an editor keeps it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from bs4.element import Comment, Tag

from postdocs.core.html import HEADINGS, PREFORMATTED
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.highlighting import known_language
from postdocs.importer.html.dom import attribute, classes, text_of

_NO_LANGUAGE = frozenset({
    "text", "none", "plaintext", "plain", "default", "txt", "nohighlight", "no-highlight", "raw", "guess",
    "auto", "highlighter-rouge", "source", "block", "unknown", "generic", "code", "output", "fallback",
})  # fmt: skip
_ATTRIBUTES = (
    "data-lang", "data-language", "data-enlighter-language", "data-code-language", "data-code-block-lang",
    "data-lexer", "data-syntax", "data-hljs-language",
)  # fmt: skip
_SETTINGS = re.compile(r"\b(?:brush|lang|language|lexer)\s*:\s*([\w+#.\-]+)", re.IGNORECASE)
_NAMED = re.compile(r"(?:language|lang|brush|lexer|mw-highlight-lang|hl|sh_|src)(?:[-:]|(?<=_))(.+)")
# After these stands a language, or something else about the block.
_PERHAPS_NAMED = re.compile(r"(?:highlight-source|highlight-text|highlight|geshifilter|code|syntax)-(.+)")
# Classes beside which the name of the language stands alone: highlight.js, pandoc, Hexo, docutils, org-mode,
# GeSHi, CodeColorer, SyntaxHighlighter.
_BESIDE_A_NAME = frozenset({
    "hljs", "sourceCode", "highlight", "code", "src", "codehilite", "syntaxhighlighter", "geshi",
    "codecolorer", "codecolorer-container", "prettyprint", "wp_syntax", "chroma", "listing",
})  # fmt: skip
_BLOCK_COMMENT = re.compile(r"\s*wp:[\w/\-]+\s+(\{.*\})\s*/?\s*", re.DOTALL)
_KEYS = ("language", "lang", "codeLanguage", "langType", "syntax", "mode")
_FAR = 6  # how many elements a highlighter wraps around a block
_NOT_CODE = [*HEADINGS, "p", "ul", "ol", "dl", "blockquote"]


def read(tag: Tag, notes: list[Note]) -> str:
    """Return the language of a block as Pygments knows it; empty where none is said, or one that it does not.

    The element inside says it first, then the block itself, its block comment, and what is wrapped around it.
    notes: where a language that is not known is told.
    """
    unknown = ""
    for element in _near(tag):
        for name, is_sure in (*_named(element), *_commented(element)):
            if name.strip().lower() in _NO_LANGUAGE:
                if is_sure:
                    return ""
            elif language := known_language(name):
                return language
            elif is_sure:
                unknown = unknown or name.strip()
    if unknown:
        notes.append(Note(NoteKind.NOTICED, "a language of code that Pygments doesn't know", unknown))
    return ""


def _near(tag: Tag) -> Iterator[Tag]:
    inner = tag.find("code") if tag.name in PREFORMATTED else None
    if isinstance(inner, Tag):
        yield inner
    yield tag
    for place, parent in enumerate(tag.parents):
        if place >= _FAR or parent.name in {"body", "li", "blockquote", "dd"}:
            return
        if parent.find(_NOT_CODE) is not None:
            return
        yield parent


def _named(tag: Tag) -> Iterator[tuple[str, bool]]:
    """Return the names that an element says, each with whether it can be nothing but that of a language."""
    names = classes(tag)
    for key in _ATTRIBUTES:
        if value := attribute(tag, key):
            yield value, True
    if tag.name in PREFORMATTED or tag.name == "code":
        for key in ("lang", "language"):
            if value := attribute(tag, key):
                yield value, True
    if "crayon-syntax" in names and isinstance(shown := tag.find(class_="crayon-language"), Tag):
        yield shown.get_text(), False
    settings = (" ".join(names), attribute(tag, "data-syntaxhighlighter-params"), attribute(tag, "params"))
    for match in filter(None, map(_SETTINGS.search, settings)):
        yield match[1], True
    for name in names:
        if sure := _NAMED.fullmatch(name):
            yield sure[1], tag.name in PREFORMATTED or tag.name == "code" or name.startswith("language-")
        elif perhaps := _PERHAPS_NAMED.fullmatch(name):
            yield perhaps[1], False
    if tag.name == "code" or tag.name in PREFORMATTED or _BESIDE_A_NAME.intersection(names):
        yield from ((name, False) for name in names if name not in _BESIDE_A_NAME)


def _commented(tag: Tag) -> Iterator[tuple[str, bool]]:
    """Return the language that the comment before a block of WordPress says."""
    for sibling in tag.previous_siblings:
        if isinstance(sibling, Comment):
            if match := _BLOCK_COMMENT.fullmatch(sibling):
                yield from _settings(match[1])
            return
        if isinstance(sibling, Tag) or (text_of(sibling) or "").strip():
            return


def _settings(source: str) -> Iterator[tuple[str, bool]]:
    try:
        settings = json.loads(source)
    except (ValueError, RecursionError):
        return
    for key in _KEYS:
        if isinstance(value := settings.get(key), str) and value:
            yield value, key != "mode"
