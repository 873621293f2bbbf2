"""Formulas set ahead: many at once, which takes less time than between other work.

Other work takes the engine, and the rest that sets a formula, out of the caches of a processor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import islice

from docutils import nodes
from sphinx.util.parallel import parallel_available

from postdocs.core.idle_filler import IdleFiller
from postdocs.core.shared_cache import Arguments
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.feeds.formulas import with_signs
from postdocs.sphinx_ext.fonts.letters import letters_of
from postdocs.sphinx_ext.math.mathml import FORMULAS, MOST_KEPT, arguments_of, set_formulas
from postdocs.sphinx_ext.math.plain import formulas_in
from postdocs.sphinx_ext.math.renderer import numbers_in
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
    """Let formulas be set before pages are written.

    If nothing has been built before, and there may be several processes, one begins now: while documents are
    read, some processor has nothing to do at times.
    """
    if build.builder.math_renderer_name != "mathml":
        return
    build.builder.before_pages = partial(_set_formulas, build)
    if parallel_available and build.app.parallel > 1 and not build.env.all_docs:
        with suppress(OSError):  # such as of a folder for temporary files: pages do without it
            build.formulas_ahead = IdleFiller(FORMULAS, _calls(build), _make_texts)


def take(build: Build, doctree: nodes.document, docname: str) -> None:
    """Take what has been set, before the first document with formulas is written."""
    if build.formulas_ahead is not None and docname in build.domain.formulas:
        build.formulas_ahead.take()


def _set_formulas(build: Build, doctrees: Iterable[nodes.document]) -> None:
    """Set the formulas of documents whose pages are written next, with what the pages make of them."""
    formulas = (
        (latex := node.astext(), isinstance(node, nodes.math_block), macros, numbers_in(latex, build.env))
        for doctree in doctrees
        for macros in [{**build.macros}]  # to which each formula of the document adds its own
        for node in formulas_in(doctree)
    )
    for formula in set_formulas(islice(formulas, MOST_KEPT // 2)):
        _make_texts(formula)


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
            for latex, is_displayed in likely_formulas(source.read_text(encoding="utf-8")):
                yield arguments_of(latex, display=is_displayed, macros=build.macros)


def likely_formulas(markdown: str) -> Iterator[tuple[str, bool]]:
    """Yield what seems to be LaTeX in Markdown, and whether it is on a line of its own."""
    for found in _FORMULA.finditer(markdown):
        yield found["display"] or found["inline"] or found["rows"], found["inline"] is None
