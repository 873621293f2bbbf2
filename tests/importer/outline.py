"""Trees as text for tests: a line for each block, and the words of a document in their order."""

from __future__ import annotations

from collections.abc import Iterable

from postdocs.importer.ast.nodes import (
    Admonition,
    Anchor,
    Block,
    BlockQuote,
    Citation,
    Code,
    CodeBlock,
    DefinitionList,
    Division,
    Document,
    Figure,
    FootnoteRef,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    ListTable,
    Math,
    MathBlock,
    Paragraph,
    RawBlock,
    RawInline,
    References,
    Span,
    Table,
    Target,
    Text,
    ThematicBreak,
)


def show(document: Document) -> str:
    """Write a document compactly, a line for each block, indented by nesting."""
    lines = [line for block in document.blocks for line in _block(block)]
    for note in document.footnotes:
        lines += [f"[^{note.label}]:", *_indented(note.children)]
    return "\n".join(lines)


def _indented(blocks: Iterable[Block]) -> list[str]:
    return [f"  {line}" for block in blocks for line in _block(block)]


def _block(block: Block) -> list[str]:  # noqa: PLR0911, PLR0912 - one case a kind
    match block:
        case Paragraph(children):
            return [f"p {_inline(children)}"]
        case Heading(level, children, ids):
            return [f"h{level}{''.join(f'#{id_}' for id_ in ids)} {_inline(children)}"]
        case CodeBlock(text, language, caption):
            lines = [f"code {language}".rstrip(), *(f"  |{line}" for line in text.split("\n"))]
            return [*lines, f"  {_inline(caption)}"] if caption else lines
        case MathBlock(tex):
            return [f"math {tex}"]
        case BlockQuote(children):
            return ["quote", *_indented(children)]
        case List(items, start, tight):
            lines = [f"{'bullets' if start is None else f'numbers {start}'}{'' if tight else ' loose'}"]
            for item in items:
                mark = {None: "-", True: "- [x]", False: "- [ ]"}[item.checked]
                lines += [f"  {mark}", *(f"  {line}" for line in _indented(item.children))]
            return lines
        case DefinitionList(definitions):
            lines = ["definitions"]
            for definition in definitions:
                lines += [f"  term {_inline(term)}" for term in definition.terms]
                for description in definition.descriptions:
                    lines += ["  :", *(f"  {line}" for line in _indented(description))]
            return lines
        case Table(header, rows, align, caption):
            lines = [f"table {' '.join(each or '-' for each in align)}"]
            lines += [f"  {_inline(caption)}"] if caption else []
            return lines + [f"  | {' | '.join(map(_inline, row))} |" for row in (header, *rows)]
        case ListTable(rows, header_rows, stub, caption):
            lines = [f"table of blocks, {header_rows} rows of headings{', a column too' if stub else ''}"]
            lines += [f"  {_inline(caption)}"] if caption else []
            for row in rows:
                lines += [f"  {line}" for cell in row for line in ("cell", *_indented(cell))]
            return lines
        case Figure(image, caption, link):
            return [f"figure {_inline((image,))}{f' -> {link}' if link else ''}", f"  {_inline(caption)}"]
        case Admonition(kind, title, children, collapsible):
            return [f"{kind} {collapsible}: {_inline(title)}", *_indented(children)]
        case Division(tag, children, lang, dir_, is_open):
            return [f"<{tag}{_language(lang, dir_)}{' open' if is_open else ''}>", *_indented(children)]
        case ThematicBreak():
            return ["rule"]
        case Target(id_):
            return [f"({id_})="]
        case References():
            return ["references"]
        case RawBlock(html):
            return ["html", *(f"  |{line}" for line in html.split("\n"))]


def _language(lang: str, direction: str) -> str:
    return f"{f' lang={lang}' if lang else ''}{f' dir={direction}' if direction else ''}"


def _inline(children: Iterable[Inline]) -> str:
    return "".join(map(_one, children))


def _one(inline: Inline) -> str:  # noqa: PLR0911 - one case a kind
    match inline:
        case Text(text):
            return text.replace("\xa0", "&nbsp;")
        case Code(text):
            return f"`{text}`"
        case Math(tex):
            return f"${tex}$"
        case LineBreak():
            return "{br}"
        case Span(tag, children, title, lang, dir_):
            marks = f"{f' {title!r}' if title else ''}{_language(lang, dir_)}"
            return f"{{{tag}{marks}: {_inline(children)}}}"
        case Link(url, children, title):
            return f"[{_inline(children)}]({url}{f' {title!r}' if title else ''})"
        case Citation(role, targets):
            return f"{{cite:{role} {targets}}}"
        case Image(src, alt, title, width, height):
            more = "".join(
                f" {name}={value!r}"
                for name, value in (("title", title), ("width", width), ("height", height))
                if value
            )
            return f"![{alt}]({src}{more})"
        case FootnoteRef(label):
            return f"[^{label}]"
        case Anchor(id_):
            return f"{{#{id_}}}"
        case RawInline(html):
            return f"<<{html}>>"
