"""JSON files that refer to pages and images: JSON feeds, and the manifests of web applications."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from postdocs.links.html import read_html
from postdocs.links.model import Page, Problem, columns

_JSON_FEED = b"https://jsonfeed.org/version/"
_FEED_URLS = {  # members that hold an address
    *("avatar", "banner_image", "external_url", "favicon", "feed_url", "home_page_url", "icon", "image"),
    *("next_url", "url"),
}
_MANIFESTS = ("manifest.json", "site.webmanifest")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)


def read_json(data: bytes, path: str) -> Page | None:
    """Read a JSON feed (JSON Feed 1.1) with the HTML of its items, or the manifest of a web application.

    None is JSON of another kind. A link inside an item has the line on which its content begins.
    """
    name = path.rpartition("/")[2]
    is_manifest = name in _MANIFESTS or name.endswith(".webmanifest")
    if not is_manifest and _JSON_FEED not in data and name != "feed.json":
        return None
    text = data.decode("utf-8-sig", "replace")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        return Page(path, problems=(Problem(path, line, f"it is not JSON: {getattr(error, 'msg', error)}"),))
    if not isinstance(value, dict):
        return None
    if is_manifest:
        return _manifest(value, text, path)
    is_feed = str(value.get("version")).startswith(_JSON_FEED.decode())
    return _feed(value, text, path) if is_feed else None


def _feed(feed: dict[str, Any], text: str, path: str) -> Page:
    links: list[tuple[str, int]] = []
    problems: list[Problem] = []
    for name, value, line in _located(_members(feed), text):
        if name in _FEED_URLS:
            links.append((value, line))
        elif name == "content_html" and value.strip():
            inner = read_html(value.encode("utf-8", "replace"), path)
            links += [(url, line) for url in inner.links]
            problems += [Problem(path, line, problem.reason) for problem in inner.problems]
    items = [item for item in feed.get("items") or () if isinstance(item, dict)]
    dates = {str(item.get("url")): str(item.get("date_published") or "") for item in items}
    urls, lines = columns(links)
    return Page(path, urls, dates=dates, problems=tuple(problems), announced=tuple(dates), lines=lines)


def _manifest(manifest: dict[str, Any], text: str, path: str) -> Page:
    """Read a manifest (W3C Web Application Manifest): pictures, where it starts, and shortcuts."""
    links = [
        (value, line)
        for name, value, line in _located(_members(manifest), text)
        if name in {"src", "start_url", "url"}
    ]
    urls, lines = columns(links)
    return Page(path, urls, lines=lines)


def _members(value: Any) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of all members of objects, at any depth, in the order of the file."""
    if isinstance(value, list):
        for item in value:
            yield from _members(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, str):
                yield name, item
            else:
                yield from _members(item)


def _located(members: Iterator[tuple[str, str]], text: str) -> Iterator[tuple[str, str, int]]:
    """Add to each member the line on which its value stands, in one pass through the file."""
    strings = _STRING.finditer(text)
    line, counted = 1, 0
    before = ""
    for name, value in members:
        for match in strings:
            written, before = before, match[0]
            if _is(match[0], value) and _is(written, name):
                line += text.count("\n", counted, match.start())
                counted = match.start()
                break
        yield name, value, line


def _is(written: str, text: str) -> bool:
    """Tell whether a string, as JSON has it, is a text."""
    return written[1:-1] == text if "\\" not in written else bool(written) and json.loads(written) == text
