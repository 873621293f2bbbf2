"""What the tests of articles in feeds share."""

from __future__ import annotations

import html5lib
from docutils.core import publish_parts
from lxml import etree, html

from postdocs.sphinx_ext.feeds.article import standalone

PAGE = "https://example.org/~lab/posts/first/"


def stand(body: str) -> str:
    """Return an article of the page that stands by itself."""
    return standalone(body, PAGE, "first")


def written(rst: str) -> str:
    """Return what docutils' writer makes of a text; Sphinx's builds on it."""
    settings = {"initial_header_level": 2, "doctitle_xform": False, "footnote_references": "brackets"}
    return str(publish_parts(rst, writer="html5", settings_overrides=settings)["body"])


def tree(text: str) -> html.HtmlElement:
    """Parse HTML."""
    return html.fragment_fromstring(text, create_parent="div")


def all_of(text: str, path: str) -> list[str]:
    """Return what an XPath finds, as text."""
    found = tree(text).xpath(path)
    assert isinstance(found, list)
    return [
        str(value.text_content()) if isinstance(value, html.HtmlElement) else str(value) for value in found
    ]


UNSEEN = {"button", "head", "iframe", "script", "select", "style", "template", "textarea", "title"}


def seen(text: str) -> str:
    """Return the letters that a browser shows, told by another parser, without white space."""
    parts: list[str] = []
    root = etree.Element("root")
    for part in html5lib.parseFragment(text, treebuilder="lxml", namespaceHTMLElements=False):
        if isinstance(part, str):
            _append(root, part)
        else:
            root.append(part)
    _seen(root, parts)
    return "".join("".join(parts).split())


def _append(root: etree._Element, text: str) -> None:
    if len(root):
        root[-1].tail = (root[-1].tail or "") + text
    else:
        root.text = (root.text or "") + text


def _seen(element: etree._Element, parts: list[str]) -> None:
    hidden = (
        not isinstance(element.tag, str)
        or element.tag in UNSEEN
        or "hidden" in element.attrib
        or "display:none" in element.get("style", "")
    )
    if not hidden:
        parts.append(element.text or "")
        for child in element:
            _seen(child, parts)
    parts.append(element.tail or "")
