"""Backups of Remark42: values of JSON after each other, the first of the site, then one for each comment."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Thread
from postdocs.importer.sources.comments import Listed, comment, from_markdown, public
from postdocs.importer.sources.model import Source, read_date
from postdocs.importer.sources.source_text import SourceText

_OF_SITE = frozenset({"version", "users", "posts"})
_OF_COMMENT = frozenset({"id", "pid", "locator"})
_REMEDY = "make the backup again: remark42 backup"


def detect(source: SourceText) -> bool:
    """Tell whether it begins as such a backup, or as one of old versions, which have comments alone."""
    try:
        first = next(_values(source), None)
    except PostdocsError:
        return False
    if not isinstance(first, dict):
        return False
    is_site = isinstance(first.get("version"), int) and first.keys() <= _OF_SITE
    return is_site or first.keys() >= _OF_COMMENT


def read(source: SourceText) -> Source:
    """Read a backup; it has no posts, but threads.

    Raises
    ------
    PostdocsError
        A value in it is no JSON, as where the file is cut off.

    """
    values = [value for value in _values(source) if isinstance(value, dict) and value.keys() >= _OF_COMMENT]
    comments, notes = public(map(_listed, values))
    threads = tuple(Thread(page or "no address", of_page) for page, of_page in comments.items())
    return Source(source.name, "Remark42 backup", "", None, (), notes, threads=threads)


def _values(source: SourceText) -> Iterator[Any]:
    decoder, text, at = json.JSONDecoder(), source.text, 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            line = text.count("\n", 0, at) + 1
            wrong = f"it is not JSON: {getattr(error, 'msg', 'it is nested too deeply')}"
            raise PostdocsError(source.name, line, wrong, _REMEDY) from None
        yield value


def _listed(value: Mapping[str, Any]) -> Listed:
    one = comment(
        _text(value, "id"),
        _text(value.get("user"), "name"),
        _text(value, "text") or from_markdown(_text(value, "orig")),
        date=read_date(_text(value, "time"), "", []),
        parent=_text(value, "pid"),
    )
    return Listed(_text(value.get("locator"), "url"), one, "deleted" if value.get("delete") else "")


def _text(value: object, key: str) -> str:
    """Return a text of an object, "" where there is none."""
    text = value.get(key) if isinstance(value, dict) else None
    return text if isinstance(text, str) else ""
