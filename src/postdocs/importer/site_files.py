"""The files that a site serves beside its pages: which of them posts may take along, and where they are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import quote

from postdocs.core.errors import PostdocsError
from postdocs.importer.addresses import key_of
from postdocs.importer.sources.archive import Files

_PAGES = frozenset({".html", ".htm", ".xhtml", ".xht"})
# Programs that a server runs and never shows.
_PROGRAMS = frozenset({".shtml", ".php", ".phtml", ".asp", ".aspx", ".jsp", ".cgi", ".pl"})
# What a build would read as a document.
_TEXTS = frozenset({
    ".md", ".markdown", ".mdown", ".mkd", ".mdx", ".rst", ".rest", ".qmd", ".adoc", ".asciidoc", ".org",
    ".textile",
})  # fmt: skip
# What themes consist of.
_THEME = frozenset({
    ".css", ".eot", ".js", ".less", ".map", ".mjs", ".otf", ".sass", ".scss", ".ttf", ".woff", ".woff2",
    ".xsl",
})  # fmt: skip
# Files and folders whose names say that nobody else may read them: keys, passwords, and what is hidden.
_PRIVATE = re.compile(
    r"\..*|.*\.(?:env|pem|ppk|pfx|p12|jks|keystore|kdbx|gpg|htpasswd)|id_(?:rsa|dsa|ecdsa|ed25519)"
    r"|(?:.*[-_.])?(?:secrets?|credentials?|passwords?|passwd|private[-_]key)(?:\.[^/]*)?"
    r"|client_secret_.*\.json",
    re.IGNORECASE,
)
_PRIVATE_KEY = re.compile(
    rb"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY"
)  # RFC 7468, and what OpenSSH and PGP write
_BACKUP = re.compile(r"(?:~|\.(?:bak|old|orig|save))\Z", re.IGNORECASE)  # what editors and people append
# Settings of generators and of what builds a site, at the top of its folder.
_SETTINGS = re.compile(
    r"(?:_config|config|hugo|zola|mkdocs|myst|_toc|_quarto|_variables|netlify|vercel|wrangler|book)"
    r"\.(?:ya?ml|toml|json)"
    r"|(?:conf|pelicanconf|publishconf|fabfile|tasks|noxfile|dodo|setup)\.py|pyproject\.toml"
    r"|(?:package(?:-lock)?|tsconfig|composer)\.json|(?:gatsby-\w+|[\w.-]+\.config)\.[cm]?[jt]s"
    r"|Gemfile(?:\.lock)?|yarn\.lock|pnpm-lock\.yaml",
)
# The elements that lists for programs begin with: RSS, RSS 1.0, Atom, sitemaps, and OpenSearch.
_LIST = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<(?:\?[^>]*\?|!--.*?--)>\s*)*"
    rb"<(?:rss|rdf:RDF|(?:\w+:)?feed|urlset|sitemapindex|OpenSearchDescription)[\s/>]",
    re.DOTALL,
)
_MARKUP = frozenset({".xml", ".rss", ".atom"})
_JSON_FEED = b"://jsonfeed.org/version/"  # https://www.jsonfeed.org/version/1.1/: in what begins each
# Rules of hosts for addresses that they redirect or treat otherwise.
_RULES = frozenset({"_redirects", "_headers", "_routes.json"})
_HEAD = 2_000  # bytes of a file in which that element must begin


class Nature(StrEnum):
    """What a file of a site is, by its name."""

    FILE = "file"
    THEME = "theme"  # a style, script or font, which posts may link to too
    PAGE = "page"
    TEXT = "text"
    PRIVATE = "private"
    RULES = "rules"  # of a host
    INTERNAL = "internal"  # settings of generators, and programs


def nature_of(path: str) -> Nature:
    """Return what a file of a site is. path: as the site serves it.

    A backup is what it was made of, which servers show as text even of a program.
    """
    path = _BACKUP.sub("", path)
    file = PurePosixPath(path)
    suffix = file.suffix.lower()
    if any(_PRIVATE.fullmatch(part) for part in file.parts):
        return Nature.PRIVATE
    if path in _RULES:
        return Nature.RULES
    if suffix in _PROGRAMS or _SETTINGS.fullmatch(path):
        return Nature.INTERNAL
    kinds = {Nature.PAGE: _PAGES, Nature.TEXT: _TEXTS, Nature.THEME: _THEME}
    return next((kind for kind, suffixes in kinds.items() if suffix in suffixes), Nature.FILE)


def is_private_key(data: bytes) -> bool:
    """Tell whether a file holds a private key, whatever its name is."""
    return _PRIVATE_KEY.search(data[:_HEAD]) is not None


def may_be_taken(path: str) -> bool:
    """Tell whether a file of a site may stand beside a post.

    path: as the site serves it. Pages, settings at the top of the site, and what is private by its name
    may not.
    """
    return nature_of(path) in {Nature.FILE, Nature.THEME}


def served(sites: Iterable[Files]) -> Callable[[str], bool]:
    """Return what tells whether an address is that of a file of a site that may stand beside a post.

    A file that is elsewhere in the folder is meant too, if no other has its name and that has a suffix: some
    systems copy what is beside a post to its page.
    """
    places: dict[str, tuple[str, Callable[[], bytes]]] = {}
    names: set[tuple[str, str]] = set()
    for site in (site for site in sites if site.root):
        paths = [path for path in site.paths if may_be_taken(path)]
        places |= {
            file_key(f"{site.root.rstrip('/')}/{quote(path)}"): (path, partial(site.load, path))
            for path in paths
        }
        counts = Counter(PurePosixPath(file_key(path)).name for path in paths)
        host = file_key(site.root).partition("/")[0]
        names |= {(host, name) for name, number in counts.items() if number == 1 and "." in name}

    def is_served(url: str) -> bool:
        key = file_key(url)
        name = PurePosixPath(key).name
        if PurePosixPath(name).suffix in _MARKUP | {".json"}:
            return key in places and not is_list_for_programs(*places[key])
        return key in places or (key.partition("/")[0], name) in names

    return is_served


def is_list_for_programs(path: str, load: Callable[[], bytes]) -> bool:
    """Tell whether a file is a feed or a sitemap of the old site, which the new site makes itself."""
    try:
        suffix = PurePosixPath(path).suffix.lower()
        is_feed = suffix == ".json" and _JSON_FEED in load()[:_HEAD]
        return is_feed or (suffix in _MARKUP and bool(_LIST.match(load()[:_HEAD])))
    except PostdocsError:
        return True  # such as a template of Jekyll


def file_key(url: str) -> str:
    """Return what makes two spellings of the address of a file the same."""
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    return unicodedata.normalize("NFC", key_of(path) or path)
