"""Tree → MyST text.

One paragraph is one line: differences stay small, and no line begins with what a wrapped one could.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from myst_parser.parsers.options import TokenizeError, options_to_items

from postdocs.importer.ast import nodes
from postdocs.importer.myst import inline, markup
from postdocs.importer.myst.anchors import own_anchors
from postdocs.importer.myst.escapes import Context
from postdocs.importer.myst.lowering import EscapeLevel, lower, prepare

_TARGET = re.compile(r"\([a-z0-9-]+\)=")
_LOCAL = ":filter: docname in docnames\n"  # the list of a page: what it cites itself
_NONE: Mapping[int, EscapeLevel] = {}


def write(document: nodes.Document, levels: Mapping[int, EscapeLevel] = _NONE) -> str:
    """Write a document as MyST text that ends in a line feed, or is empty.

    levels: how each block is written, by its index; footnotes come after the blocks.
    """
    return join(parts(prepare(document)[0], levels))


def join(texts: Iterable[str]) -> str:
    """Put the texts of blocks together."""
    return "".join(f"{text}\n{gap_after(text)}" for text in texts).removesuffix("\n")


def gap_after(text: str) -> str:
    """Return what parts a block from the next: a target stands right before what it is the target of."""
    return "" if _TARGET.fullmatch(text) else "\n"


def parts(document: nodes.Document, levels: Mapping[int, EscapeLevel]) -> list[str]:
    """Write the blocks, then the footnotes, of a prepared document one by one."""
    lowered = lower(document, levels)
    anchors = own_anchors(lowered)
    contexts = [
        Context(every=levels.get(at, EscapeLevel.READABLE) > EscapeLevel.READABLE, anchors=anchors)
        for at in range(len(lowered.blocks) + len(lowered.footnotes))
    ]
    texts = _siblings(lowered.blocks, contexts)
    for footnote, context in zip(lowered.footnotes, contexts[len(lowered.blocks) :], strict=True):
        body = _indent(_blocks(footnote.children, context, tight=False), "    ")
        texts.append(f"[^{footnote.label}]: {body}".rstrip(" "))
    return texts


def _siblings(blocks: tuple[nodes.Block, ...], contexts: list[Context]) -> list[str]:
    """Write blocks that follow each other, so that no two grow together."""
    texts: list[str] = []
    alternate = False
    for at, block in enumerate(blocks):
        before = blocks[at - 1] if at else None
        if isinstance(block, nodes.List) and isinstance(before, nodes.List):
            alternate = not alternate and (block.start is None) == (before.start is None)
        else:
            alternate = False
        text = _block(block, contexts[at], alternate)
        if isinstance(block, nodes.DefinitionList) and isinstance(before, nodes.DefinitionList):
            text = f"%\n\n{text}"  # a comment, which Sphinx leaves out of HTML and feeds
        texts.append(text)
    return texts


def places_of(heading: nodes.Heading) -> str:
    """Write what stands before a heading for its ids; it is empty where it has none but those of its text."""
    places = [f"{markup.tag('div', id=id_)}</div>\n\n" for id_ in heading.ids]
    return "".join(places) + (f"{{#{heading.given}}}\n" if heading.given else "")


def _blocks(blocks: tuple[nodes.Block, ...], context: Context, *, tight: bool) -> str:
    contexts = [replace(context, nested=True)] * len(blocks)
    return ("\n" if tight else "\n\n").join(_siblings(blocks, contexts))


def _indent(text: str, prefix: str, *, empty: str = "") -> str:
    """Put a prefix before all lines but the first."""
    first, *rest = text.split("\n")
    return "\n".join([first, *(prefix + line if line else empty for line in rest)])


def _block(block: nodes.Block, context: Context, alternate: bool) -> str:  # noqa: PLR0911, PLR0912 - one a kind
    match block:
        case nodes.Paragraph(children):
            return inline.write(children, context)
        case nodes.Heading(level, children):
            line = inline.write(children, replace(context, one_line=True, heading=True))
            return f"{places_of(block)}{'#' * level} {line}"
        case nodes.CodeBlock():
            return _code(block, context)
        case nodes.MathBlock(tex):
            return f"$$\n{tex}\n$$"
        case nodes.BlockQuote(children):
            return f"> {_indent(_blocks(children, context, tight=False), '> ', empty='>')}"
        case nodes.List():
            return _list(block, context, alternate)
        case nodes.DefinitionList(items):
            return "\n\n".join(_definition(item, context) for item in items)
        case nodes.Table():
            return _table(block, context)
        case nodes.ListTable():
            return _list_table(block, context)
        case nodes.Figure():
            return _figure(block, context)
        case nodes.Admonition():
            return _admonition(block, context)
        case nodes.Division(name, children):
            inside = _blocks(children, context, tight=False)
            return f"{markup.division(block)}\n\n{inside}\n\n</{name}>"
        case nodes.ThematicBreak():
            # docutils has transitions between sections and their blocks only
            return "<hr>" if context.every or context.nested else "----"
        case nodes.Target(id_):
            return f"({id_})="
        case nodes.References(of_page):  # without a filter, that of a page lists the works of the site
            return f"```{{bibliography}}\n{_LOCAL if of_page else ''}```"
        case nodes.RawBlock(html):
            return html


def _code(block: nodes.CodeBlock, context: Context) -> str:
    text, language = block.text, block.language
    fence = _fence("`", text)
    lines = f"{text}\n" if text else ""
    if not block.caption:
        return f"{fence}{language}\n{lines}{fence}"
    caption = inline.write(block.caption, replace(context, one_line=True))
    head = [f"{fence}{{code-block}} {language or 'none'}", option("caption", caption), ""]
    return "\n".join([*head, f"{lines}{fence}"])


def option(name: str, value: str) -> str:
    """Return the line of a directive that gives an option a value, of one line."""
    return f":{name}: {_option(value)}"


def _fence(character: str, inside: str, least: int = 3) -> str:
    runs = re.findall(f"{character}{{3,}}", inside)
    return character * max(least, 1 + max(map(len, runs), default=0))


def _option(value: str) -> str:
    """Write the value of an option of a directive: in quotes only where MyST would read it in another way."""
    try:
        items, _ = options_to_items(f"option: {value}")
    except TokenizeError:
        items = []
    return value if items == [("option", value)] else json.dumps(value, ensure_ascii=False)


def _directive(name: str, argument: str, options: list[str], content: str) -> str:
    fence = _fence(":", content)
    head = f"{fence}{{{name}}} {argument}".rstrip(" ")
    return "\n".join([head, *options, *([""] if options else []), content, fence])


def _list(block: nodes.List, context: Context, alternate: bool) -> str:
    items = []
    for at, item in enumerate(block.items):
        if block.start is None:
            marker = "*" if alternate else "-"
        else:
            marker = f"{block.start + at}{')' if alternate else '.'}"
        body = _blocks(item.children, context, tight=block.tight)
        box = "" if item.checked is None else "[x] " if item.checked else "[ ] "
        items.append(f"{marker} {box}{_indent(body, ' ' * (len(marker) + 1))}".rstrip(" "))
    return ("\n" if block.tight else "\n\n").join(items)


def _definition(item: nodes.Definition, context: Context) -> str:
    term = inline.write(item.terms[0], replace(context, one_line=True))
    descriptions = (_indent(_blocks(body, context, tight=False), "  ") for body in item.descriptions)
    return "\n".join([term, *(f": {body}" for body in descriptions)])


def _table(table: nodes.Table, context: Context) -> str:
    cell_context = replace(context, one_line=True)
    rows = [
        [inline.write(cell, cell_context).replace("|", r"\|") for cell in row]
        for row in (table.header, *table.rows)
    ]
    marks = {"left": ":--", "right": "--:", "center": ":-:"}
    rows.insert(1, [marks.get(align, "---") for align in table.align])
    grid = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    if not table.caption:
        return grid
    return _directive("table", inline.write(table.caption, cell_context), [], grid)


def _list_table(table: nodes.ListTable, context: Context) -> str:
    options = [f":header-rows: {table.header_rows}"] if table.header_rows else []
    options += [":stub-columns: 1"] if table.stub else []
    rows = []
    for row in table.rows:
        cells = (_indent(_blocks(cell, context, tight=False), "    ") for cell in row)
        rows.append("\n".join(f"{'  ' if at else '* '}- {cell}".rstrip(" ") for at, cell in enumerate(cells)))
    title = inline.write(table.caption, replace(context, one_line=True))
    return _directive("list-table", title, options, "\n".join(rows))


def _figure(figure: nodes.Figure, context: Context) -> str:
    image = figure.image
    caption = inline.write(figure.caption, context)
    if image.title:
        picture = inline.write((image,), context)
        return _directive("figure-md", "", [], f"{picture}\n\n{caption}")
    target = inline.without_spaces(figure.link)
    options = {"alt": image.alt, "width": image.width, "height": image.height, "target": target}
    lines = [f":{key}: {_option(value)}" for key, value in options.items() if value]
    return _directive("figure", inline.without_spaces(image.src), lines, caption)


def _admonition(block: nodes.Admonition, context: Context) -> str:
    options = [f":collapsible: {block.collapsible}"] if block.collapsible else []
    inside = _blocks(block.children, context, tight=False)
    if block.title == (nodes.Text(nodes.ADMONITIONS.get(block.kind, "")),):
        return _directive(block.kind, "", options, inside)
    title = inline.write(block.title, replace(context, one_line=True))
    options = [f":class: {block.kind}", *options] if block.kind in nodes.ADMONITIONS else options
    return _directive("admonition", title, options, inside)
