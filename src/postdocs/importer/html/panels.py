"""Panels that a page shows one at a time, named by the ids in links or buttons.

So do tabs of Bootstrap, jQuery UI and WAI-ARIA (`aria-controls`), accordions, and tabs made by hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from bs4.element import Tag

from postdocs.importer.html.disclosures import ids_in
from postdocs.importer.html.dom import attribute, classes, is_hidden, reveal

CLASSES = frozenset({
    "tabbed-block", "sd-tab-content", "tab-content", "tabbed-content", "tab-pane", "sphinx-tabs-panel",
    "su-tabs-pane", "wp-block-kadence-tab", "book-tabs-content", "tab-content-text",
})  # fmt: skip
_CONTROLS = ["a", "button", "label", "li", "div", "span"]
_HIGHEST = 5  # levels between a control and what holds all of them
_FEWEST = 2  # controls: one alone unfolds something, but is no list


def unfold(body: Tag) -> None:
    """Make a list of terms of controls and panels, of which some are hidden: each label with its panel."""
    by_id = {attribute(tag, "id"): tag for tag in reversed(body.find_all(id=True))}
    if not any(map(is_hidden, by_id.values())):
        return
    for holder, pairs in reversed(_groups(body, by_id)):
        labels, panels = [label for label, _ in pairs], [panel for _, panel in pairs]
        inside = [panel for panel in panels if any(parent is holder for parent in panel.parents)]
        if _are_panels(panels) and length([holder]) == length([*labels, *inside]):
            terms = terms_of(labels, panels)
            holder.replace_with(terms)


def _are_panels(panels: Sequence[Tag]) -> bool:
    """Tell whether these are panels, side by side, of which one may be shown."""
    unmarked = [panel for panel in panels if not (is_hidden(panel) or _is_marked(panel))]
    ids = set(map(id, panels))
    is_nested = any(id(parent) in ids for panel in panels for parent in panel.parents)
    return len(unmarked) <= 1 and any(map(is_hidden, panels)) and not is_nested


def _is_marked(tag: Tag) -> bool:
    return attribute(tag, "role") == "tabpanel" or not CLASSES.isdisjoint(classes(tag))


def _groups(body: Tag, by_id: Mapping[str, Tag]) -> list[tuple[Tag, list[tuple[Tag, Tag]]]]:
    """Return what holds several controls, and nothing else around fewer of them, each with its panel."""
    control_of: dict[int, tuple[Tag, Tag]] = {}
    for tag in body.find_all(_CONTROLS):
        panel = next((by_id[name] for name in ids_in(tag) if name in by_id), None)
        if panel is None or panel is tag:
            continue
        earlier = control_of.get(id(panel))
        if earlier is None or any(parent is earlier[0] for parent in tag.parents):
            control_of[id(panel)] = (tag, panel)
    around = Counter(id(parent) for tag, _ in control_of.values() for parent in _near(tag))
    groups: dict[int, tuple[Tag, list[tuple[Tag, Tag]]]] = {}
    for tag, panel in control_of.values():
        holder = next((parent for parent in _near(tag) if around[id(parent)] >= _FEWEST), None)
        if holder is not None:
            groups.setdefault(id(holder), (holder, []))[1].append((tag, panel))
    return [group for group in groups.values() if len(group[1]) >= _FEWEST]


def _near(tag: Tag) -> list[Tag]:
    return [parent for parent in list(tag.parents)[:_HIGHEST] if parent.name not in {"body", "html"}]


def length(tags: Sequence[Tag]) -> int:
    """Return how many letters elements hold, so that none is left over."""
    return sum(len("".join(tag.get_text().split())) for tag in tags)


def terms_of(labels: Sequence[Tag], panels: Sequence[Tag]) -> Tag:
    """Return a list of terms: each label with what it shows, which is hidden no longer."""
    terms = Tag(name="dl")
    for label, panel in zip(labels, panels, strict=True):
        term, description = Tag(name="dt"), Tag(name="dd")
        link = label.find("a", recursive=False)
        is_link = isinstance(link, Tag) and attribute(link, "href").startswith("#")
        term.extend(list(link.contents if isinstance(link, Tag) and is_link else label.contents))
        is_only_panel = panel.name in {"div", "section"} and not panel.find_parent(class_="blocks")
        if is_hidden(panel):
            reveal(panel)
        description.extend(list(panel.contents) if is_only_panel else [panel.extract()])
        terms.extend([term, description])
    return terms
