"""The position of the reader in a tree, and its results so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from postdocs.importer.ast.nodes import Block, Code, LineBreak, Paragraph, RawBlock, RawInline
from postdocs.importer.html.inline_runs import Leaf, Mark, paragraphs


@dataclass(frozen=True)
class Place:
    """Where in a tree the reader is. lang, dir: language and direction of the text there."""

    marks: tuple[Mark, ...] = ()
    depth: int = 0
    in_code: bool = False
    lang: str = ""
    dir: str = "ltr"


@dataclass
class Flow:
    """The blocks made so far, and the leaves that will be the next paragraph."""

    inline: bool  # all goes into one run, as in headings and cells
    blocks: list[Block] = field(default_factory=list)
    run: list[Leaf] = field(default_factory=list)

    def end_paragraph(self) -> None:
        """Make blocks of the leaves so far; where all is one run, a line ends instead."""
        if self.inline:
            self.run.append(Leaf((), LineBreak()))
            return
        if not self.run:
            return
        for tree in paragraphs(self.run):
            raw = [inline.html for inline in tree if isinstance(inline, RawInline)]
            self.blocks.append(RawBlock("".join(raw)) if len(raw) == len(tree) else Paragraph(tree))
        self.run.clear()

    def add(self, block: Block) -> None:
        """Add a block after the paragraph so far."""
        self.end_paragraph()
        self.blocks.append(block)


def code_leaves(text: str, place: Place) -> list[Leaf]:
    """Make a code span of text: line ends become spaces (CommonMark 0.31 §6.1), with their indents."""
    first, *others = text.split("\n")
    lines = [first.rstrip() if others else first, *(line.strip() for line in others)]
    inner = " ".join(lines).replace("\t", " ")
    return [Leaf(place.marks, Code(inner))] if inner else []
