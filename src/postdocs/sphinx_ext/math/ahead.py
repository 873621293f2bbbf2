"""Formulas set ahead, while a first build reads documents and some processor has nothing to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from docutils import nodes
from sphinx.util.parallel import parallel_available

from postdocs.core.idle_filler import IdleFiller
from postdocs.core.shared_cache import Arguments
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.feeds.formulas import with_signs
from postdocs.sphinx_ext.fonts.letters import letters_of
from postdocs.sphinx_ext.math.mathml import FORMULAS, arguments_of
from postdocs.sphinx_ext.math.set_formulas import SetFormula, line_in_text

# What seems to be a formula in Markdown: one has an end near its beginning.
_FORMULA = re.compile(
    r"\$\$(?P<display>[^$]{1,5000})\$\$|\$(?P<inline>[^$]{1,500})\$"
    r"|(?P<rows>\\begin\{(\w{1,20}\*?)\}.{0,5000}?\\end\{\4\})",
    re.DOTALL,
)
_MARKDOWN = ".md"
_TEXTS = (line_in_text, with_signs, letters_of)  # what the search, feeds and fonts make of a formula


def start(build: Build) -> None:
    """Start to set formulas, if nothing has been built before and there may be several processes."""
    has_renderer = build.builder.math_renderer_name == "mathml"
    if has_renderer and parallel_available and build.app.parallel > 1 and not build.env.all_docs:
        with suppress(OSError):  # such as of a folder for temporary files: pages do without it
            build.formulas_ahead = IdleFiller(FORMULAS, _calls(build), _make_texts)


def take(build: Build, doctree: nodes.document, docname: str) -> None:
    """Take what has been set, before the first document with formulas is written."""
    if build.formulas_ahead is not None and docname in build.domain.formulas:
        build.formulas_ahead.take()


def _make_texts(formula: SetFormula) -> None:
    for text in _TEXTS:
        formula.as_text(text)
    formula.tree = None  # no other process is sent it


def _calls(build: Build) -> Iterator[Arguments]:
    """Yield what pages ask for, in the order in which they are written."""
    build.env.find_files(build.config, build.builder)
    for docname in sorted(build.env.found_docs):
        source = build.env.doc2path(docname)
        if source.suffix == _MARKDOWN:
            for latex, is_displayed in formulas_in(source.read_text(encoding="utf-8")):
                yield arguments_of(latex, display=is_displayed, macros=build.macros)


def formulas_in(markdown: str) -> Iterator[tuple[str, bool]]:
    """Yield what seems to be LaTeX in Markdown, and whether it is on a line of its own."""
    for found in _FORMULA.finditer(markdown):
        yield found["display"] or found["inline"] or found["rows"], found["inline"] is None
