"""Comments in code that mark lines of it, written behind the marks of its fence.

Docusaurus: https://docusaurus.io/docs/markdown-features/code-blocks#highlighting-with-comments
VitePress, and all else that uses Shiki: https://vitepress.dev/guide/markdown#line-highlighting-in-code-blocks
"""

from __future__ import annotations

import re

from postdocs.importer.folders import fences

_WORDS = (
    r"highlight-(?P<place>next-line|start|end)"
    r"|\[!code (?:highlight|hl|focus|warning|error)(?::(?P<count>\d{1,4}))?\]"
)
_COMMENT = re.compile(
    rf"(?P<before>.*?)(?P<open>//|/\*|\{{/\*|\#|--|%|;|<!--|')[ \t]*(?:{_WORDS})[ \t]*(?:\*/\}}?|-->)?[ \t]*"
)
_OTHER = re.compile(r"\{[\d,\s-]+\}|\A\s*\{[\w:-]+\}")  # lines that are marked already; a directive


def to_info(text: str) -> str:
    """Return a text without such comments in its fenced code, whose lines are marked behind the language.

    Where lines are marked there already, the comments stay, as in Docusaurus, and so does all in directives.
    """
    if "highlight-" not in text and "[!code " not in text:
        return text
    return fences.replaced(text, _without_comments)


def _without_comments(opening: re.Match[str], body: list[str]) -> list[str] | None:
    lines: list[str] = []
    marked: list[int] = []
    left = 0  # of the lines that are marked next
    is_open = False
    for line in body:
        comment = _COMMENT.fullmatch(line)
        is_alone = comment is not None and not comment["before"].strip(" \t>")
        if comment and comment["place"] and is_alone:
            left = max(left, comment["place"] == "next-line")
            is_open = comment["place"] == "start" or (is_open and comment["place"] != "end")
            continue
        if comment and not comment["place"]:
            left = int(comment["count"] or 1)
            if is_alone:
                continue
        lines.append(comment["before"].rstrip() if comment and not comment["place"] else line)
        if is_open or left:
            marked.append(len(lines))
        left = max(0, left - 1)
    if not marked or _OTHER.search(opening["info"]):
        return None
    info = opening["info"].rstrip()
    return [f"{opening['indent']}{opening['mark']}{info} {{{','.join(map(str, marked))}}}", *lines]
