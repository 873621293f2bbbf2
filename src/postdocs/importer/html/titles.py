"""A heading in an article that repeats the title, which the page of a post shows already."""

from __future__ import annotations

import unicodedata
from itertools import takewhile

from bs4.element import Tag

from postdocs.core.html import HEADINGS
from postdocs.importer.addresses import key_of
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.clutter import is_clutter
from postdocs.importer.html.dom import attribute, is_undrawn, text_of
from postdocs.importer.html.headings import leads_to_itself
from postdocs.importer.html.repair import resolve

_AROUND = frozenset({"main", "article", "section", "div", "header", "hgroup", "span"})
_MEDIA = frozenset({
    *("audio", "canvas", "embed", "iframe", "img", "input", "math", "object", "picture", "svg", "table"),
    "video",
})  # fmt: skip
# Quotes and dashes, which generators set in one of the two places only.
_TYPED = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014", "''\"\"--")


def drop_title(body: Tag, title: str, url: str | None, notes: list[Note]) -> None:
    """Take the first heading out of an article if it repeats the title, and the rule above it.

    A heading below other content has to be an `h1`. A heading with an image, or with a link to elsewhere,
    stays. Its anchors stay in its place. url: the address of the post. notes: says what was taken out.
    """
    heading = body.find(list(HEADINGS))
    if not isinstance(heading, Tag) or not title or not _is_text(heading, url):
        return
    around = takewhile(lambda tag: tag is not body, heading.parents)
    if any(tag.name not in _AROUND for tag in around) or _plain(_words(heading)) != _plain(title):
        return
    is_leading = _is_leading(heading, body)
    if not is_leading and heading.name != "h1":
        return
    for rule in heading.find_all_previous("hr") if is_leading else ():
        if any(tag is body for tag in rule.parents):
            rule.decompose()
    notes.append(Note(NoteKind.REPAIRED, "heading that repeats the title, left out", title))
    for tag in reversed([heading, *heading.find_all(True)]):
        if name := attribute(tag, "id") or (attribute(tag, "name") if tag.name == "a" else ""):
            heading.insert_after(Tag(name="div", attrs={"id": name}))
    heading.decompose()


def _is_text(heading: Tag, url: str | None) -> bool:
    """Tell whether a heading holds text only, and no link but to itself or to the post."""
    if heading.find(list(_MEDIA)) is not None:
        return False
    return all(
        is_clutter(link) or leads_to_itself(link, url) or _leads_to(link, url)
        for link in heading.find_all("a", href=True)
    )


def _leads_to(link: Tag, url: str | None) -> bool:
    target = resolve(attribute(link, "href"), url, [])
    return bool(url) and key_of(target or "") == key_of(url or "")


def _words(heading: Tag) -> str:
    texts = heading.find_all(string=True)
    shown = [node for node in texts if not any(is_clutter(tag) for tag in node.parents if tag is not heading)]
    return "".join(text_of(node) or "" for node in shown)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(_TYPED).split()).casefold()


def _is_leading(heading: Tag, body: Tag) -> bool:
    """Tell whether nothing that readers see is above a heading."""
    for node in heading.previous_elements:
        if node is body:
            return True
        if isinstance(node, Tag):
            if node.name in _MEDIA and not is_undrawn(node):
                return False
        elif (text_of(node) or "").strip() and not any(is_clutter(tag) for tag in node.parents):
            return False
    return True
