"""The keys of front matter that all systems share, as values of an entry."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from postdocs.core import languages
from postdocs.core.post import FIELDS
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders.front_matter import FrontMatter, texts_of
from postdocs.importer.sources.visibility import Visibility, visibility_of

# Keys by the field of an entry that they become; the first that has a value counts.
Table = Mapping[str, tuple[str, ...]]
# Keys that Sphinx, MyST, and ablog read themselves, and mean something else by.
_RESERVED = frozenset({
    "myst", "orphan", "tocdepth", "nocomments", "nosearch", "no-search", "location", "exclude", "redirect",
    "external_link", "jupytext", "kernelspec", "substitutions", "html_meta", "mystnb", "file_format",
})  # fmt: skip
# What nobody wants to find in a public file.
_PRIVATE = re.compile(r"mail|password|passwd|secret|token|private|phone", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@]{1,64}@[\w-]+\.\w")
_KEY = re.compile(r"[A-Za-z][\w.-]*")
_LIKELY = 0.77  # how alike a key may be to one of ours before a build takes it for a mistake


def values_of(
    front: FrontMatter,
    table: Table,
    ignored: frozenset[str],
    date: Callable[[str], datetime | None],
    authors: Mapping[str, str],
) -> dict[str, Any]:
    """Return the values of an entry that its front matter gives, by the name of their field.

    table: of the system. ignored: keys that mean something to its themes alone. date: reads a date. authors:
    names by the short names that the blog's data files give them.
    """
    keys = {name: front.texts(*table.get(name, ())) for name in ("authors", "tags", "category", "aliases")}
    notes: list[Note] = []
    updated = front.text(*table.get("updated", ()))
    visibility = visibility_of(
        {key.lower().replace("-", "_"): [*texts_of(value)] for key, value in front.written.items() if value}
    )
    notes += visibility.notes
    language = _language(front.text(*table.get("language", ())), notes)
    return {
        "title": front.text(*table["title"]),
        "updated": date(updated) if updated else None,
        "authors": tuple(authors.get(name, name) for name in keys["authors"]),
        "category": keys["category"],
        "tags": keys["tags"],
        "aliases": keys["aliases"],
        "subtitle": front.text(*table.get("subtitle", ())) or None,
        "summary": front.text(*table.get("summary", ())) or None,
        "image": _image(front, table.get("image", ())),
        "language": language,
        "draft": visibility.draft,
        "extra": _extra(front, {key for keys in table.values() for key in keys} | ignored, notes),
        "notes": tuple(notes),
    }


def _visibility(front: FrontMatter) -> Visibility:
    return visibility_of(
        {key.lower().replace("-", "_"): [*texts_of(value)] for key, value in front.written.items() if value}
    )


def is_draft(front: FrontMatter) -> bool:
    """Tell whether front matter says that its page isn't public."""
    return _visibility(front).draft


def address(path: str | None, root: str) -> str | None:
    """Return the address of a picture that front matter names by a path of the site. root: of the site."""
    if not path:
        return None
    try:
        return path if urlsplit(path).scheme else urljoin(root, path.lstrip("/"))
    except ValueError:
        return None


def _language(text: str, notes: list[Note]) -> str | None:
    if not text:
        return None
    try:
        return languages.canonical(text.replace("_", "-"))
    except ValueError:
        notes.append(Note(NoteKind.NOTICED, "its language is no tag of BCP 47", before=text))
        return None


def _image(front: FrontMatter, keys: tuple[str, ...]) -> str | None:
    """Return the picture of a post: of themes that tell several apart, the first with an address."""
    for key in keys:
        value = front.written.get(key)
        candidates = value if isinstance(value, list) else [value]
        for candidate in candidates:
            inner = (
                next((candidate[name] for name in ("path", "src", "url", "feature", "teaser", "image",
                      "relative_path", "filename") if candidate.get(name)), None)
                if isinstance(candidate, dict)
                else candidate
            )  # fmt: skip
            if isinstance(inner, str) and inner.strip():
                return inner.strip()
    return None


def _extra(front: FrontMatter, read: set[str], notes: list[Note]) -> dict[str, object]:
    """Return the keys that no table names and that can stay; those that can't are noted."""
    extra: dict[str, object] = {}
    for key, value in front.values.items():
        if key.lower() in {one.lower() for one in read} or value in (None, "", [], {}):
            continue
        if _can_stay(key, value):
            extra[key] = value
        else:
            notes.append(
                Note(NoteKind.NOTICED, "a key of its front matter has no place here and is left out", key)
            )
    return extra


def _can_stay(key: str, value: object) -> bool:
    is_ours = key.lower() in FIELDS or bool(difflib.get_close_matches(key.lower(), FIELDS, 1, _LIKELY))
    if is_ours or not _KEY.fullmatch(key) or key.lower() in _RESERVED or _PRIVATE.search(key):
        return False
    items = value if isinstance(value, list) else [value]
    return all(
        isinstance(item, int | float | bool) or (isinstance(item, str) and not _MAIL.search(item))
        for item in items
    )
