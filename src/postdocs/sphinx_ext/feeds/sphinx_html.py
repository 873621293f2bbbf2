"""Classes of Sphinx's HTML → elements, for feed readers without a style sheet."""

from __future__ import annotations

from lxml import etree

from postdocs.core.html import HIDING_STYLE
from postdocs.sphinx_ext.feeds.html import GONE, UNWRAPPED, classes_of, inside, prune, replace, wrap
from postdocs.sphinx_ext.feeds.widgets import unfold

# Classes that the theme hides, and what belongs to a page and not to its text.
_HIDDEN = frozenset({"d-none", "headerlink", "katex-html", "linenos", "side-note-untitled", "only-dark"})
_BOXES = frozenset({"admonition", "sidebar", "topic"})
_TITLES = frozenset({"admonition-title", "rubric", "sidebar-title", "topic-title"})
_COUNTED = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
_ALIGNED = {f"text-{side}": f"text-align: {side}" for side in ("left", "center", "right")}
_CODE_BOXES = frozenset({"highlight", "highlighttable"})
_NO_LANGUAGE = frozenset({"default", "guess", "myst-ansi", "none", "text"})
_BACK = "↩\N{VARIATION SELECTOR-15}"  # as text, not as an emoji


def simplify(root: etree._Element) -> None:
    """Turn what needs the theme into what needs nothing; what it hides is taken out."""
    unfold(root)
    for element in root.iter():
        if _is_hidden(element):
            _hide(element)
    prune(root)
    for pre in list(root.iter("pre")):
        _code_block(pre)
    notes = []
    for element in list(root.iter()):
        classes = classes_of(element)
        if element.get("href", "").startswith("mailto:"):
            _uncloak(element)
        if classes:
            _restyle(element, classes)
            if element.tag == "aside" and "footnote" in classes:
                notes.append(element)
    _list_notes(root, notes)


def _is_hidden(element: etree._Element) -> bool:
    attributes = element.attrib
    if not attributes:
        return element.tag == "dialog"
    return (
        ("class" in attributes and not _HIDDEN.isdisjoint(attributes["class"].split()))
        or ("style" in attributes and HIDING_STYLE.search(attributes["style"]) is not None)
        or attributes.get("hidden", "until-found") != "until-found"
        or (element.tag == "dialog" and "open" not in attributes)
    )


def _hide(element: etree._Element) -> None:
    element.tag = GONE
    if "only-dark" in classes_of(element):
        for caption in element.itersiblings("figcaption"):
            caption.tag = GONE


def _code_block(pre: etree._Element) -> None:
    """Replace the boxes around code by the code, without colours; what else is in them stays."""
    block = inner = pre
    language = ""
    while (outer := inner.getparent()) is not None and _is_all_of(inner, outer):
        for name in outer.get("class", "").split():
            if name in _CODE_BOXES or name.startswith("highlight-"):
                block = outer
                language = name.partition("-")[2] or language
        inner = outer
    if block is pre:
        return
    etree.strip_tags(pre, "span")  # thousands, which nobody has to look at one by one
    code = pre[0] if len(pre) == 1 and pre[0].tag == "code" else inside(pre, "code")
    if language not in {"", *_NO_LANGUAGE}:
        code.set("class", f"language-{language}")
    named = block.get("id") or pre.get("id")
    replace(block, pre)
    if named:
        pre.set("id", named)


def _uncloak(link: etree._Element) -> None:
    """Write an address as it is, which docutils hides from simple robots (`cloak_email_addresses`)."""
    address, mark, headers = link.get("href", "").partition("?")
    if "@" not in address:
        link.set("href", address.replace("%40", "@") + mark + headers)
    for span in link.iter("span"):
        if not span.attrib and span.text in {"@", "."} and len(span) == 0:
            span.tag = UNWRAPPED


def _is_all_of(inner: etree._Element, outer: etree._Element) -> bool:
    """Tell whether an element holds another and nothing else."""
    return len(outer) == 1 and not (outer.text or "").strip() and not (inner.tail or "").strip()


def _restyle(element: etree._Element, classes: set[str]) -> None:
    if element.tag in {"aside", "div"} and not _BOXES.isdisjoint(classes):
        element.tag = "blockquote"
    if element.tag == "p" and not _TITLES.isdisjoint(classes):
        inside(element, "strong")
    if element.tag == "ol":
        for name, letters in _COUNTED.items():
            if name in classes:
                element.set("type", letters)
    if element.tag in {"td", "th"}:
        for name, style in _ALIGNED.items():
            if name in classes:
                element.set("style", f"{style}; {element.get('style', '')}")
    if (
        element.tag == "a"
        and element.get("role") == "doc-noteref"
        and next(element.iterancestors("sup"), None) is None
    ):
        wrap(element, "sup")
    if element.tag == "aside":
        _restyle_aside(element, classes)
    if element.tag == "hr" and "footnotes" in classes:
        element.tag = GONE
    if element.tag == "div" and "citation" in classes:
        _lead(element, _child(element, "span", "label"))


def _restyle_aside(aside: etree._Element, classes: set[str]) -> None:
    """Show a side note whole, under its title; leave footnotes to the list of them."""
    if "footnote-list" in classes:
        aside.tag = UNWRAPPED
    for details in aside.iterchildren("details") if "side-note" in classes else ():
        details.tag = UNWRAPPED
        for summary in details.iterchildren("summary"):
            summary.tag = "p"
            inside(summary, "strong")


def _list_notes(root: etree._Element, notes: list[etree._Element]) -> None:
    """Gather footnotes at the end: numbered where all have a number, each with the ways back to the text."""
    if not notes:
        return
    labels = [_child(note, "span", "label") for note in notes]
    numbers = [_text_of(label).strip("[] \n") for label in labels]
    numbered = all(number.isascii() and number.isdecimal() for number in numbers)
    etree.SubElement(root, "hr")
    ending = etree.SubElement(root, "ol" if numbered else "ul")
    for note, label, number in zip(notes, labels, numbers, strict=True):
        others = _child(note, "span", "backrefs")
        ways = [
            link.get("href", "") for part in (label, others) if part is not None for link in part.iter("a")
        ]
        replace(note, place := etree.Element(UNWRAPPED))
        place.tail = f"\n{(place.tail or '').lstrip()}"
        if others is not None:
            others.tag = GONE
        if label is not None and numbered:
            label.tag = GONE
        note.tag = "li"
        if numbered:
            note.set("value", number)
        else:
            _lead(note, label)
        ending.append(note)
        last = note[-1] if len(note) and note[-1].tag == "p" else note
        for way in ways:
            _append_text(last, " ")
            etree.SubElement(last, "a", href=way).text = _BACK


def _lead(holder: etree._Element, label: etree._Element | None) -> None:
    """Put a label into the paragraph after it, so that they share a line."""
    paragraph = label.getnext() if label is not None else None
    while paragraph is not None and paragraph.tag == GONE:
        paragraph = paragraph.getnext()
    if label is None or paragraph is None or paragraph.tag != "p":
        return
    for link in label.iter("a"):
        if holder.tag == "li":  # it has ways back of its own
            link.tag = UNWRAPPED
    replace(label, etree.Element(UNWRAPPED))
    label.tail, paragraph.text = f" {paragraph.text or ''}", None
    paragraph.insert(0, label)


def _child(element: etree._Element, name: str, class_: str) -> etree._Element | None:
    return next((child for child in element.iterchildren(name) if class_ in classes_of(child)), None)


def _text_of(element: etree._Element | None) -> str:
    return "" if element is None else "".join(str(part) for part in element.itertext())


def _append_text(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
