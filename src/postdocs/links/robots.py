"""The sitemaps that a robots.txt names."""

from __future__ import annotations

import re

from postdocs.links.model import Link, Page

NAME = "robots.txt"  # in the root of a site; elsewhere nobody reads it (RFC 9309 §2.3)
_SITEMAP = re.compile(r"\s*sitemap\s*:\s*([^#\s]+)", re.IGNORECASE)  # sitemaps.org, "Specifying the Sitemap"


def read_robots(data: bytes, path: str) -> Page:
    """Read a robots.txt (RFC 9309): what it allows and forbids are patterns, no links."""
    lines = data.decode("utf-8-sig", "replace").splitlines()
    matches = ((number, _SITEMAP.match(line)) for number, line in enumerate(lines, 1))
    return Page(path, tuple(Link(match[1], number) for number, match in matches if match))
