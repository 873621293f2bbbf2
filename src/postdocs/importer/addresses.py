"""Where an imported post goes, and how its old address finds it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from postdocs.core.permalink import Permalink
from postdocs.core.slugs import slugify
from postdocs.core.urls import request

_LISTS = ("archive", "tag", "category", "author")


def post_slug(url: str | None, title: str) -> str:
    """Return the slug of a post: from the last part of its address that names it, else from its title.

    `/2013/07/05/scipy-recap/`, `/scipy-recap.html` and `/scipy-recap/index.php` all say `scipy-recap`;
    `/?p=12` and `/2013/07/05/` say nothing.
    """
    try:
        path = unquote(urlsplit(url or "").path)
    except ValueError:
        path = ""
    for part in reversed([part for part in path.split("/") if part]):
        name = re.sub(r"\.(?:x?html?|php|aspx?|md)$", "", part, flags=re.IGNORECASE)
        if name.lower() not in {"index", "default"} and not re.fullmatch(r"\d{1,4}|[\W_]*", name):
            return slugify(name)
    return slugify(title) or "untitled"


def taken_by(place: Permalink, site: Path, posts: Path, lists: str) -> str | None:
    """Return why no imported page can be at an address: the site has a page of its own there.

    site: the folder of conf.py. posts: that of imported pages. lists: the path of the blog's own pages.
    """
    folder = place.file.removesuffix("/index.html")
    if folder != place.file and folder in {lists, *(f"{lists}/{name}" for name in _LISTS)}:
        return "is that of a list of posts"
    names = (f"{name}{suffix}" for name in (folder, f"{folder}/index") for suffix in (".md", ".rst"))
    pages = (name for name in names if folder != place.file and (site / name).is_file())
    page = next((name for name in pages if not (site / name).is_relative_to(site / posts)), None)
    return page and f"is that of {page}; move the text of one into the other"


def key_of(url: str) -> str | None:
    """Return what makes two spellings of an address the same: host and path, without scheme and `www.`.

    A query counts (`/?p=12`), a fragment does not. None for what is no web address.
    """
    try:
        parts = urlsplit(request(re.sub(r"^\s*//", "https://", url)))
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    path = unquote(parts.path).rstrip("/").removesuffix("/index.html")
    return f"{host.removeprefix('www.')}{path}{'?' if parts.query else ''}{parts.query}"
