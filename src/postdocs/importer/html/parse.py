"""The HTML of an entry → the tree of a post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from html import escape
from urllib.parse import unquote

from bs4.element import Comment, PageElement, Tag

from postdocs.core.html import BLOCKS, HEADINGS, HIDDEN
from postdocs.core.plural import count
from postdocs.importer.ast.nodes import (
    Block,
    Document,
    Footnote,
    FootnoteRef,
    Inline,
    Item,
    LineBreak,
    List,
    Math,
    MathBlock,
    RawBlock,
    RawInline,
    References,
    Text,
)
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html import (
    citations,
    embeds,
    footnotes,
    headings,
    images,
    kept,
    languages,
    marks,
    structures,
)
from postdocs.importer.html.clutter import is_clutter
from postdocs.importer.html.dom import (
    attribute,
    field_text,
    is_hidden,
    text_of,
    words_in,
)
from postdocs.importer.html.flow import Flow, Place, code_leaves
from postdocs.importer.html.footnotes import Footnotes
from postdocs.importer.html.inline_runs import Leaf, Mark, nest
from postdocs.importer.html.math.formula import Formula
from postdocs.importer.html.math.formula import of as formula_of
from postdocs.importer.html.rendered import page
from postdocs.importer.html.repair import in_page, resolve
from postdocs.importer.html.sanitise import sanitise

_DEEPEST = 24  # levels of lists and quotes; deeper ones are flattened
_RAW = frozenset({"svg", "ruby", "math", "video", "audio"})


def parse(html: str, base: str | None, linked: Set[str] = frozenset()) -> tuple[Document, tuple[Note, ...]]:
    """Read the HTML of an entry as a browser does (HTML Living Standard §13.2).

    base: the address that relative ones are relative to. linked: ids that links elsewhere lead to, which are
    kept like those that its own lead to. The notes tell what was repaired, removed or kept as HTML. No HTML
    is wrong enough for an error.
    """
    found: list[Note] = []
    return parse_body(page.read(html, base, found), base, found, linked)


def parse_body(
    body: Tag, base: str | None, found: list[Note], linked: Set[str] = frozenset()
) -> tuple[Document, tuple[Note, ...]]:
    """Read the body of an entry as `rendered.page` shows it, and as `parse` does; the body changes.

    found: what is to be told of it already, which is added to.
    """
    reader = Reader(body, base, found, linked)
    blocks = reader.blocks(reader.body.contents, Place(lang=reader.lang))
    notes: list[Footnote] = []
    for note, label in reader.numbered():
        holder = reader.footnotes.notes[note]
        notes.append(Footnote(label, tuple(reader.blocks(holder.contents, Place(depth=1, lang=reader.lang)))))
    blocks += reader.unused_notes()
    blocks = headings.in_order(blocks, reader.notes)
    return Document(tuple(blocks), tuple(notes)), tuple(reader.notes)


class Reader:
    """Reads the elements of one entry; what it comes upon is told in `notes`."""

    def __init__(self, body: Tag, base: str | None, notes: list[Note], linked: Set[str]) -> None:
        self.body = body
        self.base = base
        self.apart: set[int] = set()
        self.notes = notes
        self.footnotes: Footnotes = footnotes.find(body, base)
        self._labels: dict[int, str] = {}
        self._serial = 0
        self._fragments = {
            unquote(in_page(attribute(link, "href"), base))
            for link in body.find_all("a")
            if not is_clutter(link)
            and not headings.leads_to_itself(link, base)
            and not any(self.footnotes.holds(parent) for parent in [link, *link.parents])
        }
        self._fragments = (self._fragments | linked) - {""}
        self.lang = languages.around(body)
        self._naming = {
            id(tag) for heading in body.find_all(list(HEADINGS)) for tag, _ in headings.names(heading)
        }

    def numbered(self) -> Iterator[tuple[int, str]]:
        """Return the footnotes referred to so far, with those that they themselves refer to."""
        place = 0
        while place < len(self._labels):
            yield list(self._labels.items())[place]
            place += 1

    def unused_notes(self) -> list[Block]:
        """Return what footnotes say whose references can't be in the tree, as a list."""
        left = [holder for note, holder in self.footnotes.notes.items() if note not in self._labels]
        items = [Item(tuple(self.blocks(holder.contents, Place(depth=1, lang=self.lang)))) for holder in left]
        if not items:
            return []
        number = count(len(items), "footnote")
        self.notes.append(Note(NoteKind.NOTICED, f"{number} without a reference, now a list at the end"))
        return [List(tuple(items), start=1, tight=False)]

    def inline(self, nodes: Iterable[PageElement], place: Place) -> tuple[Inline, ...]:
        """Read nodes where only inline content may be; blocks in them become lines."""
        flow = Flow(inline=True)
        self._walk(nodes, place, flow)
        return nest(flow.run)

    def blocks(self, nodes: Iterable[PageElement], place: Place) -> list[Block]:
        """Read nodes where blocks may be."""
        flow = Flow(inline=False)
        self._walk(nodes, place, flow)
        flow.end_paragraph()
        return flow.blocks

    def raw(self, tag: Tag) -> str:
        """Return an element as clean HTML, without what the page hides."""
        return kept.clean(tag, self.base, self.notes)

    def _walk(self, nodes: Iterable[PageElement], place: Place, flow: Flow) -> None:
        """Go through nodes and all in them, without recursion but into lists, quotes and the like."""
        stack = [(iter(list(nodes)), place, False)]
        while stack:
            children, place, is_block = stack[-1]
            node = next(children, None)
            if node is None:
                stack.pop()
                if is_block:
                    flow.end_paragraph()
            elif isinstance(node, Tag):
                inner = self._element(node, place, flow)
                if inner is not None:
                    starts_line = node.name in BLOCKS
                    if starts_line:
                        flow.end_paragraph()
                    stack.append((iter(list(node.contents)), inner, starts_line))
            else:
                self._text(node, place, flow)

    def _text(self, node: PageElement, place: Place, flow: Flow) -> None:
        text = text_of(node)
        if text is None:
            if isinstance(node, Comment) and node.strip().startswith("more"):
                self.notes.append(Note(NoteKind.NOTICED, "the mark where the teaser ends", f"<!--{node}-->"))
        elif place.in_code:
            flow.run += code_leaves(text, place)
        else:
            flow.run.append(Leaf(place.marks, Text(text)))

    def _formula(self, formula: Formula, place: Place, flow: Flow) -> None:
        if formula.display and not flow.inline and not place.marks:
            flow.add(MathBlock(formula.tex))
        else:
            edge = [Leaf(place.marks, Text(" "))] if formula.display else []
            flow.run += [*edge, Leaf(place.marks, Math(" ".join(formula.tex.split()))), *edge]

    def _element(self, tag: Tag, place: Place, flow: Flow) -> Place | None:
        """Read an element; where it is to be gone into, return the place of what is in it."""
        if id(tag) in self.footnotes.references:
            note = self.footnotes.references[id(tag)]
            if note not in self._labels:
                name = self.footnotes.names.get(note, "")
                is_free = name and name not in self._labels.values()
                self._labels[note] = name if is_free else str(len(self._labels) + 1)
            label = self._labels[note]
            flow.run.append(Leaf(place.marks, FootnoteRef(label)))
        elif id(tag) in self.footnotes.skipped or id(tag) in self.apart or self._is_hidden(tag):
            pass
        elif formula := formula_of(tag):
            self._anchor(tag, place, flow)
            self._formula(formula, place, flow)
        elif citation := citations.of(tag):
            flow.run.append(Leaf(place.marks, citation))
        elif citations.is_list(tag) and not flow.inline and not place.depth:
            flow.add(References(citations.is_of_page(tag)))
        elif tag.name == "script":
            self.notes.append(Note(NoteKind.REMOVED, "`script`", attribute(tag, "src")))
        elif tag.name == "iframe":
            self._frame(tag, place, flow)
        elif value := field_text(tag):
            flow.run.append(Leaf(place.marks, Text(value)))
        elif (tag.name not in HIDDEN or tag.name in _RAW) and not is_clutter(tag):
            self._anchor(tag, place, flow)
            lang, direction = languages.inside(tag, place.lang, place.dir)
            if (lang, direction) != (place.lang, place.dir):
                return self._foreign(tag, replace(place, lang=lang, dir=direction), place, flow)
            return None if self._block(tag, place, flow) else self._inline_element(tag, place, flow)
        return None

    def _foreign(self, tag: Tag, inner: Place, place: Place, flow: Flow) -> Place | None:
        """Read an element in another language or direction than what is around it."""
        lang = inner.lang if inner.lang != place.lang else ""
        direction = inner.dir if inner.dir != place.dir else ""
        if tag.name in BLOCKS and not flow.inline and place.depth < _DEEPEST:
            flow.end_paragraph()
            blocks = self.blocks([tag], replace(inner, depth=place.depth + 1))
            flow.blocks += languages.marked(blocks, lang, direction)
            return None
        self._serial += 1
        marks_inside = marks.of_language(tag, lang, direction, place.marks, self._serial)
        return self._inline_element(tag, replace(inner, marks=marks_inside), flow)

    def _is_hidden(self, tag: Tag) -> bool:
        """Tell whether an element stays away without another look, and note what that takes away."""
        if tag.name in {"style", "link", "meta"}:
            self.notes.append(Note(NoteKind.REMOVED, f"`{tag.name}`"))
            return True
        if is_hidden(tag) and (hidden := words_in(tag)):
            self.notes.append(Note(NoteKind.REMOVED, "text that the page hides", hidden))
        return is_hidden(tag)

    def _block(self, tag: Tag, place: Place, flow: Flow) -> bool:
        """Read an element that is a block of its own; tell whether it was one."""
        read_block = None if flow.inline or place.depth >= _DEEPEST else structures.reading(tag)
        if read_block is None:
            return False
        flow.end_paragraph()
        blocks = read_block(self, tag, replace(place, depth=place.depth + 1))
        flow.blocks += blocks or []
        return blocks is not None

    def _inline_element(self, tag: Tag, place: Place, flow: Flow) -> Place | None:
        name = marks.name_of(tag.name)
        if name == "br":
            flow.run.append(Leaf(place.marks, LineBreak()))
        elif name == "hr":
            flow.end_paragraph()
        elif name == "img":
            flow.run += [
                Leaf(place.marks, image) for image in [images.read(tag, self.base, self.notes)] if image
            ]
        elif name in _RAW:
            html = " ".join(self.raw(tag).split("\n"))
            flow.run += [Leaf(place.marks, RawInline(html))] if html else []
        elif name in {"code", "tt"}:
            return replace(place, in_code=True)
        elif id(tag) in self.footnotes.dissolved:
            return place
        else:
            return replace(place, marks=self._marks(tag, name, place.marks))
        return None

    def _marks(self, tag: Tag, name: str, around: tuple[Mark, ...]) -> tuple[Mark, ...]:
        """Return the marks inside an element."""
        if name == "a" and headings.leads_to_itself(tag, self.base):
            return around
        if name == "a":
            url = self.address(tag)
            self._serial += url is not None
            return around if url is None else marks.of_link(tag, url, around, self._serial)
        if name == "form":
            self.notes.append(Note(NoteKind.REMOVED, "form; its text stays", attribute(tag, "action")))
        self._serial += 1
        return marks.of_element(tag, name, around, self._serial)

    def address(self, link: Tag) -> str | None:
        """Return the address that a link leads to; None where it leads nowhere."""
        if not link.has_attr("href"):
            return None
        url = resolve(attribute(link, "href"), self.base, self.notes)
        if url is None:
            return None
        if not link.get_text(strip=True) and link.find(["img", "svg", "picture", "video", "math"]) is None:
            self.notes.append(Note(NoteKind.REMOVED, "link without text", url))
        fragment = in_page(url, self.base)
        return f"#{fragment}" if fragment else url

    def _anchor(self, tag: Tag, place: Place, flow: Flow) -> None:
        """Keep the place that a link of the entry leads to; headings keep their own."""
        name = attribute(tag, "id") or (attribute(tag, "name") if tag.name == "a" else "")
        if name in self._fragments and id(tag) not in self._naming:
            html = sanitise(f'<span id="{escape(name)}"></span>', None, self.notes)
            flow.run.append(Leaf(place.marks, RawInline(html)))

    def _frame(self, tag: Tag, place: Place, flow: Flow) -> None:
        """Keep a frame of a host that is known; there are no others."""
        raw = sanitise(embeds.frame(tag), self.base, self.notes)
        self.notes.append(Note(NoteKind.KEPT_AS_HTML, "embed", attribute(tag, "src")))
        if flow.inline or place.marks:
            flow.run.append(Leaf(place.marks, RawInline(raw)))
        else:
            flow.add(RawBlock(raw))
