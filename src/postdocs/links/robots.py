"""The sitemaps that a robots.txt names."""

from __future__ import annotations

import re

from postdocs.links.model import Page, columns

NAME = "robots.txt"  # in the root of a site; elsewhere nobody reads it (RFC 9309 §2.3)
_SITEMAP = re.compile(r"\s*sitemap\s*:\s*([^#\s]+)", re.IGNORECASE)  # sitemaps.org, "Specifying the Sitemap"


def read_robots(data: bytes, path: str) -> Page:
    """Read a robots.txt (RFC 9309): what it allows and forbids are patterns, no links."""
    lines = data.decode("utf-8-sig", "replace").splitlines()
    found = [(match[1], number) for number, line in enumerate(lines, 1) if (match := _SITEMAP.match(line))]
    urls, numbers = columns(found)
    return Page(path, urls, lines=numbers)
