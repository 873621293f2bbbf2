"""Nikola's shortcodes and links within the site: https://getnikola.com/handbook.html#shortcodes."""

from __future__ import annotations

import html
import posixpath
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from postdocs.importer.folders import markdown
from postdocs.importer.own_text import Spans, code_in

_PAIR = re.compile(
    r"\{\{%\s*(?P<name>raw|doc|highlight)(?P<given>[^%{}]*)%\}\}(?P<inner>(?:(?!\{\{%\s*/?(?P=name)).)*)"
    r"\{\{%\s*/(?P=name)\s*%\}\}",
    re.DOTALL,
)
_ALONE = re.compile(r"\{\{%\s*(?P<name>youtube|vimeo|gist)\s(?P<given>[^%{}]*)%\}\}")
_ANY = re.compile(r"\{\{%(?:(?!\{\{%).)*?%\}\}", re.DOTALL)
_LINK = re.compile(r"link://(?P<kind>\w+)(?:/(?P<name>[^\s\"'<>()]*))?")
_ROLE = re.compile(r":doc:`(?:(?P<title>[^`<>]+?)\s*<(?P<named>[^`<>]+)>|(?P<slug>[^`<>]+))`")
_ID = re.compile(r"[\w-]{1,64}")


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


def resolved(text: str, links: Links, *, is_markdown: bool) -> str:
    """Return the text of a file with the addresses of its links; code in Markdown stays."""
    code = _code(text, is_markdown=is_markdown)

    def link(match: re.Match[str]) -> str:
        address = links.address(match["kind"], match["name"] or "")
        return match[0] if address is None or match.start() in code else address

    return _LINK.sub(link, text)


def with_roles(text: str, links: Links) -> str:
    """Return reStructuredText with links in the place of the role `doc`."""

    def link(match: re.Match[str]) -> str:
        slug = match["named"] or match["slug"]
        address = links.address("slug", posixpath.basename(slug.strip("/")))
        title = match["title"] or links.titles.get(slug, slug)
        return match[0] if address is None else f"`{title} <{address}>`__"

    return _ROLE.sub(link, text)


def _code(text: str, *, is_markdown: bool) -> Spans:
    return Spans(code_in(text) if is_markdown else ())


def expanded(text: str, links: Links, *, is_markdown: bool) -> str:
    """Return Markdown or HTML with what the known shortcodes show; those in code of Markdown stay."""
    code = _code(text, is_markdown=is_markdown)

    def pair(match: re.Match[str]) -> str:
        if match.start() in code:
            return match[0]
        inner = match["inner"]
        if match["name"] == "raw":
            return inner
        if match["name"] == "doc":
            slug = inner.strip()
            address = links.address("slug", slug)
            title = links.titles.get(slug, slug)
            return (
                match[0] if address is None else f'<a href="{html.escape(address)}">{html.escape(title)}</a>'
            )
        if match["name"] == "highlight":
            words = _words(match["given"])
            return (
                f"\n```{words[0] if words and _ID.fullmatch(words[0]) else ''}\n{inner.strip(chr(10))}\n```\n"
            )
        return match[0]

    text = _PAIR.sub(pair, text)
    code = _code(text, is_markdown=is_markdown)
    return _ALONE.sub(lambda match: match[0] if match.start() in code else _alone(match), text)


def _alone(match: re.Match[str]) -> str:
    words = [word.partition("=")[2] or word for word in _words(match["given"])]
    name = words[0] if words else ""
    match match["name"]:
        case "youtube" if _ID.fullmatch(name):
            return f'<iframe src="https://www.youtube.com/embed/{name}"></iframe>'
        case "vimeo" if name.isascii() and name.isdecimal():
            return f'<iframe src="https://player.vimeo.com/video/{name}"></iframe>'
        case "gist" if re.fullmatch(r"(?:[\w-]+/)?[0-9a-f]{5,40}", name):
            return f'<script src="https://gist.github.com/{name}.js"></script>'
    return match[0]


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def unknown(text: str, *, is_markdown: bool) -> Iterator[tuple[str, int, str]]:
    """Yield what of a text nobody else reads: what it is, its line from 0, and itself."""
    lines = markdown.line_counter(text)
    code = _code(text, is_markdown=is_markdown)
    for match in _ANY.finditer(text):
        if match.start() not in code:
            what = "a shortcode that is not known here came along as text"
            yield what, lines(match.start()), match[0][:80]
    for match in _LINK.finditer(text):
        if match.start() not in code:
            yield "a link to a page that is not there", lines(match.start()), match[0]
