"""Whether a setting was set."""

from __future__ import annotations

import pytest
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.compat.settings import is_set


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"blog_feed_length": 3})
def test_settings_of_the_author_are_told_from_defaults(app: SphinxTestApp) -> None:
    """Those of `conf.py`, and of the command line."""
    assert [is_set(app.config, name) for name in ("extensions", "blog_feed_length", "html_logo")] == [
        True,
        True,
        False,
    ]
