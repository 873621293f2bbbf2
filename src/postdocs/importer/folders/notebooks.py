"""Jupyter notebooks as the text of posts: https://nbformat.readthedocs.io/en/latest/format_description.html."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any, Final

import nbformat
from selectolax.lexbor import LexborHTMLParser

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note
from postdocs.importer.folders import markdown, notebook_cells, notebook_front, notebook_kept
from postdocs.importer.folders.front_matter import FrontMatter
from postdocs.importer.folders.notebook_cells import Hidden
from postdocs.importer.folders.notebook_outputs import joined
from postdocs.importer.folders.notebook_reader import ATTACHMENT, DIALECT, Reader
from postdocs.importer.kept_notebook import KeptNotebook
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.text import plain

SUFFIX: Final = ".ipynb"
LARGEST: Final = 100 * 2**20  # bytes
_FORMAT: Final = 4
_NOTHING_HIDDEN: Final = Hidden()
_MARK = re.compile(r'<div data-output="[0-9a-f]{12}-\d+"></div>')
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")  # half of a character, alone or with the other
_HEADING = re.compile(r"<h(?P<level>[1-6])>(?P<inner>(?:(?!<h[1-6]).)*?)</h(?P=level)>", re.DOTALL)


@dataclass(frozen=True)
class Notebook:
    """A notebook as the text of a post.

    front: what it says of itself; its body is empty. title: of its front matter, or else its first heading,
    as plain text; "" where it has neither. text: Markdown of all cells, with a mark, a line of HTML, where an
    output is; images that are attached have addresses `attachment:…`. outputs: HTML by those marks.
    attachments: addresses `data:` by those in the text. notes: on cells that need a script. kept: what it
    is as a notebook, if it stays one; the text has only its Markdown then, and what can't be in a notebook.
    rest: the reStructuredText of its raw cells by their marks, where that is asked for.
    """

    front: FrontMatter
    title: str
    text: str
    outputs: Mapping[str, str] = field(default_factory=dict)
    attachments: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    kept: KeptNotebook | None = None
    rest: Mapping[str, str] = field(default_factory=dict)

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
        html = _MARK.sub(lambda match: self.outputs.get(match[0], match[0]), html)
        return ATTACHMENT.sub(lambda match: escape(self.attachments.get(match[0], match[0])), html)

    def html(self) -> str:
        """Render the notebook as Jupyter does; its text is CommonMark with formulas."""
        return self.complete(_HEADING.sub(_with_id, markdown.render(self.text, DIALECT, {})))


def of_file(files: Files, path: str, hidden: Hidden = _NOTHING_HIDDEN, *, has_rest: bool = False) -> Notebook:
    """Read a notebook of a folder; raises what `read_notebook` and `Files.load` do."""
    keeps = files.keeps_notebooks
    return read_notebook(files.load(path), files.place(path), hidden, keeps=keeps, has_rest=has_rest)


def read_notebook(
    data: bytes,
    place: str,
    hidden: Hidden = _NOTHING_HIDDEN,
    *,
    keeps: bool = False,
    has_rest: bool = False,
    shown: slice = slice(None),
) -> Notebook:
    """Read a notebook of any version. Nothing of it runs.

    place: how messages name the file. hidden: what the settings of the site hide in it. keeps: whether
    it stays a notebook. has_rest: whether raw cells of reStructuredText are a part of it. shown: which of its
    cells are read.

    Raises
    ------
    PostdocsError
        It is no notebook, or its front matter can't be read.

    """
    content = _content(data, place)
    metadata = content.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    cells = [hidden.applied(cell) for cell in content["cells"][shown] if isinstance(cell, dict)]
    first = cells[0] if cells and cells[0].get("cell_type") in {"raw", "markdown"} else {}
    front = notebook_front.read(joined(first.get("source")), metadata, place)
    if first:
        cells[0] = {**first, "source": front.body}
    key = hashlib.sha256(data).hexdigest()[:12]
    rest: dict[str, str] | None = {} if has_rest else None
    reader = Reader(place, metadata, _defaults(front), key, keeps=keeps, rest=rest)
    text = "\n\n".join(part.strip("\n") for part in reader.parts(cells) if part.strip())
    title = front.text("title") or next(filter(None, map(_heading_of, cells)), "")
    return Notebook(
        replace(notebook_front.without_tools(front), body=""),
        title,
        f"{text}\n" if text else "",
        reader.outputs,
        reader.attachments,
        tuple(reader.notes),
        KeptNotebook(reader.cells, notebook_kept.metadata(metadata, reader.language)) if keeps else None,
        rest or {},
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


def _heading_of(cell: Mapping[str, Any]) -> str:
    """Return the first heading of the first level in a cell, as plain text; "" where it has none."""
    if cell.get("cell_type") != "markdown" or notebook_cells.is_removed(notebook_cells.metadata_of(cell)):
        return ""
    html = markdown.render(joined(cell.get("source")), DIALECT, {})
    heading = LexborHTMLParser(html).css_first("h1") if "<h1" in html else None
    return " ".join(heading.text().split()) if heading else ""


def _defaults(front: FrontMatter) -> FrontMatter:
    """Return what Quarto's front matter says of all cells."""
    execute = front.written.get("execute")
    formats = front.written.get("format")
    html = formats.get("html") if isinstance(formats, dict) else None
    said = (part for part in (html, execute) if isinstance(part, dict))
    return FrontMatter({key: value for part in said for key, value in part.items()})


def _with_id(match: re.Match[str]) -> str:
    """Give a heading the id that links of a notebook lead to: its text, with hyphens for spaces."""
    name = escape(plain(match["inner"]).replace(" ", "-"))
    return f'<h{match["level"]} id="{name}">{match["inner"]}</h{match["level"]}>'
