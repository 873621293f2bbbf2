"""HTML of paragraphs, line breaks, and text alone, read without a parser of HTML.

Most comments are such. The tree is the one that `parse` makes, in a small part of the time.
"""

from __future__ import annotations

import re
from html import unescape

from postdocs.importer.ast.nodes import Document, LineBreak, Text
from postdocs.importer.html.flow import Flow
from postdocs.importer.html.inline_runs import Leaf

_TAG = re.compile(r"(<br\s*/?>|</?p>)", re.IGNORECASE)
# Other references, and characters that parsers of HTML take out, are for those.
_SIMPLE = re.compile(
    r"(?:[^<&\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]++"
    rf"|&(?:amp|lt|gt|quot|apos|nbsp|\#0?39|\#8[2-9]\d\d);|{_TAG.pattern})*+",
    re.IGNORECASE,
)


def read(html: str) -> Document | None:
    """Return the tree of simple HTML; None for any other."""
    if not _SIMPLE.fullmatch(html):
        return None
    flow = Flow(inline=False)
    for at, part in enumerate(_TAG.split(html)):
        if at % 2 == 0:
            flow.run += [Leaf((), Text(unescape(part)))] if part else []
        elif "p" in part.lower():  # a paragraph ends, and so does what is before one
            flow.end_paragraph()
        else:
            flow.run.append(Leaf((), LineBreak()))
    flow.end_paragraph()
    return Document(tuple(flow.blocks), ())


def words(html: str) -> list[str]:
    """Return the words of simple HTML, apart from `read`: all that is no tag."""
    return unescape(_TAG.sub(" ", html)).split()
