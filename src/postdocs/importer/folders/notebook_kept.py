"""Cells of a notebook that stays one, with nothing in them that runs in a page or tells of a machine."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from postdocs.importer import images
from postdocs.importer.folders import notebook_outputs
from postdocs.importer.folders.notebook_cells import Cell, Shown
from postdocs.importer.folders.notebook_outputs import Shows
from postdocs.importer.html.sanitise import TAGS, sanitise
from postdocs.importer.kept_notebook import lines_of

MARKDOWN: Final[Mapping[str, Any]] = {"cell_type": "markdown", "metadata": {}}
# The images that MyST-NB shows, by their MIME type.
_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/svg+xml"})
_TEXTS = frozenset({"text/plain", "text/latex"})
_STREAMS = frozenset({"stdout", "stderr"})
# Elements of HTML that show by themselves all that they hold; a style is of the look alone.
_PLAIN = (TAGS - {"a", "audio", "iframe", "img", "picture", "source", "track", "use", "video"}) | {"style"}
_UNDRAWN = re.compile(r"\bhidden\b|\b(?:display|visibility|opacity)\s*:", re.IGNORECASE)
_KERNEL = ("name", "display_name", "language")
_PYTHON = "ipython3"  # knows magics too; IPython brings it


def metadata(given: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return the metadata of a notebook: what runs it, and how its code is highlighted.

    language: of the code, as highlighters name it, or "". Paths, such as that of an environment, stay out.
    """
    kernel = given.get("kernelspec")
    kernel = kernel if isinstance(kernel, dict) else {}
    named = {key: kernel[key] for key in _KERNEL if isinstance(kernel.get(key), str)}
    name = language or "text"
    spec = {key: value for key, value in named.items() if not re.search(r"[/\\]", value)}
    lexer = _PYTHON if language == "python" else name
    return {
        **({"kernelspec": {"display_name": spec["name"], **spec}} if "name" in spec else {}),
        "language_info": {"name": name, "pygments_lexer": lexer},
    }


def code(
    cell: Mapping[str, Any], shows: Cell | None, parts: Sequence[Shows]
) -> tuple[dict[str, Any], list[Shows]]:
    """Return a cell of code, and what it shows from the first output on that can't stay in it.

    shows: None for one that no page shows. parts: what it puts out.
    """
    visible = [part for part in parts if part.html or part.text]
    outputs = [*takewhile(bool, map(_output, visible))]
    source = shows.source if shows else notebook_outputs.joined(cell.get("source")).strip("\n")
    count = cell.get("execution_count")
    said: dict[str, Any] = {"tags": tags} if (tags := _tags(shows)) else {}
    pictures = [part for part in visible[: len(outputs)] if part.kind in _IMAGES]
    options: dict[str, Any] = {}
    if shows and shows.summary and shows.code is Shown.FOLDED:
        options["code_prompt_show"] = shows.summary
    if len(pictures) == 1 and pictures[0].alt:  # MyST-NB knows one text for all images of a cell
        options["image"] = {"alt": pictures[0].alt}
    kept = {
        "cell_type": "code",
        "execution_count": count if notebook_outputs.is_number(count) else None,
        "metadata": said | ({"mystnb": options} if options else {}),
        "outputs": outputs,
        "source": lines_of(source),
    }
    return kept, visible[len(outputs) :]


def _tags(shows: Cell | None) -> list[str]:
    """Return the tags that say to MyST-NB what a page shows of a cell."""
    if shows is None:
        return ["remove-cell"]
    hidden = {Shown.NO: "remove", Shown.FOLDED: "hide"}
    parts = ((shows.code, "input"), (shows.outputs, "output"))
    return [f"{hidden[shown]}-{name}" for shown, name in parts if shown in hidden]


def _output(shows: Shows) -> dict[str, Any] | None:
    """Return the output of a notebook that a page can show as it is; None where there is none."""
    if shows.kind in _STREAMS:
        return {"output_type": "stream", "name": shows.kind, "text": lines_of(f"{shows.value}\n")}
    if shows.kind == "error":
        name, _, value = shows.value.rpartition("\n")[2].partition(": ")
        traceback = shows.value.split("\n")
        return {"output_type": "error", "ename": name, "evalue": value, "traceback": traceback}
    data = _data(shows)
    sizes = {shows.kind: dict(shows.sizes)} if shows.sizes else {}
    return (
        None
        if data is None
        else {"output_type": "display_data", "data": {shows.kind: data}, "metadata": sizes}
    )


def _is_plain(html: str) -> bool:
    """Tell whether HTML shows the same once it is sanitised, and leads to nothing outside of it."""
    body = LexborHTMLParser(html).body
    nodes = body.traverse() if body is not None else ()
    return all(
        node.tag in _PLAIN and not any(_UNDRAWN.search(f"{name}:{text}") for name, text in node.attrs.items())
        for node in nodes
        if node.is_element_node and node.tag != "body"
    )


def _data(shows: Shows) -> str | list[str] | None:
    if shows.kind in _TEXTS:
        return lines_of(shows.value)
    if shows.kind == "text/html":
        html = notebook_outputs.whole(shows.value)
        return lines_of(sanitise(html, None, [])) if _is_plain(html) else None
    if shows.kind in _IMAGES:
        picture = images.embedded(notebook_outputs.data_url(shows.kind, shows.value))
        if picture.reason:
            return None
        drawn = shows.kind == "image/svg+xml"
        return lines_of(picture.data.decode()) if drawn else b64encode(picture.data).decode()
    return None
