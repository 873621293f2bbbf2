"""How a site with pydata-sphinx-theme looks: its layout and style, without what a blog has no use for."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from postdocs.site.look import context, theme, translator

# What the theme and Sphinx put into the output for pages that are made otherwise.
_UNUSED = ("scripts", "styles", "vendor", "basic.css", "postdocs.css", "pygments.css", "ablog")


def setup(app: Sphinx) -> None:
    """Set up the look, which applies where the theme is the one that it is for."""
    app.connect("builder-inited", _add_files, priority=960)
    app.connect("html-page-context", context.add_contents, priority=100)
    app.connect("html-page-context", context.choose_assets, priority=900)
    app.connect("build-finished", _tidy, priority=700)


def _add_files(app: Sphinx) -> None:
    """Put the templates and the files of the look before the theme's, and after the author's own."""
    if not theme.applies(app):
        return
    from sphinx.jinja2glue import SphinxFileSystemLoader  # noqa: PLC0415 - only builders of HTML need it

    templates: Any = app.builder.templates
    templates.loaders.insert(templates.templatepathlen, SphinxFileSystemLoader(theme.TEMPLATES))
    theirs = [Path(folder, "components") for folder in app.builder.theme.get_theme_dirs()]  # type: ignore[attr-defined]
    paths = [*map(Path, app.config.templates_path)]
    own = next((number for number, path in enumerate(paths) if path in theirs), len(paths))
    templates.loaders.insert(own, SphinxFileSystemLoader(theme.TEMPLATES / "components"))
    templates.templatepathlen += 1
    folder = Path(app.doctreedir, "postdocs-look")
    theme.write_style(app, folder)
    app.config.html_static_path += [str(theme.STATIC / "look.js"), str(folder / "static")]
    app.add_css_file(theme.STYLE)
    app.add_js_file("look.js", priority=900, loading_method="defer")
    translator.install(app)


def _tidy(app: Sphinx, exception: Exception | None) -> None:
    """Take what no page asks for from the output."""
    if theme.applies(app):
        for name in _UNUSED:
            path = Path(app.outdir, "_static", name)
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
