"""Jupyter notebooks as the text of posts: https://nbformat.readthedocs.io/en/latest/format_description.html."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any, Final

import nbformat
from selectolax.lexbor import LexborHTMLParser

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import markdown, notebook_cells, notebook_front, notebook_outputs
from postdocs.importer.folders.front_matter import FrontMatter
from postdocs.importer.folders.markdown import Dialect
from postdocs.importer.folders.notebook_cells import Cell, Hidden, Shown
from postdocs.importer.folders.notebook_outputs import joined
from postdocs.importer.folders.notebook_prose import prose
from postdocs.importer.highlighting import known_language
from postdocs.importer.sources.text import plain

SUFFIX: Final = ".ipynb"
LARGEST: Final = 100 * 2**20  # bytes
_FORMAT: Final = 4
_NOTHING_HIDDEN: Final = Hidden()
_DIALECT = Dialect(dollars=True, links=True)
_ATTACHMENT = re.compile(r"attachment:(?P<name>[^\s)\"'<>\]]+)")
_MARK = re.compile(r'<div data-output="[0-9a-f]{12}-\d+"></div>')
_MAGICS = {
    "bash": "bash", "sh": "bash", "html": "html", "HTML": "html", "javascript": "javascript",
    "js": "javascript", "perl": "perl", "ruby": "ruby", "R": "r", "sql": "sql", "latex": "latex",
    "svg": "xml", "SVG": "xml", "cython": "cython", "markdown": "markdown",
}  # fmt: skip
_MAGIC = re.compile(r"%%(?P<name>\w+)")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")  # half of a character, alone or with the other
_HEADING = re.compile(r"<h(?P<level>[1-6])>(?P<inner>(?:(?!<h[1-6]).)*?)</h(?P=level)>", re.DOTALL)
_RAW_HTML = frozenset({"", "text/html", "html"})
_RAW_MARKDOWN = frozenset({"text/markdown", "text/x-markdown", "markdown"})


@dataclass(frozen=True)
class Notebook:
    """A notebook as the text of a post.

    front: what it says of itself; its body is empty. title: of its front matter, or else its first heading,
    as plain text; "" where it has neither. text: Markdown of all cells, with a mark, a line of HTML, where an
    output is; images that are attached have addresses `attachment:…`. outputs: HTML by those marks.
    attachments: addresses `data:` by those in the text. notes: on cells that need a script.
    """

    front: FrontMatter
    title: str
    text: str
    outputs: Mapping[str, str] = field(default_factory=dict)
    attachments: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    def as_front_matter(self) -> FrontMatter:
        """Return what the notebook says of itself, with its title and its text, as of a file of Markdown."""
        written = {**self.front.written, **({"title": self.title} if self.title else {})}
        return replace(self.front, written=written, body=self.text, is_there=True)

    @property
    def own_text(self) -> str:
        """The text of the author: cells of Markdown and code, without outputs."""
        return "\n".join(line for line in self.text.split("\n") if line not in self.outputs)

    def complete(self, html: str) -> str:
        """Put outputs and attached images into HTML that `text` was rendered to."""
        html = _ATTACHMENT.sub(lambda match: escape(self.attachments.get(match[0], match[0])), html)
        return _MARK.sub(lambda match: self.outputs.get(match[0], match[0]), html)

    def html(self) -> str:
        """Render the notebook as Jupyter does; its text is CommonMark with formulas."""
        return self.complete(_HEADING.sub(_with_id, markdown.render(self.text, _DIALECT, {})))


def read_notebook(data: bytes, place: str, hidden: Hidden = _NOTHING_HIDDEN) -> Notebook:
    """Read a notebook of any version. Nothing of it runs.

    place: how messages name the file. hidden: what the settings of the site hide in it.

    Raises
    ------
    PostdocsError
        It is no notebook, or its front matter can't be read.

    """
    content = _content(data, place)
    metadata = content.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    cells = [hidden.applied(cell) for cell in content["cells"] if isinstance(cell, dict)]
    first = cells[0] if cells and cells[0].get("cell_type") in {"raw", "markdown"} else {}
    front = notebook_front.read(joined(first.get("source")), metadata, place)
    if first:
        cells[0] = {**first, "source": front.body}
    reader = _Reader(place, metadata, _defaults(front), hashlib.sha256(data).hexdigest()[:12])
    text = "\n\n".join(part.strip("\n") for part in reader.parts(cells) if part.strip())
    title = front.text("title") or next(filter(None, map(_heading_of, cells)), "")
    return Notebook(
        replace(notebook_front.without_tools(front), body=""),
        title,
        f"{text}\n" if text else "",
        reader.outputs,
        reader.attachments,
        tuple(reader.notes),
    )


def _content(data: bytes, place: str) -> Mapping[str, Any]:
    """Return a notebook as nbformat 4 has it."""
    if len(data) > LARGEST:
        raise PostdocsError(
            place, None, f"it has more than {LARGEST // 2**20} MiB", "clear its largest outputs"
        )
    remedy = "open it in Jupyter, and save it again"
    try:
        text = data.decode("utf-8-sig")
        content = json.loads(text)
        if _SURROGATE.search(text):  # one that stands alone can't be written
            content = json.loads(json.dumps(content, ensure_ascii=False).encode(errors="ignore"))
    except json.JSONDecodeError as error:
        raise PostdocsError(place, error.lineno, f"the notebook is not JSON: {error.msg}", remedy) from None
    except (ValueError, RecursionError):  # not UTF-8; nested too deeply; a number of too many digits
        raise PostdocsError(place, None, "the notebook is not JSON in UTF-8", remedy) from None
    if isinstance(content, dict) and not isinstance(content.get("cells"), list) and "worksheets" in content:
        content = _upgraded(content, place)
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        raise PostdocsError(place, None, "the file is no Jupyter notebook: it has no list of cells", remedy)
    return content


def _upgraded(content: Mapping[str, Any], place: str) -> Any:
    """Return a notebook of the versions 2 and 3 in version 4."""
    try:
        return nbformat.reads(json.dumps(content), as_version=_FORMAT)  # type: ignore[no-untyped-call]  # it has few types
    except (nbformat.ValidationError, AttributeError, LookupError, TypeError, ValueError, RecursionError):
        wrong = "the notebook is of an old version, and damaged"
        raise PostdocsError(place, None, wrong, "open it in Jupyter, and save it again") from None


def _metadata_of(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = cell.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _heading_of(cell: Mapping[str, Any]) -> str:
    """Return the first heading of the first level in a cell, as plain text; "" where it has none."""
    if cell.get("cell_type") != "markdown" or notebook_cells.is_removed(_metadata_of(cell)):
        return ""
    html = markdown.render(joined(cell.get("source")), _DIALECT, {})
    heading = LexborHTMLParser(html).css_first("h1") if "<h1" in html else None
    return " ".join(heading.text().split()) if heading else ""


def _defaults(front: FrontMatter) -> FrontMatter:
    """Return what Quarto's front matter says of all cells."""
    execute = front.written.get("execute")
    formats = front.written.get("format")
    html = formats.get("html") if isinstance(formats, dict) else None
    said = (part for part in (html, execute) if isinstance(part, dict))
    return FrontMatter({key: value for part in said for key, value in part.items()})


class _Reader:
    """Reads the cells of one notebook, and gathers its outputs, attachments, and notes."""

    def __init__(self, place: str, metadata: Mapping[str, Any], defaults: FrontMatter, key: str) -> None:
        self.outputs: dict[str, str] = {}
        self.attachments: dict[str, str] = {}
        self.notes: list[Note] = []
        self._place = place
        self._defaults = defaults
        self._key = key
        self._language = _language(metadata)

    def parts(self, cells: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        """Yield the Markdown of each cell, and a mark for each output."""
        for number, cell in enumerate(cells, 1):
            source, metadata = joined(cell.get("source")), _metadata_of(cell)
            kind = cell.get("cell_type")
            if kind == "code":
                shows = notebook_cells.read(source, metadata, self._defaults)
                if shows is not None:
                    yield from self._code(shows, cell, f"{self._place}: cell {number}")
            elif not source.strip() or notebook_cells.is_removed(metadata):
                continue
            elif kind == "raw":
                yield from self._raw(source, metadata, f"{self._place}: cell {number}")
            else:
                yield prose(self._attached(source, cell, number))

    def _mark(self, html: str) -> str:
        mark = f'<div data-output="{self._key}-{len(self.outputs) + 1}"></div>'
        self.outputs[mark] = html
        return mark

    def _code(self, shows: Cell, cell: Mapping[str, Any], place: str) -> Iterator[str]:
        magic = _MAGIC.match(shows.source)
        language = _MAGICS.get(magic["name"], self._language) if magic else self._language
        if shows.code is Shown.FOLDED:
            name = f' class="language-{language}"' if language else ""
            code = f"<pre><code{name}>{escape(shows.source, quote=False)}\n</code></pre>"
            yield self._mark(_folded(shows.summary or "Show code", code))
        elif shows.code is Shown.YES:
            ticks = "`" * max(3, 1 + max(map(len, re.findall("`+", shows.source)), default=0))
            yield f"{ticks}{language}\n{shows.source}\n{ticks}"
        parts = [*notebook_outputs.read(cell.get("outputs"), shows, place, self.notes)]
        if shows.outputs is Shown.FOLDED:
            inner = "".join(part.html or markdown.render(prose(part.text), _DIALECT, {}) for part in parts)
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

        return _ATTACHMENT.sub(address, source)


def _language(metadata: Mapping[str, Any]) -> str:
    """Return the language of the code, as highlighters name it."""
    info, kernel = metadata.get("language_info"), metadata.get("kernelspec")
    info, kernel = (value if isinstance(value, dict) else {} for value in (info, kernel))
    names = (info.get("name"), kernel.get("language"), info.get("pygments_lexer"), kernel.get("name"))
    said = next((name for name in names if isinstance(name, str) and name), "python")
    return known_language(said) or known_language(re.sub(r"[\d.]+$", "", said))


def _folded(summary: str, html: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>{html}</details>"


def _with_id(match: re.Match[str]) -> str:
    """Give a heading the id that links of a notebook lead to: its text, with hyphens for spaces."""
    name = escape(plain(match["inner"]).replace(" ", "-"))
    return f'<h{match["level"]} id="{name}">{match["inner"]}</h{match["level"]}>'
