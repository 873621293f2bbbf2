"""The links of imported posts that were dead before, which the link check may leave out by name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from postdocs.core.urls import request
from postdocs.importer.convert import Converted
from postdocs.importer.entry import Note
from postdocs.importer.site_files import Nature, file_key, nature_of
from postdocs.importer.sources.archive import Files

_WAS_DEAD = "dead on the old site already"
_NOT_IN_SOURCES = "the sources of the old site have nothing there"
_NO_PART = "the post has no such part, and had none on the old site"
_PRIVATE = "its name says that it is private, so it was not imported"


@dataclass(frozen=True)
class DeadLink:
    """An address that nothing answers, in full, and why."""

    url: str
    reason: str


@dataclass(frozen=True)
class OldAddresses:
    """What an old site has.

    files: their natures by `file_key`. has_pages: whether its built pages are known.
    """

    files: Mapping[str, Nature] = field(default_factory=dict)
    has_pages: bool = False

    def reason(self, url: str) -> str:
        """Say why an address is dead that nothing in the new site answers; "" if the old one answered.

        Many servers leave out the suffix of a page.
        """
        if url.startswith("#"):
            return _NO_PART
        nature = self.files.get(key := file_key(url))
        if nature is Nature.PRIVATE:
            return _PRIVATE
        answered = nature or self.files.get(f"{key}.html") or self.files.get(f"{key}.htm")
        return "" if answered else _WAS_DEAD if self.has_pages else _NOT_IN_SOURCES


def old_addresses(sites: Iterable[Files], pages: Collection[str]) -> OldAddresses:
    """Return what old sites have. pages: the addresses of those that were built."""
    files = {
        file_key(urljoin(f"{site.root.rstrip('/')}/", path.replace("%", "%25"))): nature_of(path)
        for site in sites
        if site.root
        for path in site.served
    }
    return OldAddresses({**dict.fromkeys(map(file_key, pages), Nature.PAGE), **files}, bool(pages))


def answered(notes: Iterable[Note], keys: Collection[str]) -> tuple[Note, ...]:
    """Return notes without those on addresses that something answers after all. keys: of these."""
    return tuple(note for note in notes if not note.dead or file_key(note.dead) not in keys)


def known_dead(
    posts: Iterable[Converted], old: OldAddresses, address_of: Callable[[Converted], str]
) -> tuple[DeadLink, ...]:
    """Return the dead links of posts that no import has broken, each once.

    address_of: returns the address of a post in the new site, or "".
    """
    return tuple(dict.fromkeys(link for post in posts for link in _of_post(post, old, address_of(post))))


def _of_post(post: Converted, old: OldAddresses, address: str) -> Iterator[DeadLink]:
    for note in post.notes:
        reason = old.reason(note.dead) if note.dead else ""
        is_pattern = "*" in note.dead  # it would leave out more than this one link
        if reason and not is_pattern and (address or not note.dead.startswith("#")):
            yield DeadLink(request(urljoin(address, note.dead)), reason)


def known_dead_in(
    links: Iterable[str], old: OldAddresses, is_missing: Callable[[str], bool]
) -> Iterator[DeadLink]:
    """Yield those links of old pages that were dead on the old site. is_missing: tells which are here."""
    for url in links:
        if is_missing(url) and (reason := old.reason(url)) and "*" not in url:
            yield DeadLink(url, reason)


def without_answered(posts: Iterable[Converted], keys: Collection[str]) -> tuple[Converted, ...]:
    """Return posts without notes on addresses that something answers after all. keys: of these."""
    return tuple(replace(post, notes=answered(post.notes, keys)) for post in posts)
