"""The front matter of a post: its schema, and how it is read and checked.

A post is a MyST Markdown file that begins with YAML between two lines of `---`. Keys outside the schema are
kept as they are and left to Sphinx.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from postdocs.core import dates, permalink
from postdocs.core.errors import PostdocsError
from postdocs.core.markdown_source import Item, leading_heading, read_yaml, split

_LIKELY = 0.77  # so alike are `categories` and `category`
_DATE_REMEDY = "write YYYY-MM-DD, or a date with time and offset like 2013-07-05T12:28:00-07:00"


class _WrongValueError(ValueError):
    """A value that its field can't take: what is wrong, the remedy, and which item of a list it is."""

    def __init__(self, wrong: str, remedy: str, item: int | None = None) -> None:
        self.wrong = wrong
        self.remedy = remedy
        self.item = item
        super().__init__(wrong)


def parse_date(value: object, timezone: tzinfo) -> datetime:
    """Read a date as `dates.parse` does; what names no offset is in *timezone*.

    Raises
    ------
    ValueError
        The value is no such date, or no date of the calendar.

    """
    try:
        date = dates.parse(value if isinstance(value, str) else "")
        date = date if date.tzinfo else date.replace(tzinfo=timezone)
        date.astimezone(UTC)  # near the years 1 and 9999 not every offset has an instant
    except (ValueError, OverflowError) as error:
        reason = f" ({error})" if str(error) else ""
        raise _WrongValueError(f"{_show(value)} is not a date{reason}", _DATE_REMEDY) from None
    return date


def _read_text(value: object, _: tzinfo) -> str:
    if not isinstance(value, str):
        raise _WrongValueError(f"{_show(value)} is {_kind(value)}, not text", _quote_remedy(value))
    text = " ".join(value.split())
    if not text:
        raise _WrongValueError("it is empty", "fill it in or remove the line")
    if re.search("[\ud800-\udfff]", text):
        raise _WrongValueError("it holds half a character", "write the whole one")
    return text


def _read_labels(value: object, timezone: tzinfo) -> tuple[str, ...]:
    """Read a list of labels, or text with a comma between each two, as ablog has it."""
    if isinstance(value, str):
        return tuple(dict.fromkeys(" ".join(part.split()) for part in value.split(",") if part.strip()))
    return _read_list(value, _read_text, timezone)


def _read_list(value: object, read: Callable[[object, tzinfo], str], timezone: tzinfo) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _WrongValueError(
            f"{_show(value)} is {_kind(value)}, not a list", "write a list like [one, two]"
        )
    values: dict[str, None] = {}  # each once, in order
    for number, item in enumerate(value):
        try:
            values[read(item, timezone)] = None
        except _WrongValueError as error:
            raise _WrongValueError(error.wrong, error.remedy, number) from None
    return tuple(values)


def _read_flag(value: object, _: tzinfo) -> bool:
    if not isinstance(value, bool):
        raise _WrongValueError(f"{_show(value)} is neither true nor false", "write true or false")
    return value


def _read_address(value: object, timezone: tzinfo) -> str:
    text = _read_text(value, timezone)
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc or re.search(r"\s", text):
        raise _WrongValueError(
            f"{_show(text)} is not a web address", "begin it with https:// or http:// and a host"
        )
    return text


def _read_image(value: object, timezone: tzinfo) -> str | int:
    """Read the path or address of a picture, or, as ablog has it, which of those in the article it is."""
    return value if type(value) is int and value > 0 else _read_text(value, timezone)


def _read_path(value: object, timezone: tzinfo) -> str:
    text = _read_text(value, timezone)
    try:
        permalink.parse(text)
    except ValueError as error:
        raise _WrongValueError(f"{_show(text)} {error}", "write one like /2013/07/recap/") from None
    return text


def _read_paths(value: object, timezone: tzinfo) -> tuple[str, ...]:
    return _read_list([value] if isinstance(value, str) else value, _read_path, timezone)


def _read_id(value: object, timezone: tzinfo) -> str:
    """Read an absolute IRI, as RFC 4287 §4.2.6 wants an entry's id to be."""
    text = _read_text(value, timezone)
    if not is_iri(text):
        raise _WrongValueError(
            f"{_show(text)} is not an absolute IRI", "write one like tag:example.org,2013-07-05:recap"
        )
    return text


def is_iri(text: str) -> bool:
    """Tell whether text can be the id of a feed entry: an absolute IRI (RFC 3987 §2.2)."""
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9+.\-]*:\S+", text) is not None


_KINDS: Mapping[Callable[[Any, tzinfo], Any], str] = {
    _read_text: "text",
    parse_date: "date",
    _read_labels: "list",
    _read_image: "path, address or number",
    _read_flag: "true or false",
    _read_path: "path",
    _read_paths: "list of paths",
    _read_address: "address",
    _read_id: "IRI",
}


def _field(read: Callable[[Any, tzinfo], Any], help_: str, default: Any = None) -> Any:
    return dataclasses.field(default=default, metadata={"read": read, "kind": _KINDS[read], "help": help_})


@dataclass(frozen=True, kw_only=True)
class Post:
    """The front matter of one post.

    Each field says in its metadata how it is read, what kind of value it has and what it is for.
    """

    title: str | None = _field(
        _read_text, "the title, as plain text; without it the first heading is the title"
    )
    date: datetime | None = _field(
        parse_date, "when it was published; a day alone is midnight in the site's time zone"
    )
    updated: datetime | None = _field(parse_date, "when it last changed in a way that readers should know of")
    author: tuple[str, ...] = _field(_read_labels, "who wrote it, one or several", ())
    category: tuple[str, ...] = _field(_read_labels, "the category, one or several", ())
    tags: tuple[str, ...] = _field(_read_labels, "what it is about", ())
    summary: str | None = _field(
        _read_text, "one or two sentences for lists and feeds; without it the first paragraph"
    )
    image: str | int | None = _field(
        _read_image, "the picture for those who share it: a file beside the post, an address, or its number"
    )
    draft: bool = _field(_read_flag, "true keeps it out of the site; the preview shows it", default=False)
    blogpost: bool | None = _field(
        _read_flag,
        "false makes a page of it, without a date, in no list and no feed; true makes a post of a "
        "page that is elsewhere",
    )
    permalink: str | None = _field(
        _read_path, "the path of its page on the site; without it that of the file"
    )
    aliases: tuple[str, ...] = _field(
        _read_paths, "paths that lead to it as well, such as those that it had once", ()
    )
    source: str | None = _field(_read_address, "where it was first published")
    canonical: str | None = _field(
        _read_address, "the address that search engines should prefer to this page's own"
    )
    id: str | None = _field(_read_id, "the feed entry's id, for ever")
    extra: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def is_page(self) -> bool:
        """Whether it is a page, which stands among posts and is none."""
        return self.blogpost is False


FIELDS: Mapping[str, dataclasses.Field[Any]] = {
    field.name: field for field in dataclasses.fields(Post) if field.metadata
}


def load(text: str, path: str | Path, timezone: tzinfo) -> Post:
    """Read the front matter of a post.

    path: how messages name the file. timezone: of dates that name no offset.

    Raises
    ------
    ExceptionGroup
        Of a PostdocsError for each mistake, in the order of lines.

    """
    source = split(text)
    if source.yaml_lines is None and text.lstrip().startswith("---"):
        wrong, remedy = "the front matter is not closed", "add a line of three dashes after it"
        if not text.startswith("---"):
            wrong, remedy = "the front matter does not begin in line 1", "remove what is before it"
        raise ExceptionGroup(f"{path}: front matter", [PostdocsError(path, 1, wrong, remedy)])
    try:
        items = read_yaml(source.yaml, path)
    except PostdocsError as error:
        raise ExceptionGroup(f"{path}: front matter", [error]) from None
    given, errors = _by_key(items, path)
    values: dict[str, Any] = {}
    for key in (key for key in given if key in FIELDS):
        try:
            if given[key].value is not None:
                values[key] = FIELDS[key].metadata["read"](given[key].value, timezone)
        except _WrongValueError as error:
            lines = given[key].value_lines
            line = lines[error.item] if error.item is not None and lines else given[key].line
            errors.append(PostdocsError(path, line, f"{key}: {error.wrong}", error.remedy))
            values[key] = None
    heading = leading_heading(source.body)
    if heading and values.get("title") not in {None, heading}:
        wrong = f"title: {_show(values['title'])} is not the heading, {_show(heading)}"
        errors.append(PostdocsError(path, given["title"].line, wrong, "remove one of the two"))
    if "title" not in values and not heading:
        line = given["title"].line if "title" in given else 1
        remedy = "add a line `title: …` to the front matter"
        errors.append(PostdocsError(path, line, "title: there is none", remedy))
    needs_date = values.get("draft", False) is False and values.get("blogpost", True) is True
    if "date" not in values and needs_date:
        line = given["date"].line if "date" in given else 1
        remedy = "add a line `date: YYYY-MM-DD`, or `draft: true`"
        errors.append(PostdocsError(path, line, "date: there is none", remedy))
    if errors:
        raise ExceptionGroup(f"{path}: front matter", sorted(errors, key=lambda error: error.line or 0))
    extra = {key: item.value for key, item in given.items() if key not in FIELDS}
    return Post(**values, extra=extra)


def dump(post: Post) -> str:
    """Write front matter, dashes included; `load` reads the same post from it."""
    lines = []
    for name in FIELDS:
        value = getattr(post, name)
        if isinstance(value, datetime):
            lines.append(f"{name}: {dates.rfc3339(value)}")
        elif value or (value is False and FIELDS[name].default is None):
            lines.append(f"{name}: {_flow(list(value) if isinstance(value, tuple) else value)}")
    lines += [f"{_flow(key)}: {_flow(value)}" for key, value in post.extra.items()]
    return "\n".join(["---", *lines, "---", ""])


def _flow(value: object) -> str:
    """Write a value as YAML on one line."""
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=float("inf"))
    return text.removesuffix("...\n").rstrip("\n")


def _by_key(items: Iterable[Item], path: str | Path) -> tuple[dict[str, Item], list[PostdocsError]]:
    """Return the items of a front matter by their keys, and what is wrong with these."""
    given: dict[str, Item] = {}
    errors: list[PostdocsError] = []
    for item in items:
        if not isinstance(item.key, str):
            wrong = f"{_show(item.key)} as a key is {_kind(item.key)}, not text"
            errors.append(PostdocsError(path, item.line, wrong, _quote_remedy(item.key)))
        elif item.key in given:
            wrong = f"{item.key}: given in line {given[item.key].line} already"
            errors.append(PostdocsError(path, item.line, wrong, "remove one of the two"))
        else:
            given[item.key] = item
            likely = difflib.get_close_matches(item.key.lower(), FIELDS, 1, _LIKELY)
            if item.key not in FIELDS and likely:
                wrong = f"{item.key}: there is no such key"
                errors.append(PostdocsError(path, item.line, wrong, f"write `{likely[0]}`, or another name"))
    return given, errors


def _show(value: object) -> str:
    text = " ".join((value if isinstance(value, str) else _flow(value)).split())
    limit = 60
    return f"'{text[: limit - 1]}…'" if len(text) > limit else f"'{text}'"


def _kind(value: object) -> str:
    kinds = {bool: "a truth value", int: "a number", float: "a number", list: "a list", dict: "a mapping"}
    if value is None:
        return "empty"
    return next((name for kind, name in kinds.items() if isinstance(value, kind)), type(value).__name__)


def _quote_remedy(value: object) -> str:
    if isinstance(value, bool | int | float):
        return "put it in quotes"
    return "write text"
