"""Liquid in posts, expanded as Jekyll does it: https://jekyllrb.com/docs/liquid/.

python-liquid runs the language itself. It reaches no file, no network, and no clock; what a template may
include is handed over as text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import TextIO
from urllib.parse import quote, urljoin

from liquid import DictLoader, Environment, Node, RenderContext, Tag, TokenStream
from liquid.exceptions import LiquidError
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders.markdown import line_counter
from postdocs.importer.folders.systems.jekyll import kramdown
from postdocs.importer.folders.systems.jekyll.permalinks import slugify
from postdocs.importer.folders.systems.jekyll.tags import CODE, TAGS, Addresses, PluginTag, code_info
from postdocs.importer.sources import dates

_TOKEN = re.compile(
    r"\{%(?P<left>-?)\s*(?P<name>[\w#]+)(?P<arguments>(?:(?!%\}|\{%).)*?)(?P<right>-?)%\}|\{\{(?P<output>(?:(?!\}\}|\{\{).)*)\}\}",
    re.DOTALL,
)
_STRAY = re.compile(r"\{[%{]")
_NOW = re.compile(r"""["'](?:now|today)["']|\bsite\.time\b""")
_STRING = re.compile(r""""[^"]*"|'[^']*'""")
_FILTER = re.compile(rf"\|\s*([A-Za-z_]\w*)|{_STRING.pattern}")  # in a string is none
_PARAMETER = re.compile(
    r"""(?<![\w-])([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([\w.\[\]'"-]+))"""
)
_LONGEST = 160  # characters of what a note shows


class _Environment(Environment):
    loop_iteration_limit = 100_000
    output_stream_limit = 10 * 2**20
    local_namespace_limit = 10 * 2**20


@dataclass(frozen=True)
class Liquid:
    """The templates and values of a blog.

    values: what templates call `site`. tags: of a plugin, by their names.
    """

    environment: Environment
    values: Mapping[str, object]
    addresses: Addresses
    includes: frozenset[str]
    tags: Mapping[str, PluginTag]

    def expand(
        self, text: str, page: Mapping[str, object], place: str, first_line: int
    ) -> tuple[str, tuple[Note, ...]]:
        """Expand the tags of a text. What is unknown stays visible, and is noted with file and line.

        page: what templates call `page`. place, first_line: where the text is, for notes.
        """
        if "{%" not in text and "{{" not in text:
            return text, ()
        scan = _Scan(self, text, place, first_line)
        prepared = "".join(scan.pieces())
        try:
            template = self.environment.from_string(prepared)
            return template.render(site=self.values, page=page), tuple(scan.notes)
        except (LiquidError, RecursionError, ValueError, TypeError, ArithmeticError) as error:
            what = f"Liquid that can't be read came along as text ({_first_line(error)})"
            line = first_line + _line_in(error, text)
            return text, (Note(NoteKind.NOTICED, what, before=f"{place}:{line}", in_text=True),)


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0].strip() or type(error).__name__


def _line_in(error: Exception, text: str) -> int:
    token = getattr(error, "token", None)
    at = token.start_index if isinstance(token, Token) else text.find("{")
    return text.count("\n", 0, max(at, 0))


def liquid(
    includes: Mapping[str, str],
    values: Mapping[str, object],
    addresses: Addresses,
    url: str,
    tags: Mapping[str, PluginTag],
) -> Liquid:
    """Return the templates of a blog.

    includes: their texts by name. url: of the site, without its path. tags: see `Liquid`.
    """
    environment = _Environment(loader=DictLoader(dict(includes)), strict_filters=True)
    environment.add_tag(_Include)
    base = addresses.base

    def relative(path: object) -> str:
        text = "" if path is None else str(path)
        if re.match(r"[a-z][a-z0-9+.-]*:|//", text, re.IGNORECASE):
            return text
        return f"{base}/{text.lstrip('/')}"

    filters: dict[str, Callable[..., object]] = {
        "relative_url": relative,
        "absolute_url": lambda path: urljoin(f"{url}/", relative(path)),
        "xml_escape": lambda text: escape(str(text or "")),
        "cgi_escape": lambda text: quote(str(text or ""), safe=""),
        "uri_escape": lambda text: quote(str(text or ""), safe="/:?=&#[]@!$'()*+,;%"),
        "slugify": lambda text, mode="default": slugify(str(text or ""), pretty=mode == "pretty"),
        "jsonify": lambda value: json.dumps(value, ensure_ascii=False, default=str),
        "normalize_whitespace": lambda text: " ".join(str(text or "").split()),
        "number_of_words": lambda text, *_: len(str(text or "").split()),
        "markdownify": lambda text: kramdown.render(kramdown.translate(str(text or ""))).strip(),
        "smartify": lambda text: text,
        "date": _date,
        "date_to_string": lambda value, *_: _date(value, "%d %b %Y"),
        "date_to_long_string": lambda value, *_: _date(value, "%d %B %Y"),
        "date_to_xmlschema": lambda value: _date(value, "%Y-%m-%dT%H:%M:%S%z"),
        "array_to_sentence_string": _sentence,
    }
    for name, function in filters.items():
        environment.add_filter(name, function)
    return Liquid(environment, values, addresses, frozenset(includes), tags)


def _date(value: object, form: object = "") -> object:
    """Write a date; unlike Liquid's own it knows no `now`, for that would be that of this machine."""
    date = dates.parse(str(value or ""))
    return date.strftime(re.sub("%-", "%", str(form))) if date and form else value


def _sentence(values: object, connector: object = "and") -> str:
    texts = [str(value) for value in values] if isinstance(values, list | tuple) else [str(values or "")]
    *before, last = texts or [""]
    comma = "," if len(before) > 1 else ""
    return f"{', '.join(before)}{comma} {connector} {last}" if before else last


class _Scan:
    """Rewrites what is Jekyll's own as Markdown or HTML, and quotes what nobody knows."""

    def __init__(self, liquid: Liquid, text: str, place: str, first_line: int) -> None:
        self._liquid = liquid
        self._text = text
        self._place = place
        self._first_line = first_line
        self._lines_before = line_counter(text)
        self._last: dict[str, int] = {}
        self.notes: list[Note] = []

    def pieces(self) -> Iterator[str]:
        """Yield the parts of a text that python-liquid reads."""
        at, fence = 0, ""
        quoting = ""  # the tag that ends text to the letter: `endraw`, `endcomment`
        for match in _TOKEN.finditer(self._text):
            between = self._text[at : match.start()]
            name = match["name"] or ""
            if quoting and name != quoting:
                continue
            yield between if quoting else self._literal(between, at)
            at = match.end()
            if quoting:
                quoting = ""
                yield match[0]
            elif name in {"raw", "comment"} and self._ends(match.end(), f"end{name}"):
                quoting = f"end{name}"
                yield match[0]
            elif name in CODE and not fence and self._ends(match.end(), f"end{name}"):
                fence = self._fence(match.end(), f"end{name}")
                starts_line = self._text[match.end() : match.end() + 1] == "\n"
                yield f"{fence}{code_info(name, match['arguments'])}{'' if starts_line else chr(10)}"
            elif fence and name in {f"end{code}" for code in CODE}:
                yield f"{'' if between.endswith(chr(10)) or not between.strip(' ') else chr(10)}{fence}"
                fence = ""
            else:
                yield self._token(match)
        yield self._text[at:] if quoting else self._literal(self._text[at:], at)

    def _ends(self, start: int, name: str) -> bool:
        """Tell whether a tag stands behind a place; each is looked for once."""
        if name not in self._last:
            ends = re.finditer(rf"\{{%-?\s*{name}\s*-?%\}}", self._text)
            self._last[name] = max((match.start() for match in ends), default=-1)
        return self._last[name] >= start

    def _fence(self, start: int, name: str) -> str:
        end = re.compile(rf"\{{%-?\s*{name}\s*-?%\}}").search(self._text, start)
        inner = self._text[start : end.start()] if end else ""
        longest = max((len(run) for run in re.findall("`+", inner)), default=0)
        return "`" * max(3, longest + 1)

    def _literal(self, text: str, at: int) -> str:
        """Quote what begins like a tag and never ends."""
        stray = _STRAY.search(text)
        if stray is None:
            return text
        self._note("Liquid that never ends came along as text", stray[0], at + stray.start())
        return _STRAY.sub(lambda match: f"{{% raw %}}{match[0]}{{% endraw %}}", text)

    def _token(self, match: re.Match[str]) -> str:
        name, arguments, output = match["name"], match["arguments"] or "", match["output"]
        filters = _FILTER.findall(output if output is not None else arguments)
        known = self._liquid.environment.filters
        timed = _STRING.sub("", arguments) if name == "include" else match[0]  # its strings are words
        if any(filter_ and filter_ not in known for filter_ in filters) or _NOW.search(timed):
            return self._quoted(match)
        if output is not None:
            return match[0] if output.strip(" -\n") else ""
        if name in TAGS or name in self._liquid.tags:
            said = arguments.strip()
            read = self._liquid.tags.get(name)
            shown = read(said) if read else TAGS[name](said, self._liquid.addresses)
            return self._quoted(match) if shown is None else shown
        if name == "include":
            file = arguments.split(maxsplit=1)[0] if arguments.strip() else ""
            is_there = file in self._liquid.includes or "{" in file
            return match[0] if is_there else self._quoted(match)
        is_known = name.startswith("#") or name in self._liquid.environment.tags or name in _INNER
        return match[0] if is_known else self._quoted(match)

    def _quoted(self, match: re.Match[str]) -> str:
        self._note("Liquid that is not known here came along as text", match[0], match.start())
        return f"{{% raw %}}{match[0]}{{% endraw %}}"

    def _note(self, what: str, source: str, at: int) -> None:
        line = self._first_line + self._lines_before(at)
        shown = " ".join(source.split())[:_LONGEST]
        said = f"{self._place}:{line}: {shown}"
        self.notes.append(Note(NoteKind.NOTICED, what, before=said, in_text=True))


# Tags within others.
_INNER = frozenset({
    "else", "elsif", "when", "break", "continue", "endif", "endfor", "endcase", "endunless", "endcapture",
    "endtablerow", "endifchanged", "endcomment", "endraw",
})  # fmt: skip


class _IncludeNode(Node):
    __slots__ = ("expression",)

    def __init__(self, token: Token, expression: str) -> None:
        super().__init__(token)
        self.expression = expression
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        name, *rest = self._value(self.expression, context).split(maxsplit=1)
        values = {
            key: _unescaped(a or b) if not c else self._variable(c, context)
            for key, a, b, c in _PARAMETER.findall("".join(rest))
        }
        template = context.env.get_template(name.strip("\"'"), context=context, tag="include")
        with context.extend({"include": values}, template=template):
            template.render_with_context(context, buffer, partial=True)
        return 1

    def _value(self, text: str, context: RenderContext) -> str:
        if "{{" not in text:
            return text
        buffer = context.get_buffer()
        context.env.from_string(text).render_with_context(context, buffer, partial=True)
        return buffer.getvalue()

    def _variable(self, path: str, context: RenderContext) -> object:
        return self._value(f"{{{{ {path} }}}}", context)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


class _Include(Tag):
    """`include` with Jekyll's arguments: a file, and names with values, which it finds in `include`."""

    name = "include"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        token = stream.eat(TOKEN_TAG)
        expression = stream.current.value if stream.current.kind == TOKEN_EXPRESSION else ""
        return _IncludeNode(token, expression)
