"""Reads and checks each kind of value in front matter, and formats it for messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any
from urllib.parse import urlsplit

import yaml

from postdocs.core import dates, fediverse, languages, permalink, scholarly

_DATE_REMEDY = "write YYYY-MM-DD, or a date with time and offset like 2013-07-05T12:28:00-07:00"


class WrongValueError(ValueError):
    """A value that its field can't take: what is wrong, and the remedy."""

    def __init__(self, wrong: str, remedy: str) -> None:
        self.wrong = wrong
        self.remedy = remedy
        super().__init__(wrong)


class WrongItemsError(WrongValueError):
    """A list with items that its field can't take. items: the error of each, by its number from 0."""

    def __init__(self, items: Mapping[int, WrongValueError]) -> None:
        self.items = items
        first = next(iter(items.values()))
        super().__init__(first.wrong, first.remedy)


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
        raise WrongValueError(f"{show(value)} is not a date{reason}", _DATE_REMEDY) from None
    return date


def read_text(value: object, _: tzinfo) -> str:
    """Read a line of text; raises WrongValueError, as all of these do."""
    if not isinstance(value, str):
        raise WrongValueError(f"{show(value)} is {kind_of(value)}, not text", quote_remedy(value))
    text = " ".join(value.split())
    if not text:
        raise WrongValueError("it is empty", "fill it in or remove the line")
    if re.search("[\ud800-\udfff]", text):
        raise WrongValueError("it holds half a character", "write the whole one")
    return text


def read_labels(value: object, timezone: tzinfo) -> tuple[str, ...]:
    """Read a list of labels, or text with a comma between each two, as ablog has it."""
    if isinstance(value, str):
        return tuple(dict.fromkeys(" ".join(part.split()) for part in value.split(",") if part.strip()))
    return read_list(value, read_text, timezone)


def read_list(value: object, read: Callable[[object, tzinfo], str], timezone: tzinfo) -> tuple[str, ...]:
    """Read a list, each item once."""
    if not isinstance(value, list):
        raise WrongValueError(
            f"{show(value)} is {kind_of(value)}, not a list", "write a list like [one, two]"
        )
    values: dict[str, None] = {}  # each once, in order
    wrong: dict[int, WrongValueError] = {}
    for number, item in enumerate(value):
        try:
            values[read(item, timezone)] = None
        except WrongValueError as error:
            wrong[number] = error
    if wrong:
        raise WrongItemsError(wrong)
    return tuple(values)


def read_flag(value: object, _: tzinfo) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise WrongValueError(f"{show(value)} is neither true nor false", "write true or false")
    return value


def read_address(value: object, timezone: tzinfo) -> str:
    """Read a web address with its host."""
    text = read_text(value, timezone)
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc or re.search(r"\s", text):
        raise WrongValueError(
            f"{show(text)} is not a web address", "begin it with https:// or http:// and a host"
        )
    return text


def read_image(value: object, timezone: tzinfo) -> str | int:
    """Read the path or address of a picture, or, as ablog has it, which of those in the article it is."""
    return value if type(value) is int and value > 0 else read_text(value, timezone)


def read_path(value: object, timezone: tzinfo) -> str:
    """Read a path of the site, with a slash before it."""
    text = read_text(value, timezone)
    try:
        permalink.parse(text)
    except ValueError as error:
        raise WrongValueError(f"{show(text)} {error}", "write one like /2013/07/recap/") from None
    return text


def read_paths(value: object, timezone: tzinfo) -> tuple[str, ...]:
    """Read paths of the site, one or several."""
    return read_list([value] if isinstance(value, str) else value, read_path, timezone)


def read_id(value: object, timezone: tzinfo) -> str:
    """Read an absolute IRI, as RFC 4287 §4.2.6 wants an entry's id to be."""
    text = read_text(value, timezone)
    if not is_iri(text):
        raise WrongValueError(
            f"{show(text)} is not an absolute IRI", "write one like tag:example.org,2013-07-05:recap"
        )
    return text


def read_language(value: object, timezone: tzinfo) -> str:
    """Read a language tag of BCP 47, in its usual form: `pt-BR` for `pt-br`."""
    text = read_text(value, timezone)
    try:
        tag = languages.canonical(text)
    except ValueError:
        tag = ""
    if not tag or "_" in text:
        remedy = f"write `{tag}`" if tag else "write one like `de` or `pt-BR`"
        raise WrongValueError(f"{show(text)} is not a language tag", remedy)
    return tag


def read_doi(value: object, timezone: tzinfo) -> str:
    """Read a DOI, however it is written; its name."""
    text = read_text(value, timezone)
    try:
        return scholarly.doi(text)
    except ValueError:
        raise WrongValueError(f"{show(text)} is not a DOI", "write one like 10.5281/zenodo.1234567") from None


def read_license(value: object, timezone: tzinfo) -> str:
    """Read the name of a license in the list of SPDX, or its address at creativecommons.org."""
    text = read_text(value, timezone)
    try:
        scholarly.license_of(text)
    except ValueError:
        remedy = "write an identifier of https://spdx.org/licenses/, such as CC-BY-4.0"
        raise WrongValueError(f"{show(text)} is not a license that is known", remedy) from None
    return text


def read_part(value: object, _: tzinfo) -> int:
    """Read the number of a part, from 1."""
    if type(value) is int and value > 0:
        return value
    raise WrongValueError(f"{show(value)} is not the number of a part", "write 1, 2, or a higher number")


def read_thread(value: object, timezone: tzinfo) -> str:
    """Read the address of a post on Mastodon, or of another server with its API."""
    text = read_text(value, timezone)
    try:
        fediverse.thread_of(text)
    except ValueError:
        remedy = "write one like https://mastodon.social/@ann/109372843234"
        raise WrongValueError(f"{show(text)} is not the address of a post on Mastodon", remedy) from None
    return text


def is_iri(text: str) -> bool:
    """Tell whether text can be the id of a feed entry: an absolute IRI (RFC 3987 §2.2)."""
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9+.\-]*:\S+", text) is not None


KINDS: Mapping[Callable[[Any, tzinfo], Any], str] = {
    read_text: "text",
    parse_date: "date",
    read_labels: "list",
    read_image: "path, address or number",
    read_flag: "true or false",
    read_path: "path",
    read_paths: "list of paths",
    read_address: "address",
    read_id: "IRI",
    read_language: "language tag",
    read_doi: "DOI",
    read_license: "SPDX identifier or address",
    read_part: "number",
    read_thread: "address",
}


def show(value: object) -> str:
    """Return a value as messages show it: in quotes, and not too much of it."""
    text = " ".join((value if isinstance(value, str) else flow(value)).split())
    limit = 60
    return f"'{text[: limit - 1]}…'" if len(text) > limit else f"'{text}'"


def kind_of(value: object) -> str:
    """Return what kind of value it is, as messages say it."""
    kinds = {bool: "a truth value", int: "a number", float: "a number", list: "a list", dict: "a mapping"}
    if value is None:
        return "empty"
    return next((name for kind, name in kinds.items() if isinstance(value, kind)), type(value).__name__)


def quote_remedy(value: object) -> str:
    """Return what to do where text is expected."""
    if isinstance(value, bool | int | float):
        return "put it in quotes"
    return "write text"


# What has to be changed between single quotation marks, and between double ones.
_SINGLE, _DOUBLE = frozenset("'\n"), frozenset('"\\')


def flow(value: object) -> str:
    """Write a value as YAML on one line."""
    text = yaml.dump(value, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, width=float("inf"))
    return text.removesuffix("...\n").rstrip("\n")


class _Dumper(yaml.SafeDumper):
    """Puts double quotation marks around text that would have to be changed between single ones."""

    def choose_scalar_style(self) -> str:
        style = str(super().choose_scalar_style())
        text = self.event.value if isinstance(self.event, yaml.ScalarEvent) else ""
        # PyYAML writes what is beyond U+FFFF, such as emoji, as an escape between double ones.
        is_better = not _SINGLE.isdisjoint(text) and _DOUBLE.isdisjoint(text) and max(text) <= "\uffff"
        return '"' if style == "'" and is_better else style
