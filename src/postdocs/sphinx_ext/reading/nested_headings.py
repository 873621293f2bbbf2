"""Headings inside quotations, lists, and boxes."""

from __future__ import annotations

from docutils import nodes

from postdocs.sphinx_ext.build import Build


def keep_levels(build: Build, doctree: nodes.document) -> None:
    """Write the headings that MyST can't make sections of as headings, not as paragraphs.

    MyST makes a rubric of each, and notes its level where Sphinx doesn't look.
    """
    for rubric in doctree.findall(nodes.rubric):
        if "level" in rubric:
            rubric.setdefault("heading-level", rubric["level"])
