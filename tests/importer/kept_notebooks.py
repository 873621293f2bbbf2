"""Imports of invented notebooks that stay notebooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from importer.folders.notebook_files import prose
from importer.folders.trees import NOW, files
from postdocs.core import conf
from postdocs.core.progress import silent
from postdocs.importer import images, site_files
from postdocs.importer.folders.registry import system_of
from postdocs.importer.options import Options
from postdocs.importer.pipeline import Import, plan_import
from postdocs.sphinx_ext.math.check import checker

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAFUlEQVR4nGNkYPjPgA+MSjOMSg9S"
    "aQAo9wETPC8p1QAAAABJRU5ErkJggg=="
)
FRONT = prose("---\ntitle: Tides\ndate: 2021-03-04\ntags: [sea]\n---", "raw")
CONF = 'myst_enable_extensions = ["dollarmath", "colon_fence"]\npostdocs_timezone = "UTC"\n'
NIKOLA = (
    "NIKOLA = 1\nBLOG_TITLE = 'Tides'\nSITE_URL = 'https://tides.example/'\n"
    "POSTS = (('posts/*.md', 'posts', 'p'), ('posts/*.ipynb', 'posts', 'p'))\nTIMEZONE = 'UTC'\n"
)
SPHINX = "extensions = ['ablog', 'myst_nb']\nblog_post_pattern = 'posts/*'\n"


def planned(site: Path, texts: Mapping[str, str | bytes], *, keeps: bool = True) -> Import:
    """Plan the import of a folder."""
    folder = replace(files(texts), keeps_notebooks=keeps)
    system = system_of(folder)
    assert system is not None
    source = system.read(folder, "https://tides.example/", NOW)
    options = Options(
        site=site,
        folder=site / "posts",
        checker=checker,
        find=images.from_export(source.files, None) if source.files else None,
        is_served=site_files.served([source.files] if source.files else []),
    )
    return plan_import(source.entries, options, conf.read(site / "conf.py"), NOW, silent)


def sources(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the kind and the source of each cell but the first, which is front matter."""
    return [(cell["cell_type"], "".join(cell["source"])) for cell in content["cells"][1:]]


def outputs(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the outputs of all cells."""
    return [output for cell in content["cells"] for output in cell.get("outputs", ())]
