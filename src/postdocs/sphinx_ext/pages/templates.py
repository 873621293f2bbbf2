"""Templates and static files of Postdocs, and removal of unused files of Sphinx."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from jinja2 import FileSystemBytecodeCache, pass_context
from jinja2.runtime import Context

from postdocs.core.dates import rfc3339
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.compat import ablog
from postdocs.sphinx_ext.compat import theme as compat_theme
from postdocs.sphinx_ext.locale.language import Language
from postdocs.sphinx_ext.theme.colours import palette

_HERE = Path(__file__).parents[1]
_OURS = _HERE / "templates"
# By name, so that an author's own version of one is escaped too.
_ESCAPED = ablog.TEMPLATES | {file.relative_to(_OURS).as_posix() for file in _OURS.glob("*/*.html")}


def takes_text(name: str | None) -> bool:
    """Tell whether a template gets values as text, which Jinja then escapes: those for posts do.

    All others, Sphinx's and those of themes, get HTML. name: None for a template that is no file, such as
    those of feeds, whose values the feed escapes.
    """
    return name is not None and name.removeprefix("!") in _ESCAPED


def add_templates(build: Build) -> None:
    """Put our templates before ablog's and after the author's own; add our static files."""
    app = build.app
    environment = compat_theme.jinja_environment(app)
    if environment is None:
        return
    language = build.language
    environment.install_gettext_translations(language.translations)
    environment.filters |= {"rfc3339": rfc3339, "day": _day}
    environment.globals |= {"site_language": language, "words": language}
    environment.globals["palette"] = palette(build.config.postdocs_accent)  # of static files
    environment.autoescape = takes_text
    environment.auto_reload = False  # each build has an environment of its own
    compat_theme.trust_templates(environment)
    compiled = Path(app.doctreedir, "postdocs-trusted-templates")
    compiled.mkdir(parents=True, exist_ok=True)
    environment.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    ablog.let_theme_lay_out_pages(app)
    compat_theme.insert_templates(app, _OURS)
    app.config.html_static_path.append(str(_HERE / "static"))


@pass_context
def _day(context: Context, instant: datetime) -> str:
    """Return the day of an instant in the language of the words around it."""
    words: Language = context["words"]
    return words.day(instant)


def remove_unused_assets(build: Build, exception: Exception | None) -> None:
    """Remove unused files of Sphinx from the output."""
    out = Path(build.app.outdir)
    Path(out, ".buildinfo.bak").unlink(missing_ok=True)
    if build.html:
        Path(out, ".buildinfo").unlink(missing_ok=True)  # the state of the site knows more
    sources = out / "_sources"
    if sources.is_dir() and not any(sources.iterdir()):
        sources.rmdir()
