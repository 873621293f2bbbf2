"""The theme's one style sheet: the parent's rules that pages need, those of highlighted code, and our own."""

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

from postdocs.core.files import files_below, write_bytes, write_text
from postdocs.sphinx_ext.compat.theme import PARENT_STYLES
from postdocs.sphinx_ext.fonts.text import FAMILIES, font_faces
from postdocs.sphinx_ext.output.state import fingerprint
from postdocs.sphinx_ext.theme import stylesheet
from postdocs.sphinx_ext.theme.colours import accent_style
from postdocs.sphinx_ext.theme.theme import COMPONENTS, FOLDER, STYLE, STYLES, is_parents_components

_HERE = Path(__file__).parent
_TEMPLATES = _HERE.parent / "templates"
_CLASS_PREFIXES = {"sphinx_copybutton": "copybtn", "sphinx_design": "sd-"}  # by extension
_TOKEN = re.compile(r"(\.\w+) (\{[^}]*\})")  # a rule as Pygments writes it
_QUOTED = re.compile(r"""["']([^"'<>]*)["']""")


def write_style(app: Sphinx, folder: Path, parent_styles: tuple[str, ...] = PARENT_STYLES) -> None:
    """Write the style sheet to `static` in a folder, unless nothing that it is made from has changed.

    folder: one of this build; a note of what the style sheet was made from is kept in it. parent_styles: the
    style sheets of the themes above ours, as paths in their folders. Raises ConfigError if one is missing.
    """
    sources = [*_sources(app, parent_styles)]
    words, elements = _words(app, sources[0]), _listed("elements.txt")
    code = [
        (_HERE / name).read_text(encoding="utf-8") for name in ("stylesheet.py", "style.py", "colours.py")
    ]
    digest = fingerprint(sources, sorted(words), sorted(elements), code)
    note, file = folder / "inputs", folder / "static" / STYLE
    if file.is_file() and note.is_file() and note.read_bytes() == _noted(digest, file):
        return
    parents, *others = map(stylesheet.read, sources)
    rules = [*stylesheet.cut(parents, words, elements), *(rule for rules in others for rule in rules)]
    rules = stylesheet.without_overridden(stylesheet.with_modes(rules))
    rules = stylesheet.without_unused(rules, kept="--pd-")
    write_text(file, (font_faces() if app.config.postdocs_font else "") + stylesheet.write(rules))
    write_bytes(note, _noted(digest, file))


def _noted(digest: str, file: Path) -> bytes:
    """Return the note on a style sheet: what it is made from, and what it is."""
    return fingerprint(digest, file.read_text(encoding="utf-8", errors="replace")).encode()


def _sources(app: Sphinx, parent_styles: tuple[str, ...]) -> Iterator[str]:
    """Yield CSS: that of the themes above ours, of code in both modes, of posts, layout and accent."""
    theme: Any = app.builder.theme  # type: ignore[attr-defined]  # builders of HTML have one
    folders = [*map(Path, theme.get_theme_dirs())]
    options = theme.get_options() | app.config.html_theme_options
    variables = {f"theme_{name}": value for name, value in options.items()}
    render = app.builder.templates.render_string
    texts = [(name, _read_first(folders, name)) for name in parent_styles]
    yield "".join(render(text, variables) if name.endswith(".jinja") else text for name, text in texts)
    for mode in ("light", "dark"):
        yield _highlighting(
            str(options.get(f"pygments_{mode}_style")), f'html[data-theme="{mode}"] .highlight'
        )
    yield from map(joined, ("posts", "layout"))
    yield accent_style(app.config.postdocs_accent)
    if app.config.postdocs_font:
        yield f"html {{ --pd-font-text: {FAMILIES}, var(--pst-font-family-base); }}"


def joined(part: str) -> str:
    """Return the style sheets of a part as one: `posts`, for any theme, or `layout`, for ours.

    Each is of one component and competes with no other of its part, so their order means nothing.
    """
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((STYLES / part).glob("*.css")))


def _read_first(folders: list[Path], name: str) -> str:
    """Return the text of a file from the first of some folders that has it."""
    path = next((path for folder in folders if (path := folder / name).is_file()), None)
    if path is None:
        message = f"{name} is not in this version of pydata-sphinx-theme"
        raise ConfigError(f'{message}. Set html_theme = "pydata_sphinx_theme" in conf.py to do without')
    return path.read_text(encoding="utf-8")


def _highlighting(style: str, prefix: str) -> str:
    formatter: Any
    try:
        formatter = HtmlFormatter(style=get_style_by_name(style))
    except ClassNotFound:  # the parent warns of it
        formatter = HtmlFormatter()
    kinds: dict[str, list[str]] = {}  # by their declarations: many kinds of tokens look the same
    for kind, shown in _TOKEN.findall("\n".join(formatter.get_token_style_defs(prefix))):
        kinds.setdefault(shown, []).append(kind)
    tokens = [f"{prefix} :is({','.join(names)}) {shown}" for shown, names in kinds.items()]
    return "\n".join([*formatter.get_background_style_defs(prefix), *tokens])


def _words(app: Sphinx, css: str) -> set[str]:
    """Return which classes and ids pages may have: our list, words of templates, classes of extensions.

    css: the style sheets of the themes above ours.
    """
    folders = [_TEMPLATES, FOLDER, *(Path(app.confdir, path) for path in app.config.templates_path)]
    files = (path for folder in folders for path in files_below(folder) if path.suffix in {".html", ".js"})
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in files if not _is_replaced(path))
    quoted = (part for text in texts for part in _QUOTED.findall(text))
    used = {word for part in quoted for word in re.findall(r"[\w-]+", part) if not word.startswith("fa-")}
    prefixes = tuple(prefix for name, prefix in _CLASS_PREFIXES.items() if name in app.extensions)
    return {
        *_listed("words.txt"),
        *used,
        *(name for name in re.findall(r"\.([\w-]+)", css) if name.startswith(prefixes)),
    }


def _listed(name: str) -> set[str]:
    return {*re.sub(r"(?m)^#.*", "", (STYLES / name).read_text(encoding="utf-8")).split()}


def _is_replaced(path: Path) -> bool:
    """Tell whether a file is a component of the parent that one of ours replaces."""
    return is_parents_components(path.parent) and (COMPONENTS / path.name).is_file()
