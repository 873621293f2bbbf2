"""Where a site is to be published, as its own files state it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate, islice
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from postdocs.core.http.address import DEFAULT_PORTS
from postdocs.links.hosts import Hosting
from postdocs.links.model import Page

_DEFAULT = "https://localhost.invalid/"  # for sites that do not say where they will be (RFC 6761 §6.4)
_HOME = "index.html"
_ENOUGH = 200  # addresses of pages that are compared with files


@dataclass(frozen=True)
class Base:
    """The address of a site, with a slash at its end. stated_by: the file that states it, if any does."""

    address: str
    stated_by: str | None = None


def base_of(pages: Iterable[Page], files: Container[str], hosting: Hosting) -> Base:
    """Return the address of a site.

    That is the canonical link of its home page, else what most canonical links of its pages begin with, else
    what the pages begin with that a sitemap or a feed lists. A path alone, such as that of a site without a
    host yet, is a path on a host that stands for any.
    """
    pages = [*pages]
    canonical = next((page.canonical for page in pages if page.path == _HOME), None)
    if canonical:
        with suppress(ValueError):
            full = urljoin(_DEFAULT, canonical) if canonical.startswith("/") else canonical
            return Base(to_base(full), _HOME)
    votes = Counter(vote for page in pages for vote in _votes(page))
    if votes:
        address, _ = votes.most_common(1)[0]
        return Base(address, next(page.path for page in pages if address in _votes(page)))
    for page in sorted(pages, key=lambda page: "sitemap" not in page.path):
        if announced := _announced(page.announced, files, hosting):
            return Base(announced, page.path)
    return Base(_DEFAULT)


def _votes(page: Page) -> Iterator[str]:
    """Yield what a canonical address begins with, if it ends like the path of its page."""
    canonical = page.canonical or ""
    short = page.path.removesuffix("index.html")
    for form in (page.path, short, short.rstrip("/"), page.path.removesuffix(".html")):
        if form and unquote(canonical).endswith(f"/{form}"):
            with suppress(ValueError):
                yield to_base(unquote(canonical).removesuffix(form))
            return


def _announced(urls: Iterable[str], files: Container[str], hosting: Hosting) -> str | None:
    """Return the address below which most of the listed pages are files, but for the home page."""
    votes: Counter[str] = Counter()
    for url in islice(urls, _ENOUGH):
        with suppress(ValueError):
            parts = urlsplit(url)
            if parts.scheme not in DEFAULT_PORTS or not host_and_port(parts)[0]:
                continue
            for prefix in _prefixes(parts.path):
                rest = unquote(parts.path.removeprefix(prefix))
                if rest and any(file in files for file in hosting.files(rest)):
                    votes[parts._replace(path=prefix, query="", fragment="").geturl()] += 1
    # Below the root of the host, if that explains as much as a folder does.
    return min(votes, key=lambda base: (-votes[base], len(base)), default=None)


def _prefixes(path: str) -> Iterator[str]:
    """Yield the folders that a path is in: `/`, `/a/`, `/a/b/`."""
    *folders, _ = path.split("/")
    yield from accumulate(f"{folder}/" for folder in folders or [""])


def to_base(address: str) -> str:
    """Return the address of a folder, with a slash at its end, from its own or that of an HTML file in it.

    Raises
    ------
    ValueError
        It is not a web address with scheme and host.

    """
    parts = urlsplit(address)
    if parts.scheme not in DEFAULT_PORTS or not host_and_port(parts)[0]:
        raise ValueError("it is not a web address")
    folder = parts.path.rpartition("/")[0] if parts.path.endswith(".html") else parts.path
    return parts._replace(path=f"{folder.rstrip('/')}/", query="", fragment="").geturl()


def host_and_port(parts: SplitResult) -> tuple[str | None, int | None]:
    """Return host and port; no port where it is the one that its scheme has anyway."""
    port = parts.port
    return parts.hostname, None if port == DEFAULT_PORTS.get(parts.scheme) else port
