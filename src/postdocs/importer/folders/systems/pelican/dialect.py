"""What Pelican and its plugins read in a text beside Markdown: links within the site, formulas, and tags."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from postdocs.importer.folders import markdown, python_markdown
from postdocs.importer.folders.systems.pelican.pages import slug_of
from postdocs.importer.folders.systems.pelican.settings import Settings
from postdocs.importer.own_text import Spans, code_in

_WHAT = r"[{|](?P<what>filename|static|attach|tag|category|author|index)[|}]"
LINK = re.compile(rf"{_WHAT}(?P<value>[^\n\"'<>]*)")
_ATTRIBUTE = re.compile(
    rf"(?P<before>\b(?:href|src|srcset|poster|data|cite|content)\s*=\s*(?P<quote>[\"'])){_WHAT}"
    r"(?P<value>[^\"'<>]*)(?=(?P=quote))",
    re.IGNORECASE,
)
_ANY = re.compile(r"[{|](?P<what>filename|static|attach)[|}](?P<value>[^\s\"'<>)]*)")
_ATTACHED = re.compile(r"[{|]attach[|}](?P<value>[^\s\"'<>)]*)")
_LABEL = re.compile(r"(?<=[(<\"'])\{(?:tag|category|author)\}[^\s\"'<>)]*")
_TAG = re.compile(r"\{%(?:(?!\{%).)*?%\}", re.DOTALL)
_TOC = re.compile(r"^\[TOC\][ \t]*$", re.MULTILINE)
# As plugin render_math has it: no white space within next to one dollar, and no digit behind.
_FORMULA = re.compile(
    r"(?<![\\$])(?:\$\$(?P<block>(?:[^$\\]|\\.)+?)\$\$|\$(?!\s)(?P<inline>(?:[^$\\\n]|\\.)+?)(?<!\s)\$(?!\d))"
)
_CODE_OR_TAG = re.compile(
    r"<(?P<tag>pre|code|script|style)\b(?:(?!<(?P=tag)\b).)*?</(?P=tag)>|<[^<>]*>", re.DOTALL
)
_MARK = "postdocsformula{}x"
_MARKS = re.compile(r"postdocsformula(\d+)x")
_FOLDERS = {"tag": "tag", "category": "category", "author": "author"}


@dataclass(frozen=True)
class Links:
    """The addresses of a blog's pages and files, from the root of the site.

    pages: by the path of the source. base: the path that the blog is under, or "".
    """

    pages: Mapping[str, str]
    files: frozenset[str]
    settings: Settings
    base: str

    def address(self, what: str, value: str, path: str) -> str | None:
        """Return where a link within the site leads; None where there is nothing. path: of its file."""
        target, mark, fragment = value.partition("#")
        if what == "index":
            return f"{self.base}/{mark}{fragment}"
        if what in _FOLDERS:
            pattern = self.settings.values.text(f"{what.upper()}_URL", f"{what}/{{slug}}.html")
            slug = slug_of(unquote(target), self.settings)
            return f"{self.base}/{pattern.replace('{slug}', slug).lstrip('/')}" if slug else None
        for found in _found(target, path):
            if found in self.pages and what == "filename":
                return f"{self.base}{self.pages[found]}{mark}{fragment}"
            if found in self.files:
                served = self._beside(found, path) if what == "attach" else found
                return f"{self.base}/{quote(served)}{mark}{fragment}"
        return None

    def attached(self, text: str, path: str) -> Iterator[tuple[str, str]]:
        """Yield the files that a page takes with it: where they are served, and their paths."""
        for match in _ATTACHED.finditer(text):
            for found in _found(match["value"], path):
                if found in self.files:
                    yield self._beside(found, path), found

    def _beside(self, found: str, path: str) -> str:
        """Return where a file is served that a page takes with it: as it stands to that, else next to it.

        Where several pages take it, Pelican serves it at one of them.
        """
        if path not in self.pages:
            return found
        near = posixpath.relpath(found, posixpath.dirname(path) or ".")
        inner = posixpath.basename(found) if near.startswith("../") else near
        return posixpath.join(posixpath.dirname(unquote(self.pages[path])).lstrip("/"), inner)


def _found(target: str, path: str) -> Iterator[str]:
    """Yield the paths that a link in a file may mean, from the folder of sources; a query names no file."""
    path_only = target.partition("?")[0]
    for name in dict.fromkeys((target, unquote(target), html.unescape(target), unquote(path_only))):
        near = posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) if name else ""
        yield name.lstrip("/") if name.startswith("/") else near


def resolved(text: str, path: str, links: Links) -> str:
    """Return the Markdown of a file with the addresses of its links within the site; code stays."""

    def of_link(written: str) -> str | None:
        match = LINK.fullmatch(written)
        return links.address(match["what"], match["value"], path) if match else None

    text = markdown.with_addresses(markdown.with_angles(text), of_link)
    if not _ATTRIBUTE.search(text):
        return text
    code = Spans(code_in(text))
    return _ATTRIBUTE.sub(
        lambda match: match[0] if match.start() in code else _attribute(match, path, links), text
    )


def resolved_html(markup: str, path: str, links: Links) -> str:
    """Return HTML with the addresses of its links within the site."""
    return _ATTRIBUTE.sub(lambda match: _attribute(match, path, links), markup)


def _attribute(match: re.Match[str], path: str, links: Links) -> str:
    address = links.address(match["what"], match["value"], path)
    return match[0] if address is None else f"{match['before']}{address}"


def unknown(
    text: str, path: str, links: Links, known: Collection[str] = ()
) -> Iterator[tuple[str, int, str]]:
    """Yield what of a text no reader of Markdown knows: what it is, its line from 0, and itself.

    path: of its file. known: the tags that are known.
    """
    lines = markdown.line_counter(text)
    code = Spans(code_in(text))
    for match in (match for match in _TAG.finditer(text) if match[0] not in known):
        yield (
            "a tag of a plugin that is not known here came along as text",
            lines(match.start()),
            match[0][:80],
        )
    for match in (match for match in _ANY.finditer(text) if match.start() not in code):
        is_there = links.address(match["what"], match["value"], path) is not None
        what = "a link within the site stayed as text" if is_there else "a link to a file that is not there"
        yield what, lines(match.start()), match[0]
    for match in (match for match in _LABEL.finditer(text) if match.start() not in code):
        yield "a link whose address can't be known from the sources", lines(match.start()), match[0]


def without_contents(text: str, settings: Settings) -> str:
    """Take out the place of the table of contents, which the theme has already."""
    has_toc = any(name.rpartition(".")[2] == "toc" for name in settings.extensions)
    return _TOC.sub("", text) if has_toc else text


def render(text: str, settings: Settings) -> str:
    """Return the HTML of a text as Pelican renders it."""
    if not settings.has_formulas or "$" not in text:
        return python_markdown.render(text, settings.extensions)
    formulas: list[re.Match[str]] = []

    def keep(match: re.Match[str]) -> str:
        formulas.append(match)
        return _MARK.format(len(formulas) - 1)

    rendered = python_markdown.render(_FORMULA.sub(keep, _MARKS.sub("", text)), settings.extensions)
    pieces: list[str] = []
    at = 0
    for code in _CODE_OR_TAG.finditer(rendered):
        pieces += (
            _MARKS.sub(lambda match: _formula(formulas, match), rendered[at : code.start()]),
            _MARKS.sub(lambda match: html.escape(formulas[int(match[1])][0]), code[0]),
        )
        at = code.end()
    return "".join([*pieces, _MARKS.sub(lambda match: _formula(formulas, match), rendered[at:])])


def _formula(formulas: Sequence[re.Match[str]], mark: re.Match[str]) -> str:
    formula = formulas[int(mark[1])]
    start, tex, end = (
        ("\\(", formula["inline"], "\\)") if formula["block"] is None else ("\\[", formula["block"], "\\]")
    )
    return f'<span class="math">{start}{html.escape(tex, quote=False)}{end}</span>'
