"""What a Jupyter notebook says of itself, in its first cell or in its metadata."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from postdocs.importer.folders import front_matter
from postdocs.importer.folders.front_matter import FrontMatter, Written, as_written

# Keys of the metadata that say something of the post; all others are of the program that wrote it.
_KEYS = (
    "title", "subtitle", "author", "authors", "date", "tags", "keywords", "categories", "category",
    "description", "summary", "draft", "published", "slug", "lang", "language", "license", "image",
)  # fmt: skip
# Keys that say how a tool runs or shows a notebook.
_OF_TOOLS = frozenset({
    "execute", "format", "jupyter", "kernelspec", "jupytext", "toc", "badges", "branch", "use_math",
    "comments", "search_exclude", "hide", "hide_binder_badge", "hide_colab_badge", "hide_github_badge",
    "sticky_rank", "nb_path", "skip_exec", "skip_showdoc", "output-file",
})  # fmt: skip
# A line of dashes alone is a rule; front matter has a key below and a second line of dashes.
_FENCED = re.compile(r"\s*---[ \t]*\n\s*(?:#[^\n]*\n\s*)*[\"']?\w[^\n:]*:(?:[^\n]*\n)+?---[ \t]*(?:\n|\Z)")
# The form of fastpages and nbdev: a title, a summary, and a list of keys; that of pelican-ipynb is the list.
_LIST = re.compile(
    r"\s*(?:#[ \t]+(?P<title>[^\n]+)\n+)?(?:>[ \t]*(?P<summary>[^\n]+)\n+)?"
    r"(?P<keys>(?:[-*][ \t]+[\w-]+:[^\n]*(?:\n|\Z))+)\s*\Z"
)


def read(source: str, metadata: Mapping[str, Any], place: str) -> FrontMatter:
    """Return what the first cell and the metadata of a notebook say; the body is the rest of the cell.

    source: of the first cell where that is Markdown or raw, else "". place: how messages name the notebook.

    Raises
    ------
    PostdocsError
        Its front matter can't be read.

    """
    lower = {key.lower(): value for key, value in metadata.items()}
    nikola = metadata.get("nikola")
    given = {key: lower[key] for key in _KEYS if lower.get(key)} | (
        nikola if isinstance(nikola, dict) else {}
    )
    written: dict[str, Written] = {key: as_written(value) for key, value in given.items()}
    front = _of_list(source) or (
        front_matter.read(source.lstrip(), place) if _FENCED.match(source) else FrontMatter()
    )
    return FrontMatter(
        {**written, **front.written},
        {**given, **front.values},
        front.body if front.is_there else source,
        is_there=front.is_there or bool(given),
    )


def _of_list(source: str) -> FrontMatter | None:
    match = _LIST.fullmatch(source)
    if match is None:
        return None
    lines = [line.lstrip("-* \t") for line in match["keys"].split("\n") if line.strip()]
    pairs = ((key.strip(), value.strip()) for key, _, value in (line.partition(":") for line in lines))
    written: dict[str, Written] = {key: _value(value) for key, value in pairs}
    written = {key.lower(): value for key, value in written.items()}
    if match["title"]:
        written.setdefault("title", _unquoted(match["title"]))
    if "title" not in written:
        return None
    if match["summary"]:
        written.setdefault("description", _unquoted(match["summary"]))
    return FrontMatter(written, dict(written), is_there=True)


def _value(text: str) -> Written:
    if text.startswith("[") and text.endswith("]"):
        return [_unquoted(item) for item in text[1:-1].split(",") if item.strip()]
    return _unquoted(text)


def _unquoted(text: str) -> str:
    text = text.strip()
    is_quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1] if is_quoted else text


def without_tools(front: FrontMatter) -> FrontMatter:
    """Return front matter without the keys that say how a tool runs or shows the notebook."""
    return FrontMatter(
        {key: value for key, value in front.written.items() if key not in _OF_TOOLS},
        {key: value for key, value in front.values.items() if key not in _OF_TOOLS},
        front.body,
        is_there=front.is_there,
    )
