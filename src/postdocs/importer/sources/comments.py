"""Comments of any source: their public parts, in one form."""

from __future__ import annotations

import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from markdown_it import MarkdownIt

from postdocs.core.comments import ID
from postdocs.core.values import WrongValueError, read_address
from postdocs.importer.entry import Note, NoteKind, SourceComment
from postdocs.importer.sources.characters import readable
from postdocs.importer.sources.text import title_of

LONGEST = 1_000_000  # characters of the HTML of a comment; services take some 65,000 of text
_LONGEST_ID = 100
_DIGEST_LENGTH = 16
_AT = "@\ufe6b\uff20"  # and its small and wide forms
_EMAIL = re.compile(rf"(?<![^\s{_AT}<>()])(?P<name>[^\s{_AT}<>()]+)[{_AT}][^\s{_AT}<>()]+")
_EMAIL_BESIDE_NAME = re.compile(rf"(?<=\S)\s*[<(]\s*[^\s{_AT}<>()]+[{_AT}][^\s{_AT}<>()]+\s*[>)]")
_SPACED_EMAIL = re.compile(rf"\s*[{_AT}]\s*(?=[^\s{_AT}<>()]+\.[^\s{_AT}<>().]+)")
_IPV4 = re.compile(r"[\[(]?(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)\]?(?::\d{1,5}\b)?\)?")
_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_DEEPEST = _MARKDOWN.options.maxNesting - 1  # what opens at this level is empty
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
    """Return the HTML of a comment that its source has as Markdown.

    Of one that is too long, or nested so deeply that the parser drops what is inside, it is the letters.
    """
    if len(text) <= LONGEST:
        env: dict[str, object] = {}
        tokens = _MARKDOWN.parse(text, env)
        if all(token.level < _DEEPEST for token in tokens if token.nesting > 0):
            return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, env))
    return html.escape(text)


def identifier(text: str) -> str:
    """Return an id as the file of comments has it; different ids of a source stay different in practice."""
    kept = re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("._-")
    if len(kept) > _LONGEST_ID:
        digest = hashlib.sha256(kept.encode()).hexdigest()[:_DIGEST_LENGTH]
        kept = f"{kept[: _LONGEST_ID - _DIGEST_LENGTH - 1]}-{digest}"
    return kept if ID.fullmatch(kept) else "x"


def _name(text: str) -> str:
    name = _SPACED_EMAIL.sub("@", title_of(readable(text)[0], []))
    name = _EMAIL.sub(lambda match: match["name"], _EMAIL_BESIDE_NAME.sub("", name))
    words = _IPV4.sub("", name).split()
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


def each_once(
    comments: Iterable[SourceComment], before: Sequence[SourceComment] = ()
) -> tuple[SourceComment, ...]:
    """Return comments with an id each: what is there twice goes, and another of the same id gets a number.

    before: comments that keep their ids and go first; those after them may be of another service.
    """
    by_id = {one.id: one for one in before}
    numbers: Counter[str] = Counter()
    seen = {_said(one) for one in before}
    ids: dict[str, str] = {}  # by those in the source
    for one in comments:
        if _said(one) in seen:
            ids.setdefault(one.id, one.id)
            continue
        seen.add(_said(one))
        id_ = one.id
        while id_ in by_id:
            numbers[one.id] += 1
            id_ = f"{one.id}-{numbers[one.id] + 1}"
        ids.setdefault(one.id, id_)
        by_id[id_] = replace(one, id=id_)
    after = [*by_id.values()][len(before) :]
    return (*before, *(replace(one, parent=ids.get(one.parent or "", one.parent)) for one in after))


def _said(one: SourceComment) -> object:
    return one.id, one.author, one.content, one.date


def in_time(comments: Iterable[SourceComment]) -> tuple[SourceComment, ...]:
    """Return comments by their dates, those without one last; a date without an offset counts as of UTC."""

    def date(one: SourceComment) -> tuple[bool, float]:
        instant = one.date and (one.date if one.date.tzinfo else one.date.replace(tzinfo=UTC))
        return instant is None, instant.timestamp() if instant else 0.0

    return tuple(sorted(comments, key=date))


@dataclass(frozen=True)
class Listed:
    """A comment as a service lists it. page: the key of its page. why: it stays out; "" for a public one."""

    page: str
    comment: SourceComment
    why: str = ""


def public(listed: Iterable[Listed]) -> tuple[dict[str, tuple[SourceComment, ...]], tuple[Note, ...]]:
    """Return the public comments of each page in their order, and notes on the others.

    A reply to a comment that stays out becomes one to what that replied to.
    """
    everything = [*listed]
    above: dict[str, dict[str, str | None]] = {}
    for one in everything:
        if one.why:
            above.setdefault(one.page, {})[one.comment.id] = one.comment.parent
    by_page: dict[str, list[SourceComment]] = {}
    for one in everything:
        if not one.why:
            parent = _kept(one.comment.parent, above.get(one.page, {}))
            by_page.setdefault(one.page, []).append(replace(one.comment, parent=parent))
    reasons = Counter(one.why for one in everything if one.why)
    notes = tuple(left_out(number, why) for why, number in reasons.items())
    return {page: each_once(comments) for page, comments in by_page.items()}, notes


def _kept(parent: str | None, above: dict[str, str | None]) -> str | None:
    """Return the next comment above that is public.

    above: what those that aren't public reply to; chains of them get shorter here, so that none counts twice.
    """
    passed: list[str] = []
    while parent is not None and parent in above:
        passed.append(parent)
        parent = above[parent]
        above[passed[-1]] = None  # so that a circle ends
    above.update(dict.fromkeys(passed, parent))
    return parent


def left_out(count: int, why: str) -> Note:
    """Return the note on comments that don't come along. why: such as `spam`."""
    return Note(NoteKind.LEFT_OUT, f"{count} of type comment, {why}")
