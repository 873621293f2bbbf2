"""Made blogs of Pelican."""

from __future__ import annotations

from importer.folders.trees import NOW, files
from postdocs.importer.entry import Entry
from postdocs.importer.folders.systems import pelican
from postdocs.importer.sources.model import Source

CONF = "SITENAME = 'Tides'\nSITEURL = 'https://tides.example'\nPATH = 'content'\nAUTHOR = 'Ann Example'\n"
TITLED = "Title: A\nDate: 2021-03-04\n"


def blog(texts: dict[str, str | bytes], conf: str = "") -> Source:
    """Return what a blog of these sources holds."""
    contents = {f"content/{path}": text for path, text in texts.items()}
    return pelican.read(files({"pelicanconf.py": CONF + conf, **contents}), None, NOW)


def post(head: str, body: str = "Text.", *, conf: str = "", path: str = "a.md", **others: str) -> Entry:
    """Return the post of one file of a blog."""
    texts: dict[str, str | bytes] = {path: f"{head}\n{body}\n", **others}
    return next(entry for entry in blog(texts, conf).entries if entry.source.endswith(f"/{path}"))
