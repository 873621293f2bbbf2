"""Text that a page shows when something before it is clicked, such as the solution of an exercise.

HTML has `details` for that (HTML Living Standard §4.11.1); older pages have scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import NavigableString, PageElement, Tag

from postdocs.core.html import HEADINGS
from postdocs.importer.html.dom import attribute, is_hidden, reveal, text_of

NAMING = ("aria-controls", "data-bs-target", "data-target", "data-tab", "data-tab-target", "href")
"""Attributes with the id of what an element shows."""

_HANDLER = "onclick"
_ACTIVE = ("aria-controls", "data-bs-toggle", "data-toggle", "data-bs-target", "data-target", _HANDLER)
_QUOTED = re.compile(r"""["']#?([^"'\s#]{1,200})["']""")
_SCRIPT = "javascript:"
_UNWRAPPED = frozenset({"div", "section", "article", "aside"})
_PICTURES = ["audio", "canvas", "embed", "iframe", "img", "math", "object", "svg", "video"]
_FOLDED = _UNWRAPPED | {"blockquote", "dl", "figure", "ol", "p", "pre", "table", "ul"}
_SHOWN = _FOLDED | {"code", "dd", "dt", "em", "img", "li", "span", "strong", "tbody", "td", "tr"}


def ids_in(tag: Tag) -> Iterator[str]:
    """Yield the ids that an element may mean which shows something."""
    for name in NAMING:
        value = attribute(tag, name)
        if value.lower().startswith(_SCRIPT):
            yield from _QUOTED.findall(value)
        elif value:
            yield value.removeprefix("#")
    yield from _QUOTED.findall(attribute(tag, _HANDLER))


def show(body: Tag) -> None:
    """Show what a click shows: below what is clicked, as `details` where that is all that stands before."""
    hidden = [tag for tag in body.find_all(is_hidden) if tag.name in _SHOWN]
    if not hidden:
        return
    ids = {attribute(tag, "id") for tag in body.find_all(id=True)}
    controls: dict[str, Tag] = {}
    for tag in body.find_all(_may_show):
        for name in ids_in(tag):
            controls.setdefault(name, tag)
    scripts = " ".join(script.decode_contents() for script in body.find_all("script"))
    in_scripts = {*_QUOTED.findall(scripts)}
    for panel in hidden:
        name, before = attribute(panel, "id"), _before(panel)
        control = controls.get(name) if name else None
        if control is None and before is not None:
            control = next((tag for tag in (before, *before.find_all(True)) if _shows_next(tag)), None)
            if control is not None:
                is_other = not ids.isdisjoint(ids_in(control))
                control = control if _is_all(control, before) and not is_other else None
        if control is None and not (name and name in in_scripts):
            continue
        reveal(panel)
        if control is not None and before is not None and panel.name in _FOLDED and _is_all(control, before):
            _fold(panel, control, before)


def _may_show(tag: Tag) -> bool:
    """Tell whether an element does anything when it is clicked, but lead to a place in the page."""
    return any(tag.has_attr(name) for name in _ACTIVE) or attribute(tag, "href").lower().startswith(_SCRIPT)


def _shows_next(tag: Tag) -> bool:
    """Tell whether a click on an element can only be for what follows."""
    href = attribute(tag, "href").strip().lower()
    leads_nowhere = tag.name == "a" and (href in {"#", "#!"} or href.startswith(_SCRIPT))
    is_button = tag.name == "button" or (tag.name == "input" and attribute(tag, "type") == "button")
    return leads_nowhere or is_button or tag.has_attr(_HANDLER)


def _before(panel: Tag) -> Tag | None:
    """Return the element right before another one, if nothing but space is between them."""
    before: PageElement | None = panel.previous_sibling
    while before is not None and not isinstance(before, Tag):
        if (text_of(before) or "").strip():
            return None
        before = before.previous_sibling
    return before


def _is_all(control: Tag, before: Tag) -> bool:
    """Tell whether an element is all that another one has to say and to show, and no heading."""
    is_in = control is before or any(parent is before for parent in control.parents)
    if not is_in or before.name in HEADINGS or not _label(control):
        return False
    is_all_text = "".join(before.get_text().split()) == "".join(control.get_text().split())
    return is_all_text and len(before.find_all(_PICTURES)) == len(control.find_all(_PICTURES))


def _label(control: Tag) -> str:
    return " ".join((control.get_text() or attribute(control, "value")).split())


def _fold(panel: Tag, control: Tag, before: Tag) -> None:
    details, summary = Tag(name="details"), Tag(name="summary")
    panel.insert_before(details)
    summary.extend(list(control.contents) or [NavigableString(_label(control))])
    inside = list(panel.contents) if panel.name in _UNWRAPPED and not panel.has_attr("id") else [panel]
    details.extend([summary, *inside])
    if inside != [panel]:
        panel.extract()
    before.extract()
