"""Reading built pages as a reader gets them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import lxml.html

REPOSITORY = Path(__file__).parents[1]


def read_html(path: Path) -> lxml.html.HtmlElement:
    """Parse an HTML file."""
    return lxml.html.document_fromstring(path.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def texts(root: lxml.html.HtmlElement, css_class: str) -> list[str]:
    """Return the text of each element of a class, with white space folded."""
    return [" ".join(element.text_content().split()) for element in root.find_class(css_class)]


def searchable(out: Path) -> dict[str, dict[str, Any]]:
    """Return what the index of a site holds of each page, by its path from the root."""
    pages = (json.loads(path.read_bytes()) for path in out.glob("_search/pages/*.json"))
    return {f"/{unquote(page['url'])}": page for page in pages}
