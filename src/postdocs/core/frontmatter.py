"""The front matter of a post: how it is read, checked and written.

A post is a MyST Markdown file that begins with YAML between two lines of `---`. Keys outside the schema are
kept as they are and left to Sphinx.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from postdocs.core import dates, lenient
from postdocs.core.errors import PostdocsError
from postdocs.core.markdown_source import (
    Item,
    first_heading,
    has_post_directive,
    heading_like,
    leading_heading,
    plain,
    read_yaml,
    split,
    without_comments,
)
from postdocs.core.post import FIELDS, Post
from postdocs.core.values import WrongValueError, flow, kind_of, quote_remedy, show

_DATE = "add a line `date: YYYY-MM-DD`, or `draft: true`"
_LIKELY = 0.77  # so alike are `categories` and `category`


@dataclass(frozen=True)
class Mistake:
    """Something in front matter that is not as the schema wants it.

    error: what is wrong, and what to do. reading: what is made of it all the same, as a message says it; ""
    if there is nothing more to say than the error does.
    """

    error: PostdocsError
    reading: str = ""

    @property
    def message(self) -> str:
        """The mistake, what is made of it, and the remedy, without the place."""
        wrong = f"{self.error.wrong}, and is {self.reading}" if self.reading else self.error.wrong
        return f"{wrong}; {self.error.remedy}"


@dataclass(frozen=True)
class Reading:
    """What front matter says.

    post: None where there are errors. unusual: what is read as ablog reads it. errors: what has no meaning.
    """

    post: Post | None
    unusual: tuple[Mistake, ...] = ()
    errors: tuple[PostdocsError, ...] = ()


def load(text: str, path: str | Path, timezone: tzinfo) -> Post:
    """Read the front matter of a post that has nothing unusual in it.

    path: how messages name the file. timezone: of dates that name no offset.

    Raises
    ------
    ExceptionGroup
        Of a PostdocsError for each mistake, in the order of lines.

    """
    reading = read(text, path, timezone)
    errors = [*reading.errors, *(mistake.error for mistake in reading.unusual)]
    if errors or reading.post is None:
        raise ExceptionGroup(f"{path}: front matter", sorted(errors, key=line_of))
    return reading.post


def line_of(error: PostdocsError) -> int:
    """Return where an error is, to put them in order; the file as a whole goes first."""
    return error.line or 0


def read(
    text: str, path: str | Path, timezone: tzinfo, date_format: str = "", *, adopts_pages: bool = False
) -> Reading:
    """Read the front matter of a post; what is only unusual is read as ablog reads it.

    path: how messages name the file. timezone: of dates that name no offset. date_format: of `strptime`, in
    which the site writes dates besides, ablog's `post_date_format`. adopts_pages: whether a file that says
    nothing of itself but a title is a page among posts, and not a post that lacks its date.
    """
    source = split(text)
    if source.yaml_lines is None and text.lstrip().startswith("---"):
        wrong, remedy = "the front matter is not closed", "add a line of three dashes after it"
        if not text.startswith("---"):
            wrong, remedy = "the front matter does not begin in line 1", "remove what is before it"
        return Reading(None, errors=(PostdocsError(path, 1, wrong, remedy),))
    try:
        items = read_yaml(source.yaml, path)
    except PostdocsError as error:
        return Reading(None, errors=(error,))
    given, unusual = _by_key(items, path)
    values: dict[str, Any] = {}
    errors: list[PostdocsError] = []
    for key in (key for key in given if key in FIELDS):
        item = given[key]
        try:
            if item.value is not None:
                values[key] = FIELDS[key].metadata["read"](item.value, timezone)
        except WrongValueError as error:
            line = item.line if error.item is None else [*item.value_lines, item.line][error.item]
            refused = PostdocsError(path, line, f"{key}: {error.wrong}", error.remedy)
            try:
                values[key], how = lenient.read(key, item.written, timezone, date_format)
            except ValueError:
                errors.append(refused)
                values[key] = None
            else:
                if (
                    how != lenient.AS_SET and item.key == key
                ):  # of another name for the key it is said already
                    unusual.append(Mistake(refused, how))
                if values[key] is None:
                    del values[key]
    says_nothing = not (given.keys() & FIELDS.keys() - {"title"}) and not has_post_directive(source.body)
    if adopts_pages and says_nothing:
        values["blogpost"] = False
        missing = PostdocsError(path, 1, "post: it has no date", f"{_DATE}, or `blogpost: false`")
        unusual.append(Mistake(missing, "a page, in no list of posts"))
    else:
        unusual += _check_title(values, source.body, given, path, errors)
        errors += _missing_date(values, source.body, given, path)
    extra = {key: item.value for key, item in given.items() if key not in FIELDS}
    as_text = dict(pair for item in items for pair in _as_text(item))
    post = None if errors else Post(**values, extra=extra, as_text=as_text)
    return Reading(post, tuple(unusual), tuple(errors))


def _as_text(item: Item) -> Iterator[tuple[str, str]]:
    """Yield key and value as text; nothing for what is deeply nested, which aliases of YAML make endless."""
    value = item.value
    if not isinstance(value, list | dict):
        yield str(item.key), "null" if value is None else str(value)
    elif not any(
        isinstance(inmost, list | dict)
        for inner in _values_of(value)
        for deeper in _values_of(inner)
        for inmost in _values_of(deeper)
    ):
        yield str(item.key), json.dumps(value, default=str)


def _values_of(value: object) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def has_heading(title: str, body: str) -> bool:
    """Tell whether the page of a post shows a heading as its title already, in these words or in others."""
    return _heading(title, body) is not None


def _heading(title: str | None, body: str) -> str | None:
    """Return the heading that is the title of the page: at the beginning, or where it repeats the title."""
    return leading_heading(without_comments(body)) or (heading_like(title, body) if title else None)


def _check_title(
    values: dict[str, Any],
    body: str,
    given: Mapping[str, Item],
    path: str | Path,
    errors: list[PostdocsError],
) -> Iterator[Mistake]:
    """Yield what is unusual about the title; add to the errors where there is none."""
    title = values.get("title")
    line = given["title"].line if "title" in given else 1
    leading = leading_heading(body)
    heading = leading or _heading(title, body)
    if heading and title not in {None, heading}:
        wrong = f"title: {show(title)} is not the heading, {show(heading)}"
        yield Mistake(PostdocsError(path, line, wrong, "remove one of the two"))
        if plain(title) == heading:
            del values["title"]  # it is the heading, with its markup
    elif "title" not in values and not leading:
        error = PostdocsError(path, line, "title: there is none", "add a line `title: …` to the front matter")
        if heading := heading or first_heading(body):
            yield Mistake(error, f"taken from the first heading, {show(heading)}")
        else:
            errors.append(error)


def _missing_date(
    values: dict[str, Any], body: str, given: Mapping[str, Item], path: str | Path
) -> Iterator[PostdocsError]:
    """Yield that there is no date where there has to be one: a draft, a page and a directive do without."""
    needs_date = values.get("draft", False) is False and values.get("blogpost", True) is True
    if "date" not in values and needs_date and not has_post_directive(body):
        yield PostdocsError(path, given["date"].line if "date" in given else 1, "date: there is none", _DATE)


def dump(post: Post) -> str:
    """Write front matter, dashes included; `load` reads the same post from it."""
    lines = []
    for name in FIELDS:
        value = getattr(post, name)
        if isinstance(value, datetime):
            lines.append(f"{name}: {dates.rfc3339(value)}")
        elif value or (value is False and FIELDS[name].default is None):
            lines.append(f"{name}: {flow(list(value) if isinstance(value, tuple) else value)}")
    lines += [f"{flow(key)}: {flow(value)}" for key, value in post.extra.items()]
    return "\n".join(["---", *lines, "---", ""])


def _by_key(items: Iterable[Item], path: str | Path) -> tuple[dict[str, Item], list[Mistake]]:
    """Return the items of a front matter by their keys, and what is unusual about these."""
    given: dict[str, Item] = {}
    unusual: list[Mistake] = []
    for item in items:
        key, mistake = item.key, None
        if not isinstance(key, str):
            wrong = f"{show(key)} as a key is {kind_of(key)}, not text"
            mistake = Mistake(PostdocsError(path, item.line, wrong, quote_remedy(key)))
            key = str(key)
        elif key in given:
            wrong = f"{key}: given in line {given[key].line} already"
            mistake = Mistake(PostdocsError(path, item.line, wrong, "remove one of the two"))
        elif key not in FIELDS and (likely := difflib.get_close_matches(key.lower(), FIELDS, 1, _LIKELY)):
            wrong, remedy = f"{key}: there is no such key", f"write `{likely[0]}`, or another name"
            meant = lenient.KEYS.get(key.lower())
            mistake = Mistake(
                PostdocsError(path, item.line, wrong, remedy), (meant and f"read as `{meant}`") or ""
            )
            key = meant if meant and meant not in {item.key for item in items} else key
        unusual += [mistake] if mistake else []
        given[key] = item
    return given, unusual
