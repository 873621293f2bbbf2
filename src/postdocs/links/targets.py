"""The text and links of a source document, to verify changes."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Parser as RestructuredText
from myst_parser.parsers.docutils_ import Parser as Myst
from selectolax.lexbor import LexborHTMLParser

from postdocs.core.html import URL_ATTRIBUTES, srcset
from postdocs.core.urls import without_white_space

_TARGETS = ("refuri", "uri")  # of links and of pictures
_SRCSETS = ("srcset", "imagesrcset")
_SILENT = 5  # a level of messages that docutils does not reach


@dataclass(frozen=True)
class Target:
    """The address that a link, a picture or an element of HTML leads to."""

    url: str


@dataclass(frozen=True)
class Reading:
    """A document in the order in which it is read.

    facts: its words, its structure and its targets. is_whole: whether all of it was understood; what a
    directive or a role holds that only Sphinx knows is not.
    """

    facts: tuple[object, ...]
    is_whole: bool


Read = Callable[[str], Reading]


def reader_for(path: str, myst: Mapping[str, Any]) -> Read | None:
    """Return what reads a document of this name, or None where nothing here does.

    myst: the settings of the site that begin with `myst_`.
    """
    if path.endswith(".md"):
        return lambda text: _read(text.removeprefix("\ufeff"), Myst(), myst)
    if path.endswith(".rst"):
        return lambda text: _read(text.removeprefix("\ufeff"), RestructuredText(), {})
    return None


def _read(text: str, parser: Any, settings: Mapping[str, Any]) -> Reading:
    overrides = {
        **settings,
        "_disable_config": True,
        "file_insertion_enabled": False,
        "report_level": _SILENT,
        "halt_level": _SILENT,
        "warning_stream": False,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # docutils' own: optparse
        document: nodes.document = publish_doctree(text, parser=parser, settings_overrides=overrides)
    is_whole = next(document.findall(nodes.system_message), None) is None
    return Reading(tuple(_facts(document)), is_whole)


def _facts(document: nodes.document) -> Iterator[object]:
    for node in document.findall():
        if isinstance(node, nodes.Text):
            is_html = isinstance(node.parent, nodes.raw) and "html" in node.parent.get("format", "").split()
            yield from _facts_of_html(str(node)) if is_html else [str(node)]
        elif isinstance(node, nodes.Element):
            yield type(node)
            # The name of a link in reStructuredText is its text, once more.
            said = {*_TARGETS, "name"} if isinstance(node, nodes.reference) else {*_TARGETS}
            yield {name: value for name, value in node.attributes.items() if name not in said}
            yield from (Target(node[name]) for name in _TARGETS if name in node)


def _facts_of_html(text: str) -> Iterator[object]:
    root = LexborHTMLParser(text).root
    for node in root.traverse(include_text=True) if root else ():
        if not node.is_element_node:
            yield node.html
            continue
        yield node.tag
        for name, value in node.attributes.items():
            yield name
            if name in _SRCSETS:
                for url, descriptors in srcset(value or ""):
                    yield from (Target(url), descriptors)
            else:
                yield Target(without_white_space(value or "")) if name in URL_ATTRIBUTES else value
