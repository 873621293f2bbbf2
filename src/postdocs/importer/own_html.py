"""HTML in an author's Markdown: what readers see of it, where a page may hold it as it is."""

from __future__ import annotations

from urllib.parse import urljoin

from bs4.element import NavigableString, Tag

from postdocs.core.urls import DOCUMENTS, is_rooted
from postdocs.importer.ast import nodes
from postdocs.importer.html import dom
from postdocs.importer.html.parse import parse
from postdocs.importer.html.sanitise import sanitise
from postdocs.importer.myst.lowering import lower


def meaning(html: str, site: str = "") -> nodes.Block | None:
    """Return the block that HTML on a page is read as, if that has no form but HTML.

    site: the address of the site, if it is known; links from the root of its host are those below it.
    None of what is more than one block, of what Markdown can say, and of HTML that a page must not have:
    whatever `sanitise` changes, such as a script, a frame of an unknown host, or an address without a host.
    None of what leaves an element open, or closes one around it: it would be around the rest of the page.
    """
    html = _absolute(html, site) if site and "href" in html else html
    if not _is_whole(html) or _content(html) != _content(sanitise(html, None, [])):
        return None
    document, _ = parse(html, None)
    blocks = lower(document, {}).blocks
    is_html = len(blocks) == 1 and isinstance(blocks[0], nodes.RawBlock | nodes.Division)
    return blocks[0] if is_html and not document.footnotes else None


def _absolute(html: str, site: str) -> str:
    """Write the whole addresses of links from the root of the host, where there are any."""
    body = dom.read(html)
    links = [
        link for link in body.select("a[href^='/']") if is_rooted(dom.attribute(link, "href"), DOCUMENTS)
    ]
    for link in links:
        link["href"] = urljoin(site, dom.attribute(link, "href"))
    return body.decode_contents() if links else html


def _is_whole(html: str) -> bool:
    after = dom.read(f"<div data-around>{html}<hr data-after></div>").select_one("[data-after]")
    return after is not None and after.parent is not None and "data-around" in after.parent.attrs


def _content(html: str) -> list[object]:
    """Return elements, attributes, texts, and comments of HTML, however it is written."""
    return [
        (node.name, node.attrs) if isinstance(node, Tag) else (type(node), str(node))
        for node in dom.read(html).descendants
        if isinstance(node, Tag | NavigableString) and (isinstance(node, Tag) or str(node).strip())
    ]
