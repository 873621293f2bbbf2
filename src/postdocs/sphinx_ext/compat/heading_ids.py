"""Ids that authors give to headings by an attribute, `{#id}`; two posts may have the same.

Private: `myst_slugs` of a document and in its metadata, see `html_ids`; `nametypes` of docutils. Why: Sphinx
makes a label of the whole site of each such id, and warns of the second post that has it, or doesn't, as its
processes happen to share the posts. Here, it is a label as long as one page has it. Seen with Sphinx 8.2 and
MyST-Parser 5.0. `tests/sphinx_ext/compat/test_heading_ids.py` fails when they keep them elsewhere.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import clean_astext

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.reading.domain import domain_of


class KeepInDocument(SphinxTransform):
    """Make the ids that headings have as attributes known within their document, and note them."""

    default_priority = 845  # after all ids are given; Sphinx makes labels at 850

    def apply(self, **kwargs: Any) -> None:
        """Take explicit names of headings that no target has given for implicit ones."""
        document = self.document
        explicit = (
            (name, document.nameids.get(name)) for name, is_one in document.nametypes.items() if is_one
        )
        headings = {
            name: (place, document.ids[place])
            for name, place in explicit
            if place and isinstance(document.ids.get(place), nodes.section | nodes.rubric)
        }
        if not headings:
            return
        by_targets = {target.get("refid") for target in document.findall(nodes.target)}
        slugs = self.env.metadata[self.env.docname].setdefault("myst_slugs", {})
        vars(document)["myst_slugs"] = slugs
        ids: dict[str, tuple[str, str]] = {}
        for name, (place, heading) in headings.items():
            if place not in by_targets:
                title = heading if isinstance(heading, nodes.rubric) else heading.children[0]
                ids[name] = (place, clean_astext(cast("nodes.Element", title)))
                slugs[name] = (heading.line, *ids[name])
                document.nametypes[name] = False
        if ids:
            domain_of(self.env).heading_ids[self.env.docname] = ids


def withdraw_labels(build: Build, env: BuildEnvironment, *_: set[str]) -> list[str]:
    """Take back the labels of the last build, which documents are now read without."""
    standard = env.domains.standard_domain
    for docname, ids in build.domain.heading_ids.items():
        for name, place in ids.items():
            if standard.labels.get(name) == (docname, *place):
                del standard.labels[name], standard.anonlabels[name]
    return []


def make_labels(build: Build, env: BuildEnvironment) -> None:
    """Make labels of the ids that one page has, unless a target of the site has that name."""
    standard = env.domains.standard_domain
    uses = Counter(name for ids in build.domain.heading_ids.values() for name in ids)
    for docname, ids in build.domain.heading_ids.items():
        for name, (place, title) in ids.items():
            if uses[name] == 1 and name not in standard.anonlabels:
                standard.labels[name] = docname, place, title
                standard.anonlabels[name] = docname, place


def setup(app: Sphinx) -> None:
    """Add the transform."""
    app.add_transform(KeepInDocument)
