"""What stands between the tags of shortcodes that are not known, and whether it is Markdown or code.

Between `{{%` and `%}}` Hugo reads Markdown; between `{{<` and `>}}` the template gets the text as it is, and
may read it as Markdown, or show it as code: https://gohugo.io/templates/shortcode/#inner.
"""

from __future__ import annotations

import re
from html import escape
from textwrap import dedent

from postdocs.core.errors import PostdocsError
from postdocs.importer.folders import fences, tree
from postdocs.importer.folders.fences import Fence
from postdocs.importer.sources.archive import Files

_TEMPLATE = re.compile(r"(?P<theme>themes/[^/]+/)?layouts/_?shortcodes/(?P<name>.+)\.html")
_SHOWS_CODE = re.compile(
    r"\bhighlight\b[^{}]{0,200}\.Inner\b|\.Inner\b[^{}]{0,200}\bhighlight\b"
    r"|<(?:pre|code|textarea|script)\b[^<>]{0,200}>[^<>]{0,200}\.Inner\b",
    re.IGNORECASE,
)
_READS_MARKDOWN = re.compile(r"\b(?:markdownify|RenderString)\b")
_OF_CODE = re.compile(r"(?:[ \t]{2,}|\t|#include\b|\$ |//|/\*|[{}()\]]).*|.*(?:[;{}(\[]|[\d\"'\])],)")
_OF_MARKDOWN = re.compile(r"[ \t]*(?:[-*+>|][ \t]|#{1,6}[ \t]|\d+[.)][ \t]|!?\[|<|\{\{|:::|```|~~~).*")


class Templates:
    """The templates of shortcodes that a site has, its own and those of its themes."""

    def __init__(self, files: Files) -> None:
        self._files = files
        found = [match for path in files.paths if (match := _TEMPLATE.fullmatch(path))]
        # Those of the site go first.
        self._paths = {
            match["name"]: match[0]
            for match in sorted(found, key=lambda match: bool(match["theme"]), reverse=True)
        }

    def of(self, name: str) -> str:
        """Return the template of a shortcode; "" where the folder has none that can be read."""
        path = self._paths.get(name)
        try:
            return tree.text_of(self._files, path)[0] if path else ""
        except PostdocsError:
            return ""


def is_code(inner: str, template: str) -> bool:
    """Tell whether the text in a shortcode is code. template: of the shortcode, "" where it isn't known.

    Where no template tells, it is code if most of its lines look like that.
    """
    if _SHOWS_CODE.search(template):
        return True
    if _READS_MARKDOWN.search(template) or "```" in inner or "~~~" in inner:
        return False
    lines = [line.rstrip() for line in dedent(inner).split("\n") if line.strip()]
    looks = sum(bool(_OF_CODE.fullmatch(line)) and not _OF_MARKDOWN.fullmatch(line) for line in lines)
    return len(lines) > 1 and 2 * looks > len(lines)


def as_code(inner: str) -> str:
    """Return a text to the letter: as a block of code, or within its line."""
    if "\n" in inner.strip():
        return f"\n\n{fences.code(inner, Fence())}\n\n"
    return f"<code>{escape(inner.strip(), quote=False)}</code>"
