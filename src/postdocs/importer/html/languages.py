"""Parts of an entry in another language or text direction."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bs4.element import Tag

from postdocs.core.html import PREFORMATTED
from postdocs.importer.ast.nodes import Block, Division, Heading, Span
from postdocs.importer.html.dom import attribute

# BCP 47 (RFC 5646) §2.1, without what is for private use.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_NONE = frozenset({"zxx", "und", "mul"})
_CODE = PREFORMATTED | {"code", "tt", "kbd", "samp"}  # here `lang` is that of a program
_FEW = 3


def around(body: Tag) -> str:
    """Return the language that an editor wrote on nearly every element, and that therefore says nothing.

    It is on several elements, and most of the text is in them; empty where there is none.
    """
    lengths: Counter[str] = Counter()
    elements: Counter[str] = Counter()
    for tag in body.find_all(lang=True):
        if tag.find_parent(lang=True) is None and (language := _language(tag)):
            lengths[language] += len(tag.get_text())
            elements[language] += 1
    language, length = next(iter(lengths.most_common(1)), ("", 0))
    return language if elements[language] >= _FEW and length * 2 > len(body.get_text()) else ""


def inside(tag: Tag, lang: str, direction: str) -> tuple[str, str]:
    """Return the language and direction inside an element, given those around it."""
    if tag.name in _CODE:
        return lang, direction
    return _language(tag) or lang, _direction(tag) or direction


def _language(tag: Tag) -> str:
    language = (attribute(tag, "lang") or attribute(tag, "xml:lang")).strip()
    is_one = _LANGUAGE.fullmatch(language) and language.lower() not in _NONE and tag.name not in _CODE
    return language if is_one else ""


def _direction(tag: Tag) -> str:
    """Return `ltr` or `rtl`; `auto` is what the first letter says (HTML Living Standard §3.2.6.4)."""
    direction = attribute(tag, "dir").strip().lower()
    if direction == "auto" or (tag.name == "bdi" and not direction):
        kinds = (unicodedata.bidirectional(letter) for letter in tag.get_text())
        first = next((kind for kind in kinds if kind in {"L", "R", "AL"}), "")
        return {"": "", "L": "ltr"}.get(first, "rtl")
    return direction if direction in {"ltr", "rtl"} else ""


def marked(blocks: Iterable[Block], lang: str, direction: str) -> Iterator[Block]:
    """Mark blocks with a language and a direction; headings stay in the outline."""
    run: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            yield from _division(run, lang, direction)
            run = []
            children = (Span("span", block.children, lang=lang, dir=direction),)
            yield replace(block, children=children)
        else:
            run.append(block)
    yield from _division(run, lang, direction)


def _division(blocks: list[Block], lang: str, direction: str) -> Iterator[Block]:
    if blocks:
        yield Division("div", tuple(blocks), lang, direction)
