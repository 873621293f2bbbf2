"""References in style sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postdocs.links.model import Page, columns

# CSS Syntax 3 §4: comments, strings and `url()`; CSS Cascade 5 §2 (`@import`), CSS Images 4 §3 (`image-set`).
# The address of a namespace is a name only (CSS Namespaces 3 §2).
# A library reads a style sheet in a hundred times the time, and what is between addresses says nothing here.
# A string may end with the file. One that ends with its line is none, and nothing reads an address in it.
_STRING = r"\"(?:[^\"\\\n]|\\.)*+(?:\"|\\?\Z)|'(?:[^'\\\n]|\\.)*+(?:'|\\?\Z)"
_BAD_STRING = r"[\"'](?:[^\\\n]|\\.)*+"
_HEX = r"\\[0-9a-f]{1,6}\s?"
_TOKEN = re.compile(
    rf"""
    /\*.*?(?:\*/|\Z)
    | @namespace \b [^;]*+
    | \b url \( \s*+ (?P<url> {_STRING} | (?:[^\\"'()\s]|{_HEX}|\\.)*+ ) \s*+ \)
    | @import \s*+ (?P<imported> {_STRING} )
    | \b image-set \( (?P<set> (?: {_STRING} | [^"'()] | \( (?: {_STRING} | [^"'()] )*+ \) )*+ ) \)
    | {_STRING}
    | {_BAD_STRING}
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_IN_SET = re.compile(rf"\b(?:url|type|format)\([^()]*+\)|({_STRING})", re.IGNORECASE | re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|\n|(.))", re.DOTALL)  # CSS Syntax 3 §4.3.7
_LAST = 0x10FFFF  # of Unicode


def read_css(data: bytes, path: str) -> Page:
    """Read a style sheet, which is in UTF-8 in all that tools write."""
    text = data.decode("utf-8-sig", "replace")
    links = []
    line, counted = 1, 0
    for url, start in sorted(urls_in(text), key=lambda item: item[1]):
        line += text.count("\n", counted, start)
        counted = start
        links.append((url, line))
    urls, lines = columns(links)
    return Page(path, urls, lines=lines)


def urls_in(text: str) -> Iterator[tuple[str, int]]:
    """Yield the addresses in a piece of CSS, each with the place where it begins.

    Fragments alone are left out: what they name is in the document that uses the style.
    """
    for token in _TOKEN.finditer(text):
        if token["set"] is not None:
            start = token.start("set")
            for match in _IN_SET.finditer(token["set"]):
                if match[1]:
                    yield _plain(match[1]), start + match.start()
            for url, at in urls_in(token["set"]):
                yield url, start + at
            continue
        written = token["url"] if token["url"] is not None else token["imported"]
        url = _plain(written or "")
        if url and not url.startswith("#"):
            yield url, token.start()


def _plain(written: str) -> str:
    quote = written[:1] if written[:1] in {'"', "'"} else ""
    return _ESCAPE.sub(_unescaped, written.removeprefix(quote).removesuffix(quote))


def _unescaped(escape: re.Match[str]) -> str:
    if escape[1]:
        number = int(escape[1], 16)
        return chr(number) if 0 < number <= _LAST else "\N{REPLACEMENT CHARACTER}"
    return escape[2] or ""
