"""What only Python-Markdown reads, written as MyST reads it: https://python-markdown.github.io."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from postdocs.importer.folders.markdown import in_prose, with_angles

_EXTENSIONS = frozenset({"abbr", "extra"})  # those that read abbreviations
_ABBREVIATION = re.compile(r"^ {0,3}\*\[(?P<name>[^\\\]\n]+)\][ ]?:[ \t]*(?P<title>[^\n]+)\n?", re.MULTILINE)
_INDENTED = ("    ", "\t")  # a paragraph that may be code
_NO_TEXT = (
    r"\]\([^()\n]*\)|<[^<>\n]*>|^ {0,3}\[[^\]\n]+\]:[^\n]*|\]\[[^\]\n]*\]"  # addresses, tags, names of links
)


def to_myst(text: str, extensions: Iterable[str]) -> str:
    """Return a text in which what only this library reads is written as MyST reads it.

    These are addresses with spaces, and abbreviations, which are explained in another place.

    extensions: of the library that are in use.
    """
    text = with_angles(text)
    if "*[" not in text or not any(name.rpartition(".")[2] in _EXTENSIONS for name in extensions):
        return text
    titles: dict[str, str] = {}

    def define(match: re.Match[str]) -> str:
        titles[match["name"].strip()] = match["title"].strip()
        return ""

    def explain(match: re.Match[str]) -> str:
        name = None if match.string.startswith(_INDENTED) else match["name"]
        return f'<abbr title="{html.escape(titles[name])}">{html.escape(name)}</abbr>' if name else match[0]

    text = in_prose(text, _ABBREVIATION, define)
    names = "|".join(map(re.escape, sorted(titles, key=len, reverse=True)))
    pattern = re.compile(rf"{_NO_TEXT}|\b(?P<name>{names})\b", re.MULTILINE)
    return in_prose(text, pattern, explain) if titles else text
