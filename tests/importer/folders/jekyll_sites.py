"""Blogs of Jekyll to read."""

from __future__ import annotations

from importer.folders.trees import NOW, files
from postdocs.importer.entry import Entry
from postdocs.importer.folders.systems import jekyll

CONFIG = "title: Tides\nurl: https://tides.example.org\n"
POST = "_posts/2021-03-04-low-water.md"


def entries(texts: dict[str, str], config: str = CONFIG) -> list[Entry]:
    """Return what a blog of these files holds."""
    return [*jekyll.read(files({"_config.yml": config, **texts}), None, NOW).entries]


def post(front: str, body: str = "Text.", *, config: str = CONFIG, path: str = POST) -> Entry:
    """Return the one post of a blog."""
    (entry,) = entries({path: f"---\n{front}\n---\n{body}\n"}, config)
    return entry
