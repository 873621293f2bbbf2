"""Unclosed markup in Markdown, which is text, or contains everything that follows, without a warning."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.amsmath import ENVIRONMENTS, amsmath_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

# A fence (CommonMark 0.31 §4.5, and MyST's of colons), which may stand in quotes, lists, definitions, notes.
_FENCE = re.compile(
    r"(?P<before>(?:[ \t>]|[-*+:~][ \t]|\d{1,9}[.)][ \t]|\[\^[^\]\s]{1,99}\]:[ \t])*)"
    r"(?P<mark>`{3,}|~{3,}|:{3,})(?P<info>.*)"
)
_DIRECTIVE = re.compile(r"\s*\{([^}]*)\}")
# Directives whose content is no Markdown.
_LITERAL = re.compile(
    r"code.*|sourcecode|parsed-literal|raw|math|mermaid|graphviz|(?:di)?graph|eval-rst|(?:csv-)?table|plot"
    r"|(?:auto)?doctest|test(?:code|output|setup|cleanup)|prompt|jupyter-.*|productionlist|highlight|toctree"
    r"|uml|ipython|literalinclude|include|figure-md|bibliography|youtube|comment"
)
_HTML = re.compile(r"<[A-Za-z/!]")
_VOID = {
    *["area", "base", "br", "col", "embed", "hr", "img"],
    *["input", "link", "meta", "param", "source", "track", "wbr"],
}
# The HTML Standard, §13.1.2.4: end tags that may be left out.
_OPTIONAL = {
    *["caption", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"],
    *["body", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rb", "rp", "rt", "rtc"],
}
# Extensions of MyST in which text may be code or a formula.
_PLUGINS: Mapping[str, Callable[[MarkdownIt], None]] = {
    "dollarmath": dollarmath_plugin,
    "amsmath": amsmath_plugin,
    "deflist": deflist_plugin,
}
_FORMULA = re.compile(rf"\$\$|\\begin\{{(?P<name>(?:{'|'.join(ENVIRONMENTS)})\*?)\}}")


@dataclass(frozen=True)
class Unclosed:
    """Something that is opened and not closed, or closed and not opened.

    line: of the text, from 1. message: what is wrong, and what to do.
    """

    line: int
    message: str


@dataclass(frozen=True)
class _Open:
    line: int
    text: str
    is_literal: bool = False

    def ends_with(self, mark: str, info: str) -> bool:
        return mark[0] == self.text[0] and len(mark) >= len(self.text) and not info.strip()


def unclosed(text: str, extensions: Collection[str] = ()) -> list[Unclosed]:
    """Return what of a text is not closed, by line: fences, elements of HTML, and formulas.

    extensions: those of MyST that the text is written for.
    """
    fences = [*_fences(text, colon_fences="colon_fence" in extensions)]
    may_have_any = fences or _HTML.search(text) or _may_be_open(text)
    markdown = _parser(frozenset(_PLUGINS.keys() & extensions))
    tokens = markdown.parse(text) if may_have_any else []
    missing = [
        Unclosed(
            fence.line, f"'{fence.text}' opens a block that has no end; add a line '{fence.text}' after it"
        )
        for fence in _outside_code(fences, tokens)
    ]
    formulas = _formulas(tokens, dollars="dollarmath" in extensions, environments="amsmath" in extensions)
    return sorted([*missing, *_elements(tokens), *formulas], key=lambda fault: fault.line)


def has_open_fence(text: str) -> bool:
    """Tell whether a fence of a text is open at its end, or when what it is in ends."""
    fences = [*_fences(text, colon_fences=True)]
    return bool(fences) and any(_outside_code(fences, _parser(frozenset()).parse(text)))


def _outside_code(fences: Iterable[_Open], tokens: list[Token]) -> Iterator[_Open]:
    """Yield the fences that are none of the lines of code or HTML."""
    starts = {token.map[0] + 1 for token in tokens if token.type == "fence" and token.map}
    literal = {
        line + 1
        for token in tokens
        if token.map and (token.type in {"code_block", "html_block"} or _is_code(token))
        for line in range(*token.map)
    } - starts
    yield from (fence for fence in fences if fence.line not in literal)


def _may_be_open(text: str) -> bool:
    """Tell whether a formula may have no end. Most have one, and posts need no parser for that."""
    starts, ends = (sorted(re.findall(rf"\\{word}\{{(.*?)\}}", text)) for word in ("begin", "end"))
    return text.count("$$") % 2 == 1 or starts != ends


@cache
def _parser(extensions: frozenset[str]) -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    for extension, plugin in _PLUGINS.items():
        if extension in extensions:
            parser.use(plugin)
    return parser


def _fences(text: str, *, colon_fences: bool) -> Iterator[_Open]:
    """Yield fences that are open at the end, or when what they are in ends."""
    stack: list[_Open] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _FENCE.fullmatch(line)
        if match is None or (match["mark"][0] == ":" and not colon_fences):
            continue
        mark, info = match["mark"], match["info"]
        depth = next((place for place, fence in enumerate(stack) if fence.ends_with(mark, info)), None)
        if depth is not None:
            yield from stack[depth + 1 : depth + 2]
            del stack[depth:]
        elif not (stack and stack[-1].is_literal) and not (mark[0] == "`" and "`" in info):
            stack.append(_Open(number, mark, is_literal(mark, info)))
    yield from stack[:1]


def is_literal(mark: str, info: str) -> bool:
    """Tell whether what is in a fence is no Markdown."""
    directive = _DIRECTIVE.match(info)
    return bool(_LITERAL.fullmatch(directive[1])) if directive else mark[0] != ":"


def _is_code(token: Token) -> bool:
    return token.type == "fence" and is_literal(token.markup, token.info)


def _formulas(tokens: list[Token], *, dollars: bool, environments: bool) -> Iterator[Unclosed]:
    """Yield what would start a formula, on a line of its own, and is left as text."""
    for token in tokens:
        lines = token.content.split("\n") if token.type == "inline" and token.map else []
        texts = {child.content.strip() for child in token.children or [] if child.type == "text"}
        for line, text in enumerate(map(str.strip, lines), token.map[0] + 1 if token.map else 1):
            match = _FORMULA.fullmatch(text)
            if match is None or text not in texts or not (environments if match["name"] else dollars):
                continue
            end = f"\\end{{{match['name']}}}" if match["name"] else "$$"
            yield Unclosed(line, f"'{text}' starts a formula that has no end; add a line '{end}' after it")


def _elements(tokens: list[Token]) -> Iterator[Unclosed]:
    """Yield elements of HTML without an end tag, and end tags without a start."""
    reader = _Elements()
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        if token.type == "html_block":
            reader.read(token.content, line)
        for child in token.children or []:
            if child.type == "html_inline":
                reader.read(child.content, line)
            line += child.type in {"softbreak", "hardbreak"} or child.content.count("\n")
    yield from reader.faults
    yield from (_no_end(element) for element in reader.stack if element.text not in _OPTIONAL)


def _no_end(element: _Open) -> Unclosed:
    name = element.text
    return Unclosed(
        element.line, f"`<{name}>` has no end tag, so it contains everything that follows; add `</{name}>`"
    )


class _Elements(HTMLParser):
    """Follows the elements of HTML through the pieces of it that a text has."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[_Open] = []
        self.faults: list[Unclosed] = []
        self._line = 0

    def read(self, html: str, line: int) -> None:
        """Read a piece. line: where it begins."""
        self.reset()  # what a piece begins is whole: CommonMark 0.31 §4.6, §6.6
        self._line = line
        self.feed(html)
        start = html.rfind("<!--")
        if start > html.rfind("-->"):
            message = "`<!--` starts a comment that never ends, and hides everything that follows; add `-->`"
            self.faults.append(Unclosed(line + html.count("\n", 0, start), message))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that is open from here on."""
        if tag not in _VOID:
            self.stack.append(_Open(self._here(), tag))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over `<x/>`: in drawings it is whole, elsewhere its author thought so."""

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and what is open in it."""
        places = [place for place, element in enumerate(self.stack) if element.text == tag]
        if places:
            inner = self.stack[places[-1] + 1 :]
            self.faults += [_no_end(element) for element in inner if element.text not in _OPTIONAL]
            del self.stack[places[-1] :]
        elif tag not in _OPTIONAL | _VOID:
            message = f"`</{tag}>` has no start tag; remove it, or add `<{tag}>` before it"
            self.faults.append(Unclosed(self._here(), message))

    def _here(self) -> int:
        return self._line + self.getpos()[0] - 1
