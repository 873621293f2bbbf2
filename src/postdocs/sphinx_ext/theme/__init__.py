"""How a site with pydata-sphinx-theme looks: its layout and style, without what a blog has no use for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from postdocs.sphinx_ext.output.files import files_below
from postdocs.sphinx_ext.theme import theme, translator

_UNUSED_FOLDERS = ("scripts/", "styles/", "vendor/")  # of the theme's files
_UNUSED = {"basic.css", "postdocs.css", "pygments.css", "ablog/tagcloud.css"}


def add_theme_files(app: Sphinx) -> None:
    """Put the templates and the files of the look before the theme's, and after the author's own."""
    if not theme.applies(app):
        return
    from sphinx.jinja2glue import SphinxFileSystemLoader  # noqa: PLC0415 - only builders of HTML need it

    templates: Any = app.builder.templates
    templates.loaders.insert(templates.templatepathlen, SphinxFileSystemLoader(theme.TEMPLATES))
    theirs = [Path(folder, "components") for folder in theme.folders(app)]
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


def remove_theme_files(app: Sphinx, exception: Exception | None) -> None:
    """Take from the output what the theme and Sphinx have put there and no page asks for."""
    if not theme.applies(app):
        return
    statics = [Path(folder, "static") for folder in theme.folders(app)]
    theirs = {path.relative_to(static).as_posix() for static in statics for path in files_below(static)}
    unused = {name for name in theirs if name.startswith(_UNUSED_FOLDERS)} | _UNUSED
    own = [Path(app.confdir, path) for path in app.config.html_static_path if not Path(path).is_absolute()]
    for name in sorted(unused):
        if not any((folder / name).is_file() for folder in own):
            file = Path(app.outdir, "_static", name)
            file.unlink(missing_ok=True)
            for folder in [*file.parents][: name.count("/")]:
                if folder.is_dir() and not any(folder.iterdir()):
                    folder.rmdir()
