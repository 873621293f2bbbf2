"""Footnotes, as the generators of blogs write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bs4.element import NavigableString, Tag
from docutils.nodes import make_id

from postdocs.importer.html.dom import attribute, classes, words_in
from postdocs.importer.html.repair import in_page

# Python-Markdown, kramdown, goldmark, markdown-it, pandoc, docutils, GitHub, Substack, WordPress, plugins.
_REFERENCE_CLASSES = frozenset({
    "footnote-ref", "footnote", "footnote-reference", "footnote-anchor", "fn", "footnoteRef",
    "footnote-link", "easy-footnote", "easy-footnote-to-top", "footnote_referrer", "footnote_plugin_link",
    "footnote_reference", "fnref", "footnoteref", "simple-footnote",
})  # fmt: skip
# The rule that MyST and markdown-it draw above the notes.
_RULES = "hr.footnotes, hr.footnotes-sep"
_NOTE_CLASSES = frozenset({
    "footnote", "footnotes", "footnote-item", "footnotes-list", "footnote-list", "footnote-definition",
    "wp-block-footnotes", "easy-footnotes-wrapper", "easy-footnote-single",
    "footnotes_reference_container", "footnotes-container", "endnotes", "footnotes_plugin_reference_row",
    "footnote_plugin_index", "simple-footnotes",
})  # fmt: skip
_BACK_CLASSES = frozenset({
    "footnote-backref", "footnote-back", "reversefootnote", "fn-backref", "footnote-number",
    "footnotereverse", "footnote-return", "easy-footnote-to-top", "data-footnote-backref",
    "footnote_backlink",
})  # fmt: skip
_REFERENCE_ID = re.compile(r"(?:user-content-)?fn-?ref\d*[:\-_.]?[\w\-:.]*|footnote-?ref[\w\-:.]*")
_NOTE_ID = re.compile(
    r"(?:user-content-)?fn[:\-_.]?\d[\w\-:.]*|fn[:\-_][\w\-:.]+|footnote[:\-_.]?\d[\w\-:.]*"
)
_WORDS = r"([A-Za-z]{2,}\d*(?:[-_.](?:[A-Za-z]+\d*|\d+))*)"
# What Python-Markdown, kramdown, and GitHub make of `[^some-words]`; others number footnotes.
_NAME = re.compile(rf"(?:user-content-)?fn[:-](?!ref){_WORDS}")
_NAME_IN_DOCUTILS = re.compile(rf"(?!id\d|footnote-\d){_WORDS}")  # of `[#some-words]_`
_DIGEST = re.compile(r"-[0-9a-f]{32}$")  # GitHub's, of the page
_ITEMS = ("li", "aside", "tr", "dd", "div", "p", "table")
_BACK_ARROW = re.compile(r"\s*[↩⏎↵]\ufe0e?\s*$")
_LONGEST_BACK_LINK = 12


@dataclass
class Footnotes:
    """What of a body belongs to footnotes; elements are named by their `id()`.

    references: element → the note it refers to. names: note → what its author calls it, if that is known.
    notes: note → the element that holds its text. skipped: labels, back links, separators and the notes
    themselves, which are no part of the text around. dissolved: marks around several references.
    """

    references: dict[int, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    notes: dict[int, Tag] = field(default_factory=dict)
    skipped: set[int] = field(default_factory=set)
    dissolved: set[int] = field(default_factory=set)

    def holds(self, tag: Tag) -> bool:
        """Tell whether an element is a reference, or a label or back link of a note."""
        return id(tag) in self.references or (id(tag) in self.skipped and id(tag) not in self.notes)


def find(body: Tag, base: str | None) -> Footnotes:
    """Find the footnotes that a known generator made: reference and note name each other's role, and match.

    A note that nothing refers to is left where it is.
    """
    footnotes = Footnotes()
    targets: dict[str, Tag] = {}
    for tag in body.find_all(True):
        for name in ("id", "name"):
            if attribute(tag, name):
                targets.setdefault(attribute(tag, name), tag)
    items: dict[int, Tag] = {}
    referrers: dict[int, list[Tag]] = {}  # a back link may name any of these
    links = body.find_all("a")
    for link in links:
        target = targets.get(_target(link, base))
        if target is None or not _is_reference(link) or _is_code(link) or _is_code(target):
            continue
        item = _item(target)
        if item is None or id(item) in {id(parent) for parent in link.parents}:
            continue
        outer = _outermost(link)
        footnotes.references[id(outer)] = id(item)
        if outer is link and link.parent is not None and link.parent.name == "sup":
            footnotes.dissolved.add(id(link.parent))
        items[id(item)] = item
        if name := _name(link, _target(link, base)):
            footnotes.names[id(item)] = name
        referrers.setdefault(id(item), []).extend([outer, *outer.find_all(True)])
    sources = {id(targets[key]): key for key in targets}
    for item in items.values():
        reference_ids = {sources[id(tag)] for tag in referrers[id(item)] if id(tag) in sources}
        _take_out(item, footnotes, base, reference_ids)
    if not items:
        _find_bare(body, footnotes, base)
    footnotes.skipped.update(id(link) for link in links if _leads_nowhere(link, footnotes, targets, base))
    if footnotes.notes:
        footnotes.skipped.update(id(rule) for rule in body.select(_RULES))
    return footnotes


def _leads_nowhere(link: Tag, footnotes: Footnotes, targets: Mapping[str, Tag], base: str | None) -> bool:
    """Tell whether a link leads back from a note that nothing refers to: the page has no such place.

    That is also one on what a reference is written as, which has no id afterwards.
    """
    if not (_is_back_link(link) and _is_arrow(link)) or not (name := in_page(attribute(link, "href"), base)):
        return False
    target = targets.get(name)
    return target is None or any(
        footnotes.holds(tag) for tag in (target, *target.find_all(True), *target.parents)
    )


def _find_bare(body: Tag, footnotes: Footnotes, base: str | None) -> None:
    """Find footnotes that have lost their links, as in Quarto's feed: each number stands once, in order."""
    containers = [tag for tag in body.find_all(["section", "div"]) if "footnotes" in classes(tag)]
    holders = {id(container) for container in containers}
    items = [
        item
        for container in containers
        for item in container.find_all("li")
        if _NOTE_ID.fullmatch(attribute(item, "id"))
    ]
    marks = [
        mark
        for mark in body.find_all("sup")
        if mark.get_text().isdecimal() and not _is_code(mark) and holders.isdisjoint(map(id, mark.parents))
    ]
    if not items or [mark.get_text() for mark in marks] != [str(number + 1) for number in range(len(items))]:
        return
    for mark, item in zip(marks, items, strict=True):
        footnotes.references[id(mark)] = id(item)
        _take_out(item, footnotes, base, set())
        for text in item.find_all(string=True)[-1:]:
            text.replace_with(NavigableString(_BACK_ARROW.sub("", text)))


def _target(link: Tag, base: str | None) -> str:
    fragment = in_page(attribute(link, "href"), base)
    if fragment:
        return fragment
    sup = link.find("sup", class_="footnote_plugin_tooltip_text")  # WordPress plugin "footnotes": no href
    return attribute(sup, "id").replace("_tooltip_", "_reference_") if isinstance(sup, Tag) else ""


def _name(link: Tag, target: str) -> str:
    """Return what the author calls a note, as MyST can; empty where a generator has numbered it."""
    form = _NAME_IN_DOCUTILS if "footnote-reference" in classes(link) else _NAME
    match = form.fullmatch(_DIGEST.sub("", target))
    return make_id(match[1]) if match else ""


def _is_reference(link: Tag) -> bool:
    around = [link, *_near(link)]
    return any(
        _REFERENCE_CLASSES.intersection(classes(tag))
        or attribute(tag, "role") == "doc-noteref"
        or attribute(tag, "rel") == "footnote"
        or tag.has_attr("data-footnote-ref")
        or tag.has_attr("data-fn")
        or _REFERENCE_ID.fullmatch(attribute(tag, "id"))
        for tag in around
    ) and not _is_back_link(link)


def _is_code(tag: Tag) -> bool:
    return tag.find_parent("pre") is not None


def _near(link: Tag) -> Iterator[Tag]:
    """Return what is directly around a link, and the mark inside it."""
    if link.parent is not None and link.parent.name in {"sup", "span"}:
        yield link.parent
    if isinstance(inner := link.find("sup"), Tag):
        yield inner


def _is_back_link(link: Tag) -> bool:
    return (
        bool(_BACK_CLASSES.intersection(classes(link)))
        or attribute(link, "role") == "doc-backlink"
        or attribute(link, "rev") == "footnote"
        or link.has_attr("data-footnote-backref")
    )


def _item(target: Tag) -> Tag | None:
    """Return the note that a target stands for, if a known generator made it."""
    chain = [target, *target.parents]
    item = next((tag for tag in chain[:4] if tag.name in _ITEMS), None)
    if target.name == "dt":
        item = target.find_next_sibling("dd")
        chain = [target, *target.parents]
    if item is None:
        return None
    is_note = _NOTE_ID.fullmatch(attribute(target, "id")) or any(
        _NOTE_CLASSES.intersection(classes(tag))
        or attribute(tag, "role") in {"doc-endnotes", "doc-footnote"}
        or tag.has_attr("data-footnotes")
        for tag in chain[:6]
    )
    return item if is_note else None


def _outermost(link: Tag) -> Tag:
    """Return the `sup` or `span` around a reference where it holds nothing else."""
    outer = link
    for parent in link.parents:
        if parent.name not in {"sup", "span"} or len(parent.find_all("a")) > 1:
            break
        if re.sub(r"\W", "", parent.get_text()) != re.sub(r"\W", "", link.get_text()):
            break
        outer = parent
    return outer


def _take_out(item: Tag, footnotes: Footnotes, base: str | None, reference_ids: set[str]) -> None:
    """Note which element holds the text of a note, and what of it is not text."""
    holder = item
    if item.name in {"tr", "table"}:
        cells = item.find_all("td")
        holder = cells[-1] if cells else item
    footnotes.notes[id(item)] = holder
    footnotes.skipped.add(id(item))
    if item.name == "dd" and isinstance(term := item.find_previous_sibling("dt"), Tag):
        footnotes.skipped.add(id(term))
    for tag in holder.find_all(["a", "span"]):
        if tag.name == "span":
            if {"label", "footnotereverse", "backrefs"}.intersection(classes(tag)):
                footnotes.skipped.add(id(tag))
        elif _is_back_link(tag) or (
            (fragment := in_page(attribute(tag, "href"), base))
            and (fragment in reference_ids or _REFERENCE_ID.fullmatch(fragment) or _is_arrow(tag))
            and len(words_in(tag)) <= _LONGEST_BACK_LINK
        ):
            footnotes.skipped.add(id(tag))
    for container in item.parents:
        if _NOTE_CLASSES.intersection(classes(container)) or attribute(container, "role") == "doc-endnotes":
            footnotes.skipped.update(id(rule) for rule in container.find_all("hr", recursive=False))
            footnotes.skipped.update(
                id(heading)
                for heading in container.find_all(class_="quarto-appendix-heading", recursive=False)
            )


def _is_arrow(link: Tag) -> bool:
    return re.fullmatch(r"[\s↩↑⏎↵⤴^\ufe0e\ufe0f\[\]]+", link.get_text()) is not None
