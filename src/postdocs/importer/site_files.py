"""The files that a site serves beside its pages: which of them posts may take along, and where they are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from urllib.parse import quote

from postdocs.core.errors import PostdocsError
from postdocs.importer.addresses import key_of
from postdocs.importer.sources.archive import Files

# Pages, texts that a build would read as a document, and programs that a server runs and never shows.
_PAGES = frozenset({
    ".html", ".htm", ".xhtml", ".xht", ".shtml", ".php", ".phtml", ".asp", ".aspx", ".jsp", ".cgi", ".pl",
    ".md", ".markdown", ".mdown", ".mkd", ".mdx", ".rst", ".rest", ".qmd", ".adoc", ".asciidoc", ".org",
    ".textile",
})  # fmt: skip
# Files and folders whose names say that nobody else may read them: keys, passwords, and what is hidden.
_PRIVATE = re.compile(
    r"\..*|.*\.(?:env|pem|ppk|pfx|p12|jks|keystore|kdbx|gpg|htpasswd)|id_(?:rsa|dsa|ecdsa|ed25519)"
    r"|(?:.*[-_.])?(?:secrets?|credentials?|passwords?|passwd|private[-_]key)(?:\.[^/]*)?",
    re.IGNORECASE,
)
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
_HEAD = 2_000  # bytes of a file in which that element must begin


def may_be_taken(path: str) -> bool:
    """Tell whether a file of a site may stand beside a post.

    path: as the site serves it. Pages, settings at the top of the site, and what is private by its name
    may not.
    """
    file = PurePosixPath(path)
    return not (
        file.suffix.lower() in _PAGES
        or any(_PRIVATE.fullmatch(part) for part in file.parts)
        or _SETTINGS.fullmatch(path)
    )


def served(sites: Iterable[Files]) -> Callable[[str], bool]:
    """Return what tells whether an address is that of a file of a site that may stand beside a post.

    A file that is elsewhere in the folder is meant too, if no other has its name and that has a suffix: some
    systems copy what is beside a post to its page.
    """
    places: dict[str, tuple[Files, str]] = {}
    names: set[tuple[str, str]] = set()
    for site in (site for site in sites if site.root):
        paths = [path for path in site.paths if may_be_taken(path)]
        places |= {_key(f"{site.root.rstrip('/')}/{quote(path)}"): (site, path) for path in paths}
        counts = Counter(PurePosixPath(_key(path)).name for path in paths)
        host = _key(site.root).partition("/")[0]
        names |= {(host, name) for name, number in counts.items() if number == 1 and "." in name}

    def is_served(url: str) -> bool:
        key = _key(url)
        name = PurePosixPath(key).name
        if PurePosixPath(name).suffix in _MARKUP:
            return key in places and not _is_list_for_programs(*places[key])
        return key in places or (key.partition("/")[0], name) in names

    return is_served


def _is_list_for_programs(site: Files, path: str) -> bool:
    """Tell whether a file is a feed or a sitemap of the old site, which the new site makes itself."""
    try:
        return bool(_LIST.match(site.load(path)[:_HEAD]))
    except PostdocsError:
        return True  # such as a template of Jekyll


def _key(url: str) -> str:
    """Return what makes two spellings of the address of a file the same."""
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    return unicodedata.normalize("NFC", key_of(path) or path)
