"""Links to lists and feeds of the old blog, such as those of a tag, as links to those of the new site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from postdocs.core.conf import Settings
from postdocs.core.slugs import slugify
from postdocs.importer import permalinks
from postdocs.importer.addresses import key_of
from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import transform, walk
from postdocs.importer.entry import Entry, Note, NoteKind, OldList

# Folders of lists in the addresses of generators, and the folder of such a list here.
_KINDS = {
    **dict.fromkeys(("tag", "tags", "topic", "topics", "label", "labels", "keyword", "keywords"), "tag"),
    **dict.fromkeys(("category", "categories", "cat"), "category"),
    **dict.fromkeys(("author", "authors"), "author"),
    **dict.fromkeys(("archive", "archives"), "archive"),
}
_LABELS = ("tag", "category", "author")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PAGE = re.compile(r"/page/?\d+/?$")
_SIGNS = re.compile(r"[^\w\s-]")
_PREFIX = "cat_"  # of categories in Nikola's folder of tags
_SUFFIX = re.compile(r"(?:/index)?\.(?:html?|md)$|/index$")
_FEED_SUFFIX = re.compile(r"(?:\.(?:tag|category|author|rss2?|atom|xml))+$")
# Names of the feed of a list, without suffixes: of WordPress, Jekyll, Hugo, Pelican, Nikola, and MkDocs.
_FEEDS = frozenset({
    "feed", "rss", "rss2", "atom", "index", "all", "posts", "blog", "feed_rss_created", "feed_rss_updated",
})  # fmt: skip
_OF_FEEDS = "feeds"  # Pelican's folder of feeds
_FEED = "atom.xml"


@dataclass(frozen=True)
class Lists:
    """The lists of a site.

    hosts: of the old blog. root: the address of the lists of the new site, "" where its settings say none.
    slugs: of the labels that have a list there, by their old slugs, by the folder of these. years:
    those that have one. folders: paths that addresses of old posts begin with, which were lists of the posts
    in them. known: what the settings of its generator say is a list, by `key_of` its address; the others are
    known by the names of their folders.
    """

    hosts: frozenset[str] = frozenset()
    root: str = ""
    slugs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    years: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    known: Mapping[str, OldList] = field(default_factory=dict)

    def is_list(self, url: str) -> bool:
        """Tell whether an address is that of a list or a feed of the old blog."""
        return self._known(url) is not None or self._parts(url) is not None

    def has(self, url: str) -> bool:
        """Tell whether an address is that of an old list, or of one here."""
        path, _, name = re.split(r"[?#]", url, maxsplit=1)[0].rstrip("/").rpartition("/")
        whole = path if name in permalinks.FEEDS else f"{path}/{name}"
        return self.is_list(url) or (bool(self.root) and permalinks.is_list(whole, self.root))

    def address(self, url: str) -> str | None:
        """Return the address of the list or feed of the new site that stands for an old one, if any."""
        if known := self._known(url):
            return self._of_known(known) if self.root else None
        parts = self._parts(url)
        if parts is None or not self.root:
            return None
        *folders, name = parts
        if name != _FEED:
            path = self._path(parts[-2:])
        elif folders and folders[0] == _OF_FEEDS and folders[1:]:
            path = self._of_label(*folders[-1:])
        else:
            path = self._path(folders[-2:]) if folders[-1:] != [_OF_FEEDS] else ""
        end = _FEED if name == _FEED else ""
        return None if path is None else "/".join([self.root, *filter(None, [path]), end])

    def _known(self, url: str) -> OldList | None:
        return None if "?" in url else self.known.get(key_of(url) or "")

    def _of_known(self, one: OldList) -> str | None:
        if one.kind == "archive" and one.name:
            path = one.name if one.name in self.years else None
        elif one.name:
            path = self._of_label(one.name, one.kind)
        else:
            path = self._index(one.kind) if one.kind else ""
        has_feed = bool(one.name or not one.kind) and one.kind != "archive"
        if path is None or (one.is_feed and not has_feed):
            return None
        return "/".join([self.root, *filter(None, [path]), _FEED if one.is_feed else ""])

    def _parts(self, url: str) -> list[str] | None:
        """Return the folders and the name of a list, from its address; None for what is no list.

        A feed is named `_FEED`, in the folders of its list.
        """
        try:
            address = urlsplit(url)
        except ValueError:
            return None
        if address.scheme not in {"http", "https"} or _host(url) not in self.hosts or address.query:
            return None
        path = _bare(_PAGE.sub("", unquote(address.path)))
        parts = path.split("/") if path else []
        if feed := _feed(parts):
            return feed
        is_list = bool(parts) and (parts[-1] in _KINDS or parts[-2:][0] in _KINDS)
        is_year = bool(parts) and _YEAR.fullmatch(parts[-1]) is not None and "." not in path
        return parts if is_list or is_year or path in self.folders else None

    def _path(self, parts: Sequence[str]) -> str | None:
        """Return the path of a list from its folder and name; "" for that of all posts."""
        folder, name = (_KINDS.get(parts[0], ""), parts[-1]) if parts else ("", "")
        year = next((part for part in parts if _YEAR.fullmatch(part)), "")
        if year in self.years and folder in {"", "archive"}:
            return year
        if name in _KINDS:
            return self._index(_KINDS[name])
        return None if year and name == year else self._of_label(name, folder) if folder else ""

    def _index(self, kind: str) -> str | None:
        kinds = {"category": ("category", "tag"), "tag": ("tag", "category")}.get(kind, (kind,))
        return next((one for one in kinds if one == "archive" or self.slugs.get(one)), None)

    def _of_label(self, name: str, folder: str = "category") -> str | None:
        names = ((folder, name), ("category", name.removeprefix(_PREFIX)), ("tag", name))
        for kind, label in names:
            slug = self.slugs.get(kind, {}).get(slugify(label)) if kind in _LABELS else None
            if slug:
                return f"{kind}/{slug}"
        return None

    def relinked(self, document: nodes.Document) -> nodes.Document:
        """Let links to lists of the old blog lead to those of the new site."""
        return transform(
            document, {nodes.Link: lambda link: replace(link, url=self.address(link.url) or link.url)}
        )

    def notes(self, document: nodes.Document, text: str) -> Iterator[Note]:
        """Yield a note for each link to a list of the old blog that is not here. text: of the file."""
        what = (
            "a link to a list of the old blog that this site doesn't have; link to another, or remove it"
            if self.root
            else "a link to a list of the old blog; set html_baseurl in conf.py before you import"
        )
        links = (node.url for node in walk(document) if isinstance(node, nodes.Link))
        for url in dict.fromkeys(links):
            if not self.is_list(url) or self.address(url) == url:
                continue
            start = text.find(url)
            yield Note(NoteKind.NOTICED, what, url, line=text.count("\n", 0, start) + 1 if start >= 0 else 0)


def lists_of(
    entries: Iterable[Entry],
    settings: Settings,
    is_published: Callable[[Entry], bool],
    known: Mapping[str, OldList | None] | None = None,
) -> Lists:
    """Return the lists that a site has when these posts are in it. known: old ones, by their addresses."""
    every = [*entries]
    posts = [entry for entry in every if is_published(entry) and not entry.page]
    dates = (entry.published for entry in posts)
    hosts = frozenset(host for entry in every if (host := _host(entry.url or "")))
    home = {_bare(urlsplit(settings.base).path)} if _host(settings.base) in hosts else set()
    return Lists(
        hosts,
        f"{settings.base.rstrip('/')}/{settings.blog}" if settings.base else "",
        {
            "tag": _slugs(tag for entry in posts for tag in entry.tags),
            "category": _slugs(name for entry in posts for name in entry.category),
            "author": _slugs(name for entry in posts for name in entry.authors),
        },
        frozenset(str(date.year) for date in dates if isinstance(date, datetime)),
        frozenset(folder for entry in posts for folder in _folders(entry.url or "")) - home,
        {key: one for url, one in (known or {}).items() if one and (key := key_of(url))},
    )


def _slugs(labels: Iterable[str]) -> dict[str, str]:
    """Return the slugs of labels, by themselves and as generators form them that leave out signs like `&`."""
    unique = dict.fromkeys(labels)
    slugs = {slug: slug for label in unique if (slug := slugify(label))}
    for label in unique:
        slugs.setdefault(slugify(_SIGNS.sub(" ", label)), slugify(label))
    return slugs


def _bare(path: str) -> str:
    """Return a path without its suffix and outer slashes, in lower case."""
    return _SUFFIX.sub("", path).strip("/").lower()


def _folders(url: str) -> Iterator[str]:
    """Yield the paths of all folders that a post is in."""
    try:
        path = PurePosixPath(_bare(unquote(urlsplit(url).path)))
    except ValueError:
        return
    yield from (str(folder) for folder in path.parents if str(folder) != ".")


def _feed(parts: Sequence[str]) -> list[str] | None:
    """Return the folders of a list and `_FEED`, from the path of its feed; None for what is no feed."""
    if not parts:
        return None
    *folders, name = parts
    label = _FEED_SUFFIX.sub("", name)
    if label == name and folders and folders[-1] in _KINDS:
        return None  # what is called so is a label
    if label in _FEEDS and (label != name or name in {"feed", "rss", "atom"}):
        return [*folders, _FEED]
    is_of_label = label != name and bool(folders) and (folders[-1] in _KINDS or folders[-1] == _OF_FEEDS)
    return [*folders, label, _FEED] if is_of_label else None


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
