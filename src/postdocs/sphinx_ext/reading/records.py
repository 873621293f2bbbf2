"""The record of a post: data for lists, feeds, and its page, and the text of its doctree."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from docutils import nodes
from sphinx import addnodes

from postdocs.core.scholarly import Work
from postdocs.sphinx_ext.images.cover import CoverImage
from postdocs.sphinx_ext.math.macros import Macro
from postdocs.sphinx_ext.math.plain import plain_of

EXCERPT = "postdocs_excerpt"  # marks what the author chose to show of a post in lists
WORK = "postdocs_work"  # of an item in a list of references: the facts of the work
_CITATION = "bibtex-citation"  # the class of a citation
_CLOSING = (",", ".", ";", ":", "!", "?", ")")


@dataclass(frozen=True)
class PostRecord:
    """A post as lists, feeds and its own page show it.

    section: the anchor of a post that is a part of its document, or "". date: None for a draft without one.
    labels: by catalog of ablog, as they are written. language: the tag of the one that the post names, or
    None. image: which picture of the post lists show, from 1;
    0 for none. excerpt: how many paragraphs they show. excerpt_digest: changes when what they show does.
    is_formatted: whether they show it as the page does, with links and pictures, and not its words only.
    refers: whether words of the summary are those of what it refers to, which are not in it yet.
    minutes: that reading takes. references: the works that it cites. picture: what stands for the post
    elsewhere. Only its own page shows that, so the text of a record, which is hashed for other pages, is
    without it.
    """

    docname: str
    section: str
    order: int
    title: str
    date: datetime | None
    updated: datetime | None
    labels: Mapping[str, tuple[str, ...]]
    aliases: tuple[str, ...]
    summary: str = ""
    draft: bool = False
    featured: bool = False
    language: str | None = None
    id: str | None = None
    source: str | None = None
    canonical: str | None = None
    doi: str | None = None
    license: str | None = None
    part: int | None = None
    mastodon: str | None = None
    external: str | None = None
    nocomments: bool = False
    excerpt: int = 1
    image: int = 0
    excerpt_digest: str = ""
    is_formatted: bool = False
    refers: bool = False
    minutes: int = 1
    references: tuple[Work, ...] = ()
    picture: CoverImage | None = None

    @cached_property
    def digest(self) -> str:
        """What changes when any of it does; the environment keeps it."""
        return hashlib.sha256(str(self).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def excerpt_of(section: nodes.Element, record: PostRecord) -> list[nodes.Element]:
    """Return copies of what lists show of a post: what its author marked, or its first paragraphs.

    Notes and lists have paragraphs too, which are not the article's. Marks of footnotes and links of
    citations lead nowhere else; the words of citations stay.
    """
    chosen = [node for node in section.findall(nodes.Element) if node.get(EXCERPT)]
    if not chosen and record.excerpt:
        paragraphs = (
            node
            for node in section.findall(nodes.paragraph)
            if isinstance(node.parent, nodes.section | nodes.document) and text_of(node, {}).strip()
        )
        chosen = [*itertools.islice(paragraphs, record.excerpt)]
    if record.image:
        images = itertools.islice(section.findall(nodes.image), record.image - 1, record.image)
        shown = {id(image) for part in chosen for image in part.findall(nodes.image)}
        chosen += [image for image in images if id(image) not in shown]
    copies = [node.deepcopy() for node in chosen]
    for copy in copies:
        for node in [*copy.findall(lambda node: isinstance(node, nodes.footnote_reference | nodes.target))]:
            _take_out(node)
        for citation in copy.findall(
            lambda node: isinstance(node, nodes.inline) and _CITATION in node["classes"]
        ):
            for link in [*citation.findall(nodes.reference)]:
                link.replace_self(link.children)
        for node in copy.findall(nodes.Element):
            node["ids"], node["names"] = [], []
    return copies


def works_in(section: nodes.Element) -> tuple[Work, ...]:
    """Return the works in the lists of references of a part of a document."""
    return tuple(item[WORK] for item in section.findall(nodes.list_item) if WORK in item)


def refers(node: nodes.Node) -> bool:
    """Tell whether words of a node are those of what it refers to, which are not in it yet."""
    return any(not reference.get("refexplicit") for reference in node.findall(addnodes.pending_xref))


def _take_out(mark: nodes.Node) -> None:
    """Remove a mark from a text; it leaves no gap before a comma."""
    parent = mark.parent
    at = parent.index(mark)
    before = parent[at - 1] if at else None
    after = parent[at + 1].astext() if at + 1 < len(parent) else "."
    if isinstance(before, nodes.Text) and after.startswith(_CLOSING):
        parent.replace(before, nodes.Text(before.rstrip()))
    parent.remove(mark)


def summary_of(excerpt: Iterable[nodes.Node], macros: Mapping[str, Macro]) -> str:
    """Return the text of what lists show of a post, in one line."""
    return " ".join(" ".join(text_of(part, macros) for part in excerpt).split())


def text_of(node: nodes.Node, macros: Mapping[str, Macro]) -> str:
    """Return the text of a node as it reads without pictures, HTML, footnote marks and names of targets.

    Formulas are in signs of Unicode, for nobody reads LaTeX in the results of a search engine. macros: those
    that hold in them, by their names.
    """
    if isinstance(node, nodes.image | nodes.raw | nodes.footnote_reference | nodes.problematic):
        return ""
    if isinstance(node, addnodes.pending_xref) and not node.get("refexplicit"):
        return ""
    if isinstance(node, nodes.math | nodes.math_block):
        return plain_of(node.astext(), macros)
    if not node.children:
        return node.astext()
    text_so_far, before = "", None
    for child in node.children:
        text = text_of(child, macros)
        if text and not isinstance(child, nodes.Inline | nodes.Text):
            text = f" {text} "  # blocks such as the labels of tabs stand apart
        # Where a reference is left out, such as a citation, it leaves no gap before a comma.
        is_after_gap = isinstance(before, addnodes.pending_xref) and text.startswith(_CLOSING)
        text_so_far, before = (text_so_far.rstrip() if is_after_gap else text_so_far) + text, child
    return text_so_far
