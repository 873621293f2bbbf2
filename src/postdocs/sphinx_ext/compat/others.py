"""Extensions whose job Postdocs does as well: one of the two does it.

Private: where Sphinx keeps event handlers. Why: an extension can't be asked to do nothing. Seen with
sphinx-sitemap 2.9 and sphinx-notfound-page 1.1. `tests/sphinx_ext/compat/test_others.py` has a test of each.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)

_SITEMAP = "sphinx_sitemap"
_NOT_FOUND = "notfound.extension"


def take_over_sitemap(app: Sphinx) -> None:
    """Write the sitemap in the place of sphinx-sitemap, which knows neither permalinks nor drafts."""
    if _SITEMAP not in app.extensions:
        return
    for listeners in app.events.listeners.values():
        for listener in [*listeners]:
            if getattr(listener.handler, "__module__", "") == _SITEMAP:
                app.disconnect(listener.id)
    logger.info("sphinx_sitemap: Postdocs writes the sitemap, without what `sitemap_excludes` names")


def sitemap_settings(app: Sphinx) -> tuple[str, list[str]]:
    """Return the name of the sitemap, and the patterns of what is left out, as sphinx-sitemap has them."""
    if _SITEMAP not in app.extensions:
        return "", []
    return app.config.sitemap_filename, [*app.config.sitemap_excludes]


def has_not_found_page(app: Sphinx, pagename: str) -> bool:
    """Tell whether sphinx-notfound-page makes the page for addresses where there is none."""
    return _NOT_FOUND in app.extensions and app.config.notfound_pagename == pagename
