"""Sets up the extension with the `setup` of each part."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from postdocs._version import __version__
from postdocs.sphinx_ext import builders, config, events
from postdocs.sphinx_ext.compat import ablog, deferred_soup, heading_ids, rooted_links
from postdocs.sphinx_ext.images import writing
from postdocs.sphinx_ext.pages import directives, intro
from postdocs.sphinx_ext.reading import dates, domain, footnote_rule, post_transform, side_notes
from postdocs.sphinx_ext.theme import steps as theme


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension, and ablog with it."""
    app.setup_extension("ablog")
    parts = (
        ablog,
        config,
        builders,
        domain,
        post_transform,
        footnote_rule,
        heading_ids,
        rooted_links,
        dates,
        side_notes,
        writing,
        directives,
        intro,
    )
    for part in (deferred_soup, *parts, theme, events):
        part.setup(app)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
