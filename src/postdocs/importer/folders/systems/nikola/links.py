"""Nikola's links within the site: https://getnikola.com/handbook.html#links, and its role `doc`."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from postdocs.importer.folders import markdown
from postdocs.importer.own_text import Spans, code_in

_LINK = re.compile(r"link://(?P<kind>\w+)(?:/(?P<name>[^\s\"'<>()]*))?")
_TAG = re.compile(r"<[^<>]*>")
_TITLED = re.compile(r"(?P<title>[^<>]*[^<>\s])\s*<(?P<slug>[^<>]+)>")


@dataclass(frozen=True)
class Links:
    """The addresses of a blog's pages, from the root of the site.

    slugs, paths: of pages, by their slugs, and by the paths of their files. titles: by slug. base: the path
    that the blog is under, or "". lists: of a list, by what `link://` names it by.
    """

    slugs: Mapping[str, str]
    paths: Mapping[str, str]
    titles: Mapping[str, str]
    base: str
    lists: Callable[[str, str], str | None] = lambda *_: None

    def address(self, kind: str, name: str) -> str | None:
        """Return where `link://kind/name` leads; None where that is not known."""
        name, mark, fragment = unquote(name).partition("#")
        match kind:
            case "slug":
                found = self.slugs.get(name)
            case "filename":
                found = self.paths.get(name)
            case _:
                found = self.lists(kind, name)
        return None if found is None else f"{self.base}{found}{mark}{fragment}"

    def led(self, target: str) -> str | None:
        """Return where a whole address leads if it is a link within the site, and is known."""
        match = _LINK.fullmatch(target)
        return self.address(match["kind"], match["name"] or "") if match else None

    def page(self, text: str) -> tuple[str, str] | None:
        """Return the address and the title of a page, by its slug or `title <slug>`; None for none."""
        titled = _TITLED.fullmatch(text.strip())
        name = titled["slug"] if titled else text.strip()
        path, mark, fragment = name.partition("#")
        slug = posixpath.basename(path.strip("/"))
        address = self.address("slug", f"{slug}{mark}{fragment}")
        if address is None:
            return None
        return address, titled["title"] if titled else self.titles.get(slug, slug)


def resolved(text: str, links: Links) -> str:
    """Return Markdown with the addresses of its links; code stays."""
    code = Spans(code_in(text))
    return _LINK.sub(lambda match: match[0] if match.start() in code else _led(match, links), text)


def resolved_html(markup: str, links: Links) -> str:
    """Return HTML with the addresses of its links."""
    return _TAG.sub(lambda tag: _LINK.sub(lambda match: _led(match, links), tag[0]), markup)


def _led(match: re.Match[str], links: Links) -> str:
    return links.address(match["kind"], match["name"] or "") or match[0]


def unknown(text: str, links: Links) -> Iterator[tuple[int, str]]:
    """Yield the links of Markdown that lead to nothing known: the line of each, from 0, and itself."""
    lines = markdown.line_counter(text)
    code = Spans(code_in(text))
    for match in _LINK.finditer(text):
        if match.start() not in code and links.address(match["kind"], match["name"] or "") is None:
            yield lines(match.start()), match[0]


def unknown_html(markup: str, source: str) -> Iterator[tuple[int, str]]:
    """Yield the links that are left in HTML, each once: its first line in the source, from 0, and itself."""
    lines = markdown.line_counter(source)
    left = (match[0] for tag in _TAG.finditer(markup) for match in _LINK.finditer(tag[0]))
    for link in dict.fromkeys(map(html.unescape, left)):
        yield lines(max(source.find(link), 0)), link
