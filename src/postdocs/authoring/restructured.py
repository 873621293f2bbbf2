"""A post in reStructuredText, or one that ablog's directive marks: how it begins, and is published."""

from __future__ import annotations

import re
from datetime import datetime

from docutils.utils import column_width

from postdocs.core.dates import rfc3339
from postdocs.core.post import Post

_DIRECTIVE = re.compile(
    r"^([ \t]*(?:(?:`{3,}|~{3,}|:{3,})[ \t]*\{post\}|\.\. post::))[ \t]*([^\r\n]*?)[ \t]*$", re.MULTILINE
)
_FIELDS = re.compile(r"\A\s*(?:^:[^:\n]+:.*\n(?:^[ \t]+\S.*\n)*)+", re.MULTILINE)
_DATE = re.compile(r"^:date:[ \t]*(.*)$", re.MULTILINE | re.IGNORECASE)
_BEGINNING = "Begin here. Lists and feeds show this first paragraph.\n"


def begin(post: Post) -> str:
    """Return a draft in reStructuredText: without a date, which makes it one in ablog."""
    labels = {"author": post.author, "category": post.category, "tags": post.tags}
    fields = [
        ":blogpost: true",
        *(f":{name}: {', '.join(values)}" for name, values in labels.items() if values),
    ]
    title = re.sub(r"([\\*`|_])", r"\\\1", post.title or "")
    if not re.match(r"[^\W\d_]|\\", title) or re.match(r"\w+[.)]\s", title):  # it may look like a list
        title = f"\\{title}"
    return "\n".join([*fields, "", title, "=" * column_width(title), "", _BEGINNING])


def set_date(text: str, date: datetime, *, is_markdown: bool) -> str | None:
    """Return a text with its date set in the directive or the field that lacks it; None where there is one.

    is_markdown: whether the text has no fields.
    """
    written = rfc3339(date)
    if directive := _DIRECTIVE.search(text):
        if directive[2]:
            return None
        return f"{text[: directive.end(1)]} {written}{text[directive.end() :]}"
    return None if is_markdown else _set_field(text, written)


def _set_field(text: str, written: str) -> str | None:
    fields = _FIELDS.match(text)
    if fields is None:
        return f":blogpost: true\n:date: {written}\n\n{text}"
    given = _DATE.search(fields[0])
    if given is None:
        return f"{fields[0]}:date: {written}\n{text[fields.end() :]}"
    if given[1].strip():
        return None
    return f"{text[: given.end()].rstrip()} {written}{text[given.end() :]}"


def with_field(text: str, name: str, value: str) -> str:
    """Return a document with another field of its front matter. Raises ValueError if it has that one."""
    fields = _FIELDS.match(text)
    if fields is None:
        return f":{name}: {value}\n\n{text}"
    if re.search(rf"^:{name}:", fields[0], re.MULTILINE | re.IGNORECASE):
        raise ValueError(f"it has another {name}")
    return f"{fields[0]}:{name}: {value}\n{text[fields.end() :]}"
