"""The nodes of the tree, independent of HTML and Markdown.

The importer makes one from the HTML of an entry, writes MyST from it, reads that MyST back into another tree
and compares the two. So a tree has one form for each meaning: text in runs without neighbours of the same
kind, white space folded to single spaces except in code, no empty inlines, no paragraph without content.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SPAN_TAGS = (
    "em",
    "strong",
    "del",
    "sub",
    "sup",
    "mark",
    "kbd",
    "abbr",
    "ins",
    "small",
    "q",
    "cite",
    "dfn",
    "samp",
    "var",
    "u",
    "span",
    "bdi",
    "bdo",
)  # that a Span may have


# The kinds of admonitions that Sphinx knows, and how each is headed where nothing else is said.
ADMONITIONS = {
    "note": "Note",
    "tip": "Tip",
    "hint": "Hint",
    "important": "Important",
    "warning": "Warning",
    "caution": "Caution",
    "attention": "Attention",
    "danger": "Danger",
    "error": "Error",
    "seealso": "See also",
}


@dataclass(frozen=True)
class Text:
    """Characters; white space is single spaces."""

    text: str


@dataclass(frozen=True)
class Code:
    """A code span, to the letter, on one line."""

    text: str


@dataclass(frozen=True)
class Math:
    """A formula in TeX, without its delimiters."""

    tex: str


@dataclass(frozen=True)
class LineBreak:
    """A line break that the author made (`br`)."""


@dataclass(frozen=True)
class Span:
    """Marked text. tag: the HTML element, one of `SPAN_TAGS`. title: of an abbreviation.

    lang, dir: language and direction (HTML Living Standard §3.2.6), where they differ from those around.
    """

    tag: str
    children: tuple[Inline, ...]
    title: str = ""
    lang: str = ""
    dir: str = ""


@dataclass(frozen=True)
class Link:
    """A link; url as the source has it after repair, never decoded or normalised."""

    url: str
    children: tuple[Inline, ...]
    title: str = ""


@dataclass(frozen=True)
class Image:
    """A picture; width and height as HTML has them (`45%`, `300`), empty where not given."""

    src: str
    alt: str = ""
    title: str = ""
    width: str = ""
    height: str = ""


@dataclass(frozen=True)
class FootnoteRef:
    """A reference to a footnote of the document, by label."""

    label: str


@dataclass(frozen=True)
class Anchor:
    """A place in text that links lead to, by its id."""

    id: str


CITATION_ROLES = ("p", "t", "yearpar")  # in parentheses, in the text, and the year alone


@dataclass(frozen=True)
class Citation:
    """A citation of works in the bibliography of the site.

    role: one of `CITATION_ROLES`. targets: the keys, as sphinxcontrib-bibtex reads them. plain: what the
    source has for it.
    """

    role: str
    targets: str
    plain: str = field(default="", compare=False)


@dataclass(frozen=True)
class RawInline:
    """Clean HTML that has no other form here, such as an embed inside text."""

    html: str


Inline = Text | Code | Math | LineBreak | Span | Link | Image | FootnoteRef | Anchor | Citation | RawInline


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """A heading. level: 2 to 6; 1 is the title of the post.

    ids: what fragments in the source name it by. given: the one that its author chose, if there is one.
    """

    level: int
    children: tuple[Inline, ...]
    ids: tuple[str, ...] = ()
    given: str = ""


@dataclass(frozen=True)
class CodeBlock:
    """A block of code, to the letter, without a line feed at its end.

    language: a name that Pygments knows, empty where none is given.
    """

    text: str
    language: str = ""
    caption: tuple[Inline, ...] = ()


@dataclass(frozen=True)
class MathBlock:
    """A formula of its own, in TeX, without its delimiters."""

    tex: str


@dataclass(frozen=True)
class BlockQuote:
    """A quotation."""

    children: tuple[Block, ...]


@dataclass(frozen=True)
class Item:
    """An item of a list. checked: of a task list; None elsewhere."""

    children: tuple[Block, ...]
    checked: bool | None = None


@dataclass(frozen=True)
class List:
    """A list. start: the first number, None for bullets. tight: its items are no paragraphs."""

    items: tuple[Item, ...]
    start: int | None = None
    tight: bool = True


@dataclass(frozen=True)
class Definition:
    """A term, or several, with what is said of it."""

    terms: tuple[tuple[Inline, ...], ...]
    descriptions: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class DefinitionList:
    """A list of terms."""

    items: tuple[Definition, ...]


@dataclass(frozen=True)
class Table:
    """A table without spans. align: `left`, `right`, `center` or empty, for each column."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    align: tuple[str, ...]
    caption: tuple[Inline, ...] = ()


@dataclass(frozen=True)
class ListTable:
    """A table that no pipes can hold: without a row of headings or with several, or with blocks in its cells.

    rows: of cells, as many in each; the first *header_rows* are headings. stub: whether the first column is
    one of headings.
    """

    rows: tuple[tuple[tuple[Block, ...], ...], ...]
    header_rows: int = 0
    stub: bool = False
    caption: tuple[Inline, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A picture with a caption. link: where the picture leads, empty where nowhere."""

    image: Image
    caption: tuple[Inline, ...]
    link: str = ""


@dataclass(frozen=True)
class Admonition:
    """A box that stands out. kind: one of `ADMONITIONS`, or `admonition` for others, which have a title.

    title: empty where the kind says it all.
    collapsible: `open` or `closed` where readers can fold it, else empty.
    """

    kind: str
    title: tuple[Inline, ...]
    children: tuple[Block, ...]
    collapsible: str = ""


@dataclass(frozen=True)
class Division:
    """Blocks in an element of HTML that Markdown has no form for: `details`, `figure`, `figcaption`, `div`.

    lang, dir: language and direction, where they differ from those around. is_open: of `details`.
    """

    tag: str
    children: tuple[Block, ...]
    lang: str = ""
    dir: str = ""
    is_open: bool = False


@dataclass(frozen=True)
class ThematicBreak:
    """A thematic break."""


@dataclass(frozen=True)
class Target:
    """What links to the next block lead to, by its id."""

    id: str


@dataclass(frozen=True)
class References:
    """The place of the list of works that the document cites. of_page: whether that is a page, no post."""

    of_page: bool = False


@dataclass(frozen=True)
class RawBlock:
    """Clean HTML that has no other form here: tables with spans, details, embeds."""

    html: str


Block = (
    Paragraph
    | Heading
    | CodeBlock
    | MathBlock
    | BlockQuote
    | List
    | DefinitionList
    | Table
    | ListTable
    | Figure
    | Admonition
    | Division
    | ThematicBreak
    | Target
    | References
    | RawBlock
)


@dataclass(frozen=True)
class Footnote:
    """A footnote of the document."""

    label: str
    children: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """The body of a post, and its footnotes in the order of their first reference."""

    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...] = ()
