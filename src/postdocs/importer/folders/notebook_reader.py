"""The cells of a Jupyter notebook as Markdown, with marks where outputs are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import markdown, notebook_cells, notebook_kept, notebook_outputs
from postdocs.importer.folders.front_matter import FrontMatter
from postdocs.importer.folders.markdown import Dialect
from postdocs.importer.folders.notebook_cells import Cell, Shown
from postdocs.importer.folders.notebook_outputs import Shows, joined
from postdocs.importer.folders.notebook_prose import prose
from postdocs.importer.highlighting import known_language
from postdocs.importer.kept_notebook import word_of

DIALECT: Final = Dialect(dollars=True, links=True)
ATTACHMENT: Final = re.compile(r"attachment:(?P<name>[^\s)\"'<>\]]+)")
_MAGICS = {
    "bash": "bash", "sh": "bash", "html": "html", "HTML": "html", "javascript": "javascript",
    "js": "javascript", "perl": "perl", "ruby": "ruby", "R": "r", "sql": "sql", "latex": "latex",
    "svg": "xml", "SVG": "xml", "cython": "cython", "markdown": "markdown",
}  # fmt: skip
_MAGIC = re.compile(r"%%(?P<name>\w+)")
_RAW_HTML = frozenset({"", "text/html", "html"})
_RAW_MARKDOWN = frozenset({"text/markdown", "text/x-markdown", "markdown"})
_RAW_REST = frozenset({"text/restructuredtext", "text/x-rst", "restructuredtext", "rst"})


class Reader:
    """Reads the cells of one notebook, and gathers its outputs, attachments, and notes.

    keeps: whether the notebook stays one. cells are then those of its file, each by the word that stands for
    it in the text; those of Markdown are without their text. rest: reStructuredText by the marks that stand
    for it, None where its cells are left out.
    """

    def __init__(
        self,
        place: str,
        metadata: Mapping[str, Any],
        defaults: FrontMatter,
        key: str,
        *,
        keeps: bool,
        rest: dict[str, str] | None = None,
    ) -> None:
        self.outputs: dict[str, str] = {}
        self.cells: dict[str, Mapping[str, Any]] = {}
        self.attachments: dict[str, str] = {}
        self.notes: list[Note] = []
        self._place = place
        self._defaults = defaults
        self._key = key
        self._keeps = keeps
        self._rest = rest
        self.language = _language(metadata)

    def parts(self, cells: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        """Yield the Markdown of each cell, and a mark for each output."""
        for number, cell in enumerate(cells, 1):
            source, metadata = joined(cell.get("source")), notebook_cells.metadata_of(cell)
            kind = cell.get("cell_type")
            place = f"{self._place}: cell {number}"
            if kind == "code":
                shows = notebook_cells.read(source, metadata, self._defaults)
                if self._keeps and (shows.source if shows else source).strip():  # MyST-NB shows no empty cell
                    yield from self._kept(shows, cell, place)
                elif shows is not None:
                    yield from self._boundary()
                    yield from self._code(shows, cell, place)
            elif not source.strip() or notebook_cells.is_removed(metadata):
                continue
            elif kind == "raw":
                yield from self._boundary()
                yield from self._raw(source, metadata, place)
            else:
                yield from self._boundary()
                yield self._closed(prose(self._attached(source, cell, number)))

    def _mark(self, html: str) -> str:
        mark = f'<div data-output="{self._key}-{len(self.outputs) + 1}"></div>'
        self.outputs[mark] = html
        return mark

    def _boundary(self, cell: Mapping[str, Any] = notebook_kept.MARKDOWN) -> Iterator[str]:
        """Yield what parts cells, in a notebook that stays one. cell: the one that follows."""
        if self._keeps:
            word = word_of(self._key, len(self.cells) + 1)
            self.cells[word] = cell
            yield self._mark(f"<p>{word}</p>")

    def _closed(self, text: str) -> str:
        """Return Markdown whose HTML closes all that it opens, so that no other cell is in it."""
        html = markdown.render(text, DIALECT, {}) if self._keeps and "<" in text else ""
        after = LexborHTMLParser(f"{html}<hr data-after>").css_first("[data-after]")
        is_closed = after is not None and after.parent is not None and after.parent.tag == "body"
        return text if is_closed else self._mark(f"<div>{notebook_outputs.whole(html)}</div>")

    def _kept(self, shows: Cell | None, cell: Mapping[str, Any], place: str) -> Iterator[str]:
        """Yield the mark of a cell of code that stays one, and below it the outputs that can't stay in it."""
        parts = [*notebook_outputs.read(cell.get("outputs"), shows, place, self.notes)] if shows else []
        kept, others = notebook_kept.code(cell, shows, parts)
        yield from self._boundary(kept)
        if shows and others:
            yield from self._outputs(shows, others)

    def _code(self, shows: Cell, cell: Mapping[str, Any], place: str) -> Iterator[str]:
        magic = _MAGIC.match(shows.source)
        language = _MAGICS.get(magic["name"], self.language) if magic else self.language
        if shows.code is Shown.FOLDED:
            name = f' class="language-{language}"' if language else ""
            code = f"<pre><code{name}>{escape(shows.source, quote=False)}\n</code></pre>"
            yield self._mark(_folded(shows.summary or "Show code", code))
        elif shows.code is Shown.YES:
            ticks = "`" * max(3, 1 + max(map(len, re.findall("`+", shows.source)), default=0))
            yield f"{ticks}{language}\n{shows.source}\n{ticks}"
        yield from self._outputs(
            shows, [*notebook_outputs.read(cell.get("outputs"), shows, place, self.notes)]
        )

    def _outputs(self, shows: Cell, parts: Sequence[Shows]) -> Iterator[str]:
        if shows.outputs is Shown.FOLDED:
            inner = "".join(part.html or markdown.render(prose(part.text), DIALECT, {}) for part in parts)
            if inner.strip():
                yield self._mark(_folded("Show output", inner))
            return
        for part in parts:
            if part.text:
                yield prose(part.text)
            elif part.html:
                yield self._mark(part.html)

    def _raw(self, source: str, metadata: Mapping[str, Any], place: str) -> Iterator[str]:
        kind = joined(metadata.get("raw_mimetype") or metadata.get("format")).lower()
        if kind in _RAW_MARKDOWN:
            yield prose(source)
        elif kind in _RAW_HTML:
            yield self._mark(f"<div>{notebook_outputs.whole(source)}</div>")
        elif kind in _RAW_REST and self._rest is not None:
            mark = self._mark("")
            self._rest[mark] = source
            yield mark
        else:
            what = f"a raw cell for {kind}, which pages don't show"
            self.notes.append(Note(NoteKind.LEFT_OUT, what, before=place))

    def _attached(self, source: str, cell: Mapping[str, Any], number: int) -> str:
        """Give attached images addresses that tell those of different cells apart."""
        attachments = cell.get("attachments")
        attachments = attachments if isinstance(attachments, dict) else {}

        def address(match: re.Match[str]) -> str:
            data = attachments.get(match["name"])
            kind = next(iter(data), "") if isinstance(data, dict) else ""
            if not isinstance(data, dict) or not kind.startswith("image/"):
                return match[0]
            name = f"attachment:{self._key}-{number}-{len(self.attachments) + 1}"
            self.attachments[name] = notebook_outputs.data_url(kind, joined(data[kind]))
            return name

        return ATTACHMENT.sub(address, source)


def _language(metadata: Mapping[str, Any]) -> str:
    """Return the language of the code, as highlighters name it."""
    info, kernel = metadata.get("language_info"), metadata.get("kernelspec")
    info, kernel = (value if isinstance(value, dict) else {} for value in (info, kernel))
    names = (info.get("name"), kernel.get("language"), info.get("pygments_lexer"), kernel.get("name"))
    said = next((name for name in names if isinstance(name, str) and name), "python")
    return known_language(said) or known_language(re.sub(r"[\d.]+$", "", said))


def _folded(summary: str, html: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>{html}</details>"
