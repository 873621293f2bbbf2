"""Links to lists of the old blog, such as that of a tag, as links to those of the new site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import unquote, urlsplit

from postdocs.core.conf import Settings
from postdocs.core.slugs import slugify
from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import transform, walk
from postdocs.importer.entry import Entry, Note, NoteKind

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
_PREFIX = "cat_"  # of categories in Nikola's folder of tags


@dataclass(frozen=True)
class Lists:
    """The lists of a site.

    hosts: of the old blog. root: the address of the lists of the new site, "" where its settings say none.
    slugs: of the labels that have a list there, by the folder of these. years: those that have one.
    """

    hosts: frozenset[str] = frozenset()
    root: str = ""
    slugs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    years: frozenset[str] = frozenset()

    def is_list(self, url: str) -> bool:
        """Tell whether an address is that of a list of the old blog."""
        return self._parts(url) is not None

    def address(self, url: str) -> str | None:
        """Return the address of the list of the new site that stands for one of the old blog, if any."""
        parts = self._parts(url)
        path = self._path(parts) if parts and self.root else None
        return None if path is None else f"{self.root}/{path}/"

    def _parts(self, url: str) -> list[str] | None:
        """Return the folder and the name of a list, from its address; None for what is no list."""
        try:
            address = urlsplit(url)
        except ValueError:
            return None
        if address.scheme not in {"http", "https"} or _host(url) not in self.hosts or address.query:
            return None
        path = _PAGE.sub("", unquote(address.path))
        parts = [part for part in re.sub(r"(?:/index)?\.html?$", "", path).lower().split("/") if part][-2:]
        is_list = bool(parts) and (parts[-1] in _KINDS or parts[0] in _KINDS)
        is_year = bool(parts) and _YEAR.fullmatch(parts[-1]) is not None and "." not in path
        return parts if is_list or is_year else None

    def _path(self, parts: list[str]) -> str | None:
        folder, name = _KINDS.get(parts[0], ""), parts[-1]
        if _YEAR.fullmatch(name) and name in self.years and folder in {"", "archive"}:
            return name
        if name in _KINDS:
            index = _KINDS[name]
            return index if index == "archive" or self.slugs.get(index) else None
        names = ((folder, name), ("category", name.removeprefix(_PREFIX)), ("tag", name))
        for kind, label in names:
            slug = slugify(label)
            if kind in _LABELS and slug in self.slugs.get(kind, ()):
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


def lists_of(entries: Iterable[Entry], settings: Settings, is_published: Callable[[Entry], bool]) -> Lists:
    """Return the lists that a site has when these posts are in it."""
    every = [*entries]
    posts = [entry for entry in every if is_published(entry) and not entry.page]
    dates = (entry.published for entry in posts)
    return Lists(
        frozenset(host for entry in every if (host := _host(entry.url or ""))),
        f"{settings.base.rstrip('/')}/{settings.blog}" if settings.base else "",
        {
            "tag": frozenset(slugify(tag) for entry in posts for tag in entry.tags),
            "category": frozenset(slugify(name) for entry in posts for name in entry.category),
            "author": frozenset(slugify(name) for entry in posts for name in entry.authors),
        },
        frozenset(str(date.year) for date in dates if isinstance(date, datetime)),
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
