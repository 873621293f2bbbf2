"""Dates within documents, which machines can read too."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.application import Sphinx

from postdocs.core.dates import rfc3339

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator


class DateNode(nodes.inline):
    """A date as it is shown; in other formats than HTML it is text."""


def date_node(instant: datetime, text: str) -> DateNode:
    """Return an instant that is shown as a text."""
    return DateNode("", text, datetime=rfc3339(instant))


def setup(app: Sphinx) -> None:
    """Let documents have dates."""
    app.add_node(DateNode, html=(_visit, _depart))


def _visit(translator: HTML5Translator, node: DateNode) -> None:
    """Begin an element `time` of HTML."""
    translator.body.append(translator.starttag(node, "time", "", datetime=node["datetime"]))


def _depart(translator: HTML5Translator, node: DateNode) -> None:
    """End it."""
    translator.body.append("</time>")
