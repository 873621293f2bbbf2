"""A Markdown source file: its encoding, and its YAML front matter."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt

from postdocs.core.errors import PostdocsError

ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
"""A mark with a backslash that takes its meaning away (CommonMark 0.31 §2.4)."""

WORDS_IN_FORMULA = r"\\(?:text\w*|[mh]box)\s*\{[^{}]*\}"
"""The pattern of text in a formula of TeX, where signs mean themselves."""

# What may stand before the first block and shows nothing: MyST's comments, targets, attributes and breaks.
_UNSEEN = re.compile(r"\s*(?:%.*|\(.+\)=|\{[^}]*\}|\+\+\+.*)?\s*")
_COMMENTS = re.compile(r"(?:\s*(?:<!--.*?-->|%[^\n]*))*\s*", re.DOTALL)
_HEADING = re.compile(r"^ {0,3}#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_POST = re.compile(r"^[ \t>*+-]*(?:(?:`{3,}|~{3,}|:{3,})[ \t]*\{post\}|\.\. post::)", re.MULTILINE)
_LEADING_POST = re.compile(r"\s*(`{3,}|~{3,}|:{3,})[ \t]*\{post\}.*?\n\1[ \t]*(?:\n|\Z)", re.DOTALL)
_MARKDOWN = MarkdownIt("commonmark")


class _Loader(yaml.SafeLoader):
    """YAML as text, numbers, booleans and their collections; dates stay text, with their offset."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":merge"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class Item:
    """A key of the front matter with its value.

    line: the key's 1-based line in the file. value_lines: those of the items, where the value is a list.
    columns: where the key begins in its line, and the value begins and ends, from 0; None where the value is
    not plain or quoted text in that line.
    """

    key: Any
    value: Any
    line: int
    value_lines: tuple[int, ...]
    columns: tuple[int, int, int] | None
    node: yaml.Node = field(repr=False, compare=False)

    @property
    def written(self) -> Any:
        """The value as it is written, numbers too: text, None, or lists and mappings of them."""
        return _written(self.node, {})


@dataclass(frozen=True)
class Source:
    """A file in its two parts, the YAML and the text.

    yaml: what is between the two lines of dashes. yaml_lines: how many lines that is; None where there are no
    dashes. body: what follows.
    """

    yaml: str
    yaml_lines: int | None
    body: str


def front_matter(text: str, path: str | Path) -> tuple[list[Item], str]:
    """Part a file into the keys of its front matter, and its body.

    Raises
    ------
    PostdocsError
        The front matter is not closed, not at the beginning, or no YAML, such as TOML.

    """
    source = split(text)
    if source.yaml_lines is None and text.lstrip().startswith("---"):
        wrong, remedy = "the front matter is not closed", "add a line of three dashes after it"
        if not text.startswith("---"):
            wrong, remedy = "the front matter must start in line 1", "remove the text before it"
        raise PostdocsError(path, 1, wrong, remedy)
    if text.split("\n", 1)[0].rstrip() == "+++":
        remedy = "write it in YAML, between lines of three dashes"
        raise PostdocsError(path, 1, "the front matter is in TOML", remedy)
    return read_yaml(source.yaml, path), source.body


def typed(item: Item, read: Callable[..., Any]) -> Item:
    """Return a key as it is: YAML knows numbers and truth values."""
    return item


def line(key: str, value: str) -> str:
    """Return how a key is written."""
    return f"{key}: {value}"


def split(text: str) -> Source:
    """Part the front matter of a file from its body, as MyST does."""
    lines = text.split("\n")
    if lines[0].startswith("---"):
        for number, line in enumerate(lines[1:], 1):
            if line.startswith(("---", "...")):
                return Source("\n".join(lines[1:number]), number - 1, "\n".join(lines[number + 1 :]))
    return Source("", None, text)


def leading_heading(body: str) -> str | None:
    """Return the text of the heading of level 1 that a body begins with (CommonMark 0.31 §4.2, §4.3), if any.

    A heading without text is none.
    """
    if post := _LEADING_POST.match(body):  # which shows nothing
        body = body[post.end() :]
    lines = itertools.dropwhile(_UNSEEN.fullmatch, body.split("\n"))
    first = "\n".join(itertools.takewhile(str.strip, lines))
    tokens = _MARKDOWN.parse(first)
    if len(tokens) < 2 or (tokens[0].type, tokens[0].tag) != ("heading_open", "h1"):  # noqa: PLR2004 - and its text
        return None
    inlines = tokens[1].children or []
    return (
        " ".join("".join(token.content or " " for token in inlines if token.type != "image").split()) or None
    )


def plain(text: str) -> str:
    """Return the words of a line of Markdown, without its markup."""
    inlines = (child for token in _MARKDOWN.parseInline(text) for child in token.children or [])
    return " ".join("".join(token.content or " " for token in inlines if token.type != "image").split())


def without_comments(body: str) -> str:
    """Return a body without the comments that it begins with, those of HTML too."""
    return body[match.end() :] if (match := _COMMENTS.match(body)) else body


def heading_like(title: str, body: str) -> str | None:
    """Return the first heading of level 1 that says what a title does, but for case and markup, if any."""
    said = plain(title).casefold()
    if all(plain(line).casefold() != said for line in _HEADING.findall(body)):
        return None  # which takes less than to parse the text, where such a line may be one of code
    return next((text for text in _headings(body, "h1") if text.casefold() == said), None)


def first_heading(body: str) -> str | None:
    """Return the text of the first heading of a body, of any level, that is in no list, quote or note."""
    return next(filter(None, _headings(body)), None)


def _headings(body: str, tag: str = "") -> Iterator[str]:
    """Yield the words of the headings of a body that are in no list, quote or note. tag: of their level."""
    for token, inline in itertools.pairwise(_MARKDOWN.parse(body)):
        if token.type == "heading_open" and not token.level and tag in {"", token.tag}:
            yield plain(inline.content)


def has_post_directive(body: str) -> bool:
    """Tell whether a body seems to have ablog's directive `post`, which says that it is a post, and when."""
    return _POST.search(body) is not None


def read_yaml(text: str, path: str | Path) -> list[Item]:
    """Read the YAML of a file, key by key, equal keys included.

    path: how messages name the file.

    Raises
    ------
    PostdocsError
        It is not YAML, or holds something else than keys and values.

    """
    try:
        if "!" in text:
            _refuse_tags(text, path)
        loader = _Loader(text)
        root = loader.get_single_node()
        pairs = root.value if isinstance(root, yaml.MappingNode) else []
        items = [_item(loader, *nodes) for nodes in pairs]
    except PostdocsError:
        raise
    except yaml.MarkedYAMLError as error:
        raise _not_yaml(text, error, path) from None
    except (yaml.YAMLError, AttributeError, RecursionError, TypeError, ValueError) as error:
        # PyYAML lets them through from values that contradict their tag, such as `!!timestamp x`.
        problem = " ".join(str(error).split())
        raise PostdocsError(path, 2, f"the front matter is not YAML: {problem}", "correct it") from None
    if root is not None and not isinstance(root, yaml.MappingNode):
        raise PostdocsError(path, 2, "the front matter has no keys", "write it as lines of `key: value`")
    return items


def _not_yaml(text: str, error: yaml.MarkedYAMLError, path: str | Path) -> PostdocsError:
    """Say which line PyYAML stopped at, and what is probably wrong with it."""
    problem = error.problem or error.context or "it ends too early"
    is_open = "expected ',' or" in problem or "end of stream" in problem  # the problem is where that began
    mark = (error.context_mark if is_open else None) or error.problem_mark or error.context_mark
    number = mark.line if mark else 0
    lines = text.split("\n")
    line = lines[number] if number < len(lines) else ""
    shown = line.strip().replace("\t", "→")
    if "\t" in line:
        problem, remedy = "it is indented by a tab", "use spaces instead of tabs"
    elif "expected ',' or" in problem:
        bracket = problem.partition("or ")[2][:3]
        problem, remedy = "a list or mapping is not closed", f"end it with {bracket}"
    elif "end of stream" in problem:
        problem, remedy = "a quote is not closed", "add the quote at the end of the value"
    elif error.context is None and line.startswith(" ") and "mapping values" in problem:
        problem, remedy = "it is indented", "start all keys in the same column"
    else:
        remedy = "put values that contain `: ` or start with a special character in quotes"
    of_line = f", '{shown}'" if shown else ""
    return PostdocsError(path, number + 2, f"the front matter is not YAML{of_line}: {problem}", remedy)


def _refuse_tags(text: str, path: str | Path) -> None:
    """Refuse `!!int` and the like: they make other values of what is written, or none."""
    for event in yaml.parse(text, _Loader):
        tag = getattr(event, "tag", None)
        if tag:
            wrong = f"the front matter has a tag, {tag.replace('tag:yaml.org,2002:', '!!')}"
            line = event.start_mark.line + 2 if event.start_mark else 2
            raise PostdocsError(path, line, wrong, "remove it")


def _item(loader: _Loader, key: yaml.Node, value: yaml.Node) -> Item:
    nodes = value.value if isinstance(value, yaml.SequenceNode) else []
    return Item(
        loader.construct_object(key, deep=True),
        loader.construct_object(value, deep=True),
        key.start_mark.line + 2,
        tuple(node.start_mark.line + 2 for node in nodes),
        _columns(key, value),
        value,
    )


def _written(node: yaml.Node, seen: dict[int, Any]) -> Any:
    """Return a value as it is written; what an alias of YAML repeats is one object."""
    if id(node) not in seen:
        if isinstance(node, yaml.SequenceNode):
            seen[id(node)] = [_written(item, seen) for item in node.value]
        elif isinstance(node, yaml.MappingNode):
            pairs = ((_written(key, seen), _written(value, seen)) for key, value in node.value)
            seen[id(node)] = {str(key): value for key, value in pairs}
        else:
            seen[id(node)] = None if node.tag == "tag:yaml.org,2002:null" else node.value
    return seen[id(node)]


def _columns(key: yaml.Node, value: yaml.Node) -> tuple[int, int, int] | None:
    is_block = isinstance(value, yaml.ScalarNode) and value.style in {"|", ">"}
    marks = (key.start_mark, value.start_mark, value.end_mark)
    if not isinstance(value, yaml.ScalarNode) or is_block or len({mark.line for mark in marks}) > 1:
        return None
    start, begin, end = (mark.column for mark in marks)
    return start, begin, end
