"""Front matter in YAML, TOML, or JSON: one form for all three."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, tzinfo
from typing import Any, TypeAlias, TypeVar

from postdocs.core import dates as core_dates
from postdocs.core import markdown_source
from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import javascript
from postdocs.importer.sources import dates

Written: TypeAlias = "str | list[Written] | dict[str, Written] | None"
"""A value as its author wrote it: `3.10` is no number, and `yes` no truth value."""

_T = TypeVar("_T")
_TABS = re.compile(r"(?<=\S)[ \t]*\t[ \t]*")
_TOML = "+++"
_OPEN = "the front matter is not closed"
# https://github.com/jonschlinkert/gray-matter
_LANGUAGE = re.compile(r"---[ \t]*(?P<name>yaml|json|toml|js|javascript)")
_MOST = 10_000  # values; what repeats itself by aliases of YAML soon has more
_MOST_OF_DATA = 1_000_000
_LONGEST = 1_000  # bits of a number; Python writes none of more than 4,300 digits
_LONGEST_DATE = 100  # characters
_TIMESTAMP = re.compile(
    r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})"
    r"(?:[Tt ]\s*(?P<hour>\d{1,2}):(?P<rest>\d{2}(?::\d{2})?))?"
)
_YES = frozenset({"true", "yes", "on", "y", "1"})
_NO = frozenset({"false", "no", "off", "n", "0"})


@dataclass(frozen=True)
class FrontMatter:
    """The front matter of a file, and what follows it.

    written: each value as it is written, by its key. values: the same as YAML, TOML, or JSON mean it, dates
    as text. body: the text after it. body_line: the 1-based line of the file in which that begins. is_there:
    whether the file has any.
    """

    written: Mapping[str, Written] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    is_there: bool = False

    def text(self, *keys: str) -> str:
        """Return the text of the first key that has one, on one line; "" where none has."""
        texts = (self.written.get(key) for key in keys)
        return next((folded for text in texts if isinstance(text, str) and (folded := _fold(text))), "")

    def said_date(self, *keys: str) -> str:
        """Return the text of the first key that says a date, unlike `published: true`; "" where none does."""
        texts = (self.text(key) for key in keys if self.flag(key) is None)
        return next((text for text in texts if not dates.is_none(text)), "")

    def flag(self, key: str) -> bool | None:
        """Return what a key says if it says yes or no, else None."""
        word = self.text(key).lower()
        return True if word in _YES else False if word in _NO else None

    def texts(self, *keys: str) -> tuple[str, ...]:
        """Return the texts of the first key that is there: those of its list, or its own."""
        value = next((self.written[key] for key in keys if self.written.get(key)), None)
        return texts_of(value)


def texts_of(value: Written) -> tuple[str, ...]:
    """Return the texts of a list, or the one of a text, folded; of mappings, their `name` or `title`."""
    items = value if isinstance(value, list) else [value]
    named = (
        next((item[key] for key in ("name", "title") if item.get(key)), None)
        if isinstance(item, dict)
        else item
        for item in items
    )
    return tuple(dict.fromkeys(folded for text in named if isinstance(text, str) and (folded := _fold(text))))


def _fold(text: str) -> str:
    return " ".join(text.split())


def date_of(text: str) -> datetime | None:
    """Read a date, in any form in which it is clear what is the day and what the month.

    Its parts may have single digits, as YAML allows (https://yaml.org/type/timestamp).
    """
    match = _TIMESTAMP.match(text)
    if match:
        day = f"{match['year']}-{match['month'].zfill(2)}-{match['day'].zfill(2)}"
        clock = f" {match['hour'].zfill(2)}:{match['rest']}" if match["hour"] else ""
        text = f"{day}{clock}{text[match.end() :]}"
    return dates.parse(text) or _other(text, core_dates.parse_clear)


def date_of_python(text: str) -> datetime | None:
    """Read a date as generators in Python do: the month stands first where the day could too."""
    return date_of(text) or _other(text, core_dates.parse_any)


def _other(text: str, parse: Callable[[str], datetime]) -> datetime | None:
    if len(text) > _LONGEST_DATE:
        return None
    with suppress(ValueError):
        found = parse(text)
        return found if dates.is_possible(found.year) else None
    return None


def read_date(
    text: str,
    notes: list[Note],
    zone: tzinfo | None = None,
    read: Callable[[str], datetime | None] = date_of,
) -> datetime | None:
    """Read a date; None for no text, and for one in no known form, which notes say.

    zone: of a date that names no offset; None leaves it without one. read: reads one as the generator does.
    """
    if not text:
        return None
    date = read(text)
    if date is None:
        notes.append(Note(NoteKind.NOTICED, "its date is in no known form", before=text))
    return date.replace(tzinfo=zone) if date and zone and date.tzinfo is None else date


def read(text: str, place: str) -> FrontMatter:
    """Part a text into its front matter and body. place: how messages name the file.

    Raises
    ------
    PostdocsError
        It has front matter that is not closed, or can't be read.

    """
    first = text.split("\n", 1)[0].rstrip()
    if first == _TOML:
        return _fenced(text, place)
    if text.startswith("{") and (json_ := _json(text, place)):
        return json_
    if language := _LANGUAGE.fullmatch(first):
        return _in_language(language["name"], text, place)
    if first != "---":
        return FrontMatter(body=text)
    items, body = _tolerant(lambda text: markdown_source.front_matter(text, place), text)
    values = _limited({str(item.key): item.value for item in items}, place)
    return FrontMatter(
        {str(item.key): item.written for item in items},
        values,
        body,
        text.count("\n") - body.count("\n") + 1,
        is_there=True,
    )


def _in_language(language: str, text: str, place: str) -> FrontMatter:
    """Read front matter whose first line says its language, as generators in JavaScript do."""
    lines = text.split("\n")
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise PostdocsError(place, 1, _OPEN, "add a line of three dashes after it")
    inner, body = "\n".join(lines[1:end]), "\n".join(lines[end + 1 :])
    if language == "toml":
        return _of_values(of_toml(inner, place, 2), body, end + 2, place)
    if language == "json":
        front = _json(inner.strip(), place)
        if front is None:
            raise PostdocsError(place, 2, "the front matter is not JSON", "correct it")
        return replace(front, body=body, body_line=end + 2)
    if language == "yaml":
        return replace(read(f"---\n{inner}\n---\n", place), body=body, body_line=end + 2)
    values = javascript.declared(inner)
    if not values:
        wrong = "the front matter is JavaScript that only running it could tell"
        raise PostdocsError(place, 1, wrong, "write it as YAML")
    return _of_values(values, body, end + 2, place)


def _tolerant(read: Callable[[str], _T], text: str) -> _T:
    """Read YAML, also with tabs between keys, colons, and values, which PyYAML refuses (YAML 1.2.2 §6.2)."""
    try:
        return read(text)
    except PostdocsError:
        end = text.find("\n---", 1)
        head = text if end < 0 else text[:end]
        spaced = _TABS.sub(lambda match: match[0].replace("\t", " "), head)
        if spaced != head:
            with suppress(PostdocsError):
                return read(spaced + text[len(head) :])
        raise


def _fenced(text: str, place: str) -> FrontMatter:
    lines = text.split("\n")
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == _TOML), None)
    if end is None:
        raise PostdocsError(place, 1, _OPEN, "add a line of `+++` after it")
    values = of_toml("\n".join(lines[1:end]), place, 2)
    return _of_values(values, "\n".join(lines[end + 1 :]), end + 2, place)


def _json(text: str, place: str, most: int = _MOST) -> FrontMatter | None:
    """Read JSON before a body, as Hugo has it; None where the text begins with something else in braces."""
    try:
        values, end = json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError as error:
        if not re.match(r'\{\s*"[^"\n]+"\s*:', text):
            return None
        wrong = f"the front matter is not JSON: {error.msg}"
        raise PostdocsError(place, error.lineno, wrong, "correct it") from None
    except (RecursionError, ValueError):
        raise PostdocsError(place, 1, "the front matter is nested too deeply", "correct it") from None
    if not isinstance(values, dict):
        return None
    body = text[end:].removeprefix("\n")
    return _of_values(values, body, text.count("\n") - body.count("\n") + 1, place, most)


def of_toml(text: str, place: str, first_line: int = 1) -> dict[str, Any]:
    """Read TOML. first_line: the line of the file in which the text begins.

    Raises
    ------
    PostdocsError
        It is not TOML.

    """
    try:
        return tomllib.loads(f"{text}\n")
    except (ValueError, RecursionError) as error:  # a number of many digits is no TOMLDecodeError
        at = re.search(r"\(at line (\d+), column \d+\)", str(error))
        problem = re.sub(r"\s*\(at .*\)$", "", str(error))
        line = first_line + int(at[1]) - 1 if at else first_line
        raise PostdocsError(place, line, f"it is not TOML: {problem}", "correct it") from None


def _of_values(values: Mapping[str, Any], body: str, line: int, place: str, most: int = _MOST) -> FrontMatter:
    limited = _limited(values, place, most)
    return FrontMatter({key: as_written(limited[key]) for key in limited}, limited, body, line, is_there=True)


def _limited(values: Mapping[str, Any], place: str, most: int = _MOST) -> dict[str, Any]:
    """Return values with dates as text; refuse those that never end."""
    room = iter(range(most))

    def limited(value: Any) -> Any:
        if next(room, None) is None:
            raise PostdocsError(place, 1, f"there are more than {most:,} values", "shorten it")
        if isinstance(value, dict):
            return {str(key): limited(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [limited(inner) for inner in value]
        if isinstance(value, int) and value.bit_length() > _LONGEST:
            raise PostdocsError(place, 1, "a number in the front matter is too long", "put it in quotes")
        return value.isoformat() if isinstance(value, datetime | date | time) else value

    try:
        return {key: limited(value) for key, value in values.items()}
    except RecursionError:
        raise PostdocsError(place, 1, "the front matter is nested too deeply", "correct it") from None


def as_written(value: Any) -> Written:
    """Return a value of TOML or JSON as an author writes it."""
    if isinstance(value, dict):
        return {key: as_written(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_written(inner) for inner in value]
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def settings(text: str, place: str, most: int = _MOST) -> FrontMatter:
    """Read a file of settings in YAML, TOML, or JSON, which its name tells. most: of values in it.

    Raises
    ------
    PostdocsError
        It can't be read.

    """
    if place.endswith(".toml"):
        return _of_values(of_toml(text, place), "", 1, place)
    is_json = place.endswith(".json")
    try:
        if is_json:
            return _json(text.lstrip(), place, most) or FrontMatter()
        items = _tolerant(lambda text: markdown_source.read_yaml(text, place), text)
    except PostdocsError as error:
        line = error.line if is_json or not error.line else max(error.line - 1, 1)  # no dashes are before it
        raise PostdocsError(
            place, line, error.wrong.replace("the front matter", "it"), error.remedy
        ) from None
    values = _limited({str(item.key): item.value for item in items}, place, most)
    return FrontMatter({str(item.key): item.written for item in items}, values, is_there=True)


def value_of(text: str, place: str) -> Any:
    """Read a file of data in YAML or JSON, which may be a list.

    Raises
    ------
    PostdocsError
        It can't be read.

    """
    if place.endswith(".json"):
        return settings(f'{{"data":{text}}}', place, _MOST_OF_DATA).values.get("data")
    lines = [line for line in text.split("\n") if not line.startswith(("---", "..."))]
    indented = "\n".join(f" {line}" for line in lines)
    return settings(f"data:\n{indented}\n", place, _MOST_OF_DATA).values.get("data")
