"""Inline nodes of a doctree, raw tags among them → inline nodes of a tree."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from postdocs.core.html import VOID
from postdocs.importer.ast import nodes
from postdocs.importer.myst import markup


class _StartTag(HTMLParser):
    name = ""
    attributes: dict[str, str]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.name:
            self.name, self.attributes = tag, {key: value or "" for key, value in attrs}


def start_tag(source: str) -> tuple[str, dict[str, str]]:
    """Read the first start tag of some HTML: its name and attributes; empty where there is none."""
    parser = _StartTag()
    parser.attributes = {}
    parser.feed(source)
    return parser.name, parser.attributes


class Frames:
    """A list of inline nodes that grows; tags in it open and close."""

    def __init__(self) -> None:
        self._open: list[tuple[str, list[nodes.Inline]]] = [("", [])]

    def text(self, text: str) -> None:
        """Add text."""
        siblings = self._open[-1][1]
        if siblings and isinstance(siblings[-1], nodes.Text):
            siblings[-1] = nodes.Text(siblings[-1].text + text)
        elif text:
            siblings.append(nodes.Text(text))

    def add(self, node: nodes.Inline) -> None:
        """Add a node."""
        self._open[-1][1].append(node)

    def tag(self, source: str) -> None:
        """Add a tag of HTML, or a comment; an empty comment is nothing."""
        if source == "<!-- -->":
            return
        name = (re.match(r"</?([A-Za-z][A-Za-z0-9-]*)", source) or [source, ""])[1].lower()
        if source.startswith("</") and name in [_name(start) for start, _ in self._open]:
            while _name(self._open[-1][0]) != name:
                self._give_up()
            start, children = self._open.pop()
            self.add(_element(start, tuple(children), source))
        elif source.startswith("</") or not name or name in VOID:
            self.add(_void(source))
        else:
            self._open.append((source, []))

    def close(self) -> tuple[nodes.Inline, ...]:
        """Give the nodes; tags that are still open are HTML of their own."""
        while len(self._open) > 1:
            self._give_up()
        return tuple(self._open[0][1])

    def _give_up(self) -> None:
        start, children = self._open.pop()
        self.add(nodes.RawInline(start))
        self._open[-1][1].extend(children)


def _name(start: str) -> str:
    return start_tag(start)[0]


def _void(source: str) -> nodes.Inline:
    name, attributes = start_tag(source)
    if name == "br" and not attributes:
        return nodes.LineBreak()
    if name == "img":
        image = _image(attributes)
        if markup.image(image) == source:
            return image
    return nodes.RawInline(source)


def _image(attributes: dict[str, str]) -> nodes.Image:
    styles = {
        key.strip(): value.strip()
        for key, _, value in (part.partition(":") for part in attributes.get("style", "").split(";"))
    }
    return nodes.Image(
        attributes.get("src", ""),
        attributes.get("alt", ""),
        attributes.get("title", ""),
        attributes.get("width") or styles.get("width", ""),
        attributes.get("height") or styles.get("height", ""),
    )


def _element(start: str, children: tuple[nodes.Inline, ...], end: str) -> nodes.Inline:
    name, attributes = start_tag(start)
    title = attributes.get("title", "")
    if start == "<s>":  # as MyST has `~~`
        return nodes.Span("del", children)
    if name in nodes.SPAN_TAGS:
        span = nodes.Span(name, children, title, attributes.get("lang", ""), attributes.get("dir", ""))
        if start == markup.span(span):
            return span
    url = attributes.get("href", "")
    if name == "a" and start == markup.tag("a", href=url, title=title):
        return nodes.Link(url, children, title)
    if name == "code" and not attributes and not children:
        return nodes.Code("")
    return nodes.RawInline(f"{start}{markup.inlines(children)}{end}")
