"""Tree → MyST text.

One paragraph is one line: differences stay small, and no line begins with what a wrapped one could.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from docutils.utils.code_analyzer import Lexer, LexerError

from postdocs.importer.ast import nodes
from postdocs.importer.myst import inline, markup
from postdocs.importer.myst.escapes import Context
from postdocs.importer.myst.lowering import EscapeLevel, lower, own_anchors, prepare

_NONE: Mapping[int, EscapeLevel] = {}


def write(document: nodes.Document, levels: Mapping[int, EscapeLevel] = _NONE) -> str:
    """Write a document as MyST text that ends in a line feed, or is empty.

    levels: how each block is written, by its index; footnotes come after the blocks.
    """
    return join(parts(prepare(document)[0], levels))


def join(texts: Iterable[str]) -> str:
    """Put the texts of blocks together."""
    return "".join(f"{text}\n\n" for text in texts).removesuffix("\n")


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


def _blocks(blocks: tuple[nodes.Block, ...], context: Context, *, tight: bool) -> str:
    return ("\n" if tight else "\n\n").join(_siblings(blocks, [context] * len(blocks)))


def _indent(text: str, prefix: str, *, empty: str = "") -> str:
    """Put a prefix before all lines but the first."""
    first, *rest = text.split("\n")
    return "\n".join([first, *(prefix + line if line else empty for line in rest)])


def _block(block: nodes.Block, context: Context, alternate: bool) -> str:  # noqa: PLR0911 - one for each kind
    match block:
        case nodes.Paragraph(children):
            return inline.write(children, context)
        case nodes.Heading(level, children, id_):
            line = f"{'#' * level} {inline.write(children, replace(context, one_line=True, heading=True))}"
            return f"{markup.tag('div', id=id_)}</div>\n\n{line}" if id_ else line
        case nodes.CodeBlock(text, language):
            return _code(text, language)
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
        case nodes.Figure():
            return _figure(block, context)
        case nodes.ThematicBreak():
            return "----" if not context.every else "<hr>"
        case nodes.RawBlock(html):
            return html


def _code(text: str, language: str) -> str:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    lines = f"{text}\n" if text else ""
    if not language:
        return f"{fence}\n{lines}{fence}"
    if lexes(text, language):
        return f"{fence}{language}\n{lines}{fence}"
    return f"{{class={json.dumps(f'language-{language}', ensure_ascii=False)}}}\n{fence}\n{lines}{fence}"


def lexes(text: str, language: str) -> bool:
    """Tell whether Pygments knows a language and reads a text in it without an error: Sphinx warns else."""
    if not re.fullmatch(r"[\w+#.\-]+", language):
        return False
    name = "pycon" if language in {"py", "python"} and text.startswith(">>>") else language
    try:
        return all("err" not in classes for classes, _ in Lexer(f"{text}\n", name, "short"))
    except LexerError:
        return False


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
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _figure(figure: nodes.Figure, context: Context) -> str:
    image = figure.image
    options = {"alt": image.alt, "width": image.width, "height": image.height, "target": figure.link}
    lines = [f":{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in options.items() if value]
    caption = inline.write(figure.caption, context)
    fence = ":" * max(3, 1 + max((len(run) for run in re.findall(r":{3,}", caption)), default=0))
    return f"{fence}{{figure}} {image.src}\n{''.join(lines)}\n{caption}\n{fence}"
