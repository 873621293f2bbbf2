"""The id that the feed entry of a post has for ever (RFC 4287 §4.2.6, RFC 4151)."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit


def entry_id(base: str, docname: str, date: datetime | None, section: str = "") -> str:
    """Return the id that a post has without one of its own. base: the address of the site."""
    day = date.date().isoformat() if date else ""
    name = quote(slug_of(docname)) + (f"#{quote(section)}" if section else "")
    return f"tag:{urlsplit(base).hostname},{day}:{name}"


def slug_of(docname: str) -> str:
    """Return the part of a docname that names the post: the file's name, or the folder's of an index."""
    path = PurePosixPath(docname)
    return path.parent.name if path.name == "index" else path.name
