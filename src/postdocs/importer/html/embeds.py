"""Players, maps and the like that may stay in a page as frames: those of hosts that are known."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

from bs4.element import Tag

from postdocs.importer.html.dom import attribute

_HOSTS = re.compile(
    r"(?:[\w-]+\.)*(?:youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com|slideshare\.net|speakerdeck\.com"
    r"|soundcloud\.com|spotify\.com|twitter\.com|x\.com|gist\.github\.com|codepen\.io|archive\.org|wikimedia\.org"
    r"|wikipedia\.org|arxiv\.org|zenodo\.org|nbviewer\.org|nbviewer\.jupyter\.org|nbviewer\.ipython\.org"
    r"|mybinder\.org|observablehq\.com|dailymotion\.com|ted\.com|bandcamp\.com|openstreetmap\.org|figshare\.com"
    r"|flo\.uri\.sh|public\.flourish\.studio|datawrapper\.dwcdn\.net|embed\.bsky\.app|podcasts\.apple\.com"
    r"|jsfiddle\.net|desmos\.com|geogebra\.org"
    # Servers of Mastodon: those that it lists as large, and those of scholars and engineers.
    r"|mastodon\.(?:social|online)|mstdn\.(?:social|science)|mas\.to|techhub\.social|infosec\.exchange"
    r"|fosstodon\.org|hachyderm\.io|scholar\.social|mathstodon\.xyz|fediscience\.org|sigmoid\.social"
    r"|astrodon\.social|ecoevo\.social|social\.coop)"
    r"|(?:docs|drive|maps|calendar)\.google\.com|www\.google\.com|giphy\.com"
)


def is_known(url: str) -> bool:
    """Tell whether what is at an address may stand inside a page.

    A backslash is a slash to browsers (URL Standard §4.4), which `urlsplit` takes for a part of a name.
    """
    if "\\" in url:
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"}:
        return False
    if host == "www.google.com":
        return parts.path.startswith("/maps")
    return _HOSTS.fullmatch(host) is not None


def frame(tag: Tag) -> str:
    """Return the HTML of a frame, with its size and title and nothing else of it."""
    values = {name: attribute(tag, name) for name in ("src", "width", "height", "title")}
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in values.items() if value)
    return f"<iframe{attributes} allowfullscreen></iframe>"
