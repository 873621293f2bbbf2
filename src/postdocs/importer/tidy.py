"""Posts that exist, in the Markdown that an import would write.

Only what reads back the same changes, block by block. A block with anything that the writer doesn't know
stays byte for byte: other directives and roles, attributes, comments, links by reference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape

from markdown_it.token import Token

from postdocs.core.markdown_source import split
from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import walk
from postdocs.importer.html.parse import parse
from postdocs.importer.myst import inline, markup
from postdocs.importer.myst.escapes import Context
from postdocs.importer.myst.lowering import EscapeLevel
from postdocs.importer.myst.minimal import lightened
from postdocs.importer.myst.render import MystReader, directive_of, meaning_of
from postdocs.importer.myst.segments import Segment, joined, segments
from postdocs.importer.myst.wrap import Wrap, wrapped
from postdocs.importer.myst.write import parts as blocks_of

_CONTAINERS = {"figure", "figure-md", "table", "list-table", "admonition", *nodes.ADMONITIONS}
_DIRECTIVES = {"code-block", *_CONTAINERS}
_ATTRIBUTES = {
    "link_open": {"href", "title", "class"},
    "image": {"src", "alt", "title", "width", "height"},
    "ordered_list_open": {"start"},
    "td_open": {"style"},
    "th_open": {"style"},
}  # that a tree keeps, or that the comparison finds to be missing
_UNKNOWN = {"myst_role", "myst_line_comment", "myst_block_break", "substitution_inline", "substitution_block"}
_WORD = re.compile(r"[^\W_]+")
_UNTOUCHED = {"", "footnote_reference_open", "myst_target", "front_matter"}


def tidied(text: str, read: MystReader, wrap: Wrap = "none") -> str:
    """Return a source file with its Markdown as an import writes it; the front matter stays as it is.

    wrap: how paragraphs are wrapped; `none` leaves their lines as they are.
    """
    source = split(text)
    parts = [*segments(source.body, read)]
    texts = [*_candidates(parts, read)]
    body = source.body
    if texts != [part.text for part in parts]:
        gap = "\n" if body.startswith("\n") else ""
        body = gap + joined(parts, texts, read)
    return text.removesuffix(source.body) + wrapped(body, wrap, read)


def _candidates(parts: Iterable[Segment], read: MystReader) -> Iterator[str]:
    """Return each block as the writer has it, if it is read the same, or as it is."""
    was_list = False
    for segment in parts:
        is_list = segment.kind in {"bullet_list_open", "ordered_list_open"}
        if segment.kind == "html_block":
            yield _of_html(segment.text, read)
        elif (is_list and was_list) or not _is_understood(segment, read):
            yield segment.text
        else:
            yield _written(segment, read)
        was_list = is_list


def _is_understood(segment: Segment, read: MystReader) -> bool:
    """Tell whether the writer knows all that is in a block, and it means the same when it stands alone."""
    if segment.kind in _UNTOUCHED or not all(map(_is_known, _all(segment.tokens, read))):
        return False
    return meaning_of(read.tokens(segment.text)) == meaning_of(segment.tokens)


def _all(tokens: Iterable[Token], read: MystReader) -> Iterator[Token]:
    """Yield tokens, and those in them, also in the text of directives."""
    for token in tokens:
        yield token
        yield from _all(token.children or (), read)
        if directive_of(token) in _CONTAINERS:
            yield from _all(read.tokens(token.content), read)


def _is_known(token: Token) -> bool:
    name = directive_of(token)
    is_role = token.type == "myst_role" and token.meta.get("name") == "math"
    return (
        (not name or name in _DIRECTIVES)
        and (is_role or token.type not in _UNKNOWN)
        and {*token.attrs} <= _ATTRIBUTES.get(token.type, set())
    )


def _written(segment: Segment, read: MystReader) -> str:
    """Write a block anew, first readably, then with all escapes that it might need."""
    document, _ = read(segment.text)
    meant = read.meaning(segment.text)
    for level in (EscapeLevel.READABLE, EscapeLevel.ESCAPED):
        text = lightened(_text_of(segment, document, level), (), read.wording)
        if read.meaning(text) == meant:
            return segment.text if _lost(segment, text, read) else text
    return segment.text


def _lost(segment: Segment, new: str, read: MystReader) -> Counter[str]:
    """Return the words that only the old text has: no page shows the cells that a row has too many."""
    if not any(token.type == "table_open" for token in _all(segment.tokens, read)):
        return Counter()
    before, after = (Counter(_WORD.findall(unescape(text))) for text in (segment.text, new))
    return before - after


def _text_of(segment: Segment, document: nodes.Document, level: EscapeLevel) -> str:
    match document.blocks:
        case (nodes.Heading(_, children),):  # the parser says its level, not the place where it stands alone
            context = Context(every=level is EscapeLevel.ESCAPED, one_line=True, heading=True)
            return f"{'#' * int(segment.tokens[0].tag[1])} {inline.write(children, context)}"
    return "\n\n".join(blocks_of(document, dict.fromkeys(range(len(document.blocks)), level)))


def _of_html(html: str, read: MystReader) -> str:
    """Write as Markdown what is HTML and says no more, such as the tables of earlier imports."""
    document, _ = parse(html, None)
    has_html = any(isinstance(node, nodes.RawBlock | nodes.RawInline) for node in walk(document))
    if has_html or document.footnotes or _plain(markup.blocks(document.blocks)) != _plain(html):
        return html
    text = "\n\n".join(blocks_of(document, {}))
    return text if read(text) == (document, []) else html


def _plain(html: str) -> str:
    return " ".join(re.sub(r">\s+<", "><", html.strip()).split())
