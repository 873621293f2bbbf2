"""Where Jekyll puts pages: https://jekyllrb.com/docs/permalinks/."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import quote

from babel.dates import format_date

from postdocs.core.permalink import PATH_CHARACTERS

STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_PAGE_STYLES = {"date": "none", "ordinal": "none", "weekdate": "none", "none": "none", "pretty": "pretty"}
_PLACEHOLDER = re.compile(r":([a-z_]+)")


def slugify(text: str, *, pretty: bool = False, cased: bool = False) -> str:
    """Return a slug as Jekyll makes it. pretty: keeps the punctuation that addresses may have."""
    kept = r"[^\w._~!$&'()+,;=@]+" if pretty else r"[^\w]+"
    text = unicodedata.normalize("NFC", text).replace("_", "\0") if not pretty else text
    slug = re.sub(kept, "-", text).replace("\0", "-").strip("-")
    slug = re.sub("-{2,}", "-", slug)
    return slug if cased else slug.lower()


def of_post(pattern: str, date: datetime, title: str, slug: str, categories: Sequence[str]) -> str:
    """Return the path of a post, percent-encoded.

    pattern: a style or placeholders. title: the name of its file, or its `slug`. slug: the same, without
    punctuation. date: in the time zone of the blog.
    """
    week = date.isocalendar()
    values = {
        "year": f"{date.year:04}",
        "short_year": f"{date.year % 100:02}",
        "month": f"{date.month:02}",
        "i_month": str(date.month),
        "short_month": format_date(date, "MMM", "en"),
        "long_month": format_date(date, "MMMM", "en"),
        "day": f"{date.day:02}",
        "i_day": str(date.day),
        "y_day": f"{date.timetuple().tm_yday:03}",
        "w_year": str(week.year),
        "week": f"{week.week:02}",
        "w_day": str(week.weekday),
        "short_day": format_date(date, "EEE", "en"),
        "long_day": format_date(date, "EEEE", "en"),
        "hour": f"{date.hour:02}",
        "minute": f"{date.minute:02}",
        "second": f"{date.second:02}",
        "title": title,
        "slug": slug,
        "categories": "/".join(category.lower() for category in categories),
        "slugified_categories": "/".join(slugify(category) for category in categories),
        "output_ext": ".html",
        "collection": "posts",
        "name": slug,
        "path": slug,
    }
    return _filled(STYLES.get(pattern, pattern), values)


def of_page(pattern: str, path: str) -> str:
    """Return the path of a page. pattern: of the blog. path: of its file, without the extension."""
    folder, _, name = path.rpartition("/")
    if name == "index":
        return _filled(f"/{folder}/", {})
    style = _PAGE_STYLES.get(pattern)
    is_folder = style == "pretty" or (style is None and pattern.endswith("/"))
    return _filled(f"/{path}/" if is_folder else f"/{path}.html", {})


def of_document(pattern: str, collection: str, path: str, title: str) -> str:
    """Return the path of a document in a collection. path: of its file in that, without the extension."""
    values = {
        "collection": collection, "path": path, "name": path.rpartition("/")[2], "title": title,
        "slug": title, "output_ext": ".html", "categories": "",
    }  # fmt: skip
    return _filled(pattern, values)


def given(pattern: str, values: Mapping[str, str] | None = None) -> str:
    """Return the path that a page sets itself; placeholders that it has no values for stay."""
    return _filled(f"/{pattern.lstrip('/')}", values or {})


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    path = _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), f"/{pattern}")
    return quote(re.sub(r"/{2,}", "/", path), safe=f"{PATH_CHARACTERS}%")
