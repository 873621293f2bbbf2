"""A post as its front matter describes it: the one schema of its keys."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from postdocs.core.values import (
    KINDS,
    parse_date,
    read_address,
    read_flag,
    read_id,
    read_image,
    read_labels,
    read_language,
    read_path,
    read_paths,
    read_text,
)


def _field(read: Callable[[Any, tzinfo], Any], help_: str, default: Any = None) -> Any:
    return dataclasses.field(default=default, metadata={"read": read, "kind": KINDS[read], "help": help_})


@dataclass(frozen=True, kw_only=True)
class Post:
    """The front matter of one post.

    Each field says in its metadata how it is read, what kind of value it has and what it is for.
    """

    title: str | None = _field(
        read_text, "the title, as plain text; without it the first heading is the title"
    )
    date: datetime | None = _field(
        parse_date, "when it was published; a day alone is midnight in the site's time zone"
    )
    updated: datetime | None = _field(parse_date, "when it last changed in a way that readers should know of")
    author: tuple[str, ...] = _field(read_labels, "who wrote it, one or several", ())
    category: tuple[str, ...] = _field(read_labels, "the category, one or several", ())
    tags: tuple[str, ...] = _field(read_labels, "what it is about", ())
    summary: str | None = _field(
        read_text, "one or two sentences for lists and feeds; without it the first paragraph"
    )
    image: str | int | None = _field(
        read_image, "the picture for those who share it: a file beside the post, an address, or its number"
    )
    draft: bool = _field(read_flag, "true keeps it out of the site; the preview shows it", default=False)
    blogpost: bool | None = _field(
        read_flag,
        "false makes a page of it, without a date, in no list and no feed; true makes a post of a "
        "page that is elsewhere",
    )
    permalink: str | None = _field(read_path, "the path of its page on the site; without it that of the file")
    aliases: tuple[str, ...] = _field(
        read_paths, "paths that lead to it as well, such as those that it had once", ()
    )
    source: str | None = _field(read_address, "where it was first published")
    canonical: str | None = _field(
        read_address, "the address that search engines should prefer to this page's own"
    )
    id: str | None = _field(read_id, "the feed entry's id, for ever")
    language: str | None = _field(
        read_language,
        "its language, such as de or pt-BR; without it that of the site",
    )
    translation_of: str | None = _field(
        read_text, "the post that it translates: its docname, permalink or id"
    )
    extra: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    # All keys as text, for templates of sites that read them: lists as JSON, as MyST hands them over.
    as_text: Mapping[str, str] = dataclasses.field(default_factory=dict, compare=False, repr=False)

    @property
    def is_page(self) -> bool:
        """Whether it is a page, which stands among posts and is none."""
        return self.blogpost is False


FIELDS: Mapping[str, dataclasses.Field[Any]] = {
    field.name: field for field in dataclasses.fields(Post) if field.metadata
}
