"""What blogs are tried with: themes, builders and extensions of others, as `nox -s compat` does."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from postdocs._version import __version__

ROOT = Path(__file__).parents[3]
ENTRIES = ROOT / "docs/compatibility.toml"
CONSTRAINTS = ROOT / "constraints.txt"

_PINNED = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)
# What is looked at with each entry of a kind.
_ALWAYS = {
    "themes": ("pages", "lists", "feeds", "links"),
    "builders": ("build",),
    "extensions": ("pages", "feeds", "links"),
}
# What is looked at, by the key of an entry that says what has to be there.
_LOOKED_AT = {
    "page": "pages",
    "words": "text",
    "feed": "feeds",
    "search": "search",
    "summary": "lists",
    "exact": "rebuilds",
}


def entries(kind: str) -> dict[str, dict[str, Any]]:
    """Return what is tried of a kind, `themes`, `builders` or `extensions`, by its name in `conf.py`."""
    found: dict[str, dict[str, Any]] = tomllib.loads(ENTRIES.read_text(encoding="utf-8"))[kind]
    return found


def versions() -> dict[str, str]:
    """Return the version of each package that the sessions of nox install, and ours."""
    return {**dict(_PINNED.findall(CONSTRAINTS.read_text(encoding="utf-8"))), "postdocs": __version__}


def looked_at(kind: str, entry: Mapping[str, Any]) -> list[str]:
    """Return what the tests look at in a site with an entry."""
    given = (word for key, word in _LOOKED_AT.items() if entry.get(key))
    return [*dict.fromkeys([*_ALWAYS[kind], *given])]
