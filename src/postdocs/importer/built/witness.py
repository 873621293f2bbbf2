"""Built pages as the witness of a blog's sources: what readers saw of each post."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from postdocs.importer.addresses import key_of
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources.model import Source, fold
from postdocs.importer.sources.text import plain

_WORDS = re.compile(r"\w+")
_LEAST = 0.8  # of the words of a post that its page has too, if it was built from it
_OLDER = "build the site again, so that they agree"


class Articles:
    """The articles of a built site, by address, path, and title with date."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_place: dict[object, Entry] = {}
        for entry in entries:
            for place in reversed(_places(entry)):
                self._by_place.setdefault(place, entry)

    def of(self, entry: Entry) -> Entry | None:
        """Return the article of a source: that of its address, of its path, or of its title and day."""
        return next((self._by_place[place] for place in _places(entry) if place in self._by_place), None)


def pair(
    entries: Sequence[Entry],
    site: Source,
    content: Callable[[Entry, Entry], str] = lambda _, page: page.content,
) -> tuple[list[Entry], tuple[Note, ...]]:
    """Give posts of a source folder the content of their pages, and the ids that feeds gave them.

    A post without a page, or with a page that was built from another text, keeps its own content; a note
    names it. A notebook that stays one keeps its own content, too. So do pages that no source has. Notes on
    the text of a source go with it.

    site: the built site, as `site.read` returns it. content: of a post, by itself and its page.
    """
    articles = Articles(site.entries)
    paired: list[Entry] = []
    seen: set[int] = set()
    for entry in entries:
        page = articles.of(entry)
        seen.add(id(page))
        paired.append(_with_page(entry, page, site.name, content))
    notes = tuple(
        Note(NoteKind.NOTICED, f"a page of {site.name} has no source: “{page.title}”", before=page.url or "")
        for page in site.entries
        if id(page) not in seen and not page.page
    )
    return paired, notes


def _with_page(entry: Entry, page: Entry | None, name: str, content: Callable[[Entry, Entry], str]) -> Entry:
    if page is None:
        what = f"it has no page in {name}; {_OLDER}"
        notes = () if entry.draft else (Note(NoteKind.NOTICED, what, before=entry.url or ""),)
        return replace(entry, notes=(*entry.notes, *notes))
    own = entry.notebook is not None
    if not own and not _agree(entry.content, page.content):
        what = f"the words of its page in {name} differ, so that its source was taken; {_OLDER}"
        return replace(entry, notes=(*entry.notes, Note(NoteKind.NOTICED, what, before=page.url or "")))
    return replace(
        entry,
        content=entry.content if own else content(entry, page),
        base=entry.base if own else page.base,
        id=page.id or (page.url if entry.id == entry.url else entry.id),
        url=page.url,
        published=entry.published or page.published,
        image=entry.image or page.image,
        aliases=_aliases(entry, page),
        notes=(*(note for note in entry.notes if own or not note.in_text), *page.notes),
    )


def _aliases(entry: Entry, page: Entry) -> tuple[str, ...]:
    """Return the paths that lead to a post, by its source and by its built pages."""
    stated = {_bare(alias) for alias in entry.aliases}
    return (*entry.aliases, *(alias for alias in page.aliases if _bare(alias) not in stated))


def _bare(path: str) -> str:
    return unquote(path).strip("/").removesuffix("index.html").removesuffix(".html").rstrip("/")


def _agree(source: str, page: str) -> bool:
    """Tell whether two texts have most words in common; code of templates may have made some of a page."""
    one, other = Counter(_WORDS.findall(plain(source))), Counter(_WORDS.findall(plain(page)))
    return (one & other).total() >= _LEAST * max(one.total(), 1)


def _places(entry: Entry) -> list[object]:
    """Return what a post is found by, the surest first."""
    places: list[object] = [key_of(entry.url or "")]
    path = (
        unquote(urlsplit(entry.url or "").path).rstrip("/").removesuffix("/index.html").removesuffix(".html")
    )
    places.append(("path", path) if path else None)
    places += [("path", unquote(alias).rstrip("/").removesuffix(".html")) for alias in entry.aliases]
    title = fold(entry.title).casefold()
    if title and entry.published:
        places.append((title, entry.published.date()))
    return [place for place in places if place]
