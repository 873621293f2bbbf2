"""The addresses of Hugo's lists and feeds: https://gohugo.io/content-management/taxonomies/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from postdocs.importer.entry import OldList
from postdocs.importer.folders import fields
from postdocs.importer.folders.front_matter import as_written, texts_of
from postdocs.importer.folders.list_addresses import KINDS, Place
from postdocs.importer.folders.systems.hugo import addresses
from postdocs.importer.folders.systems.hugo.pages import Page
from postdocs.importer.folders.systems.hugo.settings import Settings

_TAXONOMIES = {"tag": "tags", "category": "categories"}
_OF_NAMES = {name: kind for kind, name in KINDS.items()}


def places(found: Iterable[Page], settings: Settings) -> Iterator[Place]:
    """Yield the paths of lists and feeds, from the root of the site, in all its languages."""
    public = [page for page in found if not fields.is_draft(page.front)]
    tops = {""} | {
        f"/{page.language}"
        for page in public
        if page.language and page.address.startswith(f"/{page.language}/")
    }
    for top in sorted(tops):
        own = [page for page in public if (f"/{page.language}" if top else "") == top or not top]
        yield from ((f"{top}{path}", one) for path, one in _lists(own, settings))


def _lists(found: list[Page], settings: Settings) -> Iterator[Place]:
    disabled = {kind.lower() for kind in texts_of(as_written(settings.values.get("disablekinds")))}
    lower = settings.values.get("disablepathtolower") is not True

    def both(kind: str, path: str, one: OldList | None) -> Iterator[Place]:
        if kind in disabled or (kind != "home" and settings.values.get("uglyurls") is True):
            return
        if kind != "home":
            yield path, one
        if "rss" not in disabled and _has_feed(kind, settings):
            feed = OldList(one.kind, one.name, is_feed=True) if one else None
            yield f"{path}{_feed_name(settings)}.xml", feed

    yield from both("home", "/", OldList())
    for section in sorted({page.section for page in found} - {""}):
        yield from both("section", f"/{addresses.urlize(section, lower=lower)}/", OldList())
    given = settings.values.get("taxonomies")
    for plural in (given if isinstance(given, dict) else _TAXONOMIES).values():
        name = str(plural).lower()
        kind = _OF_NAMES.get(name)
        path = f"/{addresses.urlize(name, lower=lower)}/"
        yield from both("taxonomy", path, OldList(kind) if kind else None)
        for term in dict.fromkeys(term for page in found for term in page.front.texts(name)):
            slug = addresses.urlize(term, lower=lower)
            if slug:
                yield from both("term", f"{path}{slug}/", OldList(kind, term) if kind else None)


def _has_feed(kind: str, settings: Settings) -> bool:
    """Tell whether pages of a kind have a feed: https://gohugo.io/configuration/outputs/."""
    given = settings.mapping("outputs")
    return kind not in given or "rss" in (name.lower() for name in texts_of(as_written(given[kind])))


def _feed_name(settings: Settings) -> str:
    """Return the name of feeds, without a suffix: https://gohugo.io/templates/rss/."""
    given = settings.mapping("outputformats").get("rss")
    values = {str(key).lower(): value for key, value in given.items()} if isinstance(given, dict) else {}
    name = values.get("basename")
    return name if isinstance(name, str) and name else "index"
