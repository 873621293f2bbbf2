"""What Python-Markdown and PyMdown read beside the language of fenced code, written as options of MyST.

https://facelessuser.github.io/pymdown-extensions/extensions/superfences/,
https://python-markdown.github.io/extensions/fenced_code_blocks/, and, for what they become,
https://www.sphinx-doc.org/en/master/usage/restructuredtext/directives.html#directive-code-block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from postdocs.importer.ast.nodes import Text
from postdocs.importer.highlighting import known_language
from postdocs.importer.myst.escapes import Context
from postdocs.importer.myst.write import caption_option

_OPEN = re.compile(r"(?P<indent>[ \t>]*)(?P<mark>`{3,}|~{3,})(?P<info>[^`\n]*)")
_BRACED = re.compile(r"\{[ ]*(?P<inner>\.[^{}]*)\}")
_PART = re.compile(
    r"(?P<key>[\w-]+)=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>\S*))|(?P<word>\S+)"
)
_RANGE = re.compile(r"(?P<first>\d{1,6})(?:-(?P<last>\d{1,6}))?")
_LANGUAGE = re.compile(r"[\w+#./-]+")


def to_myst(text: str, extensions: Set[str]) -> str:
    """Return a text whose fenced code has its title, its numbers, and its marked lines as MyST has them.

    extensions: short names of those that are in use.
    """
    keys = _keys(extensions)
    if not keys or "=" not in text:
        return text
    lines = text.split("\n")
    written: list[str] = []
    at = 0
    while at < len(lines):
        match = _OPEN.fullmatch(lines[at])
        if match is None:
            written.append(lines[at])
            at += 1
            continue
        end = next((end for end in range(at + 1, len(lines)) if _closes(lines[end], match["mark"])), None)
        if end is None:
            return "\n".join([*written, *lines[at:]])
        head = [*_head(match, keys, end - at - 1)]
        written += [*(head or [lines[at]]), *lines[at + 1 : end + 1]]
        at = end + 1
    return "\n".join(written)


def _keys(extensions: Set[str]) -> frozenset[str]:
    """Return the attributes that extensions show."""
    if "superfences" in extensions:
        return frozenset({"title", "hl_lines", "linenums"})
    has_fences = extensions & {"fenced_code", "extra"} and "codehilite" in extensions
    return frozenset({"hl_lines", "linenums"} if has_fences else ())


def _closes(line: str, mark: str) -> bool:
    bare = line.strip(" \t>")
    return len(bare) >= len(mark) and not bare.strip(mark[0])


def _head(match: re.Match[str], keys: Set[str], size: int) -> Iterator[str]:
    """Yield the first lines of a directive; none where the fence says nothing more. size: lines of code."""
    info = match["info"].strip()
    braced = _BRACED.fullmatch(info)
    words, said = [], {}
    for part in _PART.finditer(braced["inner"] if braced else info):
        if part["key"]:
            said[part["key"]] = part["double"] or part["single"] or part["bare"] or ""
        else:
            words.append(part["word"].removeprefix(".") if braced else part["word"])
    language = words[0] if words else ""
    if not keys & said.keys() or (language and not _LANGUAGE.fullmatch(language)):
        return
    indent = match["indent"]
    yield f"{indent}{match['mark']}{{code-block}} {known_language(language) or 'none'}"
    title = " ".join(said.get("title", "").split()) if "title" in keys else ""
    if title:
        context = Context(every=False, stars=True, underscores=True, dollars=True)
        yield f"{indent}{caption_option([Text(title)], context)}"
    start = said.get("linenums", "").split(" ")[0]
    if start.isascii() and start.isdecimal() and int(start[:6]):
        yield f"{indent}:linenos:" if int(start[:6]) == 1 else f"{indent}:lineno-start: {int(start[:6])}"
    if marked := ",".join(_lines(said.get("hl_lines", ""), size)):
        yield f"{indent}:emphasize-lines: {marked}"
    yield indent.rstrip(" \t")


def _lines(said: str, size: int) -> Iterator[str]:
    """Yield those of some lines and ranges that code has; of others, Sphinx warns."""
    for match in filter(None, map(_RANGE.fullmatch, said.replace(",", " ").split())):
        first, last = int(match["first"]), min(int(match["last"] or match["first"]), size)
        if 0 < first <= last:
            yield f"{first}-{last}" if last > first else f"{first}"
