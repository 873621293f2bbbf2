"""The identity of a post, independent of its address: its names in references, and its feed id."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

_OF_FOLDER = {"index", "readme"}  # files that stand for the folder that they are in


def entry_id(base: str, docname: str, date: datetime | None, section: str = "") -> str:
    """Return the feed entry id of a post that names none: a tag URI (RFC 4151), which outlives its address.

    base: the address of the site. docname: the document's path without extension, with slashes. date: when
    the post was published; None while it isn't. section: the fragment of a post that is a part of its page.
    """
    day = date.date().isoformat() if date else ""
    name = quote(name_of(docname)) + (f"#{quote(section)}" if section else "")
    return f"tag:{urlsplit(base).hostname},{day}:{name}"


def name_of(docname: str) -> str:
    """Return the part of a docname that names the post: that of its file, or of the folder of an index."""
    path = PurePosixPath(docname)
    return path.parent.name if path.name.lower() in _OF_FOLDER and path.parent.name else path.name
