"""Warnings about unclosed markup, which a parser accepts silently, often with everything that follows."""

from __future__ import annotations

from sphinx.util import logging

from postdocs.core.markdown_source import split
from postdocs.core.unclosed import unclosed
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.reading.source_kinds import is_markdown

logger = logging.getLogger(__name__)


def check(build: Build, docname: str, source: list[str]) -> None:
    """Tell of fences, elements of HTML, and formulas without an end in a document in Markdown."""
    if not is_markdown(build.config, build.env.doc2path(docname)):
        return
    front = split(source[0])
    before = 0 if front.yaml_lines is None else front.yaml_lines + 2
    for fault in unclosed(front.body, build.config.myst_enable_extensions):
        place = (docname, before + fault.line)
        logger.warning(fault.message, location=place, type="postdocs", subtype="markup")
