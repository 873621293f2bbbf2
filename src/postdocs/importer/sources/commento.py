"""Exports of Commento: JSON with the comments of a domain, and who wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from postdocs.importer.entry import Thread
from postdocs.importer.sources.comments import Listed, comment, from_markdown, public
from postdocs.importer.sources.model import Source, read_date
from postdocs.importer.sources.source_text import SourceText

_STATES = {"approved": "", "unapproved": "not approved"}
_NONE = frozenset({"root", "undefined"})  # how it writes that there is no comment above, and no website


def detect(source: SourceText) -> bool:
    """Tell whether it is such an export."""
    value = source.json
    return isinstance(value, dict) and all(
        isinstance(value.get(key), list) for key in ("comments", "commenters")
    )


def read(source: SourceText) -> Source:
    """Read an export; it has no posts, but threads."""
    commenters = {_text(one, "commenterHex"): one for one in source.json["commenters"]}
    values = [value for value in source.json["comments"] if isinstance(value, dict)]
    comments, notes = public(_listed(value, commenters) for value in values)
    threads = tuple(Thread(page, of_page) for page, of_page in comments.items())
    return Source(source.name, "Commento export", "", None, (), notes, threads=threads)


def _listed(value: Mapping[str, Any], commenters: Mapping[str, object]) -> Listed:
    author = commenters.get(_text(value, "commenterHex"))
    one = comment(
        _text(value, "commentHex"),
        _text(author, "name"),
        _text(value, "html") or from_markdown(_text(value, "markdown")),
        date=read_date(_text(value, "creationDate"), "", []),
        parent=_text(value, "parentHex"),
        website=_text(author, "link"),
    )
    state = _text(value, "state")
    why = "deleted" if value.get("deleted") else _STATES.get(state, state or "not approved")
    return Listed(_address(value), one, why)


def _address(value: Mapping[str, Any]) -> str:
    """Return the address of a page, which is its path; the domain is apart."""
    path, domain = _text(value, "url"), _text(value, "domain")
    return path if "://" in path or not domain else f"https://{domain}/{path.lstrip('/')}"


def _text(value: object, key: str) -> str:
    text = value.get(key) if isinstance(value, dict) else None
    return text if isinstance(text, str) and text not in _NONE else ""
