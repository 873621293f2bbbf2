"""Blocks between colons, as HTML with Markdown in it: https://quarto.org/docs/authoring/markdown-basics.html#divs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

from postdocs.importer.folders import markdown
from postdocs.importer.folders.systems.quarto import attributes
from postdocs.importer.folders.systems.quarto.attributes import Attributes
from postdocs.importer.folders.systems.quarto.references import DIV, END, HEADING, Label
from postdocs.importer.html.citations import LIST

_CALLOUT = "callout-"
_TABS = frozenset({"panel-tabset", "tabset"})
_ASIDES = frozenset({"aside", "column-margin"})
_FLOATS = frozenset({"fig", "tbl", "lst"})
_THEOREMS = frozenset({"thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "sol", "rem", "alg"})
_PROOFS = {"proof": "Proof", "remark": "Remark", "solution": "Solution"}
_HTML = frozenset({"html", "html5", "html4", "html:js"})
_MACROS = ("\\newcommand", "\\renewcommand", "\\def", "\\DeclareMathOperator", "\\let")
_NO_CAPTION = ("![", "<", "|", "```", "~~~", "$$", "- ", "* ", "#")


@dataclass(frozen=True)
class Chunk:
    """A line of text, or a whole piece of code. line: its first in the text, from 0."""

    text: str
    line: int
    is_code: bool = False


@dataclass
class _Div:
    """An open block. kind: what it becomes. end: what closes it. start: of its content in the output.

    level: of the headings that begin its tabs, 0 before the first.
    """

    kind: str
    said: Attributes
    line: int
    indent: str = ""
    end: list[str] = field(default_factory=list)
    start: int = 0
    level: int = 0
    is_begun: bool = False


def expand(chunks: Iterable[Chunk], labels: Mapping[str, Label]) -> tuple[list[Chunk], list[int]]:
    """Return a text without blocks between colons, and the lines of those that never end."""
    walk = _Walk(labels)
    for chunk in chunks:
        walk.add(chunk)
    return walk.closed(), [div.line for div in walk.open]


class _Walk:
    def __init__(self, labels: Mapping[str, Label]) -> None:
        self._labels = labels
        self._out: list[Chunk] = []
        self.open: list[_Div] = []

    def add(self, chunk: Chunk) -> None:
        if not chunk.is_code and (match := DIV.fullmatch(chunk.text)):
            said = attributes.read(match["list"] or "") or Attributes(classes=(match["name"] or "",))
            self._begin_waiting("", chunk.line)
            self.open.append(_Div(_kind(said), said, chunk.line, match["indent"]))
        elif not chunk.is_code and self.open and END.fullmatch(chunk.text):
            self._begin_waiting("", chunk.line)
            self._end(self.open.pop(), chunk.line)
        elif any(div.kind == "hidden" for div in self.open):
            if any(macro in chunk.text for macro in _MACROS):
                self._out.append(chunk)
        elif not chunk.text.strip():
            self._out.append(chunk)
        else:
            heading = None if chunk.is_code else HEADING.fullmatch(chunk.text.strip())
            waiting = self.open and not self.open[-1].is_begun
            self._begin_waiting(heading["title"] if heading else "", chunk.line)
            div = self.open[-1] if self.open else None
            if heading and div and div.kind == "tabs" and self._tab(div, heading, chunk.line):
                return
            if not (heading and waiting and div and div.kind in {"callout", "theorem"}):
                self._out.append(chunk)

    def closed(self) -> list[Chunk]:
        """Return the text; blocks that never end close at its end."""
        line = self._out[-1].line if self._out else 0
        for div in reversed(self.open):
            if not div.is_begun:
                self._begin(div, "", line)
            self._end(div, line)
        return self._out

    def _emit(self, div: _Div, line: int, *texts: str) -> None:
        """Write lines of a block as far in as it begins, so that they stay in the list around it."""
        self._out += [Chunk(f"{div.indent}{text}" if text else "", line) for text in texts]

    def _begin_waiting(self, heading: str, line: int) -> None:
        """Begin the innermost block, whose title may be the heading that it begins with."""
        if self.open and not self.open[-1].is_begun:
            self._begin(self.open[-1], heading, line)

    def _begin(self, div: _Div, heading: str, line: int) -> None:
        div.is_begun = True
        said, identifier = div.said, f' id="{escape(div.said.id)}"' if div.said.id else ""
        label = self._labels.get(said.id)
        title = said.values.get("title") or said.values.get("name") or heading
        if div.kind == "callout":
            kind = next(name for name in said.classes if name.startswith(_CALLOUT)).removeprefix(_CALLOUT)
            title = ": ".join(filter(None, [label.text if label else "", title])) or kind.capitalize()
            shown = markdown.inline(title)
            if "collapse" in said.values:
                is_open = " open" if said.values["collapse"] == "false" else ""
                self._emit(
                    div,
                    line,
                    "",
                    f'<details class="{escape(kind)}"{identifier}{is_open}><summary>{shown}</summary>',
                    "",
                )
                div.end = ["", "</details>", ""]
            else:
                head = f'<p class="admonition-title">{shown}</p>'
                self._emit(div, line, "", f'<div class="admonition {escape(kind)}"{identifier}>{head}', "")
                div.end = ["", "</div>", ""]
        elif div.kind in {"theorem", "proof"}:
            name = next((_PROOFS[name] for name in said.classes if name in _PROOFS), "")
            head = (
                f"**{label.text}{f' ({title})' if title else ''}**" if label else f"*{name}.*" if name else ""
            )
            self._emit(div, line, "", f"<div{identifier}>", "", *([head, ""] if head else []))
            div.end = ["", "</div>", ""]
        elif div.kind == "float":
            self._emit(div, line, "", f"<figure{identifier}>", "")
            div.end = ["", "</figure>", ""]
        elif div.kind == "references":
            self._emit(div, line, "", LIST, "")
            div.end = [""]
        elif div.kind == "tabs":
            self._emit(div, line, "", "<dl>")
            div.end = ["", "</dd></dl>", ""]
        elif div.kind == "aside":
            self._emit(div, line, "", f"<aside{identifier}>", "")
            div.end = ["", "</aside>", ""]
        elif said.id and div.kind == "plain":
            self._emit(div, line, "", f"<div{identifier}>", "")
            div.end = ["", "</div>", ""]
        else:
            self._emit(div, line, "")
            div.end = [""]
        div.start = len(self._out)

    def _tab(self, div: _Div, heading: re.Match[str], line: int) -> bool:
        """Begin a tab of a block of tabs; False where a heading is within one."""
        level = len(heading["mark"])
        if div.level and level != div.level:
            return False
        self._emit(
            div,
            line,
            *(["", "</dd>"] if div.level else []),
            f"<dt>{markdown.inline(heading['title'])}</dt><dd>",
            "",
        )
        div.level = level
        return True

    def _end(self, div: _Div, line: int) -> None:
        if div.kind == "float":
            self._mark_caption(div)
        if div.kind == "tabs" and not div.level:
            div.end = ["", "</dl>", ""]
        self._emit(div, line, *div.end)

    def _mark_caption(self, div: _Div) -> None:
        """Make the last paragraph of a figure its caption."""
        end = len(self._out)
        while end > div.start and not self._out[end - 1].text.strip():
            end -= 1
        start = end
        while start > div.start and self._out[start - 1].text.strip() and not self._out[start - 1].is_code:
            start -= 1
        label = self._labels.get(div.said.id)
        lines = [chunk.text for chunk in self._out[start:end]]
        is_caption = bool(lines) and start > div.start and not lines[0].lstrip().startswith(_NO_CAPTION)
        if not is_caption and label is None:
            return
        text = " ".join([*([f"{label.text}:"] if label else []), *(lines if is_caption else [])])
        line = self._out[end - 1].line if end else 0
        caption = [Chunk(part, line) for part in ("", "<figcaption>", "", text, "", "</figcaption>")]
        self._out[(start if is_caption else end) :] = caption


def _kind(said: Attributes) -> str:
    """Return what a block becomes."""
    classes, kind = {*said.classes}, said.id.partition("-")[0]
    if _is_hidden(said):
        return "hidden"
    if any(name.startswith(_CALLOUT) and name != _CALLOUT for name in classes):
        return "callout"
    if kind in _FLOATS and "cell" not in classes:
        return "float"
    if kind in _THEOREMS or classes & _PROOFS.keys():
        return "theorem"
    if classes & _TABS:
        return "tabs"
    plain = "references" if said.id == "refs" else "plain"
    return "aside" if classes & _ASIDES else plain


def _is_hidden(said: Attributes) -> bool:
    """Tell whether no reader of the site sees a block."""
    shown, other = said.values.get("when-format"), said.values.get("unless-format")
    if "content-visible" in said.classes:
        return bool((shown and shown not in _HTML) or (other and other in _HTML))
    if "content-hidden" in said.classes:
        return bool((shown and shown in _HTML) or (other and other not in _HTML) or not said.values)
    return "hidden" in said.classes
