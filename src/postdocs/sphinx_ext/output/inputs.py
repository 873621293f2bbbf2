"""Inputs of a build beside documents: settings, templates, static files, and software."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from postdocs.core.files import files_below
from postdocs.sphinx_ext.output import toolchain
from postdocs.sphinx_ext.output.state import fingerprint
from postdocs.sphinx_ext.settings.authors import read_authors


def setup_digest(app: Sphinx) -> str:
    """Return what changes when anything does that may change every page."""
    return fingerprint(app.builder.name, toolchain.digest(app), _settings(app), [*_files(app)])


def _settings(app: Sphinx) -> list[object]:
    return [{item.name: _plain(item.value) for item in app.config}, sorted(map(str, app.tags))]


def _plain(value: Any) -> Any:
    """Return a setting as JSON can hold it; what is called by its place in memory counts as its type only."""
    if isinstance(value, dict):
        return [[str(key), _plain(item)] for key, item in value.items()]
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if isinstance(value, str | int | float | bool | type(None)):
        return value
    text = repr(value)
    return type(value).__name__ if " at 0x" in text else text


def _files(app: Sphinx) -> Iterator[tuple[str, int, int]]:
    """Yield templates, static files and pictures of authors: path, time and size of each."""
    config = app.config
    authored = [*config.templates_path, *config.html_static_path, *config.html_extra_path]
    theme = app.builder.theme.get_theme_dirs()  # type: ignore[attr-defined]  # builders of HTML have one
    ours = [Path(__file__).parents[1] / name for name in ("templates", "static", "locale")]
    authors = read_authors(config.postdocs_authors).values()
    pictures = [Path(app.srcdir, author.image) for author in authors if author.image]
    for root in [*(Path(app.confdir, name) for name in authored), *map(Path, theme), *ours, *pictures]:
        for path in sorted(files_below(root)):
            status = path.stat()
            yield str(path), status.st_mtime_ns, status.st_size
