"""The setting `postdocs_comments`: a repository whose discussions are the comments, by giscus."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from postdocs.sphinx_ext.settings.errors import SettingError

_REPOSITORY = re.compile(r"[\w-]+/[\w.-]+", re.ASCII)
_KEYS = ("repo", "repo_id", "category", "category_id")
_EXAMPLE = "{'repo': 'ann/blog', 'repo_id': 'R_…', 'category': 'Announcements', 'category_id': 'DIC_…'}"


@dataclass(frozen=True)
class Giscus:
    """Discussions at GitHub, as https://giscus.app/ names them: the attributes of its script."""

    repo: str
    repo_id: str
    category: str
    category_id: str

    def url(self, term: str) -> str:
        """Return where readers find a discussion without a script. term: its title."""
        query = quote(f'"{term}" in:title', safe="")
        return f"https://github.com/{self.repo}/discussions?discussions_q={query}"


def read_comments(value: Mapping[str, str]) -> Giscus | None:
    """Return what the setting says; None where it is empty. Raises SettingError if it is wrong."""
    if not value:
        return None
    if not isinstance(value, dict):
        raise SettingError(f"it is not a mapping; write one like {_EXAMPLE}")
    for key in value:
        if key not in _KEYS:
            raise SettingError(f"there is no key {key!r}; write {', '.join(_KEYS)}", key)
    for key in _KEYS:
        text = value.get(key)
        if not isinstance(text, str) or not text.strip():
            raise SettingError(f"{key}: it is missing; copy the value from https://giscus.app/", "repo")
    if not _REPOSITORY.fullmatch(value["repo"]):
        raise SettingError(
            f"repo: {value['repo']!r} is not a repository at GitHub; write one like 'ann/blog'", value["repo"]
        )
    return Giscus(**value)
