"""Extensions whose job Postdocs does as well: one of the two does it.

Private: where Sphinx keeps event handlers, and how sphinxext-rediraffe reads its redirects. Why: an extension
can't be asked to do nothing. Seen with sphinx-sitemap 2.9, sphinx-notfound-page 1.1 and sphinxext-rediraffe
0.3. `tests/sphinx_ext/compat/test_others.py` has a test of each.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path, PurePosixPath
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

logger = logging.getLogger(__name__)

_SITEMAP = "sphinx_sitemap"
_REDIRAFFE = "sphinxext.rediraffe"
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


def rediraffe_redirects(app: Sphinx) -> dict[str, str]:
    """Return the redirects of sphinxext-rediraffe, the docnames of both pages; nothing of what it refuses."""
    return {_docname(app, source): _docname(app, target) for source, target in _as_written(app).items()}


def _as_written(app: Sphinx) -> dict[str, str]:
    """Return the redirects of sphinxext-rediraffe, each to its end, with the names that the author wrote."""
    if _REDIRAFFE not in app.extensions:
        return {}
    rediraffe: Any = sys.modules[_REDIRAFFE]
    asked = app.config.rediraffe_redirects
    try:
        if isinstance(asked, str):
            asked = rediraffe.create_graph(Path(app.srcdir, asked))
        redirects: dict[str, str] = rediraffe.create_simple_redirects(dict(asked or {}))
    except (ExtensionError, OSError, TypeError, ValueError):  # which it tells itself
        return {}
    return redirects


def keep_from_rediraffe(app: Sphinx, is_ours: Callable[[str], bool]) -> None:
    """Let sphinxext-rediraffe write its redirects but for those to pages that it would not find.

    is_ours: tells of a docname whether Postdocs leads there.
    """
    for listeners in app.events.listeners.values():
        for number, listener in enumerate(listeners):
            if getattr(listener.handler, "__module__", "") == _REDIRAFFE:
                listeners[number] = listener._replace(handler=_without(listener.handler, is_ours))


def _without(handler: Callable[..., Any], is_ours: Callable[[str], bool]) -> Callable[..., Any]:
    @wraps(handler)
    def handle(app: Sphinx, *args: Any) -> Any:
        asked = app.config.rediraffe_redirects
        redirects = _as_written(app)
        rest = {source: to for source, to in redirects.items() if not is_ours(_docname(app, to))}
        if rest != redirects:
            app.config.rediraffe_redirects = rest  # by the names that it keeps in its record
        try:
            return handler(app, *args)
        finally:
            app.config.rediraffe_redirects = asked

    return handle


def _docname(app: Sphinx, path: str) -> str:
    """Return the docname of a source file that a redirect names by its path, or by its docname."""
    name = PurePosixPath(path.replace("\\", "/")).as_posix()
    suffix = next((suffix for suffix in app.config.source_suffix if name.endswith(suffix)), "")
    return name.removesuffix(suffix)
