"""Where the comments of a post are: in a file beside its source."""

from __future__ import annotations

from pathlib import PurePosixPath

SUFFIX = ".comments.yml"


def beside(path: str) -> str:
    """Return the path of the file of comments that belongs to the source of a post."""
    return f"{PurePosixPath(path).with_suffix('')}{SUFFIX}"
