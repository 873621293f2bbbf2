"""Which of the dated pages of a site are posts: those that say and show of themselves what posts do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from postdocs.importer.built.model import BuiltPage
from postdocs.importer.entry import Note, NoteKind

_FEWEST = 4  # posts that tell what posts say
_MOST = 0.8  # of them: what so many say, a post says


def with_pages_apart(pages: Sequence[BuiltPage]) -> list[BuiltPage]:
    """Make pages of dated articles that differ from posts; the date of such a page is no reader's.

    A generator can put a date into the metadata of any page. An article is a page if nearly all posts say
    that they are articles and it says that it is something else, or if nearly all show a date and it shows
    none. One in a feed is a post, and so is one with a date in its address.
    """
    dated = [page for page in pages if page.entry is not None and not page.entry.page]
    sure = [page for page in dated if page.signs.is_post]
    known = sure if len(sure) >= _FEWEST else dated
    if len(known) < _FEWEST:
        return [*pages]
    least = _MOST * len(known)
    say_so = sum(page.signs.says_article for page in known) >= least
    show_dates = sum(page.signs.shows_date for page in known) >= least
    apart = {
        page.path
        for page in dated
        if not page.signs.is_post
        and ((say_so and page.signs.says_other) or (show_dates and not page.signs.shows_date))
    }
    return [_as_page(page) if page.path in apart else page for page in pages]


def _as_page(page: BuiltPage) -> BuiltPage:
    if page.entry is None or page.entry.published is None:
        return page
    what = "a page instead of a post, because it differs from posts: they say that they are articles, or show"
    note = Note(NoteKind.NOTICED, f"{what} their dates", before=page.entry.published.isoformat())
    entry = replace(page.entry, page=True, published=None, notes=(*page.entry.notes, note))
    return replace(page, entry=entry)
