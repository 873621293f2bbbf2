"""MDX, as Astro and Docusaurus have it, as Markdown: https://mdxjs.com/docs/what-is-mdx/."""

from __future__ import annotations

import re
from collections import Counter
from html import escape

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import markdown
from postdocs.importer.own_text import code_in

_MODULE = re.compile(r"(?:import|export)\b(?:\s+[\w*{\"'\[]|\s*\{)")
_COMMENT = re.compile(r"\{/\*(?:(?!\*/).)*+\*/\}", re.DOTALL)
_TAG = re.compile(r"<(?P<close>/)?(?P<name>[A-Z][\w.]*+|(?=>))")
_LABEL = re.compile(r"""\b(?:label|title|summary|caption)=\{?(?P<mark>["'`])(?P<text>[^"'`\n]+)(?P=mark)""")
# What only JavaScript reads of the attributes of an element: a file beside the text, and what it looks like.
_FILE = re.compile(
    r"""\{\s*require\(\s*(?P<mark>['"])(?P<path>[^'"{}\n]+)(?P=mark)\s*\)(?:\.default)?\s*\}"""
)
_STYLE = re.compile(r"\s+style=\{\{[^{}]*\}\}")
# Boxes of Docusaurus, Starlight, Nextra, and Mintlify: those that say their kind, and those named by it.
_BOXES = frozenset({"admonition", "alert", "aside", "callout"})
_KINDS = frozenset({"caution", "danger", "important", "info", "note", "tip", "warning"})
_KIND = re.compile(r"""\b(?:type|kind|variant|intent|level)=\{?["'`](?P<kind>[A-Za-z]+)["'`]""")
_LONGEST = 1_000  # characters of a tag
_SHOWN = 100  # of them in a note


def translate(
    text: str, place: str, first_line: int, *, has_modules: bool = True
) -> tuple[str, tuple[Note, ...]]:
    """Return a text without imports, exports, and the tags of components; what is in these stays.

    Boxes become those of Docusaurus in Markdown. The titles and labels that other components show become bold
    lines. A component without text in it stays visible. Notes name each with file and line. place,
    first_line: where the text is, for notes. has_modules: whether a paragraph may be an import, as it isn't
    in the components of Vue.
    """
    notes: list[Note] = []
    text = _without_modules(text, place, first_line, notes) if has_modules else text
    text = markdown.in_prose(text, _FILE, lambda match: f'"{match["path"]}"')
    text = markdown.in_prose(text, _STYLE, lambda _: "")
    is_code = markdown.in_code(text.split("\n"))
    line_at = markdown.line_counter(text)
    inline = _spans_of_code(text)

    def is_in_code(at: int) -> bool:
        return is_code[line_at(at)] or any(start <= at < end for start, end in inline.get(line_at(at), ()))

    pieces: list[str] = []
    position = 0
    last: dict[str, int] = {}  # where the last end tag of a component is
    boxes = Counter[str]()  # that are open, by their names
    for match in _TAG.finditer(text):
        start = match.start()
        if start < position or is_in_code(start):
            continue
        end = _end(text, match.end())
        if end is None:
            continue
        pieces.append(text[position:start])
        position = end
        tag = text[start:end]
        name = match["name"]
        if match["close"] and boxes[name]:
            boxes[name] -= 1
            pieces.append("\n\n:::\n\n")
        if not name or match["close"]:
            continue
        is_empty = tag.endswith("/>")
        if name not in last:
            last[name] = text.rfind(f"</{name}>")
        if name.lower() in _BOXES | _KINDS and not is_empty and last[name] >= end:
            boxes[name] += 1
            pieces.append(_box(name.lower(), tag))
            continue
        what = (
            "a component that is not known here came along as text"
            if is_empty
            else "a component that is not known here; the text in it stays"
        )
        shown = " ".join(tag.split())[:_SHOWN]
        said = f"{place}:{first_line + line_at(start)}: {shown}"
        notes.append(Note(NoteKind.NOTICED, what, before=said, in_text=True))
        if is_empty:
            pieces.append(escape(" ".join(tag.split()), quote=False))
        elif label := _LABEL.search(tag):
            pieces.append(f"\n\n**{label['text'].strip()}**\n\n")
    pieces.append(text[position:])
    return _COMMENT.sub("", "".join(pieces)), tuple(notes)


def _box(name: str, tag: str) -> str:
    """Return what begins a box in Markdown. name: of its component, in lower case."""
    said, title = _KIND.search(tag), _LABEL.search(tag)
    kind = name if name in _KINDS else said["kind"].lower() if said else "note"
    return f"\n\n:::{kind} {title['text'].strip() if title else ''}".rstrip() + "\n\n"


def _without_modules(text: str, place: str, first_line: int, notes: list[Note]) -> str:
    """Empty the lines of imports and exports, which stand between empty lines."""
    lines = text.split("\n")
    is_code = markdown.in_code(lines)
    is_module = False
    for at, line in enumerate(lines):
        is_first = at == 0 or not lines[at - 1].strip()
        if not is_module and is_first and not is_code[at] and _MODULE.match(line):
            is_module = True
            what = "an import or export of a page in MDX"
            shown = " ".join(line.split())[:_SHOWN]
            said = f"{place}:{first_line + at}: {shown}"
            notes.append(Note(NoteKind.LEFT_OUT, what, before=said, in_text=True))
        elif not line.strip():
            is_module = False
        if is_module:
            lines[at] = ""
    return "\n".join(lines)


def _spans_of_code(text: str) -> dict[int, list[tuple[int, int]]]:
    """Return where code within lines is, by the line, from 0."""
    spans: dict[int, list[tuple[int, int]]] = {}
    begin = 0
    for number, line in enumerate(text.split("\n")):
        if "`" in line:
            spans[number] = [(begin + start, begin + end) for start, end in code_in(line)]
        begin += len(line) + 1
    return spans


def _end(text: str, at: int) -> int | None:
    """Return the end of a tag, None where it has none; braces and quotes may hold a `>`."""
    depth, quote = 0, ""
    for place in range(at, min(len(text), at + _LONGEST)):
        character = text[place]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'`":
            quote = character
        elif character in "{}":
            depth += 1 if character == "{" else -1
        elif character == ">" and depth <= 0 and text[place - 1] != "=":
            return place + 1
    return None
