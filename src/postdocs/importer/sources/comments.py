"""Comments of any source: their public parts, in one form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from markdown_it import MarkdownIt

from postdocs.core.comments import ID
from postdocs.core.values import WrongValueError, read_address
from postdocs.importer.entry import Note, NoteKind, SourceComment
from postdocs.importer.sources.characters import readable
from postdocs.importer.sources.text import title_of

_EMAIL = re.compile(r"(?P<name>[^\s@<>()]+)@[^\s@<>()]+")
_EMAIL_BESIDE_NAME = re.compile(r"(?<=\S)\s*[<(]\s*[^\s@<>()]+@[^\s@<>()]+\s*[>)]")
_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_UNNAMED = "Anonymous"  # as WordPress calls who gives no name


def comment(
    id_: str,
    author: str,
    content: str,
    *,
    date: datetime | None = None,
    parent: str = "",
    website: str = "",
) -> SourceComment:
    """Return a comment of a source.

    author: may hold markup, an e-mail address, which is cut at the `@`, or an IP address, which is left
    out. content: HTML. parent: "" where it replies to none. website: what is no web address, or has a user
    name in it, is left out.
    """
    return SourceComment(
        identifier(id_),
        _name(author),
        readable(content)[0],
        date,
        identifier(parent) if parent.strip() else None,
        _website(website),
    )


def from_markdown(text: str) -> str:
    """Return the HTML of a comment that its source has as Markdown."""
    return str(_MARKDOWN.render(text))


def identifier(text: str) -> str:
    """Return an id as the file of comments has it; different ids of a source stay different in practice."""
    kept = re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("._-")
    return kept if ID.fullmatch(kept) else "x"


def _name(text: str) -> str:
    name = title_of(readable(text)[0], [])
    words = _EMAIL.sub(lambda match: match["name"], _EMAIL_BESIDE_NAME.sub("", name)).split()
    return " ".join(word for word in words if not _is_ip(word.strip("()[],"))) or _UNNAMED


def _is_ip(word: str) -> bool:
    try:
        return bool(ip_address(word))
    except ValueError:
        return False


def _website(text: str) -> str | None:
    try:
        address = read_address(readable(text)[0].strip(), UTC)
        return address if "@" not in urlsplit(address).netloc else None
    except (WrongValueError, ValueError):
        return None


def each_once(comments: Iterable[SourceComment]) -> tuple[SourceComment, ...]:
    """Return comments with an id each: what is there twice goes, and another of the same id gets a number."""
    by_id: dict[str, SourceComment] = {}
    numbers: Counter[str] = Counter()
    seen: set[object] = set()
    for one in comments:
        said = (one.id, one.author, one.content, one.date)
        if said in seen:
            continue
        seen.add(said)
        id_ = one.id
        while id_ in by_id:
            numbers[one.id] += 1
            id_ = f"{one.id}-{numbers[one.id] + 1}"
        by_id[id_] = replace(one, id=id_)
    return tuple(by_id.values())


def left_out(count: int, why: str) -> Note:
    """Return the note on comments that don't come along. why: such as `spam`."""
    return Note(NoteKind.LEFT_OUT, f"{count} of type comment, {why}")
