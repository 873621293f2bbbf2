"""Widgets of extensions → plain elements, for feed readers without scripts and style sheets.

Tabs are those of sphinx-tabs and all others that follow ARIA, of sphinx-design and of sphinx-inline-tabs;
cards and dropdowns are sphinx-design's; folds are those of togglebutton and MyST-NB.
"""

from __future__ import annotations

from lxml import etree

from postdocs.sphinx_ext.feeds.html import (
    GONE,
    UNWRAPPED,
    classes_of,
    has_blocks,
    inside,
    prune,
    replace,
    wrap,
)

# What a reader clicks, or sees only while something is folded the other way.
_CONTROLS = frozenset({"expanded", "sd-summary-down", "sd-summary-state-marker", "sd-summary-up"})
_SHOWS = frozenset({"img", "math"})  # and has no text


def unfold(root: etree._Element) -> None:
    """Show all tabs, each under its label; frame cards; fold what needs a script to be folded."""
    for summary in root.iter("summary"):
        for child in summary.iterdescendants():
            if not _CONTROLS.isdisjoint(classes_of(child)):
                child.tag = GONE
    prune(root)
    _label_panels(root)
    for element in list(root.iter()):
        classes = classes_of(element)
        if element.tag == "label" and _is_tab(element):
            _title(element)
        elif element.tag == "summary" and not _is_seen(element):
            element.tag = GONE  # a browser has a word for it
        elif "sd-card" in classes and element.tag == "div":
            _card(element)
        elif {"admonition", "dropdown"} <= classes or {"docutils", "toggle"} <= classes:
            _fold(element)
    prune(root)


def _label_panels(root: etree._Element) -> None:
    """Put the label of each tab above what it shows (WAI-ARIA 1.2, `tab` and `tabpanel`)."""
    tabs = {tab.get("id"): tab for tab in root.iter() if tab.get("role") == "tab"}
    for panel in [panel for panel in root.iter() if panel.get("role") == "tabpanel"]:
        panel.attrib.pop("hidden", None)
        for name in panel.get("aria-labelledby", "").split():
            tab = tabs.get(name)
            if tab is not None and tab not in {panel, *panel.iterancestors()}:
                del tabs[name]
                replace(tab, etree.Element(UNWRAPPED))
                tab.tail, panel.text = panel.text, None
                panel.insert(0, tab)
                _title(tab)
        panel.attrib.pop("aria-labelledby", None)
    for tab in tabs.values():
        tab.tag = "span"  # whatever it opens, its words stay


def _is_tab(label: etree._Element) -> bool:
    """Tell whether a label stands between the button that chooses it and what it shows."""
    button, content = label.getprevious(), label.getnext()
    is_chosen = button is not None and button.tag == "input" and button.get("type") == "radio"
    return is_chosen and content is not None and content.tag == "div"


def _is_seen(element: etree._Element) -> bool:
    """Tell whether an element has more than a drawing that says that there is more."""
    return (
        bool("".join(map(str, element.itertext())).strip()) or next(element.iter(*_SHOWS), None) is not None
    )


def _title(element: etree._Element) -> etree._Element:
    """Make an element a strong line of its own; return what is strong."""
    element.text = (element.text or "").lstrip()
    element.tag = "div" if has_blocks(element) else "p"
    for name in {*element.attrib} - {"id"}:
        del element.attrib[name]
    return inside(element, "strong") if element.tag == "p" else element


def _card(card: etree._Element) -> None:
    """Frame a card. The link that covers it, whose own words don't show, is that of its title."""
    card.tag = "blockquote"
    links = (link for link in card.iter("a") if "sd-hide-link-text" in classes_of(link))
    link = next(links, None)
    title = next((part for part in card.iter("div") if "sd-card-title" in classes_of(part)), None)
    words = None if title is None else _title(title)
    if link is None:
        return
    if words is None or words.tag != "strong" or next(words.iter("a"), None) is not None:
        wrap(link, "p")
        return
    inside(words, "a").set("href", link.get("href", ""))
    link.tag = GONE
    for child in link:
        child.tag = GONE


def _fold(box: etree._Element) -> None:
    """Fold what togglebutton folds."""
    if "toggle-shown" in classes_of(box):
        return
    box.tag = "details"
    title = next(iter(box), None)
    if title is not None and "admonition-title" in classes_of(title):
        title.tag = "summary"
