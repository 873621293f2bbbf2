"""A text of Quarto in lines and code, with its shortcodes shown, and its tables that are drawn with lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from postdocs.importer.folders import markdown
from postdocs.importer.folders.systems.quarto import cells, parts, shortcodes, tables, verses
from postdocs.importer.folders.systems.quarto.divs import Chunk
from postdocs.importer.folders.systems.quarto.parts import Part
from postdocs.importer.folders.systems.quarto.tables import Table

ICON = "an icon is left out"  # the only thing that is noted and isn't kept
_RUN_SPAN = re.compile(r"`(?:r[ ]|\{(?:r|python|julia|ojs)\}[ ])[^`\n]+`")
_DEEPEST = 3  # tables in cells of others


@dataclass(frozen=True)
class Pieces:
    """Makes the pieces of a text.

    known: what shortcodes show. options: of cells of code. odd: where it is told what only pandoc or running
    code could show: what, its line, and itself.
    """

    known: Mapping[str, shortcodes.Reader]
    options: Mapping[str, str]
    odd: list[tuple[str, int, str]]

    def of(self, text: str, first: int = 0, depth: int = 0) -> Iterator[Chunk]:
        """Yield the pieces of a text. first: its first line. depth: of the tables around it."""
        for part in parts.split(text):
            line = first + part.line
            if part.info is not None:
                yield from self._code(part, part.info, line)
                continue
            at = 0
            for table in tables.find(part.lines):
                yield from self._lines(part.lines[at : table.start], line + at)
                yield from self._table(table, part.lines, line + table.start, depth)
                at = table.end
            yield from self._lines(part.lines[at:], line + at)

    def _lines(self, lines: Sequence[str], first: int) -> Iterator[Chunk]:
        shown = self._shown("\n".join(verses.with_breaks(lines)), first).split("\n") if lines else []
        for at, line in enumerate(lines):
            if match := _RUN_SPAN.search(line):
                what = "a value that code works out came along as its code"
                self.odd.append((what, first + at, match[0]))
        yield from (Chunk(line, first + at) for at, line in enumerate(shown))

    def _table(self, table: Table, lines: Sequence[str], line: int, depth: int) -> Iterator[Chunk]:
        """Yield a table as HTML, with blank lines around the text of its cells, so that it is Markdown."""
        if table.grid is None or depth == _DEEPEST:
            self.odd.append(("a table drawn with lines came along as text", line, lines[table.start].strip()))
            yield from self._lines(lines[table.start : table.end], line)
            return
        for part in table.grid.parts():
            if isinstance(part, str):
                texts = ("", f"{table.indent}{part}", "")
                yield from (Chunk(text, line) for text in texts)
                continue
            for chunk in self.of("\n".join(part.lines), line, depth + 1):
                text = "\n".join(f"{table.indent}{inner}".rstrip() for inner in chunk.text.split("\n"))
                yield replace(chunk, text=text)

    def _code(self, part: Part, info: str, line: int) -> Iterator[Chunk]:
        code = cells.read(part, self.options)
        if code.is_cell and not code.is_diagram:
            what = "the output of code isn't in its source; give the built pages with --built"
            self.odd.append((what, line, info))
        if code.is_diagram:
            self.odd.append(("a diagram came along as its source", line, info))
        if code.label:
            yield from (Chunk(text, line) for text in ("", f"{part.indent}[]{{#{code.label}}}", ""))
        if code.text:
            yield Chunk(shortcodes.ESCAPED.sub(r"\1", code.text), line, is_code=True)

    def _shown(self, text: str, first: int) -> str:
        """Show the shortcodes in a text."""
        if "{{<" not in text:
            return text
        line_of = markdown.line_counter(text)

        def show(match: re.Match[str]) -> str:
            shown = shortcodes.shown(match, self.known)
            line = first + line_of(match.start())
            if shown is None:
                self.odd.append(("a shortcode that is not known here came along as text", line, match[0]))
                return match[0].replace("<", "&lt;").replace(">", "&gt;")
            if shortcodes.is_icon(match):
                self.odd.append((ICON, line, match[0]))
            return shown

        return shortcodes.ESCAPED.sub(r"\1", shortcodes.CODE.sub(show, text))
