"""Addresses and attributes that are broken in ways that can be undone."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from postdocs.importer.entry import Note, NoteKind

_QUOTES = '"“”„«»'
_PAIRS = {"”": "“", "»": "«"}
_INNER_HREF = re.compile(rf"a\s+href\s*=\s*[{_QUOTES}']?(.*)", re.IGNORECASE | re.DOTALL)
_DOUBLED_SCHEME = re.compile(r"https?://(https?:/?/?)(?=[^/])", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_ENCODED_QUOTE = re.compile(r"(?:%22|%27|%E2%80%9[89CD])(?=https?://|$)", re.IGNORECASE)
_HOST = re.compile(r"www\.[^\s/?#]+\.[^\s/?#]+", re.IGNORECASE)
_LOST_ATTRIBUTE = re.compile(
    rf"[{_QUOTES}]\s+(width|height|align|class|alt|style|border|title|src)\s*=\s*[{_QUOTES}]?"
    rf"([^{_QUOTES}]*)[{_QUOTES}]?\s*$"
)
_LONGEST_TITLE = 2000  # characters; what is longer was not typed as a title
_UNSAFE = frozenset(
    {
        "javascript",
        "vbscript",
        "livescript",
        "data",
        "blob",
        "file",
        "about",
        "view-source",
        # Of MyST, which only a build of the old site resolves.
        "inv",
        "xref",
        "path",
        "project",
    }
)


def repair_url(value: str) -> str:
    """Undo what editors do to an address; nothing in it is decoded or normalised.

    An address that is in order comes back as it is, but for white space that browsers take out (URL Standard
    §4.4: at its ends, and tabs and newlines inside).
    """
    url = value.strip("\x00\t\n\f\r ")
    if match := _INNER_HREF.fullmatch(url):
        url = match[1]
    url = re.sub(r"[\t\n\r]", "", url)
    url = url.lstrip(_QUOTES)
    if url.removesuffix(">").endswith(tuple(_QUOTES)):
        url = _without_last_quotes(url.removesuffix(">")).strip()
    if _ENCODED_QUOTE.match(url):
        url = _ENCODED_QUOTE.sub("", url)
    if match := _DOUBLED_SCHEME.match(url):
        url = f"{match[1].rstrip('/')}//{url[match.end() :]}"
    if re.match(r"/{4,}[^/]", url) or re.match(r"//[^/]", url):
        return f"https://{url.lstrip('/')}"
    if match := _HOST.match(url):
        return f"https://{url}" if match.end() < len(url) else f"https://{url}/"
    return url


def _without_last_quotes(url: str) -> str:
    """Take quotation marks off the end of an address, but for those that close a quotation in it."""
    end = len(url.rstrip(_QUOTES))
    open_ = {mark: url.count(first, 0, end) - url.count(mark, 0, end) for mark, first in _PAIRS.items()}
    for place, mark in enumerate(url[end:], end):
        if open_.get(mark, 0) <= 0:
            return url[:place]
        open_[mark] -= 1
    return url


def resolve(value: str, base: str | None, notes: list[Note], *, picture: bool = False) -> str | None:
    """Make an address whole: repaired, absolute, safe; None where nothing may lead there.

    value: as the source has it. base: what relative ones are relative to. A fragment of the page itself stays
    a fragment. notes: where repairs and refusals are told. picture: whether `data:image/…` is allowed.
    """
    url = repair_url(value)
    if url != re.sub(r"[\t\n\r]", "", value.strip("\x00\t\n\f\r ")) and not _is_protocol_relative(value):
        notes.append(Note(NoteKind.REPAIRED, "address", value, url))
    scheme = _SCHEME.match(re.sub(r"[\x00-\x20]", "", url))
    if scheme and scheme[1].lower() in _UNSAFE:
        if picture and url.lower().startswith("data:image/"):
            return url
        notes.append(Note(NoteKind.REMOVED, f"address of the kind `{scheme[1].lower()}:`", value))
        return None
    if not url or scheme or url.startswith("#"):
        return url or None
    if base is None:
        return url
    try:
        return urljoin(repair_url(base), url)
    except ValueError:
        return url


def _is_protocol_relative(value: str) -> bool:
    return re.match(r"\s*//[^/]", value) is not None and not value.rstrip().endswith(tuple(_QUOTES))


def in_page(url: str, base: str | None) -> str:
    """Return the fragment that an address names on the page itself; empty where it leads elsewhere."""
    address, mark, fragment = url.partition("#")
    if not mark or (address and (base is None or address != repair_url(base).partition("#")[0])):
        return ""
    return fragment


def split_attributes(value: str) -> tuple[str, dict[str, str]]:
    """Part a title that swallowed the attributes after it, as in `title="Logo&quot; width=&quot;45%"`."""
    lost: dict[str, str] = {}
    if len(value) > _LONGEST_TITLE:
        return value, lost
    while match := _LOST_ATTRIBUTE.search(value):
        lost.setdefault(match[1], match[2].strip())
        value = value[: match.start()]
    return " ".join(value.split()), lost
