"""Where the look applies, and its one style sheet: what is needed of the theme's, of Pygments' and ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pygments.formatters import HtmlFormatter
from pygments.styles import get_style_by_name
from pygments.util import ClassNotFound
from sphinx.application import Sphinx
from sphinx.errors import ConfigError

from postdocs.sphinx_ext.output.files import files_below, write_text
from postdocs.sphinx_ext.output.state import fingerprint
from postdocs.sphinx_ext.theme import stylesheet

HERE = Path(__file__).parent
TEMPLATES = HERE.parent / "templates" / "pydata"
STATIC = HERE / "static"
STYLE = "pydata.css"

THEIRS = ("static/basic.css.jinja", "static/styles/pydata-sphinx-theme.css")  # of Sphinx, of the theme

_EXTENSIONS = {"sphinx_copybutton": "copybtn", "sphinx_design": "sd-"}  # how their classes begin
_QUOTED = re.compile(r"""["']([^"'<>]*)["']""")


def applies(app: Sphinx) -> bool:
    """Tell whether pages get the look: those of the theme that it is for, unless it is wanted whole."""
    is_pydata = app.builder.format == "html" and app.config.html_theme == "pydata_sphinx_theme"
    return is_pydata and not app.config.postdocs_whole_theme


def folders(app: Sphinx) -> list[Path]:
    """Return the folders of the theme and of those that it builds upon."""
    return [*map(Path, app.builder.theme.get_theme_dirs())]  # type: ignore[attr-defined]  # builders of HTML have one


def write_style(app: Sphinx, folder: Path) -> None:
    """Write the style sheet into a folder, unless what it is made from is the same as when that was done.

    folder: of this build; beside the style sheet, it notes what that was made from.
    """
    sources = [*_sources(app)]
    words = _words(app, sources[0])
    code = [path.read_text(encoding="utf-8") for path in (HERE / "stylesheet.py", Path(__file__))]
    digest = fingerprint(sources, sorted(words), code)
    note, file = folder / "made-from", folder / "static" / STYLE
    if file.is_file() and note.is_file() and note.read_text(encoding="ascii") == digest:
        return
    theirs, *ours = (stylesheet.read(css) for css in sources)
    rules = stylesheet.with_modes([*stylesheet.cut(theirs, words), *(rule for part in ours for rule in part)])
    write_text(file, stylesheet.write(stylesheet.without_unused(rules, kept="--pst-")))
    write_text(note, digest)


def _sources(app: Sphinx) -> Iterator[str]:
    """Yield style sheets: those of Sphinx and the theme, that of code, that of posts, that of the look."""
    theme: Any = app.builder.theme  # type: ignore[attr-defined]  # builders of HTML have one
    options = theme.get_options({}) | app.config.html_theme_options
    basic, whole = (_found(folders(app), name) for name in THEIRS)
    named = {f"theme_{name}": value for name, value in options.items()}
    yield app.builder.templates.render_string(basic, named) + whole
    for mode in ("light", "dark"):
        style = str(options.get(f"pygments_{mode}_style"))
        yield _highlighting(style, f'html[data-theme="{mode}"] .highlight')
    yield (HERE.parent / "static" / "postdocs.css").read_text(encoding="utf-8")
    yield (STATIC / "look.css").read_text(encoding="utf-8")


def _found(places: list[Path], name: str) -> str:
    """Return the text of a file of the theme, or of one that it builds upon."""
    path = next((path for place in places if (path := place / name).is_file()), None)
    if path is None:
        message = f"{name} is not in this version of pydata-sphinx-theme"
        raise ConfigError(f"{message}; set postdocs_whole_theme = True in conf.py to do without")
    return path.read_text(encoding="utf-8")


def _highlighting(style: str, prefix: str) -> str:
    formatter: Any
    try:
        formatter = HtmlFormatter(style=get_style_by_name(style))
    except ClassNotFound:  # the theme says so
        formatter = HtmlFormatter()
    return "\n".join([*formatter.get_background_style_defs(prefix), *formatter.get_token_style_defs(prefix)])


def _words(app: Sphinx, css: str) -> set[str]:
    """Return what may be on pages: our list, the words of templates, and classes of extensions in use."""
    text = re.sub(r"(?m)^#.*", "", (HERE / "words.txt").read_text(encoding="utf-8"))
    found = {*text.split()}
    ours = {path.relative_to(TEMPLATES / "components") for path in files_below(TEMPLATES / "components")}
    own = (Path(app.confdir, path) for path in app.config.templates_path)
    for folder in [HERE.parent / "templates", STATIC, *own]:
        for path in files_below(folder):
            is_replaced = TEMPLATES not in path.parents and path.relative_to(folder) in ours
            if path.suffix in {".html", ".js"} and not is_replaced:
                for quoted in _QUOTED.findall(path.read_text(encoding="utf-8", errors="replace")):
                    found |= {*re.findall(r"[\w-]+", quoted)}
    prefixes = tuple(prefix for name, prefix in _EXTENSIONS.items() if name in app.extensions)
    found = {name for name in found if not name.startswith("fa-")}
    return found | {name for name in re.findall(r"\.([\w-]+)", css) if name.startswith(prefixes)}
