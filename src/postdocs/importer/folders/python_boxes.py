"""Boxes of Python-Markdown and PyMdown, `!!!` and `???`, written as directives of MyST.

https://python-markdown.github.io/extensions/admonition/,
https://facelessuser.github.io/pymdown-extensions/extensions/details/.
"""

from __future__ import annotations

import re
from collections.abc import Set

from postdocs.importer.ast.nodes import ADMONITIONS
from postdocs.importer.folders.markdown import in_code
from postdocs.importer.html.admonitions import kind_of

_BOX = re.compile(
    r"(?P<mark>!!!|\?\?\?\+?)[ ]?(?P<kind>[\w-]+)(?P<classes>(?:[ ]+[\w-]+)*)"
    r"(?:[ ]+\"(?P<title>[^\"]*)\")?[ ]*"
)
_EXTENSIONS = {"!": "admonition", "?": "details"}
_INDENT = re.compile(r" {4}|\t")
_COLONS = re.compile(r"[ \t]*(:{3,})")
_DEEPEST = 10  # boxes in boxes; what is deeper stays as it is
_COLLAPSIBLE = {"!!!": "", "???": ":collapsible: closed", "???+": ":collapsible: open"}


def to_myst(text: str, extensions: Set[str], depth: int = 0) -> str:
    """Return a text whose boxes are directives; their text and its line breaks stay.

    extensions: short names of those that are in use.
    """
    if depth > _DEEPEST or ("!!!" not in text and "???" not in text):
        return text
    lines = text.split("\n")
    inside = in_code(lines)
    written: list[str] = []
    at = 0
    while at < len(lines):
        match = None if inside[at] else _BOX.fullmatch(lines[at])
        if match is None or _EXTENSIONS[match["mark"][0]] not in extensions or match["title"] == "":
            written.append(lines[at])
            at += 1
            continue
        end = at + 1
        while end < len(lines) and (not lines[end].strip() or _INDENT.match(lines[end])):
            end += 1
        body = "\n".join(_INDENT.sub("", line, count=1) for line in lines[at + 1 : end]).strip("\n")
        inner = to_myst(body, extensions, depth + 1).strip("\n")
        written += [*_directive(match, inner), ""]
        at = end
    return "\n".join(written)


def _directive(match: re.Match[str], body: str) -> list[str]:
    """Return the lines of a directive; the kind of a box is its title where it has no other."""
    kind = kind_of([match["kind"], *match["classes"].split()]) or "admonition"
    title = match["title"] or match["kind"].capitalize()
    runs = [len(run[1]) for line in body.split("\n") if (run := _COLONS.match(line))]
    colons = ":" * max([2, *runs]) + ":"
    options = [_COLLAPSIBLE[match["mark"]]] if _COLLAPSIBLE[match["mark"]] else []
    if ADMONITIONS.get(kind) == title:
        head = f"{colons}{{{kind}}}"
    else:
        head = f"{colons}{{admonition}} {title}"
        options = [*([f":class: {kind}"] if kind in ADMONITIONS else ()), *options]
    return [head, *options, *([""] if options else ()), body, colons]
