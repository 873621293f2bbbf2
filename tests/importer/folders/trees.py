"""Source folders of invented blogs, in memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from postdocs.importer.sources.archive import Files

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def files(texts: Mapping[str, str | bytes], name: str = "blog") -> Files:
    """Return a folder with these files."""
    return Files(
        name,
        tuple(sorted(texts)),
        lambda path: data if isinstance(data := texts[path], bytes) else data.encode(),
    )
