"""Sites of Hugo to read."""

from __future__ import annotations

from collections.abc import Mapping

from importer.folders.trees import NOW, files
from postdocs.importer.entry import Entry
from postdocs.importer.folders.systems import hugo

CONFIG = 'title = "Tides"\nbaseURL = "https://tides.example.org/"\n'
POST = "content/posts/low-water.md"


def entries(texts: Mapping[str, str | bytes], config: str = CONFIG) -> list[Entry]:
    """Return what a site of these files holds."""
    return [*hugo.read(files({"hugo.toml": config, **texts}), None, NOW).entries]


def post(front: str, body: str = "Text.", *, config: str = CONFIG, path: str = POST) -> Entry:
    """Return the one page of a site."""
    (entry,) = entries({path: f"---\n{front}\n---\n{body}\n"}, config)
    return entry
