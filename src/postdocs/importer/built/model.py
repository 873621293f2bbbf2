"""A page of a built site as a file, and what was read of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from postdocs.importer.built.kinds import Kind
from postdocs.importer.built.languages import Spoken
from postdocs.importer.entry import Entry


@dataclass(frozen=True)
class PageFile:
    """A file of HTML of a site.

    path: from its top. place: as messages name it. feed: the entry that a feed has for it. stated: addresses
    that feeds and sitemaps name it by. is_apart: whether it is outside of the folders in which posts are.
    """

    path: str
    place: str
    text: str
    feed: Entry | None = None
    stated: tuple[str, ...] = ()
    is_apart: bool = False


@dataclass(frozen=True)
class Signs:
    """What tells a post from another page that has a date.

    is_post: it is in a feed, or its address names a day. says_article, says_other: by Open Graph or JSON-LD.
    shows_date: to readers, beside the article or in it.
    """

    is_post: bool = False
    says_article: bool = False
    says_other: bool = False
    shows_date: bool = False


@dataclass(frozen=True)
class BuiltPage:
    """What a page is.

    target: the address that a redirect leads to; of an article, the path of the page that it says to be a
    copy of. reason: why it can't be read. taken: what was in the article, and is not the post's: why, and
    what it is. spoken: what it says of its language. signs: of a post.
    """

    path: str
    url: str
    kind: Kind
    entry: Entry | None = None
    target: str | None = None
    reason: str = ""
    taken: tuple[tuple[str, str], ...] = ()
    spoken: Spoken = field(default_factory=Spoken)
    signs: Signs = field(default_factory=Signs)
