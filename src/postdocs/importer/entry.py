"""An entry of a source, independent of its format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from postdocs.importer.kept_notebook import KeptNotebook


class NoteKind(StrEnum):
    """What happened to something on its way."""

    REPAIRED = "repaired"  # it was broken, and is not any more
    REMOVED = "removed"  # it must not come along, like a script
    LEFT_OUT = "left out"  # it is no post, like a comment
    KEPT_AS_HTML = "kept as HTML"  # Markdown has no form for it
    NOTICED = "noticed"  # it came along, and the author may want to look at it
    LOST = "lost"  # it should have come along and did not


@dataclass(frozen=True)
class Note:
    """A line of the report: what happened, to what, and how it was before and after where that helps.

    line: of the file that is written, from 1; 0 where it is of none. dead: the address in the post that
    nothing answers in the new site, where the note is on such a one that was not left by the import. in_text:
    whether it is on the text of a source, which says nothing of a post that has the content of a built page.
    """

    kind: NoteKind
    what: str
    before: str = ""
    after: str = ""
    line: int = 0
    dead: str = ""
    in_text: bool = False


@dataclass(frozen=True)
class OldList:
    """What a list of posts, or a feed, of the old blog is a list of.

    kind: `tag`, `category`, `author`, or `archive`; "" for all posts. name: of the label, or the year; "" for
    the index of a kind. is_feed: whether it is for feed readers.
    """

    kind: str = ""
    name: str = ""
    is_feed: bool = False


@dataclass(frozen=True)
class SourceComment:
    """A public comment in a source, with nothing that its author didn't show: no e-mail or IP address.

    id: as `core.comments.ID` has it, and parent, that of the comment that it replies to, too. author: a name.
    content: HTML. date: an instant; without an offset where the source names none. website: a web address.
    """

    id: str
    author: str
    content: str
    date: datetime | None = None
    parent: str | None = None
    website: str | None = None


@dataclass(frozen=True)
class Thread:
    """The comments on one page.

    address: of the page, in full, or its path. comments: in their order. names: by which the service tells
    the page apart beside its address, such as the identifier that a template gave it.
    """

    address: str
    comments: tuple[SourceComment, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A post in a source.

    source: the file or URL, as the user named it. position: its 1-based place among those of the source.
    id: of the feed entry (atom:id, guid), as it stands there. title: plain text, empty where none is given.
    url: its address, absolute. published, updated: instants; without an offset where the source names none.
    category: the one that the source tells apart from tags. summary: plain text, and only where it is whole,
    not cut off. content: HTML. image: the address of the picture that stands for it. base: the URL that links
    in the content are relative to. permalink: the path that its page keeps on the site; the import gives it,
    for no two can have one. aliases: other paths that lead to it. language: as BCP 47 names it. subtitle:
    plain text. extra: keys of its front matter that stay as they are. markdown: the author's text where the
    source has it, with what only the system reads as MyST has it; what of it says the same as the content is
    kept to the letter. written: that text as the source has it. original: the address of the post that it
    translates. comments: those of readers, in the order of the source. notebook: where it stays one; the
    content is its text then, and what can't be in a notebook.
    """

    source: str
    position: int
    id: str | None = None
    title: str = ""
    url: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summary: str | None = None
    content: str = ""
    stored: str = ""
    image: str | None = None
    base: str | None = None
    permalink: str | None = None
    draft: bool = False
    page: bool = False
    aliases: tuple[str, ...] = ()
    language: str | None = None
    subtitle: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict)
    markdown: str | None = None
    written: str = ""
    original: str | None = None
    comments: tuple[SourceComment, ...] = ()
    notebook: KeptNotebook | None = None
    notes: tuple[Note, ...] = field(default=())
