"""What makes no difference between an author's block and that of a page: typography, outline, and forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import transform, walk
from postdocs.importer.highlighting import known_language

_PLAIN = frozenset({"", "text", "none"})  # languages of code that is none
# What generators make of an author's straight quotes, dashes, and dots.
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2013\u2014", "-"),
        **dict.fromkeys("\u00a0\u202f", " "),
        "\u2026": "...",
    }
)
_DASHES = re.compile("-{2,3}")
_SPACES = re.compile(" {2,}")  # no-break spaces among them, which mean nothing beside another space


def names_languages(document: nodes.Document) -> bool:
    """Tell whether a page says of any code which language it is in."""
    return any(code.language.lower() not in _PLAIN for code in _code_in(document))


def folded(node: object, *, names_languages: bool) -> object:
    """Return a node without what only typography, the outline, and the way to write it tell apart.

    names_languages: whether the page says of any code which language it is in, as not all do.
    """
    return transform(
        node,
        {
            nodes.Text: lambda text: nodes.Text(_straight(text.text)),
            nodes.Code: lambda code: nodes.Code(code.text.strip()),
            nodes.Image: lambda image: replace(image, alt=_straight(image.alt), title=_straight(image.title)),
            nodes.Link: lambda link: replace(link, title=_straight(link.title)),
            nodes.Span: _span,
            nodes.Paragraph: lambda paragraph: replace(paragraph, children=_shown(paragraph.children)),
            nodes.Heading: lambda heading: replace(heading, level=2, ids=(), given=""),
            nodes.CodeBlock: lambda code: replace(
                code, language=_language(code.language) if names_languages else ""
            ),
        },
    )


def _span(span: nodes.Span) -> nodes.Span:
    """Put `strong` within `em`: parsers differ in which of both `***` is outside."""
    inner = span.children[0] if span.tag == "strong" and len(span.children) == 1 else None
    if isinstance(inner, nodes.Span) and inner.tag == "em":
        return replace(inner, children=(replace(span, children=inner.children),))
    return span


def _shown(inlines: Sequence[nodes.Inline]) -> tuple[nodes.Inline, ...]:
    """Return inlines without spaces where a line starts or ends, which no reader sees (CSS Text 3 §4.1.2)."""
    ends = [nodes.LineBreak(), *inlines, nodes.LineBreak()]
    shown: list[nodes.Inline] = []
    for before, inline, after in zip(ends, inlines, ends[2:], strict=False):
        if isinstance(inline, nodes.Text):
            text = inline.text.lstrip(" ") if isinstance(before, nodes.LineBreak) else inline.text
            text = text.rstrip(" ") if isinstance(after, nodes.LineBreak) else text
            shown += [nodes.Text(text)] if text else []
        else:
            shown.append(inline)
    return tuple(shown)


def is_highlighted(node: object) -> bool:
    """Tell whether Sphinx knows the languages of all code in a block."""
    return all(
        code.language.lower() in _PLAIN or known_language(code.language) == code.language.lower()
        for code in _code_in(node)
    )


def is_typed(one: object, other: object) -> bool:
    """Tell whether characters differ between two blocks that mean the same."""
    texts, others = (
        "".join("".join(node.text for node in walk(block) if isinstance(node, nodes.Text)).split())
        for block in (one, other)
    )
    return texts != others


def _straight(text: str) -> str:
    return _SPACES.sub(" ", _DASHES.sub("-", text.translate(_TYPOGRAPHY)))


def _code_in(node: object) -> Iterator[nodes.CodeBlock]:
    return (code for code in walk(node) if isinstance(code, nodes.CodeBlock))


def _language(name: str) -> str:
    return "" if name.lower() in _PLAIN else known_language(name)
