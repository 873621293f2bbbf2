"""What of a page only decorates or operates it, and is no part of what it says."""

from __future__ import annotations

import re

from bs4.element import Tag

from postdocs.importer.html.dom import attribute, classes, words_in

# Line numbers, copy buttons and the marks beside headings that highlighters and themes add.
_CLUTTER = frozenset({
    "linenos", "lineno", "lineno-container", "linenodiv", "line-numbers", "line-numbers-rows",
    "lineNumbers", "gutter", "rouge-gutter", "hljs-ln-numbers", "crayon-nums", "crayon-num",
    "crayon-toolbar", "crayon-info", "lntd-numbers", "lnt", "ln", "headerlink", "header-anchor",
    "heading-anchor", "anchorjs-link", "anchor", "copybtn", "copy-btn", "clipboard-copy",
    "zeroclipboard-container", "toolbar-item", "footnotes-sep", "screen-reader-text", "sr-only",
    "visually-hidden",
})  # fmt: skip

# The button with which a highlighter lets readers copy a block of code.
_COPY_CLASS = re.compile(r"copy|clipboard", re.IGNORECASE)
_COPY_LABEL = re.compile(
    r"(?:click to )?cop(?:y|ied)(?: (?:code|snippet|text))?(?: to clipboard)?!?", re.IGNORECASE
)
_PERMALINKS = frozenset({"#", "¶", "§", "🔗", "🔗\ufe0e", "🔗\ufe0f", "\uf0c1"})


def is_clutter(tag: Tag) -> bool:
    """Tell whether an element only decorates: line numbers of code, copy buttons, marks beside headings."""
    if tag.name == "button" and tag.find_parent("pre") is not None:
        label = words_in(tag)
        is_copy = _COPY_LABEL.fullmatch(label) or _COPY_CLASS.search(attribute(tag, "class"))
        if is_copy or not label:
            return True
    if tag.name == "a" and attribute(tag, "href").startswith("#") and tag.get_text(strip=True) in _PERMALINKS:
        return True
    marks = _CLUTTER.intersection(classes(tag))
    if (
        "anchor" in marks or "line-numbers" in marks
    ):  # GitHub's mark is empty; Prism says it of the whole block
        return not tag.get_text(strip=True) or (tag.name in {"td", "span"} and "anchor" not in marks)
    return bool(marks)
