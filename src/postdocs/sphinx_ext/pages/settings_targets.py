"""Checks that targets of links in the settings, and images of the theme, exist."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.util import logging

from postdocs.core.urls import scheme_of
from postdocs.sphinx_ext.build import Build

logger = logging.getLogger(__name__)

_LOGOS = ("image_light", "image_dark")


def check(build: Build, exception: Exception | None) -> None:
    """Warn about pages and files in `conf.py` that don't exist, with the line of the setting."""
    if exception is not None or build.state.is_up_to_date:
        return
    conf = Path(build.app.confdir, "conf.py")
    for target, message in [*_nowhere(build), *_missing_logos(build)]:
        logger.warning(message, location=_place(conf, target), type="postdocs", subtype="setting")


def _nowhere(build: Build) -> Iterator[tuple[str, str]]:
    out = Path(build.builder.outdir)
    settings = (
        ("postdocs_navbar", build.config.postdocs_navbar),
        ("postdocs_links", build.config.postdocs_links),
    )
    for name, text, target in ((name, *pair) for name, pairs in settings for pair in pairs):
        is_page = not target.startswith("/") and (out / build.file_of(target)).is_file()
        if not scheme_of(target) and not is_page and not (out / target.lstrip("/")).is_file():
            remedy = "name a page by its path without suffix, a file of the site, or a whole address"
            yield target, f"{name}: '{target}' of '{text}' is no page; {remedy}"


def _missing_logos(build: Build) -> Iterator[tuple[str, str]]:
    logo: dict[str, Any] | None = build.config.html_theme_options.get("logo")
    for name in _LOGOS if isinstance(logo, dict) else ():
        path = str((logo or {}).get(name) or "")
        places = (Path(build.app.srcdir, path), Path(build.builder.outdir, "_static", Path(path).name))
        if path and "://" not in path and not any(place.is_file() for place in places):
            message = f"html_theme_options: the logo '{path}' is not there; put it there, or correct its path"
            yield path, message


def _place(conf: Path, text: str) -> str:
    """Return the file with the first line in it that names a text."""
    try:
        lines = conf.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    number = next((number for number, line in enumerate(lines, 1) if f'"{text}"' in line), None)
    number = number or next((number for number, line in enumerate(lines, 1) if text in line), 1)
    return f"{conf}:{number}"
