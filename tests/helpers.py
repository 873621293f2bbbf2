"""Reading built pages as a reader gets them, the settings of a new site, and how time grows with size."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Any
from urllib.parse import unquote

import lxml.html

from postdocs.authoring import scaffold

REPOSITORY = Path(__file__).parents[1]
# What makes a blog of any project.
TWO_LINES = 'extensions += ["myst_parser", "postdocs"]\nblog_post_pattern = "posts/**/*.md"\n'


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


def new_site_settings() -> dict[str, Any]:
    """Return the settings of a site as `postdocs init` writes them."""
    now = datetime(2024, 5, 3, tzinfo=UTC)
    files = scaffold.files_of(scaffold.Site("Notes", "Ann", "https://example.org/"), now, "postdocs")
    settings: dict[str, Any] = {}
    exec(files["conf.py"], settings)  # noqa: S102 - our own
    return settings


def assert_linear(run: Callable[[int], object], size: int) -> None:
    """Assert that something takes a time that grows no faster than its size.

    Eight times the size takes some ten times as long; where each part looked at all others, 64 times. It is
    CPU time that is compared, the best of three, for others use the machine too.
    """

    def seconds(size: int) -> float:
        start = process_time()
        run(size)
        return process_time() - start

    short, long = (min(seconds(part) for _ in range(3)) for part in (size // 8, size))
    assert long < 32 * max(short, 0.001)  # what is shorter can't be measured
