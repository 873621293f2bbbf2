"""A log filter that adds hints to warnings of Sphinx and MyST."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.remedies.hints import Hints
from postdocs.sphinx_ext.remedies.markup_hints import without_source

_TYPE = re.compile(r"(?P<message>.*?)(?P<type> \[[\w.-]+\])?", re.DOTALL)
_LINE = re.compile(r"(?P<path>.*?)(?::(?P<line>\d+))?:?")


class RemedyFilter(logging.Filter):
    """Rewrites warnings that do not say what to do, and drops those that repeat another in worse words."""

    def __init__(self, hints: Hints) -> None:
        super().__init__()
        self._hints = hints

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite a warning; tell whether it is shown."""
        message = logging.LogRecord.getMessage(record)
        parts = _TYPE.fullmatch(message)
        place = _LINE.fullmatch(str(getattr(record, "location", None) or ""))
        if parts is None or place is None:
            return True
        line = int(place["line"]) if place["line"] else None
        said = without_source(parts["message"]) if parts["type"] == " [docutils]" else parts["message"]
        better = self._hints.rewrite(said, Path(place["path"]), line)
        if better is None and said != parts["message"]:
            better = said
        if better is not None:
            record.msg, record.args = better + (parts["type"] or ""), ()
        return better != ""


def install(build: Build) -> None:
    """Rewrite warnings from now on. There is nothing to undo: Sphinx makes a handler for each application."""
    for handler in logging.getLogger("sphinx").handlers:
        if handler.level == logging.WARNING:
            handler.addFilter(RemedyFilter(Hints(build)))  # after those of Sphinx, which find the place
