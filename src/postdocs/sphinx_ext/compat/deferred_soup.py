"""Beautiful Soup, imported when the parent theme parses a page with it, which ours has no need of.

Private: `pydata_sphinx_theme.toctree.BeautifulSoup`. Why: Beautiful Soup imports every parser that is there,
html5lib too; that is a tenth of the start of a build. Seen with pydata-sphinx-theme 0.16.
`tests/sphinx_ext/compat/test_deferred_soup.py` fails when the theme no longer imports it.
"""

from __future__ import annotations

import importlib
import sys
from contextlib import suppress
from types import ModuleType
from typing import Any

from sphinx.application import Sphinx

_NAME = "bs4"


class BeautifulSoup:
    """What makes a `bs4.BeautifulSoup`, imported with the first."""

    def __new__(cls, *args: Any, **options: Any) -> Any:
        """Make one."""
        return importlib.import_module(_NAME).BeautifulSoup(*args, **options)


def setup(app: Sphinx) -> None:
    """Import the theme without Beautiful Soup, unless somebody has imported that already."""
    if _NAME in sys.modules:
        return
    stand_in = ModuleType(_NAME)
    stand_in.BeautifulSoup = BeautifulSoup  # type: ignore[attr-defined]  # that is what makes it one
    sys.modules[_NAME] = stand_in
    try:
        with suppress(ImportError):  # it wants more of it, and gets it when it is imported as a theme
            importlib.import_module("pydata_sphinx_theme")
    finally:
        del sys.modules[_NAME]
