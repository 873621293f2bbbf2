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
    read_doi,
    read_flag,
    read_id,
    read_image,
    read_labels,
    read_language,
    read_license,
    read_part,
    read_path,
    read_paths,
    read_text,
    read_thread,
)

IMAGE_SUFFIXES = frozenset({".gif", ".jpeg", ".jpg", ".png", ".webp"})
"""Of a file that can stand for a post: what is shown wherever a post is shared."""


def _field(read: Callable[[Any, tzinfo], Any], help_: str, default: Any = None) -> Any:
    return dataclasses.field(default=default, metadata={"read": read, "kind": KINDS[read], "help": help_})


@dataclass(frozen=True, kw_only=True)
class Post:
    """The front matter of one post.

    Each field says in its metadata how it is read, what kind of value it has and what it is for.
    """

    title: str | None = _field(read_text, "the title as plain text (default: the first heading)")
    subtitle: str | None = _field(read_text, "a second line below the title on the page")
    date: datetime | None = _field(
        parse_date, "the date of publication; a day means midnight in the time zone of the site"
    )
    updated: datetime | None = _field(parse_date, "the date of the last change that matters to readers")
    author: tuple[str, ...] = _field(read_labels, "one or several authors", ())
    category: tuple[str, ...] = _field(read_labels, "one or several categories", ())
    tags: tuple[str, ...] = _field(read_labels, "topics", ())
    summary: str | None = _field(
        read_text, "one or two sentences for lists and feeds (default: the first paragraph)"
    )
    image: str | int | None = _field(
        read_image, "the image for sharing: a file beside the post, an address, or a number"
    )
    image_alt: str | None = _field(read_text, "what the image shows, for readers who can't see it")
    image_caption: str | None = _field(read_text, "the caption of a shown image, with its credit")
    show_image: bool = _field(
        read_flag, "true shows the image above the text, with its caption", default=False
    )
    featured: bool = _field(
        read_flag, "true puts the post first on the home page, before newer ones", default=False
    )
    draft: bool = _field(
        read_flag, "true keeps the post out of the site; the preview shows it", default=False
    )
    blogpost: bool | None = _field(
        read_flag,
        "false makes it a page, without a date, in no list and no feed; true makes a page outside of the "
        "posts a post",
    )
    permalink: str | None = _field(
        read_path, "the path of the page on the site (default: the path of the file)"
    )
    aliases: tuple[str, ...] = _field(read_paths, "other paths of the page, such as old ones", ())
    source: str | None = _field(read_address, "the address of the first publication")
    canonical: str | None = _field(read_address, "the address that search engines should prefer")
    id: str | None = _field(read_id, "the permanent id of the feed entry")
    language: str | None = _field(
        read_language,
        "the language, such as de or pt-BR (default: the language of the site)",
    )
    translation_of: str | None = _field(
        read_text, "the post that it translates, by docname, permalink, or id"
    )
    doi: str | None = _field(read_doi, "the DOI that it has been given, such as 10.5281/zenodo.1234567")
    license: str | None = _field(
        read_license, "the license of its text, such as CC-BY-4.0; without it that of the site"
    )
    series: str | None = _field(read_text, "the series that it is a part of")
    part: int | None = _field(read_part, "its place in the series: 1, 2, and so on (default: by date)")
    comments: bool | None = _field(read_flag, "false leaves out the comments that the site has")
    mastodon: str | None = _field(
        read_thread, "the address of a post on Mastodon, whose replies are the comments"
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
