"""The address of a built site, and the addresses of its files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from postdocs.core.permalink import PATH_CHARACTERS
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.encoding import decode
from postdocs.importer.sources.model import fold

_DOMAIN = re.compile(r"(?:[\w-]+\.)+[\w-]+")
_INDEX = frozenset({"index.html", "index.htm", "index.xhtml"})
PAGES = (".html", ".htm", ".xhtml")


@dataclass(frozen=True)
class Addresses:
    """The addresses of a site.

    base: of its top folder, with a slash at the end; "" where nothing says it. stated: as the site says it,
    which differs from base only where the user gave that. files: paths of pages, by each form of their path
    in an address, without a slash at the end.
    """

    base: str
    stated: str
    files: Mapping[str, str]

    def file_of(self, url: str | None) -> str | None:
        """Return the page at an address, None where it is none of the site's."""
        relative = self._relative(url or "")
        return None if relative is None else self.files.get(relative.rstrip("/"))

    def url_of(self, path: str, stated: Iterable[str | None] = ()) -> str:
        """Return the address of a page. stated: what says it, the surest first; the usual form otherwise.

        The address of a folder leads to its index as well as one with the name of that does, and is usual.
        """
        for url in stated:
            if url and self.file_of(url) == path and not url.endswith(tuple(_INDEX)):
                return self.base + _quoted((self._relative(url) or "").lstrip("/"))
        return self.base + _quoted(forms(path)[0])

    def moved(self, url: str) -> str:
        """Return an address of the site under the base that the user gave; others stay."""
        if self.base == self.stated or not self.stated or not url.startswith(self.stated):
            return url
        return self.base + url.removeprefix(self.stated)

    def _relative(self, url: str) -> str | None:
        """Return the path of an address from the top folder, decoded; None for an address of another site."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        if parts.query or parts.scheme not in {"http", "https", ""}:
            return None
        for base in filter(None, (self.base, self.stated)):
            top = urlsplit(base)
            path = unquote(parts.path)
            is_home = _host(parts.netloc) == _host(top.netloc)
            if is_home and f"{path}/".startswith(unquote(top.path)):
                return path[len(unquote(top.path)) :]
        return None


def learn(paths: Iterable[str], stated: Iterable[tuple[str, str | None]], given: str | None) -> Addresses:
    """Find the address of a site.

    paths: of its pages. stated: addresses that feeds, sitemaps and pages name, each with the path of the page
    that names it as its own, or None. given: the address, as the user gave it.
    """
    files: dict[str, str] = {}
    ordered = sorted(paths)
    for rank in range(len(forms("index.html"))):
        for path in ordered:
            files.setdefault(forms(path)[min(rank, len(forms(path)) - 1)].rstrip("/"), path)
    votes = Counter(base for url, path in stated for base in _bases(url, path, files))
    base = max(votes, key=lambda one: (votes[one], -len(one)), default="")
    return Addresses(f"{given.rstrip('/')}/" if given else base, base, files)


def at_domain(files: Files) -> str:
    """Return the address that the file `CNAME` of GitHub Pages names, "" where there is none.

    https://docs.github.com/en/pages/configuring-a-custom-domain-for-your-github-pages-site
    """
    name = fold(decode(files.load("CNAME"), files.place("CNAME"), None)[0]) if "CNAME" in files.paths else ""
    return f"https://{name}/" if _DOMAIN.fullmatch(name) else ""


def forms(path: str) -> tuple[str, ...]:
    """Return how an address can name a page, the usual form first: `a/`, `a/index.html`; `a.html`, `a`."""
    folder, _, name = path.rpartition("/")
    if name.lower() in _INDEX:
        return (f"{folder}/" if folder else "", path)
    return (path, path.removesuffix(PurePosixPath(path).suffix))


def _bases(url: str, path: str | None, files: Mapping[str, str]) -> Iterator[str]:
    """Yield the address of the top folder by which an address is that of a page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query:
        return
    names = [name for name in parts.path.split("/") if name]
    for start in range(len(names) + 1):
        file = files.get(unquote("/".join(names[start:])))
        if file is not None and path in {None, file}:
            yield f"{parts.scheme}://{parts.netloc}/" + "".join(f"{name}/" for name in names[:start])
            return


def _host(netloc: str) -> str:
    return netloc.lower().removeprefix("www.")


def _quoted(path: str) -> str:
    return quote(path, safe=PATH_CHARACTERS)
