"""Quarto's Markdown, as far as it differs from that of other systems: https://quarto.org/docs/authoring/."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from postdocs.importer.ast.nodes import Citation
from postdocs.importer.folders import fences
from postdocs.importer.folders.markdown import in_prose, with_angles
from postdocs.importer.folders.systems.quarto import (
    attributes,
    citations,
    divs,
    notes,
    references,
    shortcodes,
)
from postdocs.importer.folders.systems.quarto.divs import Chunk
from postdocs.importer.folders.systems.quarto.pieces import Pieces
from postdocs.importer.folders.systems.quarto.references import HEADING, Label
from postdocs.importer.html.citations import LIST, element, keys_of

_DEEPEST = 10  # files that include each other
_MOST = 2**18  # characters that a text includes
_ATTRIBUTES = re.compile(r"(?<=[\])`])\{(?P<list>[^{}\n=][^{}\n]*)\}")
_BEHIND = re.compile(r"(?P<what>!?\[(?:[^\[\]\\]|\\.)*\]\([^()\n]*\)|`+)\{(?P<list>[^{}\n]+)\}")
_RAW_SPAN = re.compile(r"(?P<mark>`+)(?P<text>[^`\n]+)(?P=mark)\{=(?P<format>[\w-]+)\}")
_SPACE = re.compile(r"(?<!\\)\\[ ](?=\S)")
_EQUATION = re.compile(r"\$\$(?P<tex>(?:[^$]|\\\$)+)\$\$[ \t]*\{\#(?P<id>eq-[\w:.-]+)[^{}\n]*\}")
# Code in a line and formulas between dollars, which stay, and environments of formulas without any.
_ENVIRONMENT = re.compile(
    r"(?<!`)(?P<ticks>`++)[^`\n]+(?P=ticks)(?!`)|\$\$(?:[^$]|\\\$)*\$\$"
    r"|^(?P<margin>(?:[ ]{0,3}>)*[ ]{0,3})\\begin\{(?P<name>"
    r"(?:align|equation|gather|multline|eqnarray|alignat|flalign|aligned|alignedat|gathered|array|cases|CD|split"
    r"|(?:[bBpvV]|small)?matrix)\*?)\}"
    r"(?:(?!^\s*$|\\begin\{(?P=name)\}).)*?\\end\{(?P=name)\}[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_NUMBERED = re.compile(r"\\begin\{(?:align|equation|gather|multline|eqnarray)\}|\\tag\b")
# Captions that have a number: of a picture, a table, and code.
_PICTURE = re.compile(
    r"(?P<before>!\[)(?P<rest>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])+\]\([^()\n]*\)\{\#(?P<id>fig-[\w:.-]+)[^{}\n]*\})"
)
_TABLE = re.compile(
    r"^(?P<before>[ ]{0,3}(?:Table)?:[ \t]+)(?P<rest>[^\n]*\{\#(?P<id>tbl-[\w:.-]+)[^{}\n]*\}[ \t]*)$",
    re.MULTILINE,
)
_LISTING = re.compile(r"\A(?P<before>[^\n{]*\{\#(?P<id>lst-[\w:.-]+) lst-cap=\")(?P<rest>[^\n]+)")
_SHAPES = ("width", "height")


@dataclass(frozen=True)
class Text:
    """A text. markdown: for its renderer. author: for readers of MyST. odd: what, its line, and itself.

    cited: the keys of the works that it cites.
    """

    markdown: str
    author: str
    odd: tuple[tuple[str, int, str], ...] = ()
    cited: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Context:
    """What a text knows. include: returns the text of a file that it names, None for what is not there.

    meta: of its page. variables: of the project. options: of its cells. names: of what is numbered, by type.
    works: the keys that the site has for works, by those of the page.
    """

    include: Callable[[str], str | None]
    meta: Mapping[str, Any]
    variables: Mapping[str, Any]
    options: Mapping[str, str]
    names: Mapping[str, str]
    works: Mapping[str, str] = field(default_factory=dict)


def translate(text: str, context: Context) -> Text:
    """Write a text of Quarto in the Markdown of others, and in HTML where they have nothing for it."""
    odd: list[tuple[str, int, str]] = []
    text = _with_includes(text, context.include)
    known = shortcodes.readers(context.meta, context.variables)
    chunks = [*Pieces(known, context.options, odd).of(text)]
    labels = references.labels((chunk.text for chunk in chunks if not chunk.is_code), context.names)
    chunks, open_blocks = divs.expand(chunks, labels)
    odd += [("a block between colons never ends", line, ":::") for line in open_blocks]
    odd += _unknown(chunks, {*labels, *context.works})
    pieces = [
        (_numbered(piece, labels) if is_code else _prose(piece, labels), is_code)
        for piece, is_code in _joined(chunks)
    ]
    cited: set[str] = set()

    def shown(citation: Citation) -> str:
        cited.update(keys_of(citation.targets))
        return element(citation)

    def in_text(text: str, write: Callable[[Citation], str]) -> str:
        return citations.translate(text, context.works, write)

    whole = "\n".join(piece if is_code else in_text(piece, shown) for piece, is_code in pieces)
    write = citations.as_role
    author = [
        (fences.to_myst(piece, fences.read) if is_code else in_text(_authors(piece), write), is_code)
        for piece, is_code in pieces
    ]
    if cited and LIST not in whole and HEADING.fullmatch(whole.rstrip().rpartition("\n")[2]):
        whole = f"{whole.rstrip()}\n\n{LIST}\n"  # as pandoc puts it
    return Text(whole, notes.below(author), tuple(odd), frozenset(cited))


def _unknown(chunks: Iterable[Chunk], known: Container[str]) -> Iterator[tuple[str, int, str]]:
    """Yield what looks like a citation and leads nowhere, such as the names of people elsewhere."""
    what = "a citation whose key no bibliography of the post has came along as text"
    for chunk in chunks:
        if not chunk.is_code:
            keys = dict.fromkeys(citations.keys_in(chunk.text))
            yield from ((what, chunk.line, f"@{key}") for key in keys if key not in known)


def _with_includes(text: str, include: Callable[[str], str | None]) -> str:
    """Put the files into a text that it includes, up to a depth and a size; others stay named."""
    room = _MOST

    def expanded(text: str, depth: int) -> str:
        def read(match: re.Match[str]) -> str:
            nonlocal room
            places, _ = shortcodes.arguments(match["rest"])
            is_include = match["name"].lower() == "include" and bool(places) and depth < _DEEPEST
            inner = include(places[0]) if is_include else None
            if inner is None or len(inner) > room:
                return match[0]
            room -= len(inner)
            return expanded(inner, depth + 1)

        return shortcodes.CODE.sub(read, text) if "{{<" in text else text

    return expanded(text, 0)


def _joined(chunks: Sequence[Chunk]) -> Iterator[tuple[str, bool]]:
    """Yield the text between pieces of code as one, and whether a piece is code."""
    lines: list[str] = []
    for chunk in chunks:
        if not chunk.is_code:
            lines.append(chunk.text)
            continue
        if lines:
            yield "\n".join(lines), False
        lines = []
        yield chunk.text, True
    if lines:
        yield "\n".join(lines), False


def _environment(match: re.Match[str]) -> str:
    """Put an environment between dollars, in the quotation that it stands in."""
    if not match["name"]:
        return match[0]
    margin = match["margin"] if ">" in match["margin"] else ""
    inside = match[0].rstrip() if margin else match[0].strip()
    return f"{margin}$$\n{inside}\n{margin}$$"


def _prose(text: str, labels: Mapping[str, Label]) -> str:
    """Write what stands between code as other parsers read it."""
    text = _ENVIRONMENT.sub(_environment, with_angles(text))
    text = _EQUATION.sub(lambda match: _equation(match, labels), text)
    text = _RAW_SPAN.sub(lambda match: match["text"] if match["format"].startswith("html") else "", text)
    text = _ATTRIBUTES.sub(_quoted, text)
    for pattern in (_PICTURE, _TABLE) if labels else ():
        text = pattern.sub(lambda match: _captioned(match, labels), text)
    if labels and "@" in text:
        text = in_prose(text, references.GROUP, lambda match: references.group(match, labels))
        text = in_prose(text, references.BARE, lambda match: references.link(match, labels))
    return in_prose(text, _SPACE, lambda _: "\u00a0") if "\\ " in text else text


def _numbered(code: str, labels: Mapping[str, Label]) -> str:
    """Put the number before the title of code, which `cells.read` writes."""
    return _LISTING.sub(lambda match: _captioned(match, labels), code)


def _captioned(match: re.Match[str], labels: Mapping[str, Label]) -> str:
    """Put the number before a caption."""
    label = labels.get(match["id"])
    if label is None or not label.number:
        return match[0]
    return f"{match['before']}{label.text}: {match['rest']}" if match["rest"] else match[0]


def _equation(match: re.Match[str], labels: Mapping[str, Label]) -> str:
    label = labels.get(match["id"])
    tex = match["tex"]
    if label is None or _NUMBERED.search(tex):
        return f"$${tex}$$"
    end = "\n" if tex.endswith("\n") else " "
    return f"$${tex.rstrip()} \\tag{{{label.number}}}{end}$$"


def _quoted(match: re.Match[str]) -> str:
    said = attributes.read(match["list"])
    return match[0] if said is None else f"{{{said.written()}}}"


def _authors(text: str) -> str:
    """Take out of a text what only Quarto reads."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        match = HEADING.fullmatch(line) if "{" in line else None
        if match and match["list"] and attributes.read(match["list"]):
            lines[at] = f"{match['mark']} {match['title']}"
    return _BEHIND.sub(_sized, "\n".join(lines))


def _sized(match: re.Match[str]) -> str:
    said = attributes.read(match["list"])
    if said is None:
        return match[0]
    what, alternative = match["what"], said.values.get("fig-alt", "")
    if not what.startswith("!"):
        return what
    if what.startswith("![](") and alternative and not re.search(r"[\[\]\\]", alternative):
        what = f"![{alternative}]{what[3:]}"
    shapes = {key: said.values[key] for key in _SHAPES if key in said.values}
    return f"{what}{{{attributes.Attributes(values=shapes).written()}}}" if shapes else what
