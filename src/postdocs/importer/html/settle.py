"""The body of an entry in reading order, with collapsed parts open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4.element import NavigableString, Tag

from postdocs.core.html import PREFORMATTED
from postdocs.importer.html import disclosures, docutils, dom, figures, panels
from postdocs.importer.html.dom import attribute, classes, text_of
from postdocs.importer.html.panels import CLASSES, length, terms_of

# ECMA-48 §8.3.117, Select Graphic Rendition. A feed can't hold the escape character, and drops it: what is
# left is a colour only where one is set and then reset.
_ESCAPED_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_COLOUR = re.compile(r"\[(?:\d{1,3};)*\d{1,3}m(?!\])")
_RESET = "[0m"
_NOT_CAPTIONED_ABOVE = ["img", "video", "audio", "iframe", "blockquote", "svg"]
# pymdownx, Sphinx's extensions, Docusaurus, Quarto, VitePress, Hugo's themes, WordPress.
_TAB_SETS = frozenset({
    "tabbed-set", "sd-tab-set", "tab-set", "sphinx-tabs", "tabs-container", "panel-tabset", "vp-code-group",
    "book-tabs", "tab-panel", "su-tabs", "wp-block-tabs", "kt-tabs-wrap", "code-tabs", "tabs",
})  # fmt: skip
_IN_ROW = ".su-tabs-nav > *, .kt-tabs-title-list > li"
_LABELS = frozenset({"tab-nav-button", "sphinx-tabs-tab"})


def read(html: str) -> Tag:
    """Parse the HTML of an entry; its body, with tabs laid open and captions where they are written."""
    body = read_as_written(html)
    settle(body)
    return body


def read_as_written(html: str) -> Tag:
    """Parse the HTML of an entry; its body before it is settled, with what a click unfolds laid open."""
    body = dom.read(_ESCAPED_COLOUR.sub("", html))
    panels.unfold(body)
    disclosures.show(body)
    return body


def settle(body: Tag) -> None:
    """Lay tabs open, put captions where they are written, and take the colours of terminals out."""
    tried: set[int] = set()
    for tag in reversed(body.find_all(_may_hold_tabs)):
        _unfold(tag, tried)
    for name in body.find_all("span", class_="filename"):
        _name_code(name)
    for tag in body.find_all(figures.is_figure):
        _raise_caption(tag)
    for tag in body.find_all("details"):
        if isinstance(summary := tag.find("summary", recursive=False), Tag):
            tag.insert(0, summary.extract())  # where browsers show it
    docutils.settle(body)
    for tag in body.find_all("table", class_="dataframe"):
        _join_heads(tag)
    for tag in body.find_all(list(PREFORMATTED)):
        _take_colours(tag)


def _may_hold_tabs(tag: Tag) -> bool:
    return bool(_TAB_SETS.intersection(classes(tag))) or attribute(tag, "role") == "tablist"


def _unfold(tag: Tag, tried: set[int]) -> None:
    """Make a list of terms of tabs: each label with what it shows.

    tried: what is around tabs and doesn't hold their labels and panels alone, by `id()`.
    """
    places: list[list[Tag]] = [[tag], [tag, *tag.find_next_siblings(limit=1)]]
    around = [parent for parent in list(tag.parents)[:2] if parent.name not in {"body", "html"}]
    places += [[parent] for parent in around if id(parent) not in tried]
    tried.update(map(id, around))
    for place in places:
        labels = [label for holder in place for label in _labels(holder)]
        shown = [panel for holder in place for panel in _panels(holder)]
        if labels and len(labels) == len(shown) and length(place) == length([*labels, *shown]):
            place[0].insert_before(terms_of(labels, shown))
            for holder in place:
                holder.extract()
            return


def _labels(holder: Tag) -> list[Tag]:
    labels = (
        holder.find_all(lambda tag: attribute(tag, "role") == "tab")
        or holder.find_all("label")
        or holder.find_all(class_=list(_LABELS))
        or holder.select(_IN_ROW)
    )
    return [tag for tag in _innermost(labels) if tag.get_text(strip=True)]


def _panels(holder: Tag) -> list[Tag]:
    tags = holder.find_all(lambda tag: attribute(tag, "role") == "tabpanel")
    tags = tags or holder.find_all(class_=list(CLASSES))
    if not tags and isinstance(blocks := holder.find(class_="blocks"), Tag):
        tags = blocks.find_all(True, recursive=False)
    return _innermost(tags)


def _innermost(tags: Sequence[Tag]) -> list[Tag]:
    outer = {id(parent) for tag in tags for parent in tag.parents}
    return [tag for tag in tags if id(tag) not in outer]


def _name_code(name: Tag) -> None:
    """Make a caption of the title that PyMdown writes into the element, or into the first row, of code."""
    holder = name.find_parent("div", class_="highlight")
    row = name.find_parent("tr")
    if holder is None or holder.find("pre") is None or (row is not None and row.find("pre") is not None):
        return
    caption = Tag(name="figcaption")
    caption.append(name.extract())
    if row is not None:
        row.extract()
    holder.wrap(Tag(name="figure")).insert(0, caption)


def _raise_caption(figure: Tag) -> None:
    """Put the caption of code, and of a table, before it: there it is going to stand."""
    if figure.find(["pre", "table"]) is None or figure.find(_NOT_CAPTIONED_ABOVE) is not None:
        return
    caption = figures.caption_of(figure)
    if caption is not None and figure.name != "table":
        figure.insert(0, caption.extract())


def _join_heads(table: Tag) -> None:
    """Put what pandas calls the index into the row of the column's names, where that has no names for it."""
    for tag in (table, *table.find_all(True)):
        for name in ("style", "border", "halign", "valign"):
            tag.attrs.pop(name, None)
    rows = table.select("thead > tr")
    if len(rows) != 2:  # noqa: PLR2004 - one of columns, one of the index
        return
    columns, index = (row.find_all(["th", "td"], recursive=False) for row in rows)
    is_plain = len(columns) == len(index) and not any(cell.has_attr("colspan") for cell in (*columns, *index))
    if is_plain and all(
        not (one.get_text(strip=True) and other.get_text(strip=True))
        for one, other in zip(columns, index, strict=True)
    ):
        for column, cell in zip(columns, index, strict=True):
            column.extend(list(cell.contents))
        rows[1].extract()


def _take_colours(tag: Tag) -> None:
    """Take the codes that colour the output of a terminal out of it."""
    codes = _COLOUR.findall(tag.get_text())
    if _RESET not in codes or {*codes} == {_RESET}:
        return
    for node in tag.find_all(string=True):
        if (text := text_of(node)) is not None and _COLOUR.search(text):
            node.replace_with(NavigableString(_COLOUR.sub("", text)))
