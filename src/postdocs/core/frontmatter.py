"""Reads, checks, and writes the front matter of a post.

A post is a MyST Markdown file that begins with YAML between two lines of `---`, or a file in reStructuredText
that begins with fields. Keys outside the schema are kept as they are and left to Sphinx.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from postdocs.core import dates, lenient, markdown_source
from postdocs.core.errors import PostdocsError
from postdocs.core.markdown_source import Item, has_post_directive
from postdocs.core.markup import Markup
from postdocs.core.post import FIELDS, Post
from postdocs.core.values import WrongItemsError, WrongValueError, flow, kind_of, quote_remedy, show

_LIKELY = 0.77  # so alike are `categories` and `category`
_OTHERS = {"nocomments", "parent"}  # keys of other programs that are near one of ours


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
        wrong = f"{self.error.wrong}, so it is {self.reading}" if self.reading else self.error.wrong
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
    text: str,
    path: str | Path,
    timezone: tzinfo,
    date_format: str = "",
    *,
    adopts_pages: bool = False,
    markup: Markup = markdown_source,
) -> Reading:
    """Read the front matter of a post; what is only unusual is read as ablog reads it.

    path: how messages name the file. timezone: of dates that name no offset. date_format: of `strptime`, in
    which the site writes dates besides, ablog's `post_date_format`. adopts_pages: whether a file without a
    date is a page among posts, and not a post that lacks its date. markup: that of the file.
    """
    try:
        items, body = markup.front_matter(text, path)
    except PostdocsError as error:
        return Reading(None, errors=(error,))
    given, unusual = _by_key(items, path)
    values, odd, errors = _values(given, path, markup, timezone, date_format)
    unusual += [*odd, *_check_part(values, given, path, markup)]
    if values.get("show_image") and "image" not in given:
        line = given["show_image"].line
        errors.append(PostdocsError(path, line, "show_image: there is no image", "name a file in `image`"))
    undated = _undated(values, body, given, path, markup)
    if undated and adopts_pages and not errors:
        values["blogpost"] = False
        missing = PostdocsError(
            path,
            undated.line,
            "post: it has no date",
            f"{undated.remedy}, or `{markup.line('blogpost', 'false')}`",
        )
        unusual.append(Mistake(missing, "a page, in no list of posts"))
    else:
        for fault in _check_title(values, body, given, path, markup):
            if isinstance(fault, Mistake):
                unusual.append(fault)
            else:
                errors.append(fault)
        errors += [undated] if undated else []
    extra = {key: item.value for key, item in given.items() if key not in FIELDS}
    as_text = dict(pair for item in items for pair in _as_text(item))
    post = None if errors else Post(**values, extra=extra, as_text=as_text)
    return Reading(post, tuple(unusual), tuple(errors))


def _values(
    given: Mapping[str, Item], path: str | Path, markup: Markup, timezone: tzinfo, date_format: str
) -> tuple[dict[str, Any], list[Mistake], list[PostdocsError]]:
    """Read the values of the schema's keys; return what is unusual about them and what is wrong, too."""
    values: dict[str, Any] = {}
    unusual: list[Mistake] = []
    errors: list[PostdocsError] = []
    for key in (key for key in given if key in FIELDS):
        item = markup.typed(given[key], FIELDS[key].metadata["read"])
        try:
            if item.value is not None:
                values[key] = FIELDS[key].metadata["read"](item.value, timezone)
        except WrongValueError as error:
            refused = [*_refused(key, item, error, path)]
            try:
                values[key], how = lenient.read(key, item.written, timezone, date_format)
            except ValueError:
                errors += refused
                values[key] = None
            else:
                # Of another name for the key it is said already.
                if how != lenient.AS_SET and item.key == key:
                    unusual += [Mistake(each, how) for each in refused]
                if values[key] is None:
                    del values[key]
    return values, unusual, errors


def _refused(key: str, item: Item, error: WrongValueError, path: str | Path) -> Iterator[PostdocsError]:
    """Yield what is wrong with a value, or with each item of a list, and show it as the file has it."""
    if isinstance(error, WrongItemsError):
        values, written = (each if isinstance(each, list) else [each] for each in (item.value, item.written))
        for number, each in error.items.items():
            line = [*item.value_lines, item.line][number]
            wrong = _as_written(each.wrong, values[number], written[number])
            yield PostdocsError(path, line, f"{key}: {wrong}", each.remedy)
    else:
        wrong = _as_written(error.wrong, item.value, item.written)
        yield PostdocsError(path, item.line, f"{key}: {wrong}", error.remedy)


def _as_written(wrong: str, value: Any, written: Any) -> str:
    """Return what is wrong with a value that YAML has changed, such as 3.10 to 3.1, or `yes` to true."""
    is_changed = isinstance(value, bool | int | float) and wrong.startswith(show(value))
    return show(written) + wrong.removeprefix(show(value)) if is_changed else wrong


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


def has_heading(title: str, body: str, markup: Markup = markdown_source) -> bool:
    """Tell whether the page of a post shows a heading as its title already, in these words or in others."""
    return _heading(title, body, markup) is not None


def _heading(title: str | None, body: str, markup: Markup) -> str | None:
    """Return the heading that is the title of the page: at the beginning, or where it repeats the title."""
    leading = markup.leading_heading(markup.without_comments(body))
    return leading or (markup.heading_like(title, body) if title else None)


def _check_title(
    values: dict[str, Any], body: str, given: Mapping[str, Item], path: str | Path, markup: Markup
) -> Iterator[Mistake | PostdocsError]:
    """Yield what is unusual about the title, or that there is none."""
    title = values.get("title")
    line = given["title"].line if "title" in given else 1
    leading = markup.leading_heading(body)
    heading = leading or _heading(title, body, markup)
    if heading and title not in {None, heading}:
        wrong = f"title: {show(title)} is not the heading, {show(heading)}"
        yield Mistake(PostdocsError(path, line, wrong, "remove one of the two"))
        if markup.plain(title) == heading:
            del values["title"]  # it is the heading, with its markup
    elif "title" not in values and not leading:
        remedy = f"add a line `{markup.line('title', '…')}` to the front matter"
        error = PostdocsError(path, line, "title: it is missing", remedy)
        if heading := heading or markup.first_heading(body):
            yield Mistake(error, f"taken from the first heading, {show(heading)}")
        else:
            yield error


def _check_part(
    values: dict[str, Any], given: Mapping[str, Item], path: str | Path, markup: Markup
) -> Iterator[Mistake]:
    """Yield that a post is a part of nothing; the number then says nothing."""
    if values.get("part") and not values.get("series"):
        remedy = f"add a line `{markup.line('series', '…')}`, or remove this one"
        yield Mistake(PostdocsError(path, given["part"].line, "part: there is no series", remedy))
        del values["part"]


def _undated(
    values: dict[str, Any], body: str, given: Mapping[str, Item], path: str | Path, markup: Markup
) -> PostdocsError | None:
    """Return that there is no date where there has to be one: a draft, a page and a directive do without."""
    needs_date = values.get("draft", False) is False and values.get("blogpost", True) is True
    if "date" in values or not needs_date or has_post_directive(body):
        return None
    line = given["date"].line if "date" in given else 1
    date, draft = markup.line("date", "YYYY-MM-DD"), markup.line("draft", "true")
    return PostdocsError(path, line, "date: it is missing", f"add a line `{date}`, or `{draft}`")


def dump(post: Post, timezone: tzinfo | None = None) -> str:
    """Write front matter, dashes included; `load` reads the same post from it.

    timezone: that `load` is going to get; midnight there is written as a day.
    """
    lines = []
    for name in FIELDS:
        value = getattr(post, name)
        if isinstance(value, datetime):
            lines.append(f"{name}: {dates.shortest(value, timezone)}")
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
        elif key not in {*FIELDS, *_OTHERS} and (
            likely := difflib.get_close_matches(key.lower(), FIELDS, 1, _LIKELY)
        ):
            wrong, remedy = f"{key}: there is no such key", f"write `{likely[0]}`, or another name"
            meant = lenient.KEYS.get(key.lower())
            mistake = Mistake(
                PostdocsError(path, item.line, wrong, remedy), (meant and f"read as `{meant}`") or ""
            )
            key = meant if meant and meant not in {item.key for item in items} else key
        unusual += [mistake] if mistake else []
        given[key] = item
    return given, unusual
