"""The files that an entry shows or links to: images, media, and files of the blog itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from html import escape, unescape
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import transform, walk
from postdocs.importer.entry import Entry
from postdocs.importer.html.parse import parse

PICTURES = frozenset({
    ".avif", ".bmp", ".gif", ".heic", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".svgz", ".tif", ".tiff",
    ".webp",
})  # fmt: skip
# What a blog offers beside its pages. What may be a page, or a document of the site, is none of them.
_FILES = PICTURES | {
    ".7z", ".aac", ".aif", ".aiff", ".apk", ".avi", ".bib", ".bz2", ".c", ".cpp", ".csv", ".dat", ".deb",
    ".djvu", ".dmg", ".doc", ".docx", ".dta", ".eps", ".epub", ".exe", ".f90", ".fits", ".flac", ".gpx",
    ".gz", ".h5", ".hdf5", ".ics", ".ipynb", ".jar", ".jl", ".js", ".json", ".key", ".kml", ".kmz",
    ".log", ".m", ".m4a", ".m4v", ".mat", ".mid", ".midi", ".mobi", ".mov", ".mp3", ".mp4", ".mpeg",
    ".mpg", ".msi", ".nb", ".nc", ".npy", ".npz", ".odp", ".ods", ".odt", ".oga", ".ogg", ".ogv", ".opus",
    ".parquet", ".pdf", ".pkl", ".pps", ".ppt", ".pptx", ".ps", ".psd", ".py", ".r", ".rar", ".rda",
    ".rdata", ".rds", ".rmd", ".rpm", ".rtf", ".sav", ".sh", ".sql", ".srt", ".step", ".stl", ".tar",
    ".tex", ".tgz", ".tsv", ".ttf", ".txt", ".vtt", ".wav", ".webm", ".whl", ".wma", ".wmv", ".xls",
    ".xlsx", ".xz", ".yaml", ".yml", ".zip",
}  # fmt: skip
# What programs read or run in the folder of a site, whoever wrote it.
_FOR_PROGRAMS = frozenset({
    ".ipynb", ".jl", ".js", ".json", ".m", ".py", ".r", ".rmd", ".sh", ".txt", ".yaml", ".yml",
})  # fmt: skip
# What exports keep posts, settings and readers in.
_DATA = frozenset({".csv", ".json", ".sql", ".xml"})
# The attributes of clean HTML that name a file, and the tags that show one.
_TAG = re.compile(r"""<(a|audio|img|source|track|video)(?=\s)(?:[^<>"]|"[^"]*")*>""")
_ADDRESS = re.compile(r"""(\s(?:src|poster|href)=")([^"]*)(?=")""")


def of_entry(entry: Entry, is_served: Callable[[str], bool] = lambda _: False) -> dict[str, bool]:
    """Return the addresses of what belongs to an entry, in order; of each, whether HTML plays or links to it.

    is_served: whether an address is that of a file in the sources of the blog.
    """
    document, _ = parse(entry.content, entry.base or entry.url)
    home = _host(entry.url or entry.base or "")
    found: dict[str, bool] = {}
    for url, in_html in (*_of_document(document, home, is_served), (entry.image, False)):
        if url:
            found[url] = found.get(url, False) or in_html
    return found


def is_embedded(url: str) -> bool:
    """Tell whether an address is a picture itself, rather than where it is."""
    return url[:5].lower() == "data:"


def kind_of(url: str) -> str:
    """Return what is at an address, for a sentence: a picture or a file."""
    try:
        suffix = PurePosixPath(unquote(urlsplit(url).path)).suffix.lower()
    except ValueError:
        suffix = ""
    return "a file" if suffix in _FILES - PICTURES else "a picture"


def is_file_of_post(path: str) -> bool:
    """Tell whether a file of an export is for posts to show or link to, and no data of its own."""
    return PurePosixPath(path).suffix.lower() in _FILES - _DATA


def is_for_readers(path: str) -> bool:
    """Tell whether a file is known to be only for readers, wherever it is in the folder of a site."""
    return PurePosixPath(path).suffix.lower() in _FILES - _FOR_PROGRAMS


def has_embedded(entry: Entry) -> bool:
    """Tell whether pictures may be in the HTML of an entry itself."""
    return re.search(r"data:image|<svg", entry.content, re.IGNORECASE) is not None


def _of_document(
    document: nodes.Document, home: str, is_served: Callable[[str], bool]
) -> Iterator[tuple[str, bool]]:
    for node in walk(document):
        match node:
            case nodes.Image(src):
                yield src, False
            case nodes.Link(url, children):
                shows_picture = any(isinstance(inner, nodes.Image) for inner in walk(children))
                if is_served(url) or _is_file(url, home, anywhere=PICTURES if shows_picture else frozenset()):
                    yield url, False
            case nodes.Figure(link=link) if is_served(link) or _is_file(link, home, anywhere=PICTURES):
                yield link, False
            case nodes.RawBlock(html) | nodes.RawInline(html):
                for name, url in _in_html(html):
                    if name != "a" or is_served(url) or _is_file(url, home, anywhere=frozenset()):
                        yield url, name != "img"


def addresses_of(document: nodes.Document) -> Iterator[str]:
    """Yield all addresses that a document shows or links to, in order."""
    for node in walk(document):
        match node:
            case nodes.Image(src):
                yield src
            case nodes.Link(url=url) | nodes.Figure(link=url) if url:
                yield url
            case nodes.RawBlock(html) | nodes.RawInline(html):
                yield from (url for _, url in _in_html(html))


def _in_html(html: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses in clean HTML that name files, each with the name of its element."""
    for tag in _TAG.finditer(html):
        yield from ((tag[1], unescape(value)) for _, value in _ADDRESS.findall(tag[0]))


def _is_file(url: str, home: str, *, anywhere: frozenset[str]) -> bool:
    """Tell whether a link leads to a file of the blog, or to one that is taken from any host.

    home: the host of the blog. anywhere: suffixes of files that are taken from any host.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return False
    suffix = PurePosixPath(unquote(parts.path)).suffix.lower()
    return suffix in anywhere or (suffix in _FILES and _is_home(_host(url), home))


def _is_home(host: str, home: str) -> bool:
    """Tell whether a host is that of a blog, one below it, or that of its files at WordPress.com."""
    if not home:
        return False
    name = home.removesuffix(".wordpress.com")
    return host == home or host.endswith(f".{home}") or host == f"{name}.files.wordpress.com"


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def to_copies(document: nodes.Document, copies: Mapping[str, str]) -> nodes.Document:
    """Make pictures, and links to files, lead to their copies.

    copies: how the post names each, by address. MyST's scheme `path:` says that a link is to a file.
    """

    def image(node: nodes.Image) -> nodes.Image:
        return replace(node, src=copies.get(node.src, node.src))

    def link(node: nodes.Link) -> nodes.Link:
        name = copies.get(node.url)
        return node if name is None else replace(node, url=f"path:{name}")

    def figure(node: nodes.Figure) -> nodes.Figure:
        return replace(node, link=copies.get(node.link, node.link))

    def raw(node: nodes.RawBlock | nodes.RawInline) -> nodes.RawBlock | nodes.RawInline:
        return replace(node, html=_TAG.sub(lambda tag: _ADDRESS.sub(name, tag[0]), node.html))

    def name(match: re.Match[str]) -> str:
        copy = copies.get(unescape(match[2]))
        return match[0] if copy is None else f"{match[1]}{escape(copy)}"

    return transform(
        document,
        {
            nodes.Image: image,
            nodes.Link: link,
            nodes.Figure: figure,
            nodes.RawBlock: raw,
            nodes.RawInline: raw,
        },
    )
