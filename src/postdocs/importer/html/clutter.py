"""Decoration and controls of a page, which aren't part of its content."""

from __future__ import annotations

import re

from bs4.element import Tag

from postdocs.core.html import HEADINGS
from postdocs.importer.html.dom import attribute, classes, words_in

# Line numbers, copy buttons and the marks beside headings that highlighters and themes add.
_CLUTTER = frozenset({
    "linenos", "lineno", "lineno-container", "linenodiv", "line-numbers", "line-numbers-rows",
    "lineNumbers", "gutter", "rouge-gutter", "hljs-ln-numbers", "crayon-nums", "crayon-num",
    "crayon-toolbar", "crayon-info", "crayon-plain-wrap", "lntd-numbers", "lnt", "ln",
    "copybtn", "copy-btn", "clipboard-copy",
    "zeroclipboard-container", "toolbar-item", "footnotes-sep", "screen-reader-text", "sr-only",
    "visually-hidden",
    # Of players that a script draws: Ghost's cards, MediaElement, Plyr, Video.js.
    "kg-audio-player", "kg-audio-hide", "kg-video-overlay", "kg-video-player-container", "kg-video-hide",
    "mejs-controls", "mejs-layers", "mejs-offscreen", "mejs__controls", "mejs__layers", "mejs__offscreen",
    "plyr__controls", "vjs-control-bar", "vjs-modal-dialog", "vjs-text-track-settings", "vjs-control-text",
    # The icon of Ghost's folding cards, and what Substack's editor says to who writes.
    "kg-toggle-card-icon", "hide-text",
})  # fmt: skip

# The button with which a highlighter lets readers copy a block of code.
_COPY_CLASS = re.compile(r"copy|clipboard", re.IGNORECASE)
_COPY_LABEL = re.compile(
    r"(?:click to )?cop(?:y|ied)(?: (?:code|snippet|text))?(?: to clipboard)?!?", re.IGNORECASE
)
# What a link beside a heading is shown as, when it leads to that heading.
_PERMALINKS = frozenset({"", "#", "##", "¶", "§", "🔗", "\uf0c1", "\ue157", "link", "permalink", "anchor"})
_PERMALINK_CLASSES = frozenset({
    "headerlink", "header-anchor", "heading-anchor", "anchorjs-link", "anchor", "hash-link", "heading-link",
    "direct-link", "anchor-link", "heading-permalink", "permalink", "toc-anchor", "header-link", "headerLink",
    "headline-hash", "subheading-anchor", "td-heading-self-link", "sl-anchor-link", "headings-link",
    "autolink-header", "deep-link", "heading-hash", "anchorLink", "hanchor", "section-link",
})  # fmt: skip
_UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff\ufe0e\ufe0f\\s]+")
# `In [3]:` beside the cells of a notebook.
_PROMPT = re.compile(r"(?:(?:In|Out)?\s*\[[\s\d*]*\]:?)?")


def is_clutter(tag: Tag) -> bool:
    """Tell whether an element only decorates: line numbers, copy buttons, marks beside headings, prompts."""
    if tag.name == "button":
        return _is_copy_button(tag)
    if tag.name == "a" and _is_permalink(tag):
        return True
    names = classes(tag)
    if tag.name == "div" and any("prompt" in name.lower() for name in names):
        return _PROMPT.fullmatch(words_in(tag)) is not None
    if names == ["lang"] and any(name.startswith("language-") for name in _around(tag)):
        return True  # VitePress names the language beside the code
    marks = _CLUTTER.intersection(names)
    if marks == {"line-numbers"}:  # Prism says it of the whole block
        return not tag.get_text(strip=True) or tag.name in {"td", "span"}
    return bool(marks) or _numbers_lines(tag)


def _numbers_lines(tag: Tag) -> bool:
    """Tell whether an element only numbers lines of code, as Chroma does without classes."""
    return (tag.name == "td" and _is_column_of_numbers(tag)) or (
        tag.name == "span" and _is_unselectable_number(tag)
    )


def _is_column_of_numbers(cell: Tag) -> bool:
    """Tell whether a cell has a number for each line of code in the next one."""
    beside = cell.find_next_sibling("td")
    code = beside.find("pre") if isinstance(beside, Tag) else None
    if not isinstance(code, Tag) or cell.find("pre") is None:
        return False
    numbers = cell.get_text().split()
    if not "".join(numbers).isdecimal():
        return False
    lines = code.get_text().rstrip("\n").count("\n") + 1
    return [*map(int, numbers)] == [*range(int(numbers[0]), int(numbers[0]) + lines)]


def _is_unselectable_number(tag: Tag) -> bool:
    """Tell whether text is the number of a line of code that readers can't select."""
    if "user-select:none" not in attribute(tag, "style").replace(" ", ""):
        return False
    return tag.get_text().strip().isdecimal() and tag.find_parent("pre") is not None


def _around(tag: Tag) -> list[str]:
    return classes(tag.parent) if tag.parent is not None else []


def _is_copy_button(tag: Tag) -> bool:
    label = words_in(tag)
    if not label:
        return tag.find("img") is None
    is_marked = tag.find_parent("pre") is not None and _COPY_CLASS.search(attribute(tag, "class"))
    return _COPY_LABEL.fullmatch(label) is not None or bool(is_marked)


def _is_permalink(link: Tag) -> bool:
    """Tell whether a link only lets readers copy the address of the place where it stands."""
    marked = bool(_PERMALINK_CLASSES.intersection(classes(link)))
    href = attribute(link, "href")
    if "#" not in href and not (marked and not href):
        return False
    if link.find("img") is not None:
        return False
    label = _UNSEEN.sub("", link.get_text())
    heading = next((tag for tag in link.parents if tag.name in HEADINGS), None)
    if heading is None:
        is_mark = label in _PERMALINKS and not label.isalpha()
        return is_mark and (marked or (href.startswith("#") and bool(label)) or label in {"¶", "🔗"})
    if label.lower() in _PERMALINKS:
        return True
    return marked and _UNSEEN.sub("", heading.get_text()) != label
