"""Collects the glyphs of formulas while pages are written, then writes the font."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from docutils import nodes

from postdocs.core.files import names_in, write_bytes, write_text
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.fonts.letters import letters_in
from postdocs.sphinx_ext.fonts.subset import MATH, subset
from postdocs.sphinx_ext.output.state import fingerprint, folder_of

_FILE = "_static/postdocs-math.woff2"
# In the page, so that others need not know of the font, and this one needs no style sheet more.
_HEAD = (
    '<link rel="preload" href="{0}" as="font" type="font/woff2" crossorigin="anonymous">\n'
    '<style>@font-face {{ font-family: "{1}"; font-display: swap; '
    'src: url("{0}") format("woff2"); }}</style>\n'
)


def keep_letters(
    build: Build, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Collect the glyphs of the formulas of a page, and preload the font if there are any.

    Lists show of formulas only what is on the pages of posts too.
    """
    if not has_font(build):
        return
    letters = letters_in(context.get("body") or "")
    if letters:
        head = _HEAD.format(context["pathto"](_FILE, 1), MATH.name)
        context["metatags"] = context.get("metatags", "") + head
    if doctree is not None:
        file = _folder(build) / page_file(pagename)
        if letters:
            write_text(file, letters)
        else:
            file.unlink(missing_ok=True)


def write_font(build: Build) -> None:
    """Write the font if the glyphs in the formulas of the site changed; without formulas, write none."""
    folder = _folder(build)
    names = {page_file(docname) for docname in build.env.found_docs}
    for name in (there := names_in(folder)) - names:
        (folder / name).unlink()
    texts = [(folder / name).read_text(encoding="utf-8") for name in there & names]
    letters = "".join(sorted({*"".join(texts)}))
    if letters and (build.html is None or build.state.is_stale(_FILE, fingerprint(letters))):
        write_bytes(Path(build.app.outdir, _FILE), subset(letters))


def write_font_apart(build: Build, exception: Exception | None) -> None:
    """Write the font for builders of HTML that make no site of it."""
    if exception is None and build.html is None and has_font(build):
        write_font(build)


def has_font(build: Build) -> bool:
    """Tell whether pages have a font for formulas; Sphinx would put none of its format into a book."""
    return build.app.builder.format == "html" and build.app.builder.name != "epub"


def _folder(build: Build) -> Path:
    return folder_of(Path(build.app.outdir), Path(build.app.doctreedir)) / "letters"


def page_file(docname: str) -> str:
    """Return what the file of a page is called; docnames may be longer than names of files."""
    return f"{hashlib.sha256(docname.encode()).hexdigest()[:32]}.txt"
