"""Where Hugo puts pages: https://gohugo.io/content-management/urls/."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from urllib.parse import quote

from babel.dates import format_date

from postdocs.core.permalink import PATH_CHARACTERS
from postdocs.importer.folders.systems.hugo.settings import Settings

_ALLOWED = frozenset("./\\_#+~-@")
_TOKEN = re.compile(r":([a-z]+)(?:\[(\w*):?(\w*)\])?")


def urlize(text: str, *, lower: bool = True) -> str:
    """Return a text as a part of an address, as Hugo makes it: white space is hyphens, punctuation goes."""
    result: list[str] = []
    is_pending = False
    for char in text:
        if char in _ALLOWED or unicodedata.category(char)[0] in {"L", "M"} or char.isdigit():
            if is_pending and char != "-":
                result.append("-")
            is_pending = False
            result.append(char)
        elif result and result[-1] != "-" and char.isspace():
            is_pending = True
    return "".join(result).lower() if lower else "".join(result)


def of_page(path: str, title: str, slug: str, date: datetime | None, settings: Settings) -> str:
    """Return the path of a page from the root of the site, percent-encoded.

    path: of its file from the folder of texts, without extension, and without `index` in a bundle. title,
    slug: as its front matter has them, or "". date: in the time zone of its offset.
    """
    lower = settings.values.get("disablepathtolower") is not True
    *folders, name = path.split("/")
    pattern = settings.pattern(folders[0] if folders else "")
    if pattern and (date or not re.search(":(?:year|month|day|week|hour|minute|second)", pattern)):
        address = _filled(pattern, folders, _values(folders, name, title, slug, date), lower=lower)
    else:
        address = "/".join(
            [*(urlize(folder, lower=lower) for folder in folders), urlize(slug or name, lower=lower)]
        )
    address = "/" + re.sub(r"/{2,}", "/", address).strip("/")
    if re.search(r"\.html?$", address):
        return quote(address, safe=PATH_CHARACTERS)
    return quote(
        f"{address}.html" if settings.values.get("uglyurls") is True else f"{address}/", safe=PATH_CHARACTERS
    )


def _values(folders: list[str], name: str, title: str, slug: str, date: datetime | None) -> dict[str, str]:
    """Return what placeholders stand for."""
    dated = {
        "year": f"{date.year}",
        "month": f"{date.month:02}",
        "monthname": format_date(date, "MMMM", "en"),
        "day": f"{date.day:02}",
        "weekday": str(date.isoweekday() % 7),
        "weekdayname": format_date(date, "EEEE", "en"),
        "yearday": str(date.timetuple().tm_yday),
    } if date else {}  # fmt: skip
    return {
        **dated,
        "section": folders[0] if folders else "",
        "title": title or name,
        "slug": slug or title or name,
        "slugorfilename": slug or name,
        "slugorcontentbasename": slug or name,
        "filename": name,
        "contentbasename": name,
    }


def _filled(pattern: str, folders: list[str], values: dict[str, str], *, lower: bool) -> str:
    def token(match: re.Match[str]) -> str:
        if match[1] == "sections":
            start, end = (
                int(part) if part.isdecimal() else None for part in (match[2] or "", match[3] or "")
            )
            parts = folders[-1:] if match[2] == "last" else folders[start:end]
            return "/".join(urlize(part, lower=lower) for part in parts)
        value = values.get(match[1])
        return match[0] if value is None else urlize(value, lower=lower)

    return _TOKEN.sub(token, pattern)


def given(url: str) -> str:
    """Return the path that a page sets itself in `url`."""
    path = f"/{url.lstrip('/')}"
    is_file = re.search(r"\.[A-Za-z]+$", path) is not None
    return quote(path if path.endswith("/") or is_file else f"{path}/", safe=f"{PATH_CHARACTERS}%")
