"""What the settings and data files of a site in Markdown say of it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter, javascript, tree
from postdocs.importer.folders.front_matter import as_written, texts_of
from postdocs.importer.folders.javascript import UNKNOWN
from postdocs.importer.folders.systems.plain import eleventy, vue
from postdocs.importer.folders.systems.plain.vue import Vue
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.model import SiteSettings
from postdocs.importer.sources.site_settings import language_of, people, plain_text

_CODE = (
    "astro.config.mjs", "astro.config.ts", "astro.config.js", "gatsby-config.js", "gatsby-config.ts",
    "gatsby-config.mjs", "docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs",
    *eleventy.FILES,
)  # fmt: skip
FILES = (
    *_CODE, "_data/site.json", "_data/metadata.json", "src/_data/site.json", "src/_data/metadata.json",
)  # fmt: skip
NAMES = {
    "astro.config.": "Astro", "gatsby-config.": "Gatsby", "docusaurus.config.": "Docusaurus",
    "eleventy.config.": "Eleventy", ".eleventy.js": "Eleventy",
}  # fmt: skip
_DATA = ("site", "metadata", "meta", "config")  # names of Eleventy's data of a whole site
_INNER = ("siteMetadata", "config", "i18n", "sitemap")  # of settings: what in them is said of the site too
_ADDRESS = re.compile(
    r"""["']?\b(?:site|siteUrl|url|hostname)["']?\s*[:=]\s*["'`](?P<url>https?://[^"'`\s$]+)["'`]"""
)
_ADDRESSES = (
    "site",
    "url",
    "siteUrl",
    "site_url",
    "baseUrl",
    "baseURL",
    "base_url",
    "domain",
    "host",
    "hostname",
)
_BASES = ("base", "baseUrl", "pathPrefix")
_BASE = re.compile(r"""\b(?:base|baseUrl|pathPrefix)["']?\s*:\s*["'](?P<path>/[^"'\s]*)["']""")
_FOLDER = re.compile(r"""\bpath\s*:\s*["'`](?:\$\{__dirname\}|\.)?/(?P<path>[^"'`\s$]+)["'`]""")
_TITLES = frozenset({"title", "name"})
# Keys of the site itself: those deeper than its metadata are of menus and plugins.
_SAID = re.compile(
    r"""^[ \t]{0,4}(?P<key>title|tagline|description|author|language|defaultLocale)["']?\s*:\s*"""
    r"""(?P<mark>["'`])(?P<value>(?:\\.|(?!(?P=mark))[^\\\n$])+)(?P=mark)""",
    re.MULTILINE,
)


def site_settings(files: Files, settings: str, root: str | None) -> SiteSettings:
    """Return what data files of Eleventy, or settings in JavaScript, say. settings: the text of these."""
    data = _data(files)
    # Of settings that are put together in a way that isn't known, the first such keys.
    for match in _SAID.finditer("" if _TITLES & data.keys() else settings):
        data.setdefault(match["key"], re.sub(r"\\(.)", r"\1", match["value"]))
    return SiteSettings(
        plain_text(data.get("title") or data.get("name")),
        plain_text(data.get("description") or data.get("tagline")),
        root or "",
        people(data.get("author"), data.get("authors")),
        language_of(data.get("language"), data.get("lang"), data.get("defaultLocale")),
    )


def text_of(files: Files) -> str:
    """Return the settings that are code."""
    site = vue.find(files)
    names = (*_CODE, *([site.config] if site else ()))
    return "\n".join(tree.text_of(files, name)[0] for name in names if name in files.paths)


def _data(files: Files) -> dict[str, Any]:
    """Return what data files of Eleventy and settings in JavaScript say, as far as it is known."""
    data: dict[str, Any] = {}
    if name_of(files) == "Eleventy":
        made = eleventy.read(files)
        for name in _DATA:
            data |= _mapping(made.globals(name))
    for path in FILES:
        if path.endswith(".json") and path in files.paths:
            with suppress(PostdocsError):  # it has no settings then
                data |= front_matter.settings(tree.text_of(files, path)[0], files.place(path)).values
        elif path in files.paths:
            whole = _mapping(javascript.exported(path, tree.loader(files, "")))
            for inner in (whole, *(_mapping(whole.get(name)) for name in _INNER)):
                data = {**inner, **data}
    for values in vue.said(files, site) if (site := vue_of(files)) else ():
        sitemap = _mapping(values.get("sitemap"))
        data = {**sitemap, **values, **data}
    return {key: value for key, value in data.items() if value is not UNKNOWN}


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def root_of(files: Files, settings: str, url: str | None) -> str | None:
    """Return the address of a site; None where nothing says it. settings: the text of its settings."""
    if url:
        return "".join(tree.root_of(url))
    data = _data(files)
    named = next((data[key] for key in _ADDRESSES if str(data.get(key) or "").startswith("http")), "")
    based = next((data[key] for key in _BASES if str(data.get(key) or "").startswith("/")), "")
    said, base = _ADDRESS.search(settings), _BASE.search(settings)
    host, path = tree.root_of(str(named) or (said["url"] if said else ""))
    if host:
        return f"{host}{path or str(based or (base['path'] if base else '')).rstrip('/')}"
    hosts = (
        tree.host_in(files, path) for path in ("CNAME", "public/CNAME", "static/CNAME") if path in files.paths
    )
    return next(filter(None, hosts), None)


def name_of(files: Files) -> str:
    """Return the name of the generator that a site is for; "" where no settings say it."""
    names = (name for path in files.paths for mark, name in NAMES.items() if path.startswith(mark))
    site = vue.find(files)
    return next(names, site.name if site else "")


def vue_of(files: Files) -> Vue | None:
    """Return the site of VuePress or VitePress that a folder is for; None where it is for none."""
    site = vue.find(files)
    return site if site and site.name == name_of(files) else None


def folders_of_gatsby(files: Files) -> tuple[str, ...]:
    """Return the folders that Gatsby's starters make addresses from, with a slash, the longest first."""
    names = [name for name in FILES if name.startswith("gatsby-config.") and name in files.paths]
    found = {
        f"{match['path'].strip('/')}/"
        for name in names
        for match in _FOLDER.finditer(tree.text_of(files, name)[0])
    }
    return tuple(sorted(found, key=len, reverse=True))


def authors(files: Files, notes: list[Note]) -> dict[str, str]:
    """Return the names of authors by their short names, as Docusaurus keeps them."""
    path = next((path for path in files.named("authors.yml", "authors.yaml")), None)
    if path is None:
        return {}
    try:
        people = front_matter.settings(tree.text_of(files, path)[0], files.place(path)).values
    except PostdocsError as error:
        notes.append(Note(NoteKind.NOTICED, "a data file that can't be read", before=str(error)))
        return {}
    named = {key: texts_of(as_written(person)) for key, person in people.items()}
    return {key: names[0] for key, names in named.items() if names}
