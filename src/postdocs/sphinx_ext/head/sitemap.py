"""Files for search engines: `sitemap.xml` (https://www.sitemaps.org/) and `robots.txt`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from postdocs.core.dates import rfc3339
from postdocs.core.files import write_text
from postdocs.sphinx_ext.blog.posts import BlogPost
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.builders import NOT_FOUND
from postdocs.sphinx_ext.compat.others import sitemap_settings
from postdocs.sphinx_ext.config import address_of
from postdocs.sphinx_ext.head.alternates import alternates_of
from postdocs.sphinx_ext.output.state import fingerprint
from postdocs.sphinx_ext.urls.registry import extra_files_of

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"

# https://www.sitemaps.org/protocol.html: what one file may hold at most.
_MOST = 50_000
_LARGEST = 50 * 2**20  # bytes
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@dataclass(frozen=True, order=True)
class Entry:
    """A page that search engines are to find.

    address: absolute. changed: when, as RFC 3339 has it, or "". alternates: tag and address of each version
    of it, itself included, if there are several.
    """

    address: str
    changed: str
    alternates: tuple[tuple[str, str], ...] = ()


def write_sitemap(build: Build) -> None:
    """Write both, where the author has none."""
    builder = build.builder
    base = address_of(build.config)
    filename, excluded = sitemap_settings(build.app)
    name = filename or SITEMAP
    values = {"sitemap": urljoin(base, name) if base else ""}
    files = {ROBOTS: builder.templates.render("postdocs/robots.txt", values).rstrip() + "\n"}
    if base:
        entries = sorted(
            entry
            for entry in _entries(build, base)
            if not any(fnmatchcase(entry.address.removeprefix(base), pattern) for pattern in excluded)
        )
        parts = documents(entries, base)
        files |= {name: parts.pop(SITEMAP), **parts}
    state = build.state
    for name in files.keys() - extra_files_of(build):
        state.is_stale(name, fingerprint(files[name]))  # notes that the file is of the site
        write_text(Path(builder.outdir, name), files[name])


def documents(
    entries: Sequence[Entry], base: str, most: int = _MOST, largest: int = _LARGEST
) -> dict[str, str]:
    """Return the documents of a sitemap by their names: one, or an index and its parts.

    most: entries of a document; largest: its bytes.
    """
    parts: list[list[str]] = [[]]
    size = room = largest - len(_XHTML + _document("urlset", []))
    for entry in entries:
        lastmod = f"<lastmod>{entry.changed}</lastmod>" if entry.changed else ""
        versions = "".join(
            f'<xhtml:link rel="alternate" hreflang="{tag}" href="{escape(address)}"/>'
            for tag, address in entry.alternates
        )
        line = f"<url><loc>{escape(entry.address)}</loc>{lastmod}{versions}</url>\n"
        if parts[-1] and (len(parts[-1]) == most or len(line.encode()) > size):
            parts.append([])
            size = room
        parts[-1].append(line)
        size -= len(line.encode())
    if len(parts) == 1:
        return {SITEMAP: _document("urlset", parts[0])}
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    index = [f"<sitemap><loc>{escape(urljoin(base, name))}</loc></sitemap>\n" for name in names]
    parts_as_xml = (_document("urlset", part) for part in parts)
    return {SITEMAP: _document("sitemapindex", index), **dict(zip(names, parts_as_xml, strict=True))}


def _document(name: str, lines: Sequence[str]) -> str:
    text = "".join(lines)
    xhtml = _XHTML if "<xhtml:" in text else ""
    return f'{_XML}<{name} xmlns="{_NAMESPACE}"{xhtml}>\n{text}</{name}>\n'


def _entries(build: Build, base: str) -> Iterator[Entry]:
    """Yield the pages that search engines are to find; one changes when what it shows has changed."""
    posts, domain = build.blog.by_docname, build.domain
    posts_on: dict[str, Sequence[BlogPost]] = {
        page.docname: [
            post for item in page.entries for post in ([item] if isinstance(item, BlogPost) else item)
        ]
        for page in build.lists
        if page.number == 1 and page.total and page.docname not in domain.unlisted
    }
    for docname in build.env.found_docs - {NOT_FOUND} - domain.unlisted.keys():
        posts_on.setdefault(docname, posts.get(docname, ()))  # with text, the list is there too
    for docname, listed in posts_on.items():
        address = urljoin(base, build.builder.get_target_uri(docname))
        on_page = posts.get(docname, ())
        if all(post.canonical_link in {None, address} and not post.draft for post in on_page):
            changed = max((post.update for post in listed if post.update), default=None)
            versions = alternates_of(build, build.blog.posts[docname])
            yield Entry(address, rfc3339(changed) if changed else "", tuple(versions))
