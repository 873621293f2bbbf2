"""The markup of a source: the form of its front matter, and its reader."""

from __future__ import annotations

from pathlib import Path

from sphinx.config import Config

from postdocs.core import markdown_source, restructured_source
from postdocs.core.markup import Markup


def markup_of(config: Config, path: Path) -> Markup:
    """Return the markup whose front matter a source has; that of a notebook is Markdown's."""
    return restructured_source if is_restructured(config, path) else markdown_source


def is_restructured(config: Config, path: Path) -> bool:
    """Tell whether a source is reStructuredText, whose fields are read before the document is."""
    suffixes = [suffix for suffix, kind in config.source_suffix.items() if kind == "restructuredtext"]
    return path.name.endswith(tuple(suffixes)) and not is_markdown(config, path) and not is_notebook(path)


def is_markdown(config: Config, path: Path) -> bool:
    """Tell whether a source is Markdown, whose front matter is read before the document is.

    MyST-NB reads Markdown as well as notebooks, which are JSON.
    """
    kinds = {"markdown", "myst-nb"}
    suffixes = [suffix for suffix, kind in config.source_suffix.items() if kind in kinds]
    return path.name.endswith(tuple(suffixes)) and not is_notebook(path)


def is_notebook(path: Path) -> bool:
    """Tell whether a source is a notebook of Jupyter, whose front matter is read as that of Markdown."""
    return path.suffix == ".ipynb"
