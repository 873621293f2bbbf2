"""Players, maps and the like: kept where the host is known, else a link."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

from bs4.element import Tag

from postdocs.importer.html.dom import attribute

ELEMENTS = frozenset({"iframe", "embed", "object"})
_HOSTS = re.compile(
    r"(?:[\w-]+\.)*(?:youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com|slideshare\.net|speakerdeck\.com"
    r"|soundcloud\.com|spotify\.com|twitter\.com|x\.com|gist\.github\.com|codepen\.io|archive\.org|wikimedia\.org"
    r"|wikipedia\.org|arxiv\.org|zenodo\.org|nbviewer\.org|nbviewer\.jupyter\.org|nbviewer\.ipython\.org"
    r"|mybinder\.org|observablehq\.com|dailymotion\.com|ted\.com|bandcamp\.com|openstreetmap\.org|figshare\.com"
    r"|jsfiddle\.net|desmos\.com|geogebra\.org|mastodon\.social|fosstodon\.org|scholar\.social|hachyderm\.io)"
    r"|(?:docs|drive|maps|calendar)\.google\.com|www\.google\.com|giphy\.com"
)
_MASTODON = re.compile(r"/@[^/]+/\d+/embed")
_GIST = re.compile(r"(?:https?:)?(//gist\.github\.com/[\w./\-]+?)(?:\.js)(?:\?[\w=&.%\-]*)?")


def is_known(url: str) -> bool:
    """Tell whether what is at an address may stand inside a page."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"}:
        return False
    if host == "www.google.com":
        return parts.path.startswith("/maps")
    return _HOSTS.fullmatch(host) is not None or _MASTODON.fullmatch(parts.path) is not None


def frame(tag: Tag, url: str) -> str:
    """Return the HTML of a frame with the size and title of an embed."""
    given = {"src": url, **{name: attribute(tag, name) for name in ("width", "height", "title")}}
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in given.items() if value)
    return f"<iframe{attributes} allowfullscreen></iframe>"


def address(tag: Tag) -> str:
    """Return what an embed or its script shows, as the source has it; empty where it says nothing of it."""
    if tag.name == "script":
        match = _GIST.fullmatch(attribute(tag, "src").strip())
        return f"https:{match[1]}" if match else ""
    if tag.name == "object":
        movie = tag.find("param", attrs={"name": re.compile("movie|src", re.IGNORECASE)})
        inner = tag.find("embed")
        return (
            attribute(tag, "data")
            or (attribute(movie, "value") if isinstance(movie, Tag) else "")
            or (attribute(inner, "src") if isinstance(inner, Tag) else "")
        )
    lazy = (attribute(tag, name) for name in ("data-src", "data-lazy-src", "data-litespeed-src"))
    src = attribute(tag, "src")
    return src if src and not src.startswith("about:") else next(filter(None, lazy), "")
