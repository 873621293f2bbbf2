"""The theme `postdocs`: its name, its files, and whether a build uses it."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

NAME = "postdocs"
PARENT = "pydata_sphinx_theme"  # the theme that it inherits from
FOLDER = Path(__file__).parent / NAME
COMPONENTS = FOLDER / "components"
STYLES = FOLDER / "styles"
STYLE = "postdocs-theme.css"  # the file in the output
POSTS_STYLE = "postdocs.css"  # that of a site with another theme
SCRIPT = "postdocs-theme.js"


def is_parents_components(folder: Path) -> bool:
    """Tell whether a folder is that of the parent's components, wherever it is installed."""
    return folder.parts[-2:] == (PARENT, COMPONENTS.name)


def is_used(app: Sphinx) -> bool:
    """Tell whether the builder uses this theme; EPUB, for one, has its own setting, `epub_theme`."""
    theme = getattr(app.builder, "theme", None)
    return theme is not None and theme.name == NAME
