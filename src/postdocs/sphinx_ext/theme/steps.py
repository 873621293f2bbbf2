"""Steps of the theme during a build, and the style of posts for other themes."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from postdocs.core.files import write_text
from postdocs.sphinx_ext.compat import theme as compat
from postdocs.sphinx_ext.theme import style
from postdocs.sphinx_ext.theme.theme import (
    COMPONENTS,
    FOLDER,
    NAME,
    POSTS_STYLE,
    SCRIPT,
    is_parents_components,
    is_used,
)


def setup(app: Sphinx) -> None:
    """Register the theme."""
    app.add_html_theme(NAME, str(FOLDER))
    app.add_config_value("postdocs_whole_theme", None, "", description="No longer a setting.")


def refuse_whole_theme(app: Sphinx, config: Config) -> None:
    """Raise ConfigError if a site uses the setting that `html_theme` has replaced."""
    if config.postdocs_whole_theme is not None:
        raise ConfigError(
            "conf.py: postdocs_whole_theme is no longer a setting. Remove it, and write html_theme ="
            ' "pydata_sphinx_theme" for that theme as it is, or html_theme = "postdocs" for the light one'
        )


def add_components(app: Sphinx, config: Config) -> None:
    """Put the theme's components after the author's templates and before the parent's components.

    The parent appends its own to `templates_path` when Sphinx loads it: after this event, unless it is in
    `extensions`. Sphinx looks there first, so components in the theme's folder alone would have no effect.
    """
    if config.html_theme == NAME:
        paths = [*config.templates_path]
        parents = [*(is_parents_components(Path(path)) for path in paths), True].index(True)
        config.templates_path = [*paths[:parents], str(COMPONENTS), *paths[parents:]]


def add_files(app: Sphinx) -> None:
    """Add the theme's style sheet and script; to a site with another theme, the style of posts.

    With the theme, links are shown as they are written.
    """
    folder = Path(app.doctreedir, "postdocs-theme")
    if is_used(app):
        style.write_style(app, folder)
        compat.keep_link_texts(app)
        app.config.html_static_path = [*compat.without_tag_cloud(app), str(folder / "static")]
        app.add_js_file(SCRIPT, priority=900, loading_method="defer")
    elif app.builder.format == "html":
        file, text = folder / POSTS_STYLE, style.joined("posts")
        if not file.is_file() or file.read_text(encoding="utf-8") != text:  # its time counts for rebuilds
            write_text(file, text)
        app.config.html_static_path = [*app.config.html_static_path, str(file)]
        app.add_css_file(file.name)


def remove_pygments_css(app: Sphinx, exception: Exception | None) -> None:
    """Remove the style sheet of highlighted code; the theme's has its rules."""
    if is_used(app):
        compat.remove_pygments_css(app)
