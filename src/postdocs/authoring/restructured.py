"""Drafts in reStructuredText or with ablog's directive: new ones, and publishing them."""

from __future__ import annotations

import re
from datetime import datetime

from docutils.utils import column_width

from postdocs.core import restructured_source
from postdocs.core.dates import rfc3339
from postdocs.core.post import Post

_DIRECTIVE = re.compile(
    r"^([ \t]*(?:(?:`{3,}|~{3,}|:{3,})[ \t]*\{post\}|\.\. post::))[ \t]*([^\r\n]*?)[ \t]*$", re.MULTILINE
)
_BEGINNING = "Begin here. Lists and feeds show this first paragraph.\n"


def begin(post: Post) -> str:
    """Return a draft in reStructuredText."""
    labels = {"author": post.author, "category": post.category, "tags": post.tags}
    fields = [
        ":blogpost: true",
        *([f":date: {rfc3339(post.date)}"] if post.date else []),
        *(f":{name}: {', '.join(values)}" for name, values in labels.items() if values),
        ":draft: true",
    ]
    title = re.sub(r"([\\*`|_])", r"\\\1", post.title or "")
    if not re.match(r"[^\W\d_]|\\", title) or re.match(r"\w+[.)]\s", title):  # it may look like a list
        title = f"\\{title}"
    return "\n".join([*fields, "", title, "=" * column_width(title), "", _BEGINNING])


def set_date(text: str, date: datetime, *, is_markdown: bool, entry_id: str | None = None) -> str | None:
    """Return a text with its date set in the directive or the field that lacks it; None where there is one.

    A draft gets it in any case, and is none then. is_markdown: whether the text has no fields. entry_id: the
    id that a post with fields gets, if it has none.
    """
    written = rfc3339(date)
    items = [] if is_markdown else restructured_source.front_matter(text, "")[0]
    fields = {item.key: str(item.value or "") for item in items}
    is_draft = fields.get("draft", "false").lower() in {"", "true"}
    changes: dict[str, str | None] = {"draft": None} if is_draft else {}
    if directive := _DIRECTIVE.search(text):
        if directive[2] and not is_draft:
            return None
        if not directive[2]:
            text = f"{text[: directive.end(1)]} {written}{text[directive.end() :]}"
        return restructured_source.with_fields(text, changes)
    if is_markdown or (fields.get("date") and not is_draft):
        return None
    if fields.get("blogpost", "").lower() != "false":
        changes |= {} if fields else {"blogpost": "true"}
        changes |= {"date": written} | ({"id": entry_id} if entry_id and "id" not in fields else {})
    return restructured_source.with_fields(text, changes)


def with_field(text: str, name: str, value: str) -> str:
    """Return a document with another field of its front matter. Raises ValueError if it has that one."""
    if any(item.key == name for item in restructured_source.front_matter(text, "")[0]):
        raise ValueError(f"it has another {name}")
    return restructured_source.with_fields(text, {name: value})
