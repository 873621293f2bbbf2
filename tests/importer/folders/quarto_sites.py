"""Invented sites of Quarto, in memory."""

from __future__ import annotations

from collections.abc import Mapping

from importer.folders.trees import NOW, files
from postdocs.importer.entry import Entry, NoteKind
from postdocs.importer.folders.systems import quarto
from postdocs.importer.sources.model import Source

CONF = "project:\n  type: website\nwebsite:\n  title: Tides\n  site-url: https://tides.example/log\n"
HEAD = "---\ntitle: Neap\ndate: 2024-05-03\n---\n"


def site(texts: Mapping[str, str | bytes], conf: str = CONF) -> Source:
    """Return what a site of these sources holds."""
    return quarto.read(files({"_quarto.yml": conf, **texts}), None, NOW)


def post(text: str, path: str = "posts/neap/index.qmd", conf: str = CONF, **others: str) -> Entry:
    """Return the entry of a file. others: files, in whose names `__` is a slash and `_DOT_` a dot."""
    names = {name.replace("__", "/").replace("_DOT_", "."): other for name, other in others.items()}
    source = site({path: text, **names}, conf)
    return next(entry for entry in source.entries if entry.source.endswith(f"/{path}"))


def html(text: str, **others: str) -> str:
    """Return the content of a post, its lines joined."""
    return " ".join(post(HEAD + text, **others).content.split())


def notes(entry: Entry, kind: NoteKind = NoteKind.NOTICED) -> list[str]:
    """Return what is said of an entry."""
    return [f"{note.what}: {note.before}" for note in entry.notes if note.kind is kind]
