"""Abbreviations of a dialect, explained where they stand in a text."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from postdocs.importer.folders.markdown import INDENTED, NO_TEXT, in_prose


def explained(text: str, titles: Mapping[str, str]) -> str:
    """Return Markdown with abbreviations as HTML has them. titles: their long forms; an empty one is none."""
    known = {name: title for name, title in titles.items() if title}

    def explain(match: re.Match[str]) -> str:
        name = None if match.string.startswith(INDENTED) else match["name"]
        return f'<abbr title="{html.escape(known[name])}">{html.escape(name)}</abbr>' if name else match[0]

    names = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    pattern = re.compile(rf"{NO_TEXT}|\b(?P<name>{names})\b", re.MULTILINE)
    return in_prose(text, pattern, explain) if known else text
