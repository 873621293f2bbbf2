"""Comments in data files of a site: those of Staticman, and lists that a theme shows.

They are in `_data/comments` (Jekyll, Eleventy) or `data/comments` (Hugo): a folder for a post with a file for
each comment, or a file for a post with a list of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from postdocs.core.errors import PostdocsError
from postdocs.core.plural import count
from postdocs.core.slugs import slugify
from postdocs.importer.addresses import post_slug
from postdocs.importer.entry import Note, NoteKind, SourceComment
from postdocs.importer.folders import front_matter, tree
from postdocs.importer.sources import dates
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.comments import Listed, comment, from_markdown, in_time, public
from postdocs.importer.sources.model import Source

_FOLDERS = ("_data/comments/", "src/_data/comments/", "data/comments/")
_SUFFIXES = (".yml", ".yaml", ".json")
_IDS = ("_id", "id", "uid")
_PARENTS = ("_parent", "parent", "parent_id", "replying_to_uid", "replying_to", "reply_to", "replyThread")
_NAMES = ("name", "author", "username")
_TEXTS = ("message", "comment", "text", "body", "content")
_WEBSITES = ("url", "website", "link")
_DATES = ("date", "timestamp", "created")
_HIDDEN = ("hidden", "spam", "deleted")
_MILLISECONDS = 100_000_000_000  # a number of seconds this large is in the year 5138


def with_comments(source: Source, files: Files) -> Source:
    """Return the posts of a site with the comments in its data files, each by the slug of its post."""
    listed: list[Listed] = []
    notes: list[Note] = []
    for path in files.ending(*_SUFFIXES):
        folder = next((folder for folder in _FOLDERS if path.startswith(folder)), None)
        if folder is None:
            continue
        try:
            text, _ = tree.text_of(files, path)
            value = front_matter.value_of(text, files.place(path))
        except PostdocsError as error:
            notes.append(Note(NoteKind.LOST, "a file of comments that can't be read", before=str(error)))
            continue
        *above, name = PurePosixPath(path.removeprefix(folder)).with_suffix("").parts
        is_list = isinstance(value, list)
        slug = name if is_list or not above else above[-1]
        listed += _comments(value if is_list else [value], name, slugify(slug))
    by_slug, left = public(listed)
    return _attached(source, by_slug, [*left, *notes])


def _attached(source: Source, by_slug: Mapping[str, Sequence[SourceComment]], notes: list[Note]) -> Source:
    slugs = [post_slug(entry.url, entry.title) for entry in source.entries]
    numbers = Counter(slugs)
    places = {slug: at for at, slug in enumerate(slugs) if numbers[slug] == 1}
    entries = [*source.entries]
    for slug, comments in by_slug.items():
        at = places.get(slug)
        if at is None:
            what = f"{count(len(comments), 'comment')} on a post that isn't there, or whose name several have"
            notes.append(Note(NoteKind.LOST, what, slug))
        else:
            entries[at] = replace(entries[at], comments=in_time(sorted(comments, key=_id)))
    return replace(source, entries=tuple(entries), notes=(*source.notes, *notes))


def _id(one: SourceComment) -> str:
    return one.id


def _comments(values: list[Any], name: str, slug: str) -> Iterator[Listed]:
    """Yield the comments among values. name: of the file, which is the id of one without an id."""
    for number, value in enumerate(values, 1):
        if not isinstance(value, dict):
            continue
        why = next((key for key in _HIDDEN if _text(value, (key,)).lower() in {"true", "1"}), "")
        parent = _text(value, _PARENTS)
        one = comment(
            _text(value, _IDS) or (name if len(values) == 1 else f"{name}-{number}"),
            _text(value, _NAMES),
            from_markdown(_text(value, _TEXTS)),
            date=_date(_text(value, _DATES)),
            parent="" if parent == "0" else parent,
            website=_text(value, _WEBSITES),
        )
        yield Listed(slug, one, why)


def _text(value: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    texts = (str(value[key]) for key in keys if isinstance(value.get(key), str | int | float))
    return next((text.strip() for text in texts if text.strip()), "")


def _date(text: str) -> datetime | None:
    """Read a date, or the seconds or milliseconds since 1970."""
    if not text.isdecimal():
        return dates.parse(text)
    try:
        seconds = int(text) / (1000 if int(text) > _MILLISECONDS else 1)
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
