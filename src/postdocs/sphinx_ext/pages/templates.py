"""Our templates and static files beside the theme's, and what Sphinx leaves behind for nobody."""

from __future__ import annotations

from pathlib import Path

from jinja2 import FileSystemBytecodeCache

from postdocs.core.dates import rfc3339
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.compat import theme as compat_theme

_HERE = Path(__file__).parents[1]


def add_templates(build: Build) -> None:
    """Put our templates before ablog's and after the author's own; add our static files."""
    app = build.app
    templates = getattr(app.builder, "templates", None)
    if templates is None:
        return
    templates.environment.filters["rfc3339"] = rfc3339
    compiled = Path(app.doctreedir, "postdocs-templates")
    compiled.mkdir(parents=True, exist_ok=True)
    templates.environment.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    compat_theme.insert_templates(app, _HERE / "templates")
    app.config.html_static_path.append(str(_HERE / "static"))


def remove_unused_assets(build: Build, exception: Exception | None) -> None:
    """Take from the output what Sphinx leaves there for nobody."""
    out = Path(build.app.outdir)
    Path(out, ".buildinfo.bak").unlink(missing_ok=True)
    if build.html:
        Path(out, ".buildinfo").unlink(missing_ok=True)  # the state of the site knows more
    sources = out / "_sources"
    if sources.is_dir() and not any(sources.iterdir()):
        sources.rmdir()
