"""Collects the letters of pages while they are written, then writes the parts of fonts that have these."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Set
from functools import partial
from pathlib import Path
from typing import Any

from docutils import nodes

from postdocs.core.files import names_in, write_bytes, write_text
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.fonts.letters import letters_in
from postdocs.sphinx_ext.fonts.subset import MATH, Face, subset
from postdocs.sphinx_ext.fonts.text import (
    files_of,
    has_text_font,
    letters_of_page,
    stale_files,
    with_summaries,
)
from postdocs.sphinx_ext.math.set_formulas import formulas_of, replace_formulas
from postdocs.sphinx_ext.output.state import fingerprint, folder_of

_FILE = "_static/postdocs-math.woff2"
_WHOLE = "all.json"  # the letters of all pages, by the names of the files that these wrote
_PRELOAD = '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin="anonymous">\n'
# In the page, so that others need not know of the font, and this one needs no style sheet more.
_MATH = (
    '<style>@font-face {{ font-family: "{1}"; font-display: swap; '
    'src: url("{0}") format("woff2"); }}</style>\n'
)


def keep_letters(
    build: Build, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Collect the letters of a page, and preload the files of fonts that it uses.

    One that comes late isn't shown, and its words would stand in another font among the rest. Lists show of
    formulas only what is on the pages of posts too.
    """
    if not has_font(build):
        return
    formulas = {} if doctree is None else formulas_of(doctree)
    body = str(context.get("body") or "")
    math = letters_in(body, formulas)
    head = ""
    if math:
        address = context["pathto"](_FILE, 1)
        head = _PRELOAD.format(address) + _MATH.format(address, MATH.name)
    text = None
    if build.html is not None and has_text_font(build):
        words = replace_formulas(body, formulas, lambda formula: "") if doctree is not None else ""
        text = letters_of_page(build, pagename, words)
        head += "".join(_PRELOAD.format(context["pathto"](f"_static/{name}", 1)) for name in files_of(text))
        text = with_summaries(build, pagename, text)
    context["metatags"] = context.get("metatags", "") + head
    if doctree is not None:
        write_text(_folder(build) / _page_file(pagename), json.dumps([math, text]))


def write_fonts(build: Build) -> None:
    """Write the files of fonts whose letters on the site changed; without formulas, none for these."""
    if parts := [*_stale_parts(build)]:
        build.builder.apart.run(partial(_write, Path(build.app.outdir), parts))


def write_fonts_of_others(build: Build, exception: Exception | None) -> None:
    """Write the fonts for builders of HTML that make no site of it."""
    if exception is None and build.html is None and has_font(build):
        _write(Path(build.app.outdir), [*_stale_parts(build)])


def _stale_parts(build: Build) -> Iterator[tuple[str, str, Face]]:
    """Yield the files that are to be written, with their letters and face."""
    pages = _gathered(_folder(build), {_page_file(docname) for docname in build.env.found_docs})
    letters = "".join(sorted({*"".join(math for math, _ in pages)}))
    if letters and (build.html is None or build.state.is_stale(_FILE, fingerprint(letters))):
        yield _FILE, letters, MATH
    if texts := [text for _, text in pages if text is not None]:
        yield from stale_files(build, texts)


def _write(out: Path, parts: Iterable[tuple[str, str, Face]]) -> None:
    for path, letters, face in parts:
        write_bytes(out / path, subset(letters, face))


def has_font(build: Build) -> bool:
    """Tell whether pages have a font for formulas; Sphinx would put none of its format into a book."""
    return build.app.builder.format == "html" and build.app.builder.name != "epub"


def _gathered(folder: Path, names: Set[str]) -> list[tuple[str, list[str] | None]]:
    """Return the letters of pages: those of formulas, and of text, if the site has a font for it.

    What is new in a folder goes into one file, which is read sooner.
    """
    whole = folder / _WHOLE
    before = json.loads(whole.read_text(encoding="utf-8")) if whole.is_file() else {}
    new = names_in(folder) - {_WHOLE}
    now = before | {name: json.loads((folder / name).read_text(encoding="utf-8")) for name in new & names}
    now = {name: letters for name, letters in now.items() if name in names}
    if now != before:
        write_text(whole, json.dumps(now))
    for name in new:
        (folder / name).unlink()
    return [*now.values()]


def _folder(build: Build) -> Path:
    return folder_of(Path(build.app.outdir), Path(build.app.doctreedir)) / "letters"


def _page_file(docname: str) -> str:
    """Return what the file of a page is called; docnames may be longer than names of files."""
    return f"{hashlib.sha256(docname.encode()).hexdigest()[:32]}.json"
