"""Our templates and style sheet beside the theme's, and what Sphinx and the theme leave behind for nobody."""

from __future__ import annotations

from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from sphinx.jinja2glue import SphinxFileSystemLoader

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.feeds.model import rfc3339

_HERE = Path(__file__).parents[1]


def add_templates(build: Build) -> None:
    """Put our templates before ablog's and after the author's own; add the style sheet."""
    app = build.app
    templates = getattr(app.builder, "templates", None)
    if templates is None:
        return
    templates.environment.filters["rfc3339"] = rfc3339
    compiled = Path(app.doctreedir, "postdocs-templates")
    compiled.mkdir(parents=True, exist_ok=True)
    templates.environment.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    templates.loaders.insert(templates.templatepathlen, SphinxFileSystemLoader(_HERE / "templates"))
    app.config.html_static_path.append(str(_HERE / "static"))
    app.add_css_file("postdocs.css")


def remove_unused_assets(build: Build, exception: Exception | None) -> None:
    """Take from the output what Sphinx and the theme leave there for nobody."""
    out = Path(build.app.outdir)
    for name in ("_static/webpack-macros.html", ".buildinfo.bak"):
        Path(out, name).unlink(missing_ok=True)
    if builder := build.html:
        Path(out, ".buildinfo").unlink(missing_ok=True)  # the state of the site knows more
        for folder in (Path(folder, "static") for folder in builder.theme.get_theme_dirs()):
            for path in folder.rglob("*.map"):  # of scripts and styles, which readers do not write
                Path(out, "_static", path.relative_to(folder)).unlink(missing_ok=True)
    sources = out / "_sources"
    if sources.is_dir() and not any(sources.iterdir()):
        sources.rmdir()
