"""MyST text → tree: what MyST makes of a text, with the site's own settings."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.transforms.misc import Transitions
from docutils.transforms.references import DanglingReferences, Footnotes, PropagateTargets
from docutils.utils import new_document
from markdown_it.tree import SyntaxTreeNode
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.mdit_to_docutils.transforms import ResolveAnchorIds, UnreferencedFootnotesDetector
from myst_parser.parsers.docutils_ import Parser
from myst_parser.parsers.mdit import create_md_parser

from postdocs.importer.ast import nodes as tree
from postdocs.importer.myst import markup
from postdocs.importer.myst.doctree_reader import Frames, start_tag

_TITLE = "# Title\n\n"  # the site gives each post its title as a heading above the text
_TITLE_LINES = 2
_WARNING, _SEVERE = 2, 5
# What Sphinx would report: these transforms run in its reader, or in MyST's parser for it.
_TRANSFORMS = (
    PropagateTargets,
    Footnotes,
    UnreferencedFootnotesDetector,
    Transitions,
    DanglingReferences,
    ResolveAnchorIds,
)


class _Renderer(DocutilsRenderer):
    """MyST's renderer, but code is left to Sphinx's highlighter, and paragraphs tell if a list is tight."""

    def create_highlighted_code_block(  # type: ignore[override]
        self, text: str, lexer_name: str | None, **_: Any
    ) -> nodes.Element:
        return nodes.literal_block(text, text, language=lexer_name or "")

    def render_link_project(self, token: SyntaxTreeNode) -> None:
        # A file of the site; whether it is there is for the build to see.
        self.render_link_url(token)

    def render_paragraph(self, token: SyntaxTreeNode) -> None:
        super().render_paragraph(token)
        paragraph = self.current_node[-1]
        if isinstance(paragraph, nodes.Element):
            paragraph["tight"] = token.hidden


# Reads MyST text; returns the tree and the warnings of the parser, each begun by its 1-based line and a colon
# (0 where it is of no line).
MystReader = Callable[[str], tuple[tree.Document, list[str]]]


def reader(settings: Mapping[str, Any]) -> MystReader:
    """Make a function that reads MyST text.

    settings: the values of the site's conf.py by name; those that begin with `myst_` count.
    """
    fields = {field.name for field in MdParserConfig.get_fields()}
    values = {key.removeprefix("myst_"): value for key, value in settings.items() if key.startswith("myst_")}
    config = MdParserConfig(**{key: value for key, value in values.items() if key in fields})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # docutils' own: optparse
        defaults = get_default_settings(Parser)
    defaults.report_level, defaults.halt_level, defaults.warning_stream = _WARNING, _SEVERE, False

    def read(text: str) -> tuple[tree.Document, list[str]]:
        document = new_document("post", defaults.copy())
        messages: list[nodes.system_message] = []
        document.reporter.attach_observer(messages.append)
        parser = create_md_parser(config, _Renderer)
        parser.options["document"] = document
        parser.render(_TITLE + text)
        result = _Reading().document(document)
        for transform in _TRANSFORMS:
            transform(document).apply()
        return result, [_say(message) for message in messages if message["level"] >= _WARNING]

    return read


def _say(message: nodes.system_message) -> str:
    line = message.get("line") or 0
    return f"{max(line - _TITLE_LINES, 0)}: {message[0].astext() if message.children else message.astext()}"


class _Reading:
    """The way from a doctree to a tree."""

    def __init__(self) -> None:
        self.footnotes: list[tree.Footnote] = []

    def document(self, document: nodes.document) -> tree.Document:
        blocks = self.blocks(document.children, 0)
        title = tree.Heading(1, (tree.Text("Title"),))
        return tree.Document(blocks[1:] if blocks[:1] == (title,) else blocks, tuple(self.footnotes))

    def blocks(self, children: Iterable[Any], level: int) -> tuple[tree.Block, ...]:
        blocks: list[tree.Block] = []
        for child in children:
            if isinstance(child, nodes.section):
                blocks.append(tree.Heading(level + 1, self.inlines(child[0].children)))
                blocks += self.blocks(child.children[1:], level + 1)
            elif isinstance(child, nodes.footnote):
                body = [inner for inner in child.children if not isinstance(inner, nodes.label)]
                label = (child["names"] or child["dupnames"])[0]
                self.footnotes.append(tree.Footnote(label, self.blocks(body, level)))
            elif not isinstance(child, nodes.comment | nodes.system_message):
                blocks.append(self.block(child, level))
        return _with_anchors(blocks)

    def block(self, node: Any, level: int) -> tree.Block:  # noqa: PLR0911 - one for each kind of node
        match node:
            case nodes.paragraph():
                return tree.Paragraph(self.inlines(node.children))
            case nodes.literal_block():
                return _code(node)
            case nodes.math_block():
                return tree.MathBlock(node.astext())
            case nodes.block_quote():
                return tree.BlockQuote(self.blocks(node.children, level))
            case nodes.bullet_list() | nodes.enumerated_list():
                return self.list(node, level)
            case nodes.definition_list():
                return tree.DefinitionList(tuple(self.definition(item, level) for item in node.children))
            case nodes.table():
                return self.table(node)
            case nodes.figure():
                return self.figure(node)
            case nodes.transition():
                return tree.ThematicBreak()
            case nodes.raw():
                source = node.astext().strip("\n")
                return tree.ThematicBreak() if source == "<hr>" else tree.RawBlock(source)
            case _:
                return tree.RawBlock(f"<!-- {node.tagname}: {node.astext()} -->")

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

    def table(self, node: Any) -> tree.Table:
        group = node[0]
        rows = [
            row for part in group.children if not isinstance(part, nodes.colspec) for row in part.children
        ]
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
        return tree.Table(cells[0], tuple(cells[1:]), aligns)

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
            case _:
                return tree.RawInline(f"<!-- {node.tagname}: {node.astext()} -->")


def _with_anchors(siblings: list[tree.Block]) -> tuple[tree.Block, ...]:
    """Give headings the ids of the anchors before them."""
    blocks: list[tree.Block] = []
    for block in siblings:
        id_ = _anchor(blocks[-1].html) if blocks and isinstance(blocks[-1], tree.RawBlock) else ""
        if id_ and isinstance(block, tree.Heading) and not block.id:
            blocks[-1] = tree.Heading(block.level, block.children, id_)
        else:
            blocks.append(block)
    return tuple(blocks)


def _anchor(html: str) -> str:
    name, attributes = start_tag(html)
    bare = name == "div" and set(attributes) == {"id"} and html == f"{markup.tag('div', **attributes)}</div>"
    return attributes["id"] if bare else ""


def _code(node: nodes.literal_block) -> tree.CodeBlock:
    classes = [name.removeprefix("language-") for name in node["classes"] if name.startswith("language-")]
    return tree.CodeBlock(node.astext().removesuffix("\n"), node["language"] or " ".join(classes))


def _image(node: nodes.image) -> tree.Image:
    return tree.Image(
        node["uri"], node.get("alt", ""), node.get("title", ""), node.get("width", ""), node.get("height", "")
    )
