"""Blocks of a doctree → blocks of a tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from docutils import nodes

from postdocs.importer.ast import nodes as tree
from postdocs.importer.myst import markup
from postdocs.importer.myst.doctree_reader import Frames, start_tag

REFERENCES = "postdocs-references"  # the class of what stands for a list of references


def read(document: nodes.document) -> tree.Document:
    """Read a document whose first block is the title of the page."""
    return _Reading(document.nametypes).document(document)


class _Reading:
    """The way from a doctree to a tree."""

    def __init__(self, types: Mapping[str, bool | None]) -> None:
        """types: of the names in the document, true where they are explicit."""
        self.footnotes: list[tree.Footnote] = []
        self._types = types

    def document(self, document: nodes.document) -> tree.Document:
        blocks = self.blocks(document.children, 0)
        title = tree.Heading(1, (tree.Text("Title"),))
        return tree.Document(blocks[1:] if blocks[:1] == (title,) else blocks, tuple(self.footnotes))

    def blocks(self, children: Iterable[Any], level: int) -> tuple[tree.Block, ...]:
        blocks: list[tree.Block] = []
        for child in children:
            if isinstance(child, nodes.section):
                blocks.append(self.heading(child, level + 1, child[0].children))
                blocks += self.blocks(child.children[1:], level + 1)
            elif isinstance(child, nodes.footnote):
                body = [inner for inner in child.children if not isinstance(inner, nodes.label)]
                label = (child["names"] or child["dupnames"])[0]
                self.footnotes.append(tree.Footnote(label, self.blocks(body, level)))
            elif not isinstance(child, nodes.comment | nodes.system_message):
                blocks.append(self.block(child, level))
        return _with_anchors(_with_divisions(blocks))

    def block(self, node: Any, level: int) -> tree.Block:  # noqa: PLR0911, PLR0912 - one for each kind of node
        match node:
            case nodes.paragraph():
                return tree.Paragraph(self.inlines(node.children))
            case nodes.literal_block() if "language" in node or "code" in node["classes"]:
                return _code(node)
            case nodes.container() if "literal-block-wrapper" in node["classes"]:
                return replace(_code(node[1]), caption=self.inlines(node[0].children))
            case nodes.container() if REFERENCES in node["classes"]:
                return tree.References(node["of_page"])
            case nodes.Admonition():
                return self.admonition(node, level)
            case nodes.math_block():
                lines = (line.strip() for line in node.astext().split("\n"))  # a list indents them
                return tree.MathBlock("\n".join(lines))
            case nodes.block_quote():
                return tree.BlockQuote(self.blocks(node.children, level))
            case nodes.bullet_list() | nodes.enumerated_list():
                return self.list(node, level)
            case nodes.definition_list():
                return tree.DefinitionList(tuple(self.definition(item, level) for item in node.children))
            case nodes.table():
                return self.table(node, level)
            case nodes.figure():
                return self.figure(node)
            case nodes.transition():
                return tree.ThematicBreak()
            case nodes.rubric() if "level" in node:  # MyST makes one of a heading inside another block
                return self.heading(node, node["level"], node.children)
            case nodes.target() if node["names"]:
                return tree.Target(node["names"][0])
            case nodes.raw():
                source = node.astext().strip("\n")
                return tree.ThematicBreak() if source == "<hr>" else tree.RawBlock(source)
            case _:
                return tree.RawBlock(f"<!-- {node.tagname}: {node.astext()} -->")

    def heading(self, node: Any, level: int, children: Iterable[Any]) -> tree.Heading:
        """Read a heading; the names that it has now are those of its text and of an attribute."""
        given = next((name for name in node["names"] if self._types.get(name)), "")
        return tree.Heading(level, self.inlines(children), given=given)

    def list(self, node: Any, level: int) -> tree.List:
        items = tuple(self.item(item, level) for item in node.children)
        loose = any(
            isinstance(child, nodes.paragraph) and not child["tight"]
            for item in node.children
            for child in item.children
        )
        if not any(isinstance(child, nodes.paragraph) for item in node.children for child in item.children):
            loose = any(len(item.children) > 1 for item in items)
        start = int(node.get("start", 1)) if isinstance(node, nodes.enumerated_list) else None
        return tree.List(items, start, not loose)

    def item(self, node: Any, level: int) -> tree.Item:
        checked = None
        first = node.children[0] if node.children else None
        if isinstance(first, nodes.paragraph) and first.children and isinstance(first[0], nodes.raw):
            name, attributes = start_tag(first[0].astext())
            if name == "input" and attributes.get("class") == "task-list-item-checkbox":
                checked = "checked" in attributes
                first.pop(0)
        return tree.Item(self.blocks(node.children, level), checked)

    def definition(self, node: Any, level: int) -> tree.Definition:
        terms = [child for child in node.children if isinstance(child, nodes.term)]
        bodies = [child for child in node.children if isinstance(child, nodes.definition)]
        return tree.Definition(
            tuple(self.inlines(term.children) for term in terms),
            tuple(self.blocks(body.children, level) for body in bodies),
        )

    def admonition(self, node: Any, level: int) -> tree.Admonition:
        collapsible = node.get("collapsible", "")
        if node.tagname != "admonition":
            label = (tree.Text(tree.ADMONITIONS[node.tagname]),)
            return tree.Admonition(node.tagname, label, self.blocks(node.children, level), collapsible)
        kind = next((name for name in node["classes"] if name in tree.ADMONITIONS), node.tagname)
        title = self.inlines(node[0].children)
        return tree.Admonition(kind, title, self.blocks(node.children[1:], level), collapsible)

    def table(self, node: Any, level: int) -> tree.Table | tree.ListTable:
        *caption, group = node.children
        rows = [
            row for part in group.children if not isinstance(part, nodes.colspec) for row in part.children
        ]
        if "colwidths-auto" not in node["classes"]:  # which MyST gives to tables of pipes
            heads = [row for part in group.children if isinstance(part, nodes.thead) for row in part.children]
            return tree.ListTable(
                tuple(tuple(self.blocks(entry.children, level) for entry in row) for row in rows),
                len(heads),
                bool(group[0].get("stub")),
                self.inlines(caption[0].children) if caption else (),
            )
        cells = [
            tuple(
                self.inlines([inner for block in entry.children for inner in block.children]) for entry in row
            )
            for row in rows
        ]
        aligns = tuple(
            next((name.removeprefix("text-") for name in entry["classes"] if name.startswith("text-")), "")
            for entry in rows[0].children
        )
        title = self.inlines(caption[0].children) if caption else ()
        return tree.Table(cells[0], tuple(cells[1:]), aligns, title)

    def figure(self, node: Any) -> tree.Block:
        picture, link, caption = node[0], "", node[1:]
        if isinstance(picture, nodes.reference):
            link, picture = picture.get("refuri", ""), picture[0]
        if (
            not isinstance(picture, nodes.image)
            or len(caption) != 1
            or not isinstance(caption[0], nodes.caption)
        ):
            return tree.RawBlock(f"<!-- figure: {node.astext()} -->")
        return tree.Figure(_image(picture), self.inlines(caption[0].children), link)

    def inlines(self, children: Iterable[Any]) -> tuple[tree.Inline, ...]:
        frames = Frames()
        for node in children:
            match node:
                case nodes.Text():
                    frames.text(node.astext())
                case nodes.raw():
                    if "html" in node["format"].split():
                        frames.tag(node.astext().strip("\n"))
                case nodes.system_message():
                    pass
                case _:
                    frames.add(self.inline(node))
        return frames.close()

    def inline(self, node: Any) -> tree.Inline:  # noqa: PLR0911 - one for each kind of node
        match node:
            case nodes.emphasis():
                return tree.Span("em", self.inlines(node.children))
            case nodes.strong():
                return tree.Span("strong", self.inlines(node.children))
            case nodes.literal():
                return tree.Code(node.astext())
            case nodes.math():
                return tree.Math(node.astext())
            case nodes.reference():
                url = node.get("refuri", node.get("refname", ""))
                return tree.Link(url, self.inlines(node.children), node.get("reftitle", ""))
            case nodes.image():
                return _image(node)
            case nodes.footnote_reference():
                return tree.FootnoteRef(node["refname"])
            case nodes.inline() if "cited_by" in node:
                return tree.Citation(node["cited_by"], node.astext())
            case nodes.inline() if node["names"] and not (node.children or node["classes"]):
                return tree.Anchor(node["names"][0])
            case _:
                return tree.RawInline(f"<!-- {node.tagname}: {node.astext()} -->")


def _with_divisions(siblings: list[tree.Block]) -> list[tree.Block]:
    """Put blocks between the tags of a division into it."""
    starts: list[tuple[tree.Division, tree.RawBlock]] = []
    levels: list[list[tree.Block]] = [[]]
    for block in siblings:
        division = _division(block.html) if isinstance(block, tree.RawBlock) else None
        if division is not None and isinstance(block, tree.RawBlock):
            starts.append((division, block))
            levels.append([])
        elif starts and block == tree.RawBlock(f"</{starts[-1][0].tag}>"):
            inside = tuple(levels.pop())
            levels[-1].append(replace(starts.pop()[0], children=inside))
        else:
            levels[-1].append(block)
    while starts:  # one that is not closed is HTML of its own
        inner = levels.pop()
        levels[-1] += [starts.pop()[1], *inner]
    return levels[0]


def _division(html: str) -> tree.Division | None:
    if html.count("<") != 1:
        return None
    name, attributes = start_tag(html)
    division = tree.Division(
        name, (), attributes.get("lang", ""), attributes.get("dir", ""), is_open="open" in attributes
    )
    return division if markup.division(division) == html else None


def _with_anchors(siblings: list[tree.Block]) -> tuple[tree.Block, ...]:
    """Give headings the ids of the anchors before them."""
    blocks: list[tree.Block] = []
    for block in siblings:
        if isinstance(block, tree.Heading) and not block.ids:
            ids: list[str] = []
            while blocks and isinstance(blocks[-1], tree.RawBlock) and (id_ := _anchor(blocks[-1].html)):
                ids.insert(0, id_)
                blocks.pop()
            block = replace(block, ids=tuple(ids))  # noqa: PLW2901 - the same, with its ids
        blocks.append(block)
    return tuple(blocks)


def _anchor(html: str) -> str:
    name, attributes = start_tag(html)
    bare = name == "div" and set(attributes) == {"id"} and html == f"{markup.tag('div', **attributes)}</div>"
    return attributes["id"] if bare else ""


def _code(node: Any) -> tree.CodeBlock:
    classes = [name for name in node["classes"] if name != "code"]  # where the directive `code` has it
    language = node.get("language", classes[0] if classes else "")
    return tree.CodeBlock(node.astext().removesuffix("\n"), "" if language == "none" else language)


def _image(node: nodes.image) -> tree.Image:
    return tree.Image(
        node["uri"], node.get("alt", ""), node.get("title", ""), node.get("width", ""), node.get("height", "")
    )
