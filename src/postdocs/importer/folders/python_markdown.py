"""Markdown → HTML as Python-Markdown renders it, with its own extensions only: https://python-markdown.github.io."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import markdown

_PREFIX = "markdown.extensions."
# Those that come with the library, and what each may be told. No other module is ever loaded.
_OPTIONS: Mapping[str, frozenset[str]] = {
    "abbr": frozenset(), "admonition": frozenset(), "attr_list": frozenset(), "codehilite": frozenset(),
    "def_list": frozenset(), "extra": frozenset(), "fenced_code": frozenset(), "footnotes": frozenset(),
    "legacy_attrs": frozenset(), "legacy_em": frozenset(), "md_in_html": frozenset(), "nl2br": frozenset(),
    "sane_lists": frozenset(), "smarty": frozenset({"smart_quotes", "smart_dashes", "smart_ellipses"}),
    "tables": frozenset(), "toc": frozenset({"marker", "baselevel", "toc_depth"}), "wikilinks": frozenset(),
}  # fmt: skip
_READ_BEFORE = frozenset({"meta"})  # the head of a file, which is parted from its text
# Code keeps its language in a class; with colours it would be lost.
_CODE = {"codehilite": {"use_pygments": False, "guess_lang": False}}


def unknown_extensions(names: Mapping[str, object]) -> list[str]:
    """Return those of some extensions that are not the library's own, and so are not run."""
    return [name for name in names if _short(name) not in _OPTIONS.keys() | _READ_BEFORE]


def render(text: str, extensions: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the HTML of a text.

    extensions: their settings by name, with or without the prefix of the library; unknown ones are left out.
    """
    settings = {_short(name): values for name, values in extensions.items() if _short(name) in _OPTIONS}
    configs = {
        name: {key: value for key, value in values.items() if key in _OPTIONS[name]} | _CODE.get(name, {})
        for name, values in settings.items()
    }
    # Whatever stands for stored HTML in the library's own work is text in an author's.
    return str(
        markdown.markdown(
            text.replace("\x02", "").replace("\x03", ""),
            extensions=[f"{_PREFIX}{name}" for name in configs],
            extension_configs={f"{_PREFIX}{name}": values for name, values in configs.items()},
            output_format="html",
        )
    )


def _short(name: str) -> str:
    return name.removeprefix(_PREFIX)
