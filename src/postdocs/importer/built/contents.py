"""Tables of contents in articles, which generators make of the headings."""

from __future__ import annotations

import re

from bs4.element import Tag

from postdocs.core.html import HEADINGS
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import attribute, classes, is_gone, words_in

_NAMES = re.compile(r"(?:^|[-_])(?:toc|table-?of-?contents|contents|on-this-page)(?:$|[-_])", re.IGNORECASE)
_ELEMENTS = ("nav", "div", "aside", "details", "ul", "ol")
_HEADINGS = sorted(HEADINGS)
_MOST_OUTSIDE = 6  # words of its title


def take_contents(article: Tag) -> list[Note]:
    """Take out of an article the lists of its own headings, and return what a report says of them."""
    notes: list[Note] = []
    for tag in article.find_all(_ELEMENTS):
        if isinstance(tag, Tag) and not is_gone(tag) and _is_contents(tag, article):
            what = "a table of contents, which the site makes of the headings"
            notes.append(Note(NoteKind.LEFT_OUT, what, words_in(tag)[:60]))
            tag.decompose()
    return notes


def _is_contents(tag: Tag, article: Tag) -> bool:
    if not any(map(_NAMES.search, (*classes(tag), attribute(tag, "id"), attribute(tag, "role")))):
        return False
    links = [link for link in tag.find_all("a") if isinstance(link, Tag)]
    targets = [attribute(link, "href") for link in links]
    if not targets or not all(target.startswith("#") for target in targets):
        return False
    linked = sum(len(words_in(link).split()) for link in links)
    is_list = len(words_in(tag).split()) - linked <= _MOST_OUTSIDE
    return is_list and all(_leads_to_heading(target[1:], article) for target in targets if target != "#")


def _leads_to_heading(name: str, article: Tag) -> bool:
    """Tell whether an id is that of a heading, or of what begins with one, such as a section."""
    target = article.find(id=name)
    return isinstance(target, Tag) and (
        target.name in _HEADINGS
        or target.find(_HEADINGS) is not None
        or target.find_parent(_HEADINGS) is not None
    )
