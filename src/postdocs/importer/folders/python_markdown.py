"""Markdown → HTML as Python-Markdown renders it, with its own extensions and those of PyMdown only.

https://python-markdown.github.io, https://facelessuser.github.io/pymdown-extensions/. Extensions that read
files are not among them, and none gets a function from settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import markdown
from pymdownx import emoji

_PREFIX, _PYMDOWN = "markdown.extensions.", "pymdownx."
_HIGHLIGHT = "pymdownx.highlight"
# Those that come with the library, and what each may be told. No other module is ever loaded.
_OPTIONS: Mapping[str, frozenset[str]] = {
    "abbr": frozenset(), "admonition": frozenset(), "attr_list": frozenset(), "codehilite": frozenset(),
    "def_list": frozenset(), "extra": frozenset(), "fenced_code": frozenset(), "footnotes": frozenset(),
    "legacy_attrs": frozenset(), "legacy_em": frozenset(), "md_in_html": frozenset(), "nl2br": frozenset(),
    "sane_lists": frozenset(), "smarty": frozenset({"smart_quotes", "smart_dashes", "smart_ellipses"}),
    "tables": frozenset(), "toc": frozenset({"marker", "baselevel", "toc_depth"}), "wikilinks": frozenset(),
    "pymdownx.arithmatex": frozenset({"smart_dollar", "inline_syntax", "block_syntax"}),
    "pymdownx.betterem": frozenset({"smart_enable"}), "pymdownx.blocks.admonition": frozenset({"types"}),
    "pymdownx.blocks.caption": frozenset(), "pymdownx.blocks.definition": frozenset(),
    "pymdownx.blocks.details": frozenset({"types"}), "pymdownx.blocks.html": frozenset(),
    "pymdownx.blocks.tab": frozenset(), "pymdownx.bracketspan": frozenset(),
    "pymdownx.caret": frozenset({"smart_insert", "insert", "superscript"}),
    "pymdownx.critic": frozenset({"mode"}), "pymdownx.details": frozenset(), "pymdownx.emoji": frozenset(),
    "pymdownx.escapeall": frozenset({"hardbreak", "nbsp"}), "pymdownx.extra": frozenset(),
    "pymdownx.fancylists": frozenset(), "pymdownx.highlight": frozenset(),
    "pymdownx.inlinehilite": frozenset(), "pymdownx.keys": frozenset({"separator"}),
    "pymdownx.magiclink": frozenset({
        "hide_protocol", "repo_url_shortener", "repo_url_shorthand", "social_url_shorthand",
        "social_url_shortener", "provider", "user", "repo",
    }),
    "pymdownx.mark": frozenset({"smart_mark"}), "pymdownx.progressbar": frozenset(),
    "pymdownx.quotes": frozenset({"callouts"}), "pymdownx.saneheaders": frozenset(),
    "pymdownx.smartsymbols": frozenset(), "pymdownx.superfences": frozenset({"preserve_tabs"}),
    "pymdownx.tabbed": frozenset(), "pymdownx.tasklist": frozenset(),
    "pymdownx.tilde": frozenset({"smart_delete", "delete", "subscript"}),
}  # fmt: skip
# Read before the text is rendered: the head of a file, and files that a text shows.
_READ_BEFORE = frozenset({"meta", "pymdownx.snippets"})
# Code keeps its language in a class, where colours would lose it; formulas stay TeX, and emoji characters.
_FIXED: Mapping[str, Mapping[str, Any]] = {
    "codehilite": {"use_pygments": False, "guess_lang": False},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.emoji": {"emoji_index": emoji.twemoji, "emoji_generator": emoji.to_alt},
    _HIGHLIGHT: {"pygments_lang_class": True, "linenums_style": "pymdownx-inline"},
    "pymdownx.tabbed": {"alternate_style": True},
}


def unknown_extensions(names: Mapping[str, object]) -> list[str]:
    """Return those of some extensions that are not the library's own, and so are not run."""
    return [name for name in names if _short(name) not in _OPTIONS.keys() | _READ_BEFORE]


def render(text: str, extensions: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the HTML of a text.

    extensions: their settings by name, with or without the prefix of the library; unknown ones are left out.
    """
    settings = {_short(name): values for name, values in extensions.items() if _short(name) in _OPTIONS}
    if any(name.startswith(_PYMDOWN) for name in settings):
        settings.setdefault(_HIGHLIGHT, {})  # the others ask it how code is shown
    configs = {
        name: {key: value for key, value in values.items() if key in _OPTIONS[name]}
        | {**_FIXED.get(name, {})}
        for name, values in settings.items()
    }
    # Whatever stands for stored HTML in the library's own work is text in an author's.
    return str(
        markdown.markdown(
            text.replace("\x02", "").replace("\x03", ""),
            extensions=[_module(name) for name in configs],
            extension_configs={_module(name): values for name, values in configs.items()},
            output_format="html",
        )
    )


def _short(name: str) -> str:
    return name.removeprefix(_PREFIX)


def _module(name: str) -> str:
    return name if name.startswith(_PYMDOWN) else f"{_PREFIX}{name}"
