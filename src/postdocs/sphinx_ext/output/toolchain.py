"""The software and settings of a build; a change rebuilds everything."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sphinx.application import Sphinx

from postdocs.sphinx_ext.output.state import fingerprint

# Beside the extensions, which say their versions themselves.
_PACKAGES = (
    *("sphinx", "docutils", "markdown-it-py", "mdit-py-plugins", "pygments", "jinja2", "pillow"),
    *("babel", "fonttools", "brotli"),
)


def digest(app: Sphinx) -> str:
    """Return what changes when the software does, that of the site's own folder included."""
    extensions = sorted((name, extension.version) for name, extension in app.extensions.items())
    return fingerprint(_versions(), extensions, sorted(_modules(app)))


@cache  # for as long as a process lives, it has imported what it has
def _versions() -> tuple[tuple[str, str], ...]:
    return tuple((name, _version(name)) for name in _PACKAGES)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # it is there without its metadata
        return ""


def _modules(app: Sphinx) -> set[tuple[str, int, int]]:
    """Return path, time and size of the settings, of what they import from beside them, and of extensions."""
    root = f"{app.confdir}{os.sep}"
    imported = {getattr(module, "__file__", None) or "" for module in [*sys.modules.values()]}
    files = {
        f"{root}conf.py",
        *(getattr(extension.module, "__file__", "") for extension in app.extensions.values()),
    }
    files |= {file for file in imported if file.startswith(root) and "site-packages" not in file}
    statuses = ((str(path), path.stat()) for path in map(Path, filter(None, files)) if path.is_file())
    return {(path, status.st_mtime_ns, status.st_size) for path, status in statuses}
