"""Addresses of Eleventy: https://www.11ty.dev/docs/permalinks/."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import quote

from postdocs.core.permalink import PATH_CHARACTERS
from postdocs.importer.folders import front_matter
from postdocs.importer.folders.javascript import UNKNOWN, member
from postdocs.importer.folders.systems.plain.eleventy import Eleventy

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}-(?P<rest>.*)")
_VALUE = re.compile(r"\{\{-?(?P<inner>(?:[^{}\"']|\"[^\"]*+\"|'[^']*+')*+)-?\}\}")
_PIPE = re.compile(r"\|(?=(?:[^\"']|\"[^\"]*+\"|'[^']*+')*+$)")
_FILTER = re.compile(
    r"(?P<name>\w+)\s*(?:[:(]\s*(?P<mark>[\"'])(?P<argument>[^\"']*)(?P=mark)\s*\)?|\(\s*\))?"
)
_LITERAL = re.compile(r"\"[^\"]*\"|'[^']*'")
_PATH = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")
_PART_OF_DATE = re.compile(r"%-?[A-Za-z]")
_PARTS = frozenset("YymdjHMSBbAa")
_LONGEST = 500  # characters of a permalink
_WORDS = re.compile(r"[A-Za-z0-9 _-]*")


def date_in(path: str) -> str:
    """Return the day in the path of a file, "" for none: the first counts."""
    match = re.search(r"\d{4}-\d{2}-\d{2}", path)
    return match[0] if match else ""


def stem_of(path: str) -> str:
    """Return the path of a page without its extension and without the date in its name."""
    folder, name = posixpath.split(posixpath.splitext(path)[0])
    dated = _DATE.search(name)
    return posixpath.join(folder, dated["rest"] if dated else name)


def by_path(path: str) -> str:
    """Return the address that a page has by its path from the folder of texts."""
    folder, name = posixpath.split(stem_of(path))
    is_of_folder = name in {"index", posixpath.basename(folder)}
    return _address("/".join(filter(None, (folder, "" if is_of_folder else name))) + "/")


def of_permalink(
    path: str, data: Mapping[str, Any], site: Eleventy, date: datetime | None
) -> str | Literal[False] | None:
    """Return the address of a page by its data.

    It is False for a page that the site doesn't have, and None where only running the site tells. path: from
    the folder of texts.
    """
    given = data.get("permalink")
    if given is None and "eleventyComputed" in data:
        computed = data["eleventyComputed"]
        given = computed.get("permalink") if isinstance(computed, dict) else UNKNOWN
    if isinstance(given, dict):
        given = given.get("build", False if given else None)
    if given is False:
        return False
    if given is None or given == "":
        return by_path(path)
    if not isinstance(given, str) or len(given) > _LONGEST:
        return None
    if data.get("dynamicPermalink") is False:
        return _address(given)
    values = {
        "page": {
            "fileSlug": _slug(path), "filePathStem": f"/{stem_of(path)}", "date": date or UNKNOWN,
            "inputPath": f"./{site.top or ''}{path}", "outputFileExtension": "html",
        },
    }  # fmt: skip
    made = _filled(given, {**data, **values}, site)
    return None if made is None else _address(made)


def _slug(path: str) -> str:
    folder, name = posixpath.split(stem_of(path))
    return posixpath.basename(stem_of(folder)) if name == "index" else name


def _address(given: str) -> str:
    path = re.sub(r"/{2,}", "/", f"/{given.strip()}")
    path = re.sub(r"/index(?:\.html|/)?$", "/", path)
    return quote(path, safe=f"{PATH_CHARACTERS}%")


def _filled(pattern: str, data: Mapping[str, Any], site: Eleventy) -> str | None:
    """Return a permalink with its values; None where one is not known."""
    texts: list[str] = []
    at = 0
    for match in _VALUE.finditer(pattern):
        value = _value(match["inner"].strip(), data, site)
        if value is None:
            return None
        texts += [pattern[at : match.start()], value]
        at = match.end()
    whole = "".join([*texts, pattern[at:]])
    return None if "{%" in pattern or "{{" in whole else whole


def _value(template: str, data: Mapping[str, Any], site: Eleventy) -> str | None:
    """Return what `value | filter: argument | filter` is as text; None where it is not known."""
    source, *filters = _PIPE.split(template)
    value: Any = _looked_up(source.strip(), data, site)
    for one in filters:
        match = _FILTER.fullmatch(one.strip())
        known = _FILTERS.get(match["name"]) if match else None
        if match is None or known is None or match["name"] in site.filters or value is None:
            return None
        value = known(value, match["argument"] or "")
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None


def _looked_up(source: str, data: Mapping[str, Any], site: Eleventy) -> Any:
    if _LITERAL.fullmatch(source):
        return source[1:-1]
    if not _PATH.fullmatch(source):
        return None
    name, *keys = source.split(".")
    value = data[name] if name in data else site.globals(name)
    for key in keys:
        value = member(value, key)
    return value if isinstance(value, str | int | datetime) else None


def _dated(value: Any, form: str) -> str | None:
    """Return a date as Liquid writes it, in UTC (https://liquidjs.com/filters/date.html)."""
    if isinstance(value, str):
        value = front_matter.date_of(value)
    if not isinstance(value, datetime) or any(part[-1] not in _PARTS for part in _PART_OF_DATE.findall(form)):
        return None
    return (value.astimezone(UTC) if value.tzinfo else value).strftime(form)


def _slugified(value: Any, _: str) -> str | None:
    """Return a text in ASCII as @sindresorhus/slugify makes it; others are left to that."""
    text = str(value).replace("&", " and ").lower()
    if not text.isascii():
        return None
    return re.sub(r"[^a-z\d]+", "-", re.sub(r"([a-z\d])'([ts])(?=\s|$)", r"\1\2", text)).strip("-")


def _slugged(value: Any, _: str) -> str | None:
    """Return words as the filter `slug` makes them; what has other signs is left to that."""
    text = str(value)
    return re.sub(r"[\s-]+", "-", text.strip()).lower() if _WORDS.fullmatch(text) else None


_FILTERS: Mapping[str, Callable[[Any, str], Any]] = {
    "slugify": _slugified,
    "slug": _slugged,
    "date": _dated,
    "downcase": lambda value, _: str(value).lower(),
    "lower": lambda value, _: str(value).lower(),
    "upcase": lambda value, _: str(value).upper(),
    "upper": lambda value, _: str(value).upper(),
    "strip": lambda value, _: str(value).strip(),
    "trim": lambda value, _: str(value).strip(),
    "append": lambda value, more: f"{value}{more}",
    "prepend": lambda value, more: f"{more}{value}",
    "safe": lambda value, _: value,
}
