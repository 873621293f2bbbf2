"""Shortcodes of WordPress and its plugins: which of them are read, and how they are found in a text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from postdocs.importer.html.math.delimiters import SWITCHES
from postdocs.importer.sources.wordpress import code, footnotes, formulas, media
from postdocs.importer.sources.wordpress.library import Reading
from postdocs.importer.sources.wordpress.syntax import Scanner, Shortcode

Reader: TypeAlias = Callable[[Shortcode, Reading], str | None]
"""Returns the HTML that a shortcode stands for; None where it can't be read, and stays as text."""

READERS: Mapping[str, Reader] = {
    "caption": media.read_caption,
    "wp_caption": media.read_caption,
    "gallery": media.read_gallery,
    "playlist": media.read_playlist,
    **dict.fromkeys(media.ADDRESSED, media.read_addressed),
    **dict.fromkeys(footnotes.NAMES, footnotes.read),
    **dict.fromkeys(footnotes.LISTS, footnotes.read_list),
    **dict.fromkeys(SWITCHES, formulas.read_switch),
    **dict.fromkeys(formulas.NAMES, formulas.read),
}
_VERBATIM = formulas.NAMES | code.LANGUAGES | {"code", "sourcecode", "crayon", "pastacode", "pre"}
_START = re.compile(
    r"<!--|<(?P<kept>pre|script|style|textarea|title|svg|math|code)(?=[\s>/])|<(?=[A-Za-z/])|\[|(?<!\()\(\((?!\()",
    re.IGNORECASE,
)
_LINE_START = re.compile(r"(?:^|\n|-->|<(?:p|div|li|td|figure|h[1-6])\b[^<>]*>)[^\S\n]*\Z", re.IGNORECASE)
_LINE_END = re.compile(r"[^\S\n]*(?:\Z|\n|<!--|</(?:p|div|li|td|figure|h[1-6])>)", re.IGNORECASE)


def expand(text: str, reading: Reading) -> str:
    """Return a text with the HTML that its shortcodes stand for; `[[x]]` shows `[x]`.

    What is in tags, comments, scripts and code stays to the letter. A shortcode that nothing reads stays as
    text, and is counted in `reading.unread`.
    """
    return "".join(_expanded(text, reading))


def _expanded(text: str, reading: Reading) -> Iterator[str]:
    scanner = Scanner(text)
    low = text.lower()
    unclosed: set[str] = set()
    at = 0
    while match := _START.search(text, at):
        yield text[at : match.start()]
        at = match.start()
        if match[0] == "[":
            part, at = _bracket(scanner, at, reading)
            yield part
            continue
        if match[0] == footnotes.DOUBLE:
            note = footnotes.read_marks(text, at, reading)
            yield note[0] if note else match[0]
            at = note[1] if note else match.end()
            continue
        name = (match["kept"] or "").lower()
        close = "-->" if match[0] == "<!--" else f"</{name}" if name else ">"
        end = -1 if close in unclosed else low.find(close, match.end())
        if end >= 0 and name:
            end = low.find(">", end)
        if end < 0:
            unclosed.add(close)
            yield match[0]
            at = match.end()
            continue
        end += 3 if close == "-->" else 1
        element = text[at:end]
        yield code.read_pre(element) if name == "pre" else element
        at = end
    yield text[at:]


def _bracket(scanner: Scanner, at: int, reading: Reading) -> tuple[str, int]:
    """Return what a bracket and what belongs to it stand for, and where that ends."""
    text = scanner.text
    if text.startswith("[[", at):
        escaped = scanner.match(at + 1, _VERBATIM)
        if escaped and text[escaped[2] : escaped[2] + 1] == "]" and _is_plain(escaped[0]):
            plain = html.escape(text[at + 1 : escaped[2]], quote=False)
            return formulas.shown(escaped[0], plain), escaped[2] + 1
        return "[", at + 1
    numbered = footnotes.NUMBERED.match(text, at) and footnotes.read_marks(text, at, reading)
    element = scanner.match(at, _VERBATIM)
    return numbered or (_shortcode(element, scanner, at, reading) if element else None) or ("[", at + 1)


def _shortcode(
    element: tuple[Shortcode, int, int], scanner: Scanner, at: int, reading: Reading
) -> tuple[str, int] | None:
    """Return what a shortcode stands for, and where it ends; None for a word in brackets."""
    shortcode, tag_end, end = element
    reader = code.read if code.is_code(shortcode.name) else READERS.get(shortcode.name)
    content = reader(shortcode, reading) if reader else None
    if content is not None:
        return content, end
    if not _is_plugin(shortcode, scanner.text[max(0, at - 80) : at], scanner.text[tag_end : tag_end + 80]):
        return None
    reading.unread[shortcode.name] += 1
    return html.escape(html.unescape(shortcode.tag), quote=False), tag_end


def _is_plain(shortcode: Shortcode) -> bool:
    """Tell whether a word in two brackets is a shortcode that is to be seen, rather than a link of a wiki."""
    return (
        shortcode.name in READERS
        or code.is_code(shortcode.name)
        or shortcode.is_named_first
        or shortcode.content is not None
    )


def _is_plugin(shortcode: Shortcode, before: str, after: str) -> bool:
    """Tell whether a word in brackets is a shortcode of some plugin, rather than of the text's author.

    It has an argument with a name, an end or a name that no word has, or a line of its own.
    """
    name = shortcode.tag[1 : len(shortcode.name) + 1]
    is_bare = name.islower() and "<" not in shortcode.tag
    return (
        shortcode.is_named_first
        or shortcode.content is not None
        or "_" in name
        or re.match(r"[=:]\S", shortcode.tag[len(name) + 1 :]) is not None
        or (shortcode.name in media.PLACES and bool(shortcode.positional))
        or bool(is_bare and _LINE_START.search(before) and _LINE_END.match(after))
    )
