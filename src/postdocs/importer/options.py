"""What the user asks of an import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from postdocs.importer.bibtex import Work
from postdocs.importer.convert import Checker
from postdocs.importer.entry import OldList
from postdocs.importer.images import Picture
from postdocs.importer.myst.wrap import Wrap
from postdocs.importer.sources.archive import Files


def posts_in(folder: Path, site: Path) -> PurePosixPath:
    """Return the folder of posts, as seen from that of the site."""
    posts = folder.relative_to(site) if folder.is_absolute() else folder
    return PurePosixPath(posts.as_posix())


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the user asked for.

    site: the folder of conf.py. folder: that of posts. authors, date: of entries that have none. find: how
    pictures are found, or None to leave them where they are. is_served: whether an address is that of a file
    in the sources. sites: the files of those that are read whole. addresses: of all that was built there.
    lists: what their settings say of other addresses.
    keep_files: whether files of old sites are served at their addresses. checker: makes the check of
    formulas. wrap: how paragraphs are wrapped. scored: whether posts get a score, which only a report shows.
    comments: whether those of readers come along. works: what posts may cite, by key.
    """

    site: Path
    folder: Path
    checker: Checker
    update: bool = False
    replace: bool = False
    authors: tuple[str, ...] = ()
    date: datetime | None = None
    find: Callable[[str], Picture] | None = None
    is_served: Callable[[str], bool] = lambda _: False
    sites: tuple[Files, ...] = ()
    addresses: tuple[str, ...] = ()
    lists: Mapping[str, OldList | None] = field(default_factory=dict)
    keep_files: bool = False
    wrap: Wrap = "none"
    scored: bool = False
    comments: bool = True
    works: Mapping[str, Work] = field(default_factory=dict)

    @property
    def posts(self) -> PurePosixPath:
        """The folder of posts, as seen from that of the site."""
        return posts_in(self.folder, self.site)
