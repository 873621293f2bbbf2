"""The ids of headings that Docusaurus, VuePress, and VitePress read or make."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from postdocs.core.heading_ids import split
from postdocs.importer.folders import markdown

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?P<text>\S.*)")
# https://github.com/mdit-vue/mdit-vue/blob/main/packages/shared/src/slugify.ts
_SIGNS = re.compile(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'“”‘’<>,.?/]+")  # noqa: RUF001 - the signs themselves


def parted(text: str, slug: Callable[[str], str] | None) -> tuple[str, dict[int, dict[str, str]]]:
    """Return a text without the ids behind its headings, and attributes as `markdown.render` has them.

    slug: of the words of a heading without an id of its own; None leaves those without.
    """
    lines = text.split("\n")
    is_code = markdown.in_code(lines)
    attributes: dict[int, dict[str, str]] = {}
    uses = Counter[str]()
    for at, line in enumerate(lines):
        heading = None if is_code[at] else _HEADING.fullmatch(line)
        if heading is None:
            continue
        before, given = split(line)
        if given:
            lines[at] = before
            attributes[at + 1] = {"id": given}
        elif slug and (name := slug(markdown.words(heading["text"].rstrip("# \t")))):
            attributes[at + 1] = {"id": f"{name}-{uses[name]}" if uses[name] else name}
            uses[name] += 1
    return "\n".join(lines), attributes


def slug_of_vue(words: str) -> str:
    """Return the id that VuePress and VitePress make of a heading."""
    plain = "".join(
        char
        for char in unicodedata.normalize("NFKD", words)
        if not "\u0300" <= char <= "\u036f" and char >= " "
    )
    slug = _SIGNS.sub("-", plain).strip("-").lower()
    return f"_{slug}" if slug[:1].isdigit() else slug
