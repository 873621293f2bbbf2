"""Where Hexo puts posts and pages: https://hexo.io/docs/permalinks."""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

from postdocs.core.permalink import PATH_CHARACTERS

_PLACEHOLDER = re.compile(r":(\w+)")
_SPECIAL = re.compile(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+")
_SEGMENTS = {
    "year": r"\d{4}", "month": r"\d{2}", "day": r"\d{2}", "i_month": r"\d{1,2}", "i_day": r"\d{1,2}",
    "hash": "[0-9a-f]{12}",
}  # fmt: skip
_HTML = (".html", ".htm")


def slugify(text: str, case: int = 0) -> str:
    """Return a slug as Hexo makes it of labels. case: 1 for small letters, 2 for capitals."""
    slug = _SPECIAL.sub("-", "".join(map(_plain, unicodedata.normalize("NFC", text)))).strip("-")
    return slug.lower() if case == 1 else slug.upper() if case == 2 else slug  # noqa: PLR2004 - as Hexo has it


def _plain(character: str) -> str:
    """Return a Latin letter without its marks."""
    parts = unicodedata.normalize("NFD", character)
    return parts[0] if parts[0].isascii() else character


def of_file(pattern: str, path: str) -> Mapping[str, str]:
    """Return what the path of a post says: its title, and perhaps parts of its date.

    pattern: of new posts, such as `:year-:month-:day-:title.md`. path: from the folder of posts.
    """
    stem = posixpath.splitext(path)[0]
    parts = _PLACEHOLDER.split(posixpath.splitext(pattern)[0])
    seen: set[str] = set()
    expression = re.escape(parts[0])
    for name, literal in zip(parts[1::2], parts[2::2], strict=True):
        known = f"(?P={name})" if name in seen else f"(?P<{name}>{_SEGMENTS.get(name, '.+?')})"
        seen.add(name)
        expression += known + re.escape(literal)
    match = re.fullmatch(expression, stem)
    found = match.groupdict() if match else {}
    return found if found.get("title") else {**found, "title": slugify(stem)}


def of_post(pattern: str, slug: str, date: datetime | None, values: Mapping[str, str]) -> str | None:
    """Return the path of a post, percent-encoded; None where it depends on something that is not known.

    slug: what the path of its file says. date: in the time zone of the blog. values: of its front matter, its
    category, and the settings.
    """
    dated = {} if date is None else _parts_of(date, slug)
    filled = {**values, "title": slug, "name": posixpath.basename(slug), **dated}
    names = _PLACEHOLDER.findall(pattern)
    if any(not filled.get(name) for name in names):
        return None
    return _encoded(_PLACEHOLDER.sub(lambda match: filled[match[1]], pattern))


def _parts_of(date: datetime, slug: str) -> dict[str, str]:
    stamp = str(int(date.timestamp())) if date.tzinfo else ""
    return {
        "year": f"{date.year:04}",
        "month": f"{date.month:02}",
        "i_month": str(date.month),
        "day": f"{date.day:02}",
        "i_day": str(date.day),
        "hour": f"{date.hour:02}",
        "minute": f"{date.minute:02}",
        "second": f"{date.second:02}",
        "timestamp": stamp,
        # The 12 digits that tell posts apart, not a secret.
        "hash": hashlib.sha1(f"{slug}{stamp}".encode(), usedforsecurity=False).hexdigest()[:12]
        if stamp
        else "",
    }


def given(pattern: str, *, is_page: bool) -> str:
    """Return the path that front matter gives. is_page: whether a page without an extension gets one."""
    is_folder = pattern.endswith("/") or not pattern
    if is_page and not is_folder and not posixpath.splitext(pattern)[1]:
        pattern = f"{pattern}.html"
    return _encoded(pattern)


def of_page(path: str) -> str:
    """Return the path of a page. path: of its file, from the folder of sources."""
    stem = posixpath.splitext(path)[0]
    return _encoded(stem.removesuffix("index") if posixpath.basename(stem) == "index" else f"{stem}.html")


def folder(address: str) -> str:
    """Return the folder of the files beside a post, from its path."""
    return address if not address.endswith(_HTML) else f"{posixpath.dirname(address).rstrip('/')}/"


def _encoded(path: str) -> str:
    path = re.sub(r"/{2,}", "/", f"/{path}")
    path = path.removesuffix("index.html") if path.endswith("/index.html") else path
    return quote(path, safe=f"{PATH_CHARACTERS}%")
