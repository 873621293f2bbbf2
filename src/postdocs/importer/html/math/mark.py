r"""Finds the formulas of a page and puts one element in the place of each: see `formula.element`.

So whatever reads the page after that meets formulas in one form, in the HTML that is kept as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4.element import Comment, NavigableString, PageElement, Tag

from postdocs.core.html import APART, NOT_TEXT
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import attribute, is_gone, text_of, words_in
from postdocs.importer.html.math import delimiters, elements, numbers, pictures
from postdocs.importer.html.math.delimiters import is_tex
from postdocs.importer.html.math.formula import Formula, element, formula, of, unwrap

# https://docs.mathjax.org/en/latest/options/document.html#the-document-options: skipHtmlTags
_VERBATIM = NOT_TEXT | {
    "annotation",
    "annotation-xml",
    "code",
    "math",
    "noscript",
    "pre",
    "svg",
    "textarea",
    "tt",
}
_HINT = re.compile(
    r"[\\$]|math|latex|katex|\btex\b|tex\.|mjx|formula|equation|eqn|data-attrs|&#|&dollar|&bsol",
    re.IGNORECASE,
)
_EXCERPT = 200
_PARAGRAPHS = frozenset({"article", "body", "center", "dd", "div", "figure", "li", "p", "section"})


def may_hold(html: str) -> bool:
    """Tell whether anything in the source of a page could be a formula; in most there is nothing."""
    return _HINT.search(html) is not None


def mark(body: Tag) -> list[Note]:
    """Put an element of one form in the place of each formula of a page.

    Returns notes of formulas that are there only as pictures.
    """
    numbered = numbers.are_set(body)
    typeset = any(elements.says_typeset(tag) for tag in body.find_all(True))
    notes = _mark_elements(body)
    runs = [
        run
        for run in _runs(body)
        if any("\\" in str(node) or "$" in str(node) or "[" in str(node) for node in run)
    ]
    texts = [_text(run) for run in runs]
    typeset = (
        typeset
        or body.find(_is_marked) is not None
        or any(True for text in texts for _ in delimiters.formulas(text, typeset=False))
    )
    for run, text in zip(runs, texts, strict=True):
        _mark_text(run, list(delimiters.formulas(text, typeset=typeset)))
    notes += _mark_pictures(body)
    _set_apart(body)
    numbers.resolve(body, numbered=numbered)
    return notes


def _is_marked(tag: Tag) -> bool:
    return of(tag) is not None


def _mark_elements(body: Tag) -> list[Note]:
    notes: list[Note] = []
    for tag in body.find_all(True):
        if is_gone(tag) or tag.name == "img" or tag.find_parent("pre") is not None:
            continue
        if elements.is_rendering(tag):
            tag.decompose()
        elif (value := elements.read_element(tag)) is not None:
            _replace(tag, value)
        elif elements.is_content(tag):
            what = "formula in MathML that doesn't say how it looks; only its words stay"
            notes.append(Note(NoteKind.NOTICED, what, words_in(tag)))
            tag.name = "span"
        elif elements.is_drawing(tag) and tag.find_parent(elements.is_drawing) is None:
            notes.append(_drawing_note(tag))
    return notes


def _drawing_note(tag: Tag) -> Note:
    text = words_in(tag)
    if text or tag.find("svg") is not None:
        return Note(NoteKind.NOTICED, "formula that is only drawn, without its LaTeX", text)
    return Note(NoteKind.LOST, "formula that is only drawn, without its LaTeX", str(tag)[:_EXCERPT])


def _mark_pictures(body: Tag) -> list[Note]:
    notes = []
    for tag in body.find_all("img"):
        if (value := pictures.read_picture(tag)) is not None:
            notes += _text_notes(tag, value)
            _replace(tag, value)
        elif pictures.is_formula(tag):
            what = "picture of a formula without its LaTeX; it stays a picture"
            notes.append(Note(NoteKind.NOTICED, what, attribute(tag, "src")))
    return notes


def _text_notes(tag: Tag, value: Formula) -> list[Note]:
    """Name the text of a picture that says something else than its formula."""
    text = attribute(tag, "alt").strip()
    if not text or unwrap(text, display=value.display).tex in value.tex or is_tex(text):
        return []
    return [Note(NoteKind.NOTICED, "alternative text of a picture that is a formula now", text)]


def _replace(tag: Tag, value: Formula) -> None:
    new = element(elements.with_number(value, tag), attribute(tag, "id"))
    tag.replace_with(new)
    tag.decompose()


def _runs(body: Tag) -> Iterator[list[PageElement]]:
    """Yield neighbours that MathJax reads as one text: text, and the line breaks and comments in it."""
    for tag in [body, *body.find_all(True)]:
        if tag.name in _VERBATIM or of(tag) or any(parent.name in _VERBATIM for parent in tag.parents):
            continue
        run: list[PageElement] = []
        for node in tag.contents:
            if isinstance(node, Tag) and node.name not in {"br", "wbr"}:
                yield run
                run = []
            else:
                run.append(node)
        yield run


def _text(run: list[PageElement]) -> str:
    return "".join(map(_characters, run))


def _characters(node: PageElement) -> str:
    if isinstance(node, Tag):
        return "\n" if node.name == "br" else ""
    return text_of(node) or ""


def _mark_text(run: list[PageElement], spans: list[delimiters.Span]) -> None:
    """Replace the parts of a run that are formulas, with what of line breaks and comments is in them."""
    waiting = list(reversed(spans))
    at = 0
    for node in run:
        text = _characters(node)
        start, at = at, at + len(text)
        parts: list[PageElement] = []
        place = start
        while waiting and waiting[-1].start < at:
            span = waiting[-1]
            if span.start >= place:
                parts += [NavigableString(text[place - start : span.start - start])]
                parts += [element(span.formula)] if span.formula else []
            place = min(span.end, at)
            if span.end > at:
                break
            waiting.pop()
        if not parts and place == start:
            continue
        parts += [NavigableString(text[place - start :])] if not isinstance(node, Tag | Comment) else []
        node.replace_with(*[part for part in parts if isinstance(part, Tag) or str(part)])


def _set_apart(body: Tag) -> None:
    r"""Set a formula on a line of its own that stands on one, and is as large as one: `\displaystyle`."""
    for tag in body.find_all("span"):
        value = of(tag)
        if value is None or value.display or not value.tex.startswith("\\displaystyle"):
            continue
        if all(_ends_line(nodes, tag.parent) for nodes in (tag.previous_siblings, tag.next_siblings)):
            tag.replace_with(element(formula(value.tex, display=True), attribute(tag, "id")))


def _ends_line(siblings: Iterable[PageElement], parent: Tag | None) -> bool:
    for node in siblings:
        if isinstance(node, Tag):
            return node.name in APART
        if (text_of(node) or "").strip():
            return False
    return parent is not None and parent.name in _PARAGRAPHS
