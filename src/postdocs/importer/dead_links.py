"""Links that were dead on the old site already, or lead to something there that was not imported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from postdocs.core import places
from postdocs.core.html import ids_in
from postdocs.importer import assets
from postdocs.importer.addresses import key_of
from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import walk
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.list_links import Lists
from postdocs.importer.myst.anchors import anchors_of, own_anchors

_NAMED = re.compile(r"""\b(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


@dataclass(frozen=True)
class OldSites:
    """The sites that an import reads whole, so that it can tell which of their addresses lead nowhere.

    All are as `key_of` has them. roots: where they are. keys: addresses that answer in the new site.
    """

    roots: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()

    def is_missing(self, url: str) -> bool:
        """Tell whether an address is below one of the sites, and nothing will be there."""
        key = key_of(url)
        is_inside = key is not None and any(f"{key}/".startswith(f"{root}/") for root in self.roots)
        return is_inside and key not in self.keys

    def notes(
        self,
        document: nodes.Document,
        text: str,
        lists: Lists,
        is_entry: Callable[[str], bool] = lambda _: False,
        content: str = "",
    ) -> Iterator[Note]:
        """Yield a note for each address in a post that leads nowhere, once.

        document: with links to posts, files, and lists as the new site has them. text: of the file. lists:
        what they lead to is not missing here, or has a note of its own. is_entry: whether a
        key is that of a post, where `keys` lacks those. content: the HTML of its source.
        """
        if not self.roots:
            return
        ids, ids_before = _ids(document), _ids_of_source(content)
        for url in dict.fromkeys(assets.addresses_of(document)):
            dead = url
            if url[:1] == "#" and url[1:] and unquote(url[1:]) not in ids:
                what = "a link to a part of the same post, which is not there; correct it, or remove it"
                dead = "" if unquote(url[1:]) in ids_before else url
            elif self.is_missing(url) and not lists.has(url) and not is_entry(key_of(url) or ""):
                what = "a link to something on the old site that was not imported; correct it, or remove it"
            else:
                continue
            places = (text.find(written) for written in (url, f"({_rooted(url)})"))
            start = next((place for place in places if place >= 0), -1)
            line = text.count("\n", 0, start) + 1 if start >= 0 else 0
            yield Note(NoteKind.NOTICED, what, url, line=line, dead=dead)

    def unanswered(self, addresses: Iterable[str], lists: Lists) -> Iterator[Note]:
        """Yield a note for each address of an old site that the new one doesn't answer.

        Lists and feeds have other addresses there, to which only the host can redirect.
        """
        for url in dict.fromkeys(addresses):
            target = lists.address(url)
            if not self.is_missing(url) or key_of(url) in {key_of(target or ""), key_of(lists.root)} - {None}:
                continue
            if target:
                what = "an old address of a list or feed; redirect it to the new one on your host"
                yield Note(NoteKind.NOTICED, what, url, target)
            else:
                what = (
                    "an old address that nothing in this site answers; redirect it on your host or ignore it"
                )
                yield Note(NoteKind.NOTICED, what, url)


def old_sites(
    roots: Sequence[str], entries: Iterable[Entry], places_here: Iterable[str], base: str
) -> OldSites:
    """Return what answers of the addresses of old sites.

    roots: addresses of sites. entries: of the import, with their aliases. places_here: paths of other pages
    of the new site. base: the address of that, or "".
    """
    addresses = [*roots]
    for entry in entries:
        addresses += [entry.url or "", *(urljoin(entry.url or "", alias) for alias in entry.aliases)]
    site_itself = (*places.FILES, *places.PAGES, places.NOT_FOUND)
    addresses += (
        [urljoin(f"{base.rstrip('/')}/", path) for path in (*places_here, *site_itself)] if base else []
    )
    keys = frozenset(key for url in addresses if (key := key_of(url)))
    return OldSites(tuple(key for root in roots if (key := key_of(root))), keys)


def _rooted(url: str) -> str:
    """Return an address from the root of its host."""
    parts = urlsplit(url)
    return urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment))


def _ids_of_source(html: str) -> frozenset[str]:
    """Return what may be an id of an element, or the name of an anchor, in HTML of any kind."""
    return frozenset(unescape("".join(values)) for values in _NAMED.findall(html))


def _ids(document: nodes.Document) -> frozenset[str]:
    anchors = anchors_of(document)
    raw = (node.html for node in walk(document) if isinstance(node, nodes.RawInline | nodes.RawBlock))
    inside = (name for markup in raw for name in ids_in(markup))
    return own_anchors(document) | {*anchors, *anchors.values(), *inside, "top"}
