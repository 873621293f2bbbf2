"""Tree → HTML: the form of last resort, and the tags that MyST lets through inside text."""

from __future__ import annotations

import html
import re

from postdocs.importer.ast import nodes

# A tag with its quoted attributes, a comment, or text between them.
_TOKEN = re.compile(r"<!--.*?-->|</?[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|[^<]+|<", re.DOTALL)
_BLANK = re.compile(r"\n(?=[ \t]*(?:\n|$))")
_ATTRIBUTES = ("href", "src", "alt", "title", "width", "height", "id", "lang", "dir", "class")


def tag(name: str, **attributes: str) -> str:
    """Make a start tag; attributes without a value are left out."""
    parts = [f' {key}="{_attribute(value)}"' for key in _ATTRIBUTES if (value := attributes.get(key))]
    if name == "img" and not attributes.get("alt"):
        parts.append(' alt=""')
    if name == "a" and not attributes.get("href"):
        parts.append(' href=""')
    return f"<{name}{''.join(parts)}>"


def _attribute(value: str) -> str:
    return _blanks(html.escape(value, quote=False).replace('"', "&quot;"))


def _blanks(text: str) -> str:
    """Write line ends so that no line is blank: a blank line ends an HTML block (CommonMark 0.31 §4.6)."""
    return _BLANK.sub("&#10;", text.replace("\r", "&#13;"))


def text(characters: str) -> str:
    """Escape characters for HTML; line ends become references, and so survive whatever is around them."""
    return html.escape(characters, quote=False).replace("\r", "&#13;").replace("\n", "&#10;")


def tokens(source: str) -> list[tuple[bool, str]]:
    """Part HTML into tags and text: (is a tag or comment, source)."""
    sources = (match.group() for match in _TOKEN.finditer(source))
    return [(token.startswith("<") and len(token) > 1, token) for token in sources]


def on_one_line(source: str) -> str:
    """Write clean HTML that stands inside text: no line ends, and one form for each character of its text."""
    parts = []
    for is_tag, token in tokens(source):
        if not is_tag:
            parts.append(text(" ".join(re.split(r"[ \t\r\n]+", html.unescape(token)))))
        elif not token.startswith("<!--"):
            parts.append(re.sub(r"\s*[\r\n]\s*", " ", token))
    return "".join(parts)


def as_block(source: str) -> str:
    """Write clean HTML as one HTML block (CommonMark 0.31 §4.6, conditions 1 and 6), without blank lines.

    Comments say nothing to a reader and could hold blank lines: they go.
    """
    parts = []
    for is_tag, token in tokens(source.replace("\r\n", "\n").replace("\r", "\n").strip()):
        if is_tag and token.startswith("<!--"):
            continue
        parts.append(_tag_lines(token) if is_tag else token)
    whole = "".join(parts).strip()
    flat = _BLANK.sub("&#10;", _rows_apart(whole) if _TABLE.fullmatch(whole) else whole)
    is_block = _CONDITION_6.match(flat) or _CONDITION_1.fullmatch(flat)
    return flat if is_block else f"<div>{flat}</div>"


_CONDITION_1 = re.compile(r"<pre(?=[ \t\n>])(?:(?!</pre>).)*</pre>", re.IGNORECASE | re.DOTALL)


_CONDITION_6 = re.compile(
    r"</?(?:address|article|aside|blockquote|caption|center|details|dialog|dir|div|dl|fieldset|figcaption|figure"
    r"|footer|form|h[1-6]|header|hr|iframe|main|menu|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr"
    r"|ul)(?=[ \t\n/>])",
    re.IGNORECASE,
)


_TABLE = re.compile(r"<table[ >].*</table>", re.DOTALL)
_PARTS = frozenset({"table", "caption", "colgroup", "thead", "tbody", "tfoot", "tr"})
_WIDEST = 100  # characters of a row; the cells of a wider one stand below each other


def _rows_apart(source: str) -> str:
    """Write a table with a line for each row, indented."""
    lines: list[str] = []
    depth = 0
    for is_tag, token in tokens(source):
        name = token.strip("</>").split(" ")[0].lower() if is_tag else ""
        is_end = token.startswith("</")
        if name in _PARTS:
            depth -= is_end
            if not is_end or name not in {"tr", "caption", "colgroup"}:
                lines[-1:] = [*(line.rstrip() for line in lines[-1:]), "  " * depth]
            depth += not is_end
        if name or token.strip():
            lines[-1] += token
    return "\n".join(line for row in lines for line in _cells_apart(row)).strip()


def _cells_apart(row: str) -> list[str]:
    if len(row) <= _WIDEST or not row.endswith("</tr>"):
        return [row]
    indent = " " * (len(row) - len(row.lstrip()))
    first, *cells = re.split(r"(?=<t[dh][ >])", row.removesuffix("</tr>"))
    return [first, *(f"{indent}  {cell}" for cell in cells), f"{indent}</tr>"]


def _tag_lines(token: str) -> str:
    """Take blank lines out of a tag; inside its quotes they are characters."""
    parts = re.split(r"(\"[^\"]*\"|'[^']*')", token)
    return "".join(
        _BLANK.sub("&#10;", part) if part[:1] in {'"', "'"} else " ".join(re.split(r"[ \t]*\n[ \t]*", part))
        for part in parts
    )


def inlines(children: tuple[nodes.Inline, ...]) -> str:
    """Write inline nodes as HTML. A reference to a footnote keeps its label only."""
    return "".join(_inline(child) for child in children)


def _inline(node: nodes.Inline) -> str:  # noqa: PLR0911 - one for each kind of node
    match node:
        case nodes.Text(characters):
            return text(characters)
        case nodes.Code(characters):
            return f"<code>{text(characters)}</code>"
        case nodes.Math(tex):
            return f'<span class="math notranslate nohighlight">\\({text(tex)}\\)</span>'
        case nodes.LineBreak():
            return "<br>"
        case nodes.Span(name, children):
            return f"{span(node)}{inlines(children)}</{name}>"
        case nodes.Link(url, children, title):
            return f"{tag('a', href=url, title=title)}{inlines(children)}</a>"
        case nodes.Image():
            return image(node)
        case nodes.FootnoteRef(label):
            return f"<sup>[{text(label)}]</sup>"
        case nodes.Anchor(id_):
            return f"{tag('span', id=id_)}</span>"
        case nodes.Citation(_, targets, plain):
            return text(plain or targets)
        case nodes.RawInline(source):
            return on_one_line(source)


def span(node: nodes.Span) -> str:
    """Write the start tag of marked text."""
    return tag(node.tag, title=node.title, lang=node.lang, dir=node.dir)


def division(node: nodes.Division) -> str:
    """Write the start tag of a division."""
    start = tag(node.tag, lang=node.lang, dir=node.dir)
    return f"{start[:-1]} open>" if node.is_open else start


def image(node: nodes.Image) -> str:
    """Write a picture."""
    size = {"width": node.width, "height": node.height}
    styles = [f"{key}: {value}" for key, value in size.items() if value and not value.isdigit()]
    plain = {key: value for key, value in size.items() if value.isdigit()}
    start = tag("img", src=node.src, alt=node.alt, title=node.title, **plain)
    return f'{start[:-1]} style="{_attribute("; ".join(styles))}">' if styles else start


def blocks(children: tuple[nodes.Block, ...]) -> str:
    """Write blocks as HTML, on one line each."""
    return "".join(block(child) for child in children)


def block(node: nodes.Block) -> str:  # noqa: PLR0911, PLR0912 - one for each kind of node
    """Write a block as HTML."""
    match node:
        case nodes.Paragraph(children):
            return f"<p>{inlines(children)}</p>"
        case nodes.Heading(level, children, ids, given):
            first, *others = (*ids, given) if given else ids or ("",)
            places = "".join(f"{tag('span', id=id_)}</span>" for id_ in others)
            return f"{tag(f'h{level}', id=first)}{places}{inlines(children)}</h{level}>"
        case nodes.CodeBlock():
            return _code(node)
        case nodes.MathBlock(tex):
            return f'<div class="math notranslate nohighlight">\\[{text(tex)}\\]</div>'
        case nodes.BlockQuote(children):
            return f"<blockquote>{blocks(children)}</blockquote>"
        case nodes.List(items, start, tight):
            name = "ul" if start is None else "ol"
            first = "" if start in {None, 1} else f' start="{start}"'
            return f"<{name}{first}>{''.join(_item(item, tight) for item in items)}</{name}>"
        case nodes.DefinitionList(items):
            return f"<dl>{''.join(_definition(item) for item in items)}</dl>"
        case nodes.Table():
            return _table(node)
        case nodes.ListTable():
            return _list_table(node)
        case nodes.Figure(picture, caption, link):
            inner = f"{tag('a', href=link)}{image(picture)}</a>" if link else image(picture)
            words = f"<figcaption>{inlines(caption)}</figcaption>" if caption else ""
            return f"<figure>{inner}{words}</figure>"
        case nodes.Admonition():
            return _admonition(node)
        case nodes.Division(name, children):
            return f"{division(node)}{blocks(children)}</{name}>"
        case nodes.ThematicBreak():
            return "<hr>"
        case nodes.Target(id_):
            return f"{tag('div', id=id_)}</div>"
        case nodes.References():
            return ""
        case nodes.RawBlock(source):
            return as_block(source)


def _code(node: nodes.CodeBlock) -> str:
    class_ = f"language-{node.language}" if node.language else ""
    # HTML Living Standard §13.2.6.4.7: a line feed right after <pre> is dropped; this one is no character
    code = f"<pre>{tag('code', **{'class': class_})}{text(node.text)}</code></pre>"
    if not node.caption:
        return f"<div>{code}</div>"
    return f"<figure><figcaption>{inlines(node.caption)}</figcaption>{code}</figure>"


def _admonition(node: nodes.Admonition) -> str:
    title = inlines(node.title) or nodes.ADMONITIONS.get(node.kind, "")
    classes = f"admonition {node.kind}"
    if node.collapsible:
        start = tag("details", **{"class": classes})
        start = f"{start[:-1]} open>" if node.collapsible == "open" else start
        return f"{start}<summary>{title}</summary>{blocks(node.children)}</details>"
    head = f"{tag('p', **{'class': 'admonition-title'})}{title}</p>"
    return f"{tag('div', **{'class': classes})}{head}{blocks(node.children)}</div>"


def _item(node: nodes.Item, tight: bool) -> str:
    box = ""
    if node.checked is not None:
        box = f'<input type="checkbox" disabled{" checked" if node.checked else ""}> '
    children = [
        inlines(child.children) if tight and isinstance(child, nodes.Paragraph) else block(child)
        for child in node.children
    ]
    return f"<li>{box}{''.join(children)}</li>"


def _definition(node: nodes.Definition) -> str:
    terms = "".join(f"<dt>{inlines(term)}</dt>" for term in node.terms)
    return terms + "".join(f"<dd>{blocks(description)}</dd>" for description in node.descriptions)


def _table(node: nodes.Table) -> str:
    def row(cells: tuple[tuple[nodes.Inline, ...], ...], name: str) -> str:
        aligns = (*node.align, *[""] * len(cells))
        styles = [f' style="text-align: {align}"' if align else "" for align in aligns]
        columns = zip(cells, styles, strict=False)
        return f"<tr>{''.join(f'<{name}{style}>{inlines(cell)}</{name}>' for cell, style in columns)}</tr>"

    body = "".join(row(cells, "td") for cells in node.rows)
    return _table_of(node.caption, row(node.header, "th") if node.header else "", body)


def _table_of(title: tuple[nodes.Inline, ...], head: str, body: str) -> str:
    caption = f"<caption>{inlines(title)}</caption>" if title else ""
    return f"<table>{caption}{f'<thead>{head}</thead>' if head else ''}<tbody>{body}</tbody></table>"


def _list_table(node: nodes.ListTable) -> str:
    def cell(content: tuple[nodes.Block, ...], name: str) -> str:
        match content:
            case (nodes.Paragraph(children),):
                return f"<{name}>{inlines(children)}</{name}>"
        return f"<{name}>{blocks(content)}</{name}>"

    rows = [
        "".join(
            cell(content, "th" if at < node.header_rows or (node.stub and column == 0) else "td")
            for column, content in enumerate(row)
        )
        for at, row in enumerate(node.rows)
    ]
    lines = [f"<tr>{row}</tr>" for row in rows]
    head, body = lines[: node.header_rows], lines[node.header_rows :]
    return _table_of(node.caption, "".join(head), "".join(body))
