"""The dates and addresses of Docusaurus: https://docusaurus.io/docs/blog and …/docs/create-doc."""

from __future__ import annotations

import re
from dataclasses import dataclass

# The names of posts: with a date, in the name of the file or of its folders.
_DATED = re.compile(
    r"(?P<folder>.*?)(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})[-/]?(?P<name>.*?)(?:/index)?"
)
_TRANSLATED = re.compile(
    r"i18n/(?P<language>[^/]+)/docusaurus-plugin-content-(?P<kind>blog|docs)(?:/current)?/"
)
_KIND = re.compile(r"(?P<kind>blog|docs)/")
_ROUTE = r"\b{}\s*:\s*\{{(?:[^{{}}]|\{{[^{{}}]*\}})*?\brouteBasePath\s*:\s*['\"](?P<route>[^'\"]*)['\"]"


@dataclass(frozen=True)
class Place:
    """What the path of a file says of its page.

    route: the folder that its kind of pages is under, "" where that is the root. name: the path of the page
    below it, without a date. date: as YAML has it, "" for none. is_post: whether it is one of the blog.
    language: of a translation, else "". key: what translations of a page have in common.
    """

    route: str
    name: str
    date: str
    is_post: bool
    language: str = ""
    key: str = ""


def place_of(path: str, settings: str) -> Place | None:
    """Return what the path of a post or document says; None for other pages. settings: the text of these."""
    match = _TRANSLATED.match(path) or _KIND.match(path)
    if match is None:
        return None
    kind = match["kind"]
    said = re.search(_ROUTE.format(kind), settings)
    language = match.groupdict().get("language") or ""
    route = "/".join(filter(None, (language, (said["route"] if said else kind).strip("/"))))
    name = path[match.end() :].rpartition(".")[0]
    key = f"{kind}/{name}"
    dated = _DATED.fullmatch(name) if kind == "blog" else None
    if dated:
        date = f"{dated['year']}-{dated['month'].zfill(2)}-{dated['day'].zfill(2)}"
        return Place(route, f"{dated['folder']}{dated['name']}", date, True, language, key)
    return Place(route, re.sub(r"(?:^|/)index$", "", name), "", kind == "blog", language, key)


def address_of(place: Place, slug: str) -> str:
    """Return the address of a page, from the root of the site. slug: of its front matter, or ""."""
    inner = slug or f"{place.date.replace('-', '/')}/{place.name}"
    if slug and not slug.startswith("/") and not place.is_post:
        inner = f"{place.name.rpartition('/')[0]}/{slug}"
    return re.sub("/{2,}", "/", f"/{place.route}/{inner}/")
