"""Unknown sources: their apparent format, and an alternative."""

from __future__ import annotations

import json
import re
from typing import Any

from postdocs.core.errors import PostdocsError
from postdocs.importer.sources.source_text import POSTLESS_ROOTS, SourceText
from postdocs.importer.sources.xml import refuse_entities

REMEDY = "give a feed, an export or a saved page of a blog"
_FRONT_MATTER = re.compile(r"(?:---|\+\+\+)\n(?:.*\n){0,50}?(?:title|date)\s*[:=]")
_TABLE = re.compile(r"(?:[\w.-]+|\"[^\"\n]*\")(?:[,;\t](?:[\w.-]+|\"[^\"\n]*\")){2,}\n")
# What JSON with these keys, or whose first element has them, is; and what to give instead.
_JSON_KINDS: tuple[tuple[frozenset[str], str, str], ...] = (
    (frozenset({"db"}), "an export of Ghost without posts", "export it again: Settings, Import/Export"),
    (
        frozenset({"slug", "content", "date_gmt"}),
        "posts from WordPress's REST API",
        "give the export: Tools, Export, All content",
    ),
    (frozenset({"kind", "etag"}), "an answer of a Google API", "give the blog's feed, or its export"),
    (
        frozenset({"html_url", "comments_url"}),
        "issues of GitHub, where giscus and utterances keep comments",
        "leave them there, and set `postdocs_comments`: giscus shows them again",
    ),
    (frozenset({"cells", "nbformat"}), "a Jupyter notebook", "give the page of the post"),
    (frozenset({"@context"}), "JSON-LD or ActivityPub", "give the blog's feed"),
)
_MOST_KEYS = 5  # of an object that a message names


def refuse(source: SourceText) -> PostdocsError:
    """Return the error that says what a source seems to be, and what to give instead."""
    name, start = source.name, source.text.lstrip()
    if start.startswith(("{", "[")):
        return _refuse_json(source)
    refuse_entities(source.text, name)
    if source.root in POSTLESS_ROOTS:
        what, remedy = POSTLESS_ROOTS[source.root]
        return PostdocsError(name, None, f"it is {what}, not a feed", remedy)
    if start.startswith("<?xml"):
        return PostdocsError(
            name, None, f"it is XML, but its root <{source.root}> is not that of a feed", REMEDY
        )
    if _FRONT_MATTER.match(start):
        wrong = "it is the source of one post, with front matter"
        return PostdocsError(name, 1, wrong, "build the blog, and give its feed or the page of the post")
    if _TABLE.match(start):
        wrong = "it is a table of values (CSV), not a feed"
        return PostdocsError(
            name, 1, wrong, "if it belongs to a Substack export, give its folder or ZIP archive"
        )
    wrong = "it is neither a feed nor a page, and its first line is not a heading copied from a Sphinx page"
    return PostdocsError(name, 1, wrong, REMEDY)


def _refuse_json(source: SourceText) -> PostdocsError:
    name = source.name
    try:
        value = json.loads(source.text)
    except json.JSONDecodeError as error:
        return PostdocsError(
            name, error.lineno, f"it is not JSON: {error.msg}", "download or export it again"
        )
    except (RecursionError, ValueError):
        wrong = "it is JSON, but not a feed: it is nested too deeply, or has a number of thousands of digits"
        return PostdocsError(name, None, wrong, REMEDY)
    what, remedy = _json_kind(value)
    return PostdocsError(name, None, f"it is JSON, but not a feed: {what}", remedy)


def _json_kind(value: Any) -> tuple[str, str]:
    """Return what a value of JSON seems to be, and what to give instead."""
    first = value[0] if isinstance(value, list) and value else value
    for keys, what, remedy in _JSON_KINDS:
        if isinstance(first, dict) and keys <= set(first):
            return f"it seems to be {what}", remedy
    remedy = "give a feed that follows https://www.jsonfeed.org/version/1.1/"
    if isinstance(value, list):
        return f"it is a list of {len(value)}", remedy
    names = ", ".join(f"`{key}`" for key in list(value)[:_MOST_KEYS]) or "no key"
    if isinstance(value.get("items"), list):
        return f"its items have no text, and it has no version of JSON Feed, only {names}", remedy
    return f"it has no list of items, only {names}", remedy
