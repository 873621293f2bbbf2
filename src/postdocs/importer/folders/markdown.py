"""Markdown → HTML as the generators of blogs render it, by markdown-it and its plugins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from postdocs.core.markdown_source import ESCAPE, WORDS_IN_FORMULA
from postdocs.importer.dollars import use_dollars
from postdocs.importer.folders import fences, html_elements
from postdocs.importer.own_text import Spans, code_in

_LINK = re.compile(
    r"(?P<before>\]\(\s*|^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*)(?:<(?P<angled>[^<>\n]+)>|(?P<bare>[^\s<>()]+))",
    re.MULTILINE,
)
# Python-Markdown reads an address with spaces also without angle brackets.
_SPACED = re.compile(r"(?P<before>\]\(\s*)(?P<path>[^\s<>()\"']+(?:[ ]+[^\s<>()\"']+)+)(?=\s*\)|\s+[\"'])")
_BLANK = re.compile(r"(\n[ \t]*\n)")
_FENCED = re.compile(
    r"^[ \t>*+-]*(?P<mark>`{3,}|~{3,}).*?(?:^[ \t>]*(?P=mark)[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
_FENCE = re.compile(r"\s{0,12}(?:[-*+>]\s+|\d+\.\s+)*(`{3,}|~{3,})")
_ESCAPED_FORMULA = re.compile(r"(?<!\\)\\\\\((?P<tex>(?:(?!\\\\[()]).)+)\\\\\)", re.DOTALL)
_BRACKETED = re.compile(
    r"(?<!\\)\\(?:\((?P<line>(?:(?!\\[()]).)+)\\\)|\[(?P<block>(?:(?!\\[\[\]]).)+)\\\])", re.DOTALL
)
_FORMULA = re.compile(
    r"(?<![\\$])(?:\$\$(?:[^$\\]|\\.)+\$\$|\$(?=\S)(?:[^$\\]|\\.)+(?<!\s)\$(?!\d))(?!\$)", re.DOTALL
)
_KEPT_FROM_MARKDOWN = re.compile(rf"(?P<text>{WORDS_IN_FORMULA}|\\\\)|\\(?P<sign>[|_*()\[\]])")
_DOUBLED = re.compile(r"\\\\(?:\\\\|[{}_,;!|])|\\_")
INDENTED = ("    ", "\t")  # the start of a paragraph that may be code
# What in a paragraph is no text: addresses, tags, names of links.
NO_TEXT = r"\]\([^()\n]*\)|<[^<>\n]*>|^ {0,3}\[[^\]\n]+\]:[^\n]*|\]\[[^\]\n]*\]"
# https://github.github.com/gfm/#autolinks-extension-, without addresses that end in brackets.
_ADDRESS = re.compile(
    rf"{NO_TEXT}|\[[^\[\]\n]*\](?=[(\[])|(?<![\w/.(\"'])(?P<address>https?://[^\s<>()\[\]\"'*_`~]*[\w/])",
    re.MULTILINE,
)
_SPANS = ("image", "code_inline", "link_close")


@dataclass(frozen=True)
class Dialect:
    """What a dialect has beside CommonMark, tables, struck text, footnotes, and terms.

    dollars: whether one dollar on each side makes a formula. inline_doubles: whether two do so within a line,
    where they stand for a formula on a line of its own elsewhere. attributes: `{.class}` behind a span.
    links: whether an address in the text is a link. indents: whether four spaces make code, as not in MDX.
    breaks: whether the end of a line is a line break. whole_elements: whether an element of HTML is one
    block. fences: reads what stands behind the marks of code; None where only the language does.
    """

    dollars: bool = False
    inline_doubles: bool = False
    attributes: bool = False
    links: bool = False
    indents: bool = True
    breaks: bool = False
    whole_elements: bool = False
    fences: fences.Reader | None = None


def parser(dialect: Dialect) -> MarkdownIt:
    """Return a parser and renderer for a dialect."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    markdown.use(footnote_plugin).use(deflist_plugin)
    use_dollars(markdown)
    markdown.use(tasklists_plugin)
    if dialect.attributes:
        markdown.use(attrs_plugin, after=_SPANS)
    if dialect.whole_elements:
        html_elements.use(markdown, in_code)
    markdown.options["breaks"] = dialect.breaks
    if not dialect.indents:
        markdown.disable("code")
    if dialect.links and markdown.linkify is not None:
        markdown.options["linkify"] = True
        markdown.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
        markdown.enable("linkify")
    markdown.add_render_rule("footnote_anchor_name", _footnote_name)
    if dialect.fences:
        markdown.add_render_rule("fence", captioned(dialect.fences))
    if not dialect.dollars:
        markdown.add_render_rule("math_inline", _as_text)
    if dialect.inline_doubles:
        markdown.add_render_rule("math_inline_double", _inline_math)
    return markdown


def line_counter(text: str) -> Callable[[int], int]:
    """Return what tells how many lines end before a place in a text."""
    ends = [match.start() for match in re.finditer("\n", text)]
    return lambda at: bisect_left(ends, at)


def in_code(lines: Sequence[str]) -> list[bool]:
    """Tell of each line whether it is in a fenced block of code."""
    inside: list[bool] = []
    mark = ""
    for line in lines:
        fence = _FENCE.match(line)
        inside.append(bool(mark or fence))
        if fence and not mark:
            mark = fence[1]
        elif fence and fence[1].startswith(mark) and line.strip() == fence[1]:
            mark = ""
    return inside


def render(text: str, dialect: Dialect, attributes: Mapping[int, Mapping[str, str]]) -> str:
    """Return the HTML of a text.

    attributes: of blocks, by the line (from 0) right below each; the list that stood there is taken out.
    """
    markdown = parser(dialect)
    env: dict[str, object] = {}
    tokens = markdown.parse(text, env)
    for line, values in attributes.items():
        token = _block_above(tokens, line)
        if token is not None:
            for key, value in values.items():
                (token.attrJoin if key == "class" else token.attrSet)(key, value)
    return str(markdown.renderer.render(tokens, markdown.options, env))


def _block_above(tokens: Sequence[Token], line: int) -> Token | None:
    """Return the block that ends right above a line, the outermost of several."""
    begun = [token for token in tokens if token.map and token.nesting >= 0 and token.type != "inline"]
    above = [token for token in begun if token.map and token.map[0] < line <= token.map[1] + 1]
    exact = [token for token in above if token.map and token.map[1] in {line, line + 1}]
    return next(iter(exact or above[-1:]), None)


def inline(text: str) -> str:
    """Return the HTML of a line of Markdown."""
    return str(parser(Dialect()).renderInline(text))


def words(text: str) -> str:
    """Return a line of Markdown as plain text; formulas keep their dollars."""
    tokens = parser(Dialect(dollars=True)).parseInline(text)[0].children or []
    return "".join(map(_word, tokens))


def _word(token: Token) -> str:
    if token.type.startswith("math_inline"):
        return f"${token.content}$"
    return {"html_inline": "", "softbreak": " ", "hardbreak": " "}.get(token.type, token.content)


def with_addresses(text: str, address: Callable[[str], str | None]) -> str:
    """Let links to files of the source lead to their pages. address: of a file; None where it is none.

    What is in code stays.
    """

    def link(match: re.Match[str]) -> str:
        path = match["bare"] or match["angled"]
        new = address(path)
        if new is None:
            return match[0]
        return match["before"] + (f"<{new}>" if match["bare"] is None and " " in new else new)

    return in_prose(text, _LINK, link) if "](" in text or "]:" in text else text


def with_angles(text: str) -> str:
    """Put addresses with spaces in angle brackets, without which CommonMark reads no link (0.31 §6.3)."""
    return in_prose(text, _SPACED, lambda match: f"{match['before']}<{match['path']}>")


def with_links(text: str) -> str:
    """Put addresses in a text into angle brackets, without which CommonMark has no link (0.31 §6.5)."""

    def link(match: re.Match[str]) -> str:
        address = None if match.string.startswith(INDENTED) else match["address"]
        return f"<{address}>" if address else match[0]

    return in_prose(text, _ADDRESS, link)


def with_dollars(text: str) -> str:
    r"""Put formulas between dollars that stand in `\\(…\\)`, of which a page has `\(…\)` for MathJax."""

    def formula(match: re.Match[str]) -> str:
        tex = ESCAPE.sub(r"\1", match["tex"]).strip()
        return f"${tex}$" if tex and "$" not in tex else match[0]

    return in_prose(text, _ESCAPED_FORMULA, formula) if r"\\(" in text else text


def with_plain_dollars(text: str) -> str:
    r"""Put formulas between dollars that stand in `\(…\)` or `\[…\]`, where Markdown leaves these alone."""

    def formula(match: re.Match[str]) -> str:
        if match["line"] is not None:
            tex = match["line"].strip()
            return f"${tex}$" if tex and "$" not in tex else match[0]
        return f"$${match['block']}$$" if "$$" not in match["block"] else match[0]

    return in_prose(text, _BRACKETED, formula) if "\\(" in text or "\\[" in text else text


def without_escapes(text: str, *, doubles: bool = True) -> str:
    r"""Take the escapes of Markdown out of formulas between dollars, which scripts see without them.

    doubles: out of those between two dollars too. All escapes go where an author doubled backslashes, as in
    `\\\\` at the end of a row; else only those that keep a sign from Markdown, such as a bar from being a
    table or a bracket from being a link. Others were broken on the old page, or another program read them
    before Markdown did.
    """

    def formula(match: re.Match[str]) -> str:
        if match[0].startswith("$$") and not doubles:
            return match[0]
        if _DOUBLED.search(match[0]):
            return ESCAPE.sub(r"\1", match[0])
        return _KEPT_FROM_MARKDOWN.sub(lambda found: found["text"] or found["sign"], match[0])

    return in_prose(text, _FORMULA, formula) if "$" in text and "\\" in text else text


def with_sizes(attributes: Mapping[str, str]) -> str:
    """Return those attributes of a span that MyST shows, the size of an image, as it has them."""
    sizes = " ".join(f'{name}="{attributes[name]}"' for name in ("width", "height") if name in attributes)
    return f"{{{sizes}}}" if sizes else ""


def in_prose(text: str, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> str:
    """Replace what a pattern matches within paragraphs and outside of code."""

    def paragraph(source: str) -> str:
        code = Spans(code_in(source))
        return pattern.sub(lambda match: match[0] if match.start() in code else new(match), source)

    def prose(source: str) -> str:
        return "".join(map(paragraph, _BLANK.split(source)))

    pieces: list[str] = []
    at = 0
    for fence in _FENCED.finditer(text):
        pieces += (prose(text[at : fence.start()]), fence[0])
        at = fence.end()
    return "".join([*pieces, prose(text[at:])])


def _footnote_name(_: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, ___: EnvType) -> str:
    """Name a footnote as its author does."""
    meta = tokens[at].meta
    return f":{meta.get('label') or meta['id'] + 1}"


def captioned(
    read: fences.Reader,
) -> Callable[[RendererHTML, Sequence[Token], int, OptionsDict, EnvType], str]:
    """Return a rule of a renderer that shows the titles of fenced code as captions."""

    def show(
        renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
    ) -> str:
        said = read(tokens[at].info.strip())
        if said is None:
            return renderer.fence(tokens, at, options, env)
        shown = renderer.fence([tokens[at].copy(info=said.language)], 0, options, env)
        caption = f"<figcaption>{inline(said.title)}</figcaption>"
        return f"<figure>{caption}{shown}</figure>\n" if said.title else shown

    return show


def _as_text(renderer: RendererHTML, tokens: Sequence[Token], at: int, _: OptionsDict, __: EnvType) -> str:
    """Show what is between single dollars as it is: scripts may make a formula of it, as on the old page."""
    return f"${escapeHtml(tokens[at].content)}$"


def _inline_math(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, _: OptionsDict, __: EnvType
) -> str:
    return f'<span class="math inline">{escapeHtml(tokens[at].content)}</span>'
