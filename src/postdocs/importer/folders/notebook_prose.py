"""The Markdown of a notebook's cells, with formulas as other Markdown has them."""

from __future__ import annotations

import re

from postdocs.importer.folders import markdown

# What MathJax reads beside dollars: environments, and brackets whose backslash Markdown takes for an escape.
_ENVIRONMENT = re.compile(
    r"\\begin\{(?P<name>(?:equation|align|gather|multline|eqnarray|alignat|flalign)\*?)\}"
    r"(?:(?!\\begin\{(?P=name)\}).)*?\\end\{(?P=name)\}",
    re.DOTALL,
)
_BRACKETS = re.compile(
    r"\\\\\[(?P<display>(?:(?!\\\\\[).)+?)\\\\\]|\\\\\((?P<inline>(?:(?!\\\\\().)+?)\\\\\)", re.DOTALL
)
_SPACED = re.compile(r"(?<![\\$\w])\$[ \t]++(?P<tex>[^$\n]+)(?<=[ \t])\$(?![\w$])")
_IN_TEX = re.compile(r"[\\^_={}]|\s*[A-Za-z]\s*\Z")
_FENCE = re.compile("`{3,}|~{3,}")


def prose(source: str) -> str:
    """Return a cell of Markdown with formulas in dollars; it opens nothing that it doesn't close."""
    text = markdown.in_prose(source.replace("\r\n", "\n"), _BRACKETS, _with_dollars)
    text = markdown.in_prose(text, _SPACED, _closed_up)
    text = markdown.in_prose(text, _ENVIRONMENT, _displayed)
    lines = text.rstrip().split("\n")
    if markdown.in_code([*lines, ""])[-1]:
        marks = dict.fromkeys(mark for line in reversed(lines) for mark in _FENCE.findall(line))
        lines += [next((mark for mark in marks if not markdown.in_code([*lines, mark, ""])[-1]), "")]
    elif lines and "<!--" in text and "-->" not in text[text.rfind("<!--") :]:
        lines.append("-->")
    return "\n".join(lines)


def _with_dollars(match: re.Match[str]) -> str:
    return f"$${match['display']}$$" if match["display"] else f"${match['inline'].strip()}$"


def _closed_up(match: re.Match[str]) -> str:
    """Return a formula without spaces next to its dollars; what looks like prices stays."""
    return f"${match['tex'].strip()}$" if _IN_TEX.search(match["tex"]) else match[0]


def _displayed(match: re.Match[str]) -> str:
    """Put an environment between dollars, unless it is already in a formula."""
    before = match.string[: match.start()]
    return match[0] if before.count("$$") % 2 or before.endswith("$") else f"\n\n$$\n{match[0]}\n$$\n\n"
