"""The languages of a built site: translations, and copies of what has none."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from postdocs.core import languages
from postdocs.importer.addresses import key_of
from postdocs.importer.entry import Entry
from postdocs.importer.folders.translations import with_originals
from postdocs.importer.html.dom import attribute
from postdocs.importer.html.select import select
from postdocs.importer.sources.text import plain

_FOLDER = re.compile(r"(?P<language>[a-z]{2}(?:[-_][A-Za-z]{2,4})?)/(?=.)")
_FEEDS = re.compile(r"rss|atom|rdf|xml|json", re.IGNORECASE)


@dataclass(frozen=True)
class Spoken:
    """What a page says of its language. others: addresses of the same page in other languages."""

    language: str = ""
    others: tuple[str, ...] = ()


def spoken(soup: BeautifulSoup, url: str) -> Spoken:
    """Return what a page says of its language, by HTML Living Standard §3.2.6.2 and §4.6.7.1."""
    root = soup.find("html")
    stated = attribute(root, "lang") if root is not None else ""
    try:
        language = languages.canonical(stated.strip().replace("_", "-")) if stated.strip() else ""
    except ValueError:
        language = ""
    links = select(soup, "link[rel~=alternate][hreflang][href], a[hreflang][href]")
    return Spoken(language, tuple(_others(links, url)))


def _others(links: Iterable[Tag], url: str) -> Iterator[str]:
    for link in links:
        if _FEEDS.search(attribute(link, "type")):
            continue
        try:
            yield urljoin(url, attribute(link, "href"))
        except ValueError:
            continue


def without_folder(path: str) -> str:
    """Return a path without the folder of a language that it begins with."""
    match = _FOLDER.match(path)
    return path[match.end() :] if match else path


def copies_in(entries: Mapping[str, Entry]) -> dict[str, str]:
    """Return the paths of pages that repeat another in the folder of a language, each with that other path.

    Generators show posts that have no translation so. entries: by the path of their page.
    """
    by_path: dict[str, list[str]] = defaultdict(list)
    for path in sorted(entries, key=lambda path: (len(path), path)):
        by_path[without_folder(path)].append(path)
    return {
        path: paths[0]
        for paths in by_path.values()
        for path in paths[1:]
        if entries[path].title == entries[paths[0]].title
        and plain(entries[path].content) == plain(entries[paths[0]].content)
    }


def with_languages(entries: Mapping[str, Entry], spoken_by: Mapping[str, Spoken]) -> dict[str, Entry]:
    """Return entries with their languages, where a site has several, and with the originals of translations.

    entries: by `key_of` their addresses. spoken_by: what their pages say, by the same.
    """
    said = Counter(spoken_by[key].language for key in entries if spoken_by[key].language)
    if len(said) < 2:  # noqa: PLR2004 - a site in one language says it once
        return dict(entries)
    main = said.most_common(1)[0][0]
    named = [
        (replace(entry, language=entry.language or spoken_by[key].language or None), _group(key, spoken_by))
        for key, entry in entries.items()
    ]
    return dict(zip(entries, with_originals(named, main), strict=True))


def _group(key: str, spoken_by: Mapping[str, Spoken]) -> str:
    """Return what all translations of a page have in common: the first of their addresses."""
    others = {other for url in spoken_by[key].others if (other := key_of(url)) in spoken_by}
    return min({key, *filter(None, others)}) if others else ""
