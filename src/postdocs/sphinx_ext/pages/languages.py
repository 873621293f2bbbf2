"""Which language the parts of a page are in: of posts that are in another than the site."""

from __future__ import annotations

import re

from docutils import nodes
from markupsafe import Markup

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.locale.language import Language


def attributes_of(language: Language, within: Language) -> Markup:
    """Return the attributes of an element in a language that is not the one around it; "" where it is."""
    if language.tag == within.tag:
        return Markup()
    return Markup(' lang="{}" dir="{}"').format(language.tag, language.direction)


def in_languages(build: Build, body: str, docname: str, doctree: nodes.document | None) -> str:
    """Return the body of a page whose sections say which language they are in."""
    for post in build.blog.by_docname[docname]:
        attributes = attributes_of(post.written_in, build.language)
        if not attributes:
            continue
        count = 0
        for anchor in [post.section] if post.section else _sections(doctree):
            tag = re.compile(rf'<section\b(?=[^>]* id="{re.escape(anchor)}")')
            body, more = tag.subn(rf"\g<0>{attributes}", body, count=1)
            count += more
        if not count and not post.section:  # some themes write headings without sections
            body = f"<div{attributes}>{body}</div>"
    return body


def _sections(doctree: nodes.document | None) -> list[str]:
    """Return the anchors of the sections that a document is made of."""
    children = doctree.children if doctree else []
    return [child["ids"][0] for child in children if isinstance(child, nodes.section) and child["ids"]]
