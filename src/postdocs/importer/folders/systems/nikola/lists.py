"""The addresses of Nikola's lists of posts: https://getnikola.com/path_handlers.html."""

from __future__ import annotations

from urllib.parse import quote

from postdocs.core.permalink import PATH_CHARACTERS
from postdocs.importer.folders.systems.nikola.pages import slugify
from postdocs.importer.folders.systems.nikola.settings import Settings

# The setting of the folder that each kind of list is in, and its default.
_FOLDERS = {
    "tag": ("TAG_PATH", "categories"),
    "category": ("CATEGORY_PATH", "categories"),
    "author": ("AUTHOR_PATH", "authors"),
    "gallery": ("GALLERY_PATH", "galleries"),
    "archive": ("ARCHIVE_PATH", ""),
}
_TOPS = frozenset({"root", "index"})


def address(kind: str, name: str, settings: Settings) -> str | None:
    """Return the address of a list from the root of the blog; None where it is none that is known.

    kind, name: those of `link://kind/name`.
    """
    if kind in _TOPS:
        return "/"
    if kind == "rss":
        return "/rss.xml"
    if kind not in _FOLDERS:
        return None
    setting, default = _FOLDERS[kind]
    folder = settings.text(setting) if setting in settings.values.values else default
    if kind in {"tag", "category", "author"}:
        slug = "/".join(slugify(part, settings) for part in name.split("/"))
        if not slug.strip("/"):
            return None
        prefix = settings.values.text("CATEGORY_PREFIX", "cat_") if kind == "category" else ""
        is_pretty = settings.values.flag("PRETTY_URLS", default=True)
        page = f"{prefix}{slug}" + ("/" if is_pretty else ".html")
    elif kind == "archive" and not name:
        page = settings.values.text("ARCHIVE_FILENAME", "archive.html")
    else:
        page = f"{name.strip('/')}/" if name.strip("/") else ""
    path = "/".join(part for part in (folder.strip("/"), page) if part)
    return quote(f"/{path}", safe=f"{PATH_CHARACTERS}%")
