"""The transforms that resolve references, for a part of a document that is not written."""

from __future__ import annotations

from copy import deepcopy

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransformer


def resolve(env: BuildEnvironment, part: nodes.document, docname: str) -> None:
    """Resolve the references of a part as those of its document.

    Sphinx's own `apply_post_transforms` also emits `doctree-resolved`, and extensions that remember what they
    see would see the document twice.
    """
    before = env.current_document
    env.current_document = deepcopy(before)
    env.current_document.docname = docname
    try:
        transformer = SphinxTransformer(part)
        transformer.set_environment(env)
        transformer.add_transforms(env._registry.get_post_transforms())  # noqa: SLF001 - Sphinx's way
        transformer.apply_transforms()
    finally:
        env.current_document = before
