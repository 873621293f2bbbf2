"""Emoji by the names that GitHub has for them: https://github.com/github/gemoji."""

from __future__ import annotations

import re

from pymdownx import gemoji_db

from postdocs.importer.folders.markdown import INDENTED, NO_TEXT, in_prose

_NAME = re.compile(rf"{NO_TEXT}|(?P<name>:[\w+-]+:)", re.MULTILINE)


def with_emoji(text: str) -> str:
    """Return Markdown with characters for the names of emoji; unknown names and those in code stay."""

    def character(match: re.Match[str]) -> str:
        name = None if match.string.startswith(INDENTED) else match["name"]
        known = gemoji_db.emoji.get(gemoji_db.aliases.get(name, name)) if name else None
        points = known and (known.get("unicode_alt") or known.get("unicode"))
        return "".join(chr(int(point, 16)) for point in points.split("-")) if points else match[0]

    return in_prose(text, _NAME, character)
