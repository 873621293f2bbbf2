"""Citations that a reader of sources has found, in the HTML of an entry.

The element is that of pandoc, `<span class="citation" data-cites="…">`, with the role that says how a work is
cited, and what the author wrote in it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from html import escape

from bs4.element import Tag

from postdocs.importer.ast.nodes import CITATION_ROLES, Citation
from postdocs.importer.ast.visit import walk
from postdocs.importer.html.dom import attribute, read

LIST = '<div class="references" data-references="here"></div>'  # the place of the list of what is cited
_WORK = r"(?:\{[^{}`]+\})?([^\s,{}<>`\\]+)(?:\{[^{}`]+\})?"  # a key, with what is written before and after it
_TARGET, _ALL = re.compile(_WORK), re.compile(rf"{_WORK}(?:,{_WORK})*")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_OF_PAGE = "page"
_ROLE, _TARGETS, _LIST = "data-cited", "data-cites", "data-references"


def element(citation: Citation) -> str:
    """Write a citation as HTML that renderers of Markdown let through, with what the author wrote."""
    targets = escape(citation.targets)
    shown = _PUNCTUATION.sub(lambda sign: f"&#{ord(sign[0])};", citation.plain)  # no markup of any kind
    return f'<span class="citation" {_ROLE}="{citation.role}" {_TARGETS}="{targets}">{shown}</span>'


def keys_of(targets: str) -> list[str]:
    """Return the keys of a citation."""
    return [match[1] for match in _TARGET.finditer(targets)]


def keys_in(document: object) -> Iterator[str]:
    """Yield the keys of the works that a document cites."""
    for node in walk(document):
        if isinstance(node, Citation):
            yield from keys_of(node.targets)


def has_any(html: str) -> bool:
    """Tell whether there are citations in some HTML."""
    return f" {_ROLE}=" in html


def of(tag: Tag) -> Citation | None:
    """Return the citation that an element is."""
    role, targets = attribute(tag, _ROLE), attribute(tag, _TARGETS)
    is_one = role in CITATION_ROLES and _ALL.fullmatch(targets)
    return Citation(role, targets, " ".join(tag.get_text().split())) if is_one else None


def is_list(tag: Tag) -> bool:
    """Tell whether an element is the place of the list."""
    return bool(attribute(tag, _LIST))


def is_of_page(tag: Tag) -> bool:
    """Tell whether the place of a list is that of a page, and of no post."""
    return attribute(tag, _LIST) == _OF_PAGE


def keep(body: Tag, works: Container[str], *, is_page: bool = False) -> list[Citation]:
    """Make text of those citations whose works the site has not, and return them.

    works: the keys that its bibliography has. Without citations, no list stays. Posts get one anyway, and a
    page at its end if it says no other place.
    """
    texts: list[Citation] = []
    has_citations = False
    for tag, citation in _citations(body):
        if all(key in works for key in keys_of(citation.targets)):
            has_citations = True
        else:
            texts.append(citation)
            tag.unwrap()
    if is_page and has_citations:
        if not body.find("div", attrs={_LIST: True}):
            body.extend([*read(LIST).children])
        for tag in body.find_all("div", attrs={_LIST: True}):
            tag[_LIST] = _OF_PAGE
    for tag in body.find_all("div", attrs={_LIST: True}) if not has_citations else ():
        tag.decompose()
    return texts


def _citations(body: Tag) -> Iterator[tuple[Tag, Citation]]:
    for tag in body.find_all("span", attrs={_ROLE: True}):
        if (citation := of(tag)) is not None:
            yield tag, citation
        else:
            del tag[_ROLE]
