"""Inline elements → marks on their content."""

from __future__ import annotations

from bs4.element import Tag

from postdocs.importer.ast.nodes import SPAN_TAGS
from postdocs.importer.html.dom import attribute, style
from postdocs.importer.html.inline_runs import Mark, fold

_SAME = {"i": "em", "b": "strong", "s": "del", "strike": "del", "acronym": "abbr"}
# Neighbours of these are one; two keys or two quotations are not.
_JOINED = frozenset({"em", "strong", "del", "sub", "sup", "mark", "ins", "small", "u"})
_MOST_MARKS = 12  # around one word; hostile input has more
_BOLD = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_WITH_ATTRIBUTES = frozenset({"span", "bdi", "bdo"})  # which mean nothing without `lang` or `dir`
_NOT_BOLD = frozenset({"normal", "400"})


def name_of(name: str) -> str:
    """Return the name of an element, one for all that mean the same."""
    return _SAME.get(name, name)


def of_link(tag: Tag, url: str, around: tuple[Mark, ...], serial: int) -> tuple[Mark, ...]:
    """Return the marks inside a link, which can't be in another one."""
    title = fold(attribute(tag, "title")).strip()
    return (*(mark for mark in around if mark.tag != "a"), Mark("a", serial, title, url))


def of_name(name: str, around: tuple[Mark, ...], serial: int, title: str = "") -> tuple[Mark, ...]:
    """Return the marks inside an element of a name. serial: what tells it apart from its neighbours."""
    joined = name in _JOINED
    if len(around) >= _MOST_MARKS or (joined and name in {mark.tag for mark in around}):
        return around
    return (*around, Mark(name, 0 if joined else serial, title))


def of_element(tag: Tag, name: str, around: tuple[Mark, ...], serial: int) -> tuple[Mark, ...]:
    """Return the marks inside any other element. serial: what tells it apart from its neighbours."""
    tags = [name] if name in SPAN_TAGS and name not in _WITH_ATTRIBUTES else []
    if name == "strong" and style(tag, "font-weight") in _NOT_BOLD:
        tags = []  # Google Docs wraps all in one
    if name in {"span", "font"}:
        tags += ["strong"] * (style(tag, "font-weight") in _BOLD)
        tags += ["em"] * (style(tag, "font-style") in {"italic", "oblique"})
    marks = around
    for tag_name in tags:
        title = fold(attribute(tag, "title")).strip() if tag_name == "abbr" else ""
        marks = of_name(tag_name, marks, serial, title)
    return marks


def of_language(
    tag: Tag, lang: str, direction: str, around: tuple[Mark, ...], serial: int
) -> tuple[Mark, ...]:
    """Return the marks inside an element whose language or direction is another than that around it."""
    name = tag.name if tag.name in _WITH_ATTRIBUTES else "span"
    return (*around, Mark(name, serial, lang=lang, dir=direction)) if len(around) < _MOST_MARKS else around
