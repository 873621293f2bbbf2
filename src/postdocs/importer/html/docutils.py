"""What docutils, Sphinx, and pandoc write for parts of a text that HTML has no element for."""

from __future__ import annotations

from bs4.element import NavigableString, Tag

from postdocs.importer.html.dom import classes

_LINES = "line-block"
_INDENT = "\u2003"  # of lines within lines
_TITLES = ["topic-title", "sidebar-title", "sidebar-subtitle", "rubric"]


def settle(body: Tag) -> None:
    """Make paragraphs of lines, and titles strong that are no headings."""
    for block in body.find_all("div", class_=_LINES):
        if block.get_text(strip=True) and block.find("div", class_="line") is None:
            block.name, block.attrs = "p", {}  # pandoc parts the lines by breaks
        elif block.find_parent(class_=_LINES) is None:
            block.replace_with(_paragraph(block))
    for title in body.find_all("p", class_=_TITLES):
        if title.find(["strong", "b"], recursive=False) is None:
            strong = Tag(name="strong")
            strong.extend(list(title.contents))
            title.append(strong)


def _paragraph(block: Tag) -> Tag:
    """Return the lines of a block as a paragraph, each but the last with a break after it."""
    paragraph = Tag(name="p")
    for line in block.find_all("div", class_="line"):
        if paragraph.contents:
            paragraph.append(Tag(name="br", can_be_empty_element=True))
        depth = sum(_LINES in classes(parent) for parent in line.parents) - 1
        if depth and line.get_text(strip=True):
            paragraph.append(NavigableString(_INDENT * depth))
        paragraph.extend([child for child in list(line.contents) if not _is_break(child)])
    return paragraph


def _is_break(node: object) -> bool:
    return isinstance(node, Tag) and node.name == "br"
