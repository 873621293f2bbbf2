"""Boxes that stand out, as documentation tools, generators, themes and frameworks of styles make them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4.element import Tag

from postdocs.core.html import HEADINGS
from postdocs.importer.ast.nodes import (
    Admonition,
    Block,
    Division,
    Inline,
    LineBreak,
    Paragraph,
    RawBlock,
    Text,
)
from postdocs.importer.html.dom import attribute, classes, is_shown_in, words_in
from postdocs.importer.html.flow import Place
from postdocs.importer.html.reading import Reader, inline_apart

# The word in a class that says what a box is about, and the kind that Sphinx has for that.
_KINDS = {
    **dict.fromkeys(
        ["note", "info", "information", "primary", "secondary", "todo", "abstract", "summary", "tldr",
         "example", "question", "help", "faq", "quote", "cite"], "note",
    ),
    **dict.fromkeys(["tip", "success", "check", "done"], "tip"),
    **dict.fromkeys(["danger", "bug"], "danger"),
    **dict.fromkeys(["error", "failure", "fail", "missing"], "error"),
    **dict.fromkeys(["warning", "warn"], "warning"),
    "hint": "hint", "important": "important", "caution": "caution", "attention": "attention",
    "seealso": "seealso",
}  # fmt: skip
# Sphinx, MkDocs and AsciiDoctor; Quarto, Obsidian; GitHub; VuePress; Hugo's themes; Starlight; others.
_BOXES = frozenset({
    "admonition", "theme-admonition", "admonitionblock", "callout", "markdown-alert", "custom-block",
    "notices", "notice", "book-hint", "gdoc-hint", "hextra-callout", "starlight-aside", "su-note", "su-box",
    "confluence-information-macro", "bs-callout", "callout-block", "doc-note", "shortcode-notice",
    "pageinfo", "kg-callout-card",
})  # fmt: skip
# Boxes only where another word says what they are about, or the page itself tells that they are one.
_MAYBE_BOXES = frozenset({
    "notice", "admonition", "callout", "alert", "message", "flash", "Toast", "panel", "hint", "prompt", "box",
})  # fmt: skip
_JUST_A_KIND = frozenset({
    "note", "tip", "warning", "caution", "important", "danger", "hint", "attention", "seealso",
})  # fmt: skip
_ELEMENTS = frozenset({"div", "aside", "section", "p", "blockquote", "article", "figure", "details"})
_TITLE = re.compile(
    r"(?:.*[-_])?(?:title|heading|header|summary|label)(?:[-_].*)?|admonitionHeading.*|kg-callout-emoji"
)
_MARK = re.compile(r"\s*(\[!(\w+)\]([-+]?))\s*")


def is_box(tag: Tag) -> bool:
    """Tell whether an element is a box that stands out."""
    if tag.name not in _ELEMENTS:
        return False
    names = classes(tag)
    if _BOXES.intersection(names) and not (tag.name == "blockquote" and "callout" in names):
        return tag.name != "details" or bool(_kind(tag))
    if _JUST_A_KIND.intersection(names) and {*names} <= {*_KINDS} and tag.name != "details":
        return True
    words = {word for name in names for word in re.split(r"[-_]+", name)}
    if attribute(tag, "role") in {"alert", "note"} and _MAYBE_BOXES & words:
        return True
    if tag.name == "details":
        return any(name in _KINDS for name in names)
    return bool(_MAYBE_BOXES & words) and bool(_kind(tag)) and not {"btn", "badge", "label", "text"} & words


def _kind(tag: Tag) -> str:
    """Return what a box is about; empty where nothing says it."""
    return kind_of([attribute(tag, "data-callout"), attribute(tag, "data-type"), *classes(tag)])


def kind_of(said: Iterable[str]) -> str:
    """Return the kind that Sphinx has for a box of some classes; empty where none of them says it."""
    words = [word for name in said for word in re.split(r"[-_]+", name.lower())]
    names = [word for word in words if word in _KINDS]
    # `hint` may also be what a theme calls all of its boxes
    return next((_KINDS[word] for word in names if word != "hint"), _KINDS[names[0]] if names else "")


def read(reader: Reader, tag: Tag, place: Place) -> list[Block] | None:
    """Read a box with its title; None where it is a part of the text with headings of its own."""
    if len(tag.find_all(list(HEADINGS), limit=2)) > 1:
        return None
    body = tag
    if "admonitionblock" in classes(tag):
        cell = tag.find("td", class_="content")
        body = cell if isinstance(cell, Tag) else tag
    _take_icons(tag)
    title: tuple[Inline, ...] = ()
    collapsible = _collapsible(tag)
    if (head := _title_of(tag)) is not None:
        title = inline_apart(reader, head, place)
    children = reader.blocks(body.contents, place)
    if not children:
        children, title = ([Paragraph(title)] if title else []), ()
    if not children:
        return []
    kind = _kind(tag) or ("admonition" if title else "note")
    return [Admonition(kind, title, tuple(children), collapsible)]


def _take_icons(tag: Tag) -> None:
    for icon in tag.find_all("svg"):
        parent = icon.parent
        around = " ".join(classes(icon) + (classes(parent) if parent is not None else []))
        is_icon = "icon" in around.lower() or attribute(icon, "aria-hidden") == "true" or parent is tag
        if (is_icon or _in_title(icon, tag)) and not icon.find("text"):
            icon.extract()


def _in_title(node: Tag, tag: Tag) -> bool:
    return any(
        _TITLE.fullmatch(name)
        for parent in node.parents
        if parent is not tag and any(one is tag for one in parent.parents)
        for name in classes(parent)
    )


def _title_of(tag: Tag) -> Tag | None:
    """Return the element that heads a box: before it is no text, and after it is some."""
    whole = words_in(tag)
    for inner in tag.find_all(True):
        is_title = inner.name in {"summary", *HEADINGS} or any(
            _TITLE.fullmatch(name) for name in classes(inner)
        )
        words = words_in(inner)
        if is_title and words and is_shown_in(inner, tag) and whole.startswith(words):
            return inner if words != whole else None
        if words and inner.find(True) is None:
            return None  # text stands before any title
    return None


def _collapsible(tag: Tag) -> str:
    if tag.name == "details":
        return "open" if tag.has_attr("open") else "closed"
    inner = tag.find(class_="callout-collapse")
    if isinstance(inner, Tag):
        return "open" if "show" in classes(inner) else "closed"
    if "is-collapsible" in classes(tag):
        return "closed" if "is-collapsed" in classes(tag) else "open"
    return ""


def from_quote(children: list[Block]) -> Admonition | None:
    """Return the box that a quotation is which begins with a mark like `[!NOTE]`, as GitHub writes it."""
    first = children[0] if children else None
    if not isinstance(first, Paragraph) or not isinstance(first.children[0], Text):
        return None
    text = first.children[0].text
    match = _MARK.match(text)
    kind = _KINDS.get(match[2].lower()) if match else None
    if match is None or kind is None:
        return None
    rest = [Text(text[match.end() :])] if match.end() < len(text) else []
    inlines = [*rest, *first.children[1:]]
    while inlines and (isinstance(inlines[0], LineBreak) or inlines[0] == Text(" ")):
        inlines.pop(0)
    body = [Paragraph(tuple(inlines))] if inlines else []
    if not body and len(children) == 1:
        return None
    collapsible = {"-": "closed", "+": "open"}.get(match[3], "")  # Obsidian's
    return Admonition(kind, (Text(match[1]),), (*body, *children[1:]), collapsible)


def read_details(reader: Reader, tag: Tag, place: Place) -> list[Block] | None:
    """Read what readers can unfold: what is in it is Markdown, its summary is HTML."""
    summary = tag.find("summary", recursive=False)
    head: list[Block] = []
    if isinstance(summary, Tag) and inline_apart(reader, summary, place):
        summary.attrs.clear()
        head = [RawBlock(reader.raw(summary))]
    children = reader.blocks(tag.contents, place)
    if not children and not head:
        return []
    return [Division("details", (*head, *children), is_open=tag.has_attr("open"))]
