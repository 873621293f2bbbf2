"""Private parts of Sphinx and pydata-sphinx-theme: files of a theme, and inline scripts.

Seen with Sphinx 9.0 and pydata-sphinx-theme 0.24. tests/sphinx_ext/compat/test_theme.py has a test for each
function, which says when it may go.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Any

import ablog
from jinja2 import Environment
from jinja2.sandbox import SandboxedEnvironment
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.jinja2glue import SphinxFileSystemLoader
from sphinx.util import logging
from sphinx.util.fileutil import copy_asset

from postdocs.core.files import files_below

logger = logging.getLogger(__name__)

# The style sheets that ours is made from, in the folders of themes. Their names are no interface.
PARENT_STYLES = ("static/basic.css.jinja", "static/styles/pydata-sphinx-theme.css")
# Of the parent's static files, those that its own layout asks for: Bootstrap, an icon font, and their styles.
_PARENT_FOLDERS = {"scripts", "styles", "vendor"}
_SHORTENER = "pydata_sphinx_theme.short_link"  # the module of its transform
_OPTIONS = re.compile(r"DOCUMENTATION_OPTIONS\.(pagename|search_as_you_type) = [^\n]*;")


def jinja_environment(app: Sphinx) -> Any:
    """Return the environment of templates, or None where a builder has none.

    Sphinx says how to add a template, but not how to add a filter or a global to all of them.
    """
    return getattr(getattr(app.builder, "templates", None), "environment", None)


def trust_templates(environment: Any) -> None:
    """Let templates run outside a sandbox, which looks at each value and call: a part in 14 of a build.

    They are the author's or of software that the author installed, as `conf.py` is. The environment stays
    the same object, for extensions have it by now.
    """
    if type(environment) is SandboxedEnvironment:
        environment.__class__ = Environment  # type: ignore[assignment]  # the class above its own


def insert_templates(app: Sphinx, folder: Path) -> None:
    """Look for templates in a folder, after those of the author and before those of the theme.

    `templates_path` does not serve: Sphinx skips its folders for `!search.html`, the name by which an
    author's template extends the one that it replaces, which is ours.
    """
    templates: Any = app.builder.templates
    templates.loaders.insert(templates.templatepathlen, SphinxFileSystemLoader(folder))


def copy_static_files(builder: StandaloneHTMLBuilder, context: dict[str, Any], *, is_light: bool) -> None:
    """Copy the static files of the theme and of those that it inherits from, except what no page asks for.

    Sphinx copies all of them: a theme can't leave out what it inherits, nor what only its templates read.

    context: the values for files that are templates. is_light: whether the theme is ours, which replaces the
    parent's scripts and has its styles in one sheet.
    """

    def is_unused(path: str) -> bool:
        file = PurePosixPath(path)
        is_source = file.name.startswith(".") or file.suffix == ".map" or path.endswith("webpack-macros.html")
        return is_source or (
            is_light and (file.parts[0] in _PARENT_FOLDERS or file.name == "basic.css.jinja")
        )

    def warn(path: str, error: Exception) -> None:
        logger.warning("The theme's file %s can't be copied: %s", path, error)

    for folder in reversed(builder.theme.get_theme_dirs()):
        copy_asset(
            *(Path(folder, "static"), Path(builder.outdir, "_static")),
            excluded=is_unused,
            context=context,
            renderer=builder.templates,
            onerror=warn,
            force=True,
        )


def without_tag_cloud(app: Sphinx) -> list[Any]:
    """Return `html_static_path` without ablog's style of tag clouds, unless a side bar or template shows one.

    ablog adds its folder to every site.
    """
    paths: list[Any] = app.config.html_static_path
    folder = Path(ablog.__file__).parent / "stylesheets"
    templates = (file for path in app.config.templates_path for file in files_below(Path(app.confdir, path)))
    texts = (
        file.read_text(encoding="utf-8", errors="replace") for file in templates if file.suffix == ".html"
    )
    settings = f"{app.config.html_sidebars} {app.config.html_theme_options}"
    is_shown = any("tagcloud" in text for text in (settings, *texts))
    return [path for path in paths if is_shown or Path(path) != folder]


def keep_link_texts(app: Sphinx) -> None:
    """Keep the parent from shortening links to GitHub and GitLab that show their address.

    It writes `o/r#1` where the author wrote `https://github.com/o/r/issues/1`, and drops query, fragment and
    the rest of the path. No option turns that off, and a transform that is added can't be taken back.
    """
    transforms = app.registry.get_post_transforms()
    transforms[:] = [transform for transform in transforms if transform.__module__ != _SHORTENER]


def remove_pygments_css(app: Sphinx) -> None:
    """Remove the style sheet of code. Sphinx writes it for any theme, and the parent again at the end."""
    Path(app.outdir, "_static", "pygments.css").unlink(missing_ok=True)


def is_of_parent(script: Any) -> bool:
    """Tell whether the parent has written a script into the page for scripts of its own."""
    return bool(_OPTIONS.fullmatch(getattr(script, "attributes", {}).get("body") or ""))


def deferred(script: Any) -> Any:
    """Return a copy of a script that runs once the page is parsed; all pages share the original.

    Only the extension that adds a script can say so in public.
    """
    return type(script)(script.filename, priority=script.priority, **script.attributes | {"defer": "defer"})
