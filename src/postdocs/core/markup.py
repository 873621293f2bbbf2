"""The interface of markups for front matter, which Markdown and reStructuredText implement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from postdocs.core.markdown_source import Item


class Markup(Protocol):
    """A markup of posts, such as the module `markdown_source`."""

    def front_matter(self, text: str, path: str | Path) -> tuple[list[Item], str]:
        """Part a file into the keys of its front matter and its body; raises PostdocsError."""

    def typed(self, item: Item, read: Callable[..., Any]) -> Item:
        """Return a key with its value as YAML would have it; read: the function that reads it."""

    def line(self, key: str, value: str) -> str:
        """Return how a key is written, for messages."""

    def leading_heading(self, body: str) -> str | None:
        """Return the words of the heading that a body begins with, if any."""

    def without_comments(self, body: str) -> str:
        """Return a body without the comments that it begins with."""

    def heading_like(self, title: str, body: str) -> str | None:
        """Return the first heading of the highest level that says what a title does, if any."""

    def first_heading(self, body: str) -> str | None:
        """Return the words of the first heading, of any level, if any."""

    def plain(self, text: str) -> str:
        """Return the words of a line, without its markup."""
