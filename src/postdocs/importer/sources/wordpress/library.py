"""The objects that posts refer to by number, and the notes on a post."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from postdocs.importer.entry import Note

_PICTURES = frozenset({"apng", "avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp"})


@dataclass(frozen=True)
class Attachment:
    """A file of the media library. title: plain text. caption: HTML. alt: what stands for a picture."""

    url: str
    title: str = ""
    caption: str = ""
    alt: str = ""

    @property
    def picture(self) -> str:
        """The HTML of a picture, with its caption where it has one."""
        image = f'<img src="{html.escape(self.url)}" alt="{html.escape(self.alt)}">'
        if self.caption:
            return f"<figure>{image}<figcaption>{self.caption}</figcaption></figure>"
        return f"<p>{image}</p>"

    @property
    def is_picture(self) -> bool:
        """Whether it is one, by its name."""
        return self.url.rpartition(".")[2].lower() in _PICTURES

    @property
    def link(self) -> str:
        """The HTML of a link to the file."""
        return link(self.url, self.title)


def link(url: str, text: str = "") -> str:
    """Return the HTML of a link; its text is the address where it has none."""
    return f'<a href="{html.escape(url)}">{html.escape(text or url, quote=False)}</a>'


@dataclass(frozen=True)
class ReusableBlock:
    """A block that several posts show (`wp_block`). content: as stored. why_private: "" if it is public."""

    title: str
    content: str
    why_private: str = ""


@dataclass(frozen=True)
class Library:
    """What an export has beside its posts.

    attachments, blocks: by the id of the post that each is to WordPress. attached: the ids of the attachments
    of a post, by its id.
    """

    attachments: Mapping[str, Attachment] = field(default_factory=dict)
    attached: Mapping[str, list[str]] = field(default_factory=dict)
    blocks: Mapping[str, ReusableBlock] = field(default_factory=dict)


@dataclass
class Reading:
    """The reading of one post: what it has, and what is found while it is read.

    post: its id. stored_notes: footnotes that the post's metadata hold, HTML by id. expand: reads what is
    within a shortcode. footnotes: HTML of those found in the text, in order. labels: their numbers by name.
    unread: shortcodes that nothing reads, by name. around: the reusable blocks that are being read.
    """

    library: Library
    expand: Callable[[str, Reading], str]
    notes: list[Note]
    post: str = ""
    stored_notes: Mapping[str, str] = field(default_factory=dict)
    footnotes: list[str] = field(default_factory=list)
    labels: dict[str, int] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)
    around: tuple[str, ...] = ()

    @property
    def attached(self) -> list[Attachment]:
        """The attachments of the post."""
        ids = self.library.attached.get(self.post, [])
        return [self.library.attachments[id_] for id_ in ids if id_ in self.library.attachments]
