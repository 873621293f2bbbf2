"""What the cells of a notebook put out, as HTML or Markdown that shows without a script. Nothing runs."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import markdown
from postdocs.importer.folders.notebook_cells import Cell, Shown, metadata_of
from postdocs.importer.html.rendered import notices

# The richest first, as in Jupyter (nbconvert, `display_data_priority`), without those that need a script.
_HTML = "text/html"
_IMAGES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
_ORDER = (
    "text/html", "text/markdown", "image/svg+xml", "text/latex", "image/png", "image/jpeg", "image/gif",
    "image/webp", "text/plain",
)  # fmt: skip
_SCRIPTED = {
    "application/vnd.jupyter.widget-view+json": "Jupyter widget",
    "application/vnd.plotly.v1+json": "Plotly",
    "application/vnd.bokehjs_exec.v0+json": "Bokeh",
    "application/javascript": "JavaScript",
    "text/javascript": "JavaScript",
}
_VEGA = re.compile(r"application/vnd\.vega(?:lite)?\.")
_BOKEH_LOADS = "application/vnd.bokehjs_load.v0+json"  # it brings the library, and shows nothing
_LOADERS = re.compile(r"plotlyjs|bokehjs|load_libs|mathjax|require\.config", re.IGNORECASE)
# ECMA-48: control sequences (5.4), strings of commands up to their end (5.6), and other escapes.
_ANSI = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b\n]{0,2000}(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]"
)
_CONTROLS = re.compile(r"[\x00-\x07\x0b\x0c\x0e-\x1f\x7f]")
_OBJECT = re.compile(r"\s*<[^<>\n]*>\s*|\s*Figure\([^()\n]*\)\s*")  # `<Figure size 640x480 with 1 Axes>`
_FORMULA = re.compile(
    r"\s*(?:\$\$(?P<display>[^$]+)\$\$|\$(?P<inline>[^$]+)\$|\\\[(?P<brackets>.+?)\\\]|\\\((?P<round>.+?)\\\)"
    r"|(?P<environment>\\begin\{(?P<name>(?:equation|align|gather|multline|eqnarray|alignat|flalign)\*?)\}.*\\end\{(?P=name)\}))\s*",
    re.DOTALL,
)


@dataclass(frozen=True)
class Shows:
    """A part of what a cell shows.

    html: of an output. text: Markdown of one, "" where it is HTML. kind, value: the form of the output that
    it is made of, by its MIME type, or the name of a stream, or "error"; "" where a notebook has none for it.
    alt, sizes: of an image.
    """

    html: str = ""
    text: str = ""
    kind: str = ""
    value: str = ""
    alt: str = ""
    sizes: Mapping[str, int] = field(default_factory=dict)


def joined(value: object) -> str:
    """Return a text of a notebook, which is a string or a list of its lines (nbformat 4)."""
    if isinstance(value, list):
        return "".join(line for line in value if isinstance(line, str))
    return value if isinstance(value, str) else ""


def read(outputs: object, cell: Cell, place: str, notes: list[Note]) -> Iterator[Shows]:
    """Yield what a cell puts out.

    place: how messages name the cell. notes: where it is told what needs a script.
    """
    if cell.outputs is Shown.NO:
        return
    captions, alternatives = iter(cell.captions), iter(cell.alternatives)
    for output in _merged(outputs if isinstance(outputs, list) else []):
        kind = output.get("output_type")
        if kind == "stream":
            if output.get("name") == "stderr" and cell.warnings is Shown.NO:
                continue
            text = joined(output.get("text"))
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            yield Shows(text=text) if cell.is_markup else _plain(text, name)
        elif kind == "error":
            traceback = output.get("traceback")
            lines = (
                [line for line in traceback if isinstance(line, str)] if isinstance(traceback, list) else []
            )
            said = f"{joined(output.get('ename'))}: {joined(output.get('evalue'))}"
            yield _plain("\n".join(lines) or said, "error")
        elif isinstance(output.get("data"), dict):
            shows = _of_data(output, place, notes)
            if shows.kind in _IMAGES:
                shows = _captioned(shows, next(captions, ""), next(alternatives, ""))
            yield shows


def _merged(outputs: Sequence[object]) -> Iterator[Mapping[str, Any]]:
    """Yield outputs; what a cell prints to one stream in turn is one."""
    last: dict[str, Any] | None = None
    for output in outputs:
        if not isinstance(output, dict):
            continue
        is_stream = output.get("output_type") == "stream"
        if last is not None and is_stream and output.get("name") == last.get("name"):
            last["text"].append(joined(output.get("text")))
            continue
        if last is not None:
            yield last
        last = {**output, "text": [joined(output.get("text"))]} if is_stream else None
        if not is_stream:
            yield output
    if last is not None:
        yield last


def _of_data(output: Mapping[str, Any], place: str, notes: list[Note]) -> Shows:
    """Return the richest of the forms of an output that shows without a script."""
    data: Mapping[str, Any] = {str(key): value for key, value in output["data"].items()}
    html = joined(data.get("text/html"))
    is_empty = bool(html.strip()) and not _is_visible(html)
    library = _library_of(data, html if is_empty else "")
    if _BOKEH_LOADS in data or (is_empty and library and _is_loader(html, data)):
        return Shows()
    kinds = [kind for kind in _ORDER if joined(data.get(kind)).strip()]
    if is_empty or (library and "image/png" in kinds):
        kinds = [kind for kind in kinds if kind != "text/html"]
    forms = ((kind, _of_kind(kind, joined(data[kind]), output)) for kind in kinds)
    kind, shows = next(((kind, form) for kind, form in forms if form is not None), ("", None))
    if shows is None:
        return Shows() if is_empty and not library else _instead(data, library, place, notes)
    if library:
        form = "image" if kind in _IMAGES else "text"
        what = f"an output that needs a script ({library}), shown as its {form}"
        notes.append(Note(NoteKind.NOTICED, what, before=place))
    return shows


def _library_of(data: Mapping[str, Any], html: str) -> str:
    """Return what draws an output, "" where nothing needs to. html: of one that shows nothing by itself."""
    name = next((name for kind, name in _SCRIPTED.items() if kind in data), "")
    name = name or ("Vega" if any(map(_VEGA.match, data)) else "") or notices.in_text(html)
    return name or ("script" if "<script" in html.lower() else "")


def _instead(data: Mapping[str, Any], library: str, place: str, notes: list[Note]) -> Shows:
    """Return what stands for an output that has no form for a page: its text, else a notice."""
    texts = (joined(data[kind]) for kind in data if kind.startswith("text/") and kind != "text/html")
    text = "" if library else next((text for text in texts if text.strip()), "")
    if text or not data:
        return _plain(text)
    if library:
        what, said = (
            f"interactive content, now a notice: {library}",
            f"Interactive content, not imported: {library}",
        )
    else:
        forms = ", ".join(sorted(data))
        what, said = f"an output in no form that a page shows: {forms}", f"Output, not imported: {forms}"
    notes.append(Note(NoteKind.NOTICED, what, before=place))
    notice = f"<p><em>[{escape(said)}]</em></p>"
    return Shows(notice, kind=_HTML, value=notice)


def _is_visible(html: str) -> bool:
    """Tell whether HTML shows anything without its scripts."""
    tree = LexborHTMLParser(html)
    tree.strip_tags(["script", "style", "template", "noscript", "button", "title"], recursive=True)
    body = tree.body
    if body is None:
        return False
    if any(
        body.css_first(name)
        for name in ("img", "svg", "iframe", "table", "video", "audio", "object", "embed")
    ):
        return True
    words = body.text().strip()
    return bool(words) and not re.fullmatch(r"Loading BokehJS \.*", words)


def _is_loader(html: str, data: Mapping[str, Any]) -> bool:
    """Tell whether a script only brings a library, and draws nothing."""
    has_place = re.search(r"<(?:div|canvas|span)\b", html, re.IGNORECASE) is not None
    return not has_place and not joined(data.get("text/plain")).strip() and bool(_LOADERS.search(html))


def _of_kind(kind: str, value: str, output: Mapping[str, Any]) -> Shows | None:
    if kind == _HTML:
        return Shows(f"<div>{whole(value)}</div>", kind=kind, value=value)
    if kind == "text/markdown":
        return Shows(text=value)
    if kind == "text/latex":
        match = _FORMULA.fullmatch(value)
        if match is None:
            return None  # a table, or a text for which a page has no form
        tex = next(
            match[name] for name in ("display", "inline", "brackets", "round", "environment") if match[name]
        )
        block = f'<div class="math block">\n{escape(tex.strip(), quote=False)}\n</div>'
        return Shows(block, kind=kind, value=f"$${tex.strip()}$$")
    if kind in _IMAGES:
        return _image(kind, value, output)
    return _plain(value)


def whole(html: str) -> str:
    """Return a part of a page with all its elements closed, so that it hides nothing of what follows."""
    tree = LexborHTMLParser(html)
    tree.unwrap_tags(["plaintext"])  # which nothing closes
    return "".join(part.inner_html or "" for part in (tree.head, tree.body) if part is not None)


def data_url(kind: str, value: str) -> str:
    """Return the address that is an image itself (RFC 2397). value: base64; of a drawing, its XML."""
    if kind == "image/svg+xml" and "<" in value:
        value = b64encode(value.encode()).decode()
    clean = re.sub(r"[^A-Za-z0-9+/=]", "", value)
    return f"data:{kind};base64,{clean}"


def _image(kind: str, value: str, output: Mapping[str, Any]) -> Shows:
    metadata = metadata_of(output)
    said = metadata.get(kind, metadata)
    said = said if isinstance(said, dict) else {}
    plain = joined(output["data"].get("text/plain")).strip()
    alt = joined(said.get("alt")) or ("" if _OBJECT.fullmatch(plain) or len(plain) > 200 else plain)  # noqa: PLR2004 - what describes an image is short
    sizes = {name: said[name] for name in ("width", "height") if is_number(said.get(name))}
    written = "".join(f' {name}="{size}"' for name, size in sizes.items())
    html = f'<p><img src="{data_url(kind, value)}" alt="{escape(alt)}"{written}></p>'
    return Shows(html, kind=kind, value=value, alt=alt, sizes=sizes)


def is_number(value: object) -> bool:
    """Tell whether a value is a whole number of something."""
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _captioned(shows: Shows, caption: str, alternative: str) -> Shows:
    if not caption and not alternative:
        return shows
    html = shows.html
    if alternative:
        html = re.sub(r' alt="[^"]*"', lambda _: f' alt="{escape(alternative)}"', html, count=1)
    if caption:
        image = html.removeprefix("<p>").removesuffix("</p>")
        html = f"<figure>{image}<figcaption>{markdown.inline(caption)}</figcaption></figure>"
    return Shows(html)


def _plain(text: str, kind: str = "text/plain") -> Shows:
    clean = plain_text(text)
    if not clean.strip():
        return Shows()
    html = f'<div class="output"><pre>{escape(clean, quote=False)}\n</pre></div>'
    return Shows(html, kind=kind, value=clean)


def plain_text(text: str) -> str:
    """Return what a terminal shows of a text: without colours, and lines as they were last overwritten."""
    text = _ANSI.sub("", text).replace("\r\n", "\n")
    lines = [_overwritten(line) if "\r" in line or "\b" in line else line for line in text.split("\n")]
    return _CONTROLS.sub("", "\n".join(line.rstrip() for line in lines)).strip("\n")


def _overwritten(line: str) -> str:
    """Return a line of a terminal once carriage returns and backspaces have moved its cursor."""
    cells: list[str] = []
    at = 0
    for character in line:
        if character == "\r":
            at = 0
        elif character == "\b":
            at = max(at - 1, 0)
        else:
            cells[at : at + 1] = [character]
            at += 1
    return "".join(cells)
