"""Ids in HTML that is passed through."""

from __future__ import annotations

import inspect
from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from docutils import nodes
from docutils.utils import new_document
from myst_parser.sphinx_ext import myst_refs

from postdocs.sphinx_ext.compat.html_ids import note_ids


def test_myst_still_looks_among_its_slugs() -> None:
    """When it looks elsewhere, `note_ids` has to write there."""
    source = inspect.getsource(myst_refs.MystReferenceResolver.resolve_myst_ref_doc)
    assert 'metadata[ref_docname].get("myst_slugs", {})' in source


def test_ids_of_elements_are_places_that_links_may_lead_to() -> None:
    """Those of headings stay what they are; what only looks like an id is none."""
    heading = (3, "part", "A part")
    metadata: Any = defaultdict(dict, {"post": {"myst_slugs": {"part": heading}}})
    app: Any = SimpleNamespace(env=SimpleNamespace(docname="post", metadata=metadata))
    document = new_document("post")
    document += nodes.raw(
        "", '<p class="a>b" id="x&amp;y">id="no"</p><i data-id="no" id="part">', format="html"
    )
    document += nodes.raw("", '<p id="latex">', format="latex")
    note_ids(app, document)

    assert metadata["post"]["myst_slugs"] == {"part": heading, "x&y": (None, "x&y", "")}
