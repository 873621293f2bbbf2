"""Postdocs turns a blog into a documentation-style site.

As a Sphinx extension, `extensions = ["myst_parser", "ablog", "postdocs"]`; as a command, `postdocs --help`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from postdocs._version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["__version__", "setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the Sphinx extension; the command line never needs Sphinx, so it is imported here."""
    from postdocs.sphinx_ext import extension  # noqa: PLC0415

    return extension.setup(app)
