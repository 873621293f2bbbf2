"""The comments that readers left under a post on the old site: a YAML file beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

import yaml

from postdocs.core.dates import rfc3339
from postdocs.core.errors import PostdocsError
from postdocs.core.values import WrongValueError, parse_date, read_address, read_text, show

ID = re.compile(r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?", re.ASCII)

_KEYS = ("id", "author", "website", "date", "parent", "text")
_REQUIRED = ("id", "author", "text")
# What a literal block scalar keeps to the letter (YAML 1.2 §8.1.2), and PyYAML reads back as written.
_LITERAL = re.compile(
    r"[^\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
    r"[^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]*"
)
# What a plain scalar can say (§7.3.3), whose spaces and colons are no marks: names, dates, and addresses.
_PLAIN = re.compile(r"\w[\w.+~/-]*(?:[ :][\w.+~/-]+)*")


@dataclass(frozen=True)
class Comment:
    """A comment on a post. It has no field for an e-mail or IP address, so none can become public.

    id: unique in the file, as `ID` has it. author: a name in one line. text: Markdown (see
    `comment_text.to_html`), without space around it. date: an instant with its offset. parent: the id of the
    comment that it replies to; one that isn't in the file counts as none. website: an address of the web.
    """

    id: str
    author: str
    text: str
    date: datetime | None = None
    parent: str | None = None
    website: str | None = None


def read(text: str, path: str, timezone: tzinfo) -> tuple[Comment, ...]:
    """Read a file of comments, in its order; tags, anchors, and types of YAML mean nothing in it.

    path: how messages name the file. timezone: of dates that name no offset.

    Raises
    ------
    PostdocsError
        It is not YAML, or no list of comments; or two have one id. The error names the line.

    """
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "it ends too early"
        raise PostdocsError(
            path, mark.line + 1 if mark else 1, f"it is not YAML: {problem}", "correct it"
        ) from None
    except (yaml.YAMLError, RecursionError) as error:
        problem = " ".join(str(error).split())
        raise PostdocsError(path, 1, f"it is not YAML: {problem}", "correct it") from None
    if root is None:
        return ()
    if not isinstance(root, yaml.SequenceNode):
        raise PostdocsError(path, 1, "it is no list of comments", "start each comment with `- id:`")
    comments: dict[str, Comment] = {}
    for node in root.value:
        comment = _comment(node, path, timezone)
        if comment.id in comments:
            line, wrong = node.start_mark.line + 1, f"id: another comment has the id {show(comment.id)}"
            raise PostdocsError(path, line, wrong, "give each comment an id of its own")
        comments[comment.id] = comment
    return tuple(comments.values())


def _comment(node: yaml.Node, path: str, timezone: tzinfo) -> Comment:
    first = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise PostdocsError(path, first, "it is no comment", "write its keys, such as `author: Ada`")
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key not in _KEYS:
            remedy = f"remove it; a comment has {', '.join(_KEYS)}"
            raise PostdocsError(path, line, f"{show(key)} is no key of a comment", remedy)
        if key in values:
            raise PostdocsError(path, line, f"{key} is there twice", "remove one of the two")
        if not isinstance(value_node, yaml.ScalarNode):
            raise PostdocsError(path, line, f"{key}: it is no text", "write text")
        try:
            values[key] = _value(key, value_node.value, timezone)
        except WrongValueError as error:
            raise PostdocsError(path, line, f"{key}: {error.wrong}", error.remedy) from None
    missing = next((key for key in _REQUIRED if key not in values), None)
    if missing:
        raise PostdocsError(path, first, f"the comment has no {missing}", f"add `{missing}:`")
    return Comment(**values)


def _value(key: str, text: str, timezone: tzinfo) -> object:
    if key == "date":
        return parse_date(text, timezone)
    if key == "text":
        if not text.strip():
            raise WrongValueError("it is empty", "fill it in, or remove the comment")
        return text.strip()
    value = read_text(text, timezone)
    if key == "website":
        return read_address(value, timezone)
    if key in {"id", "parent"} and not ID.fullmatch(value):
        raise WrongValueError(f"{show(value)} is no id", "use letters of English, digits, `.`, `_`, and `-`")
    return value


def dump(comments: Iterable[Comment]) -> str:
    """Write a file of comments, which `read` reads back as the same comments."""
    types = yaml.resolver.Resolver()
    return "".join(_dumped(_written(comment), types) for comment in comments) or "[]\n"


def _dumped(values: Mapping[str, str], types: yaml.resolver.Resolver) -> str:
    """Return a comment as PyYAML writes it, which takes ten times as long where all of it is plain."""
    text, others = values["text"], [(key, value) for key, value in values.items() if key != "text"]
    is_plain = _LITERAL.fullmatch(text) and text == text.strip()
    if not is_plain or not all(_PLAIN.fullmatch(value) for _, value in others):
        return str(
            yaml.dump([values], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf"))
        )
    head = "".join(f"  {key}: {_scalar(value, types)}\n" for key, value in others)
    lines = "".join(f"    {line}\n" if line else "\n" for line in text.split("\n"))
    return f"- {head[2:]}  text: |-\n{lines}"


def _scalar(text: str, types: yaml.resolver.Resolver) -> str:
    """Write plain text, in quotes where YAML 1.1 would take it for a number, a date, or the like."""
    tag = types.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return text if tag == types.DEFAULT_SCALAR_TAG else f"'{text}'"


def _written(comment: Comment) -> Mapping[str, str]:
    values = vars(comment) | {"date": rfc3339(comment.date) if comment.date else None}
    return {key: _Text(values[key]) if key == "text" else values[key] for key in _KEYS if values[key]}


def added(before: tuple[Comment, ...], new: Iterable[Comment]) -> tuple[Comment, ...]:
    """Return the comments of a file with those that it lacks, by id; those that are there stay."""
    there = {comment.id for comment in before}
    return (*before, *(comment for comment in new if comment.id not in there))


class _Text(str):
    """The text of a comment, which is a block of lines in YAML."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Writes texts as literal blocks, so that a person can read and edit them."""


def _represent(dumper: yaml.SafeDumper, text: _Text) -> yaml.ScalarNode:
    style = "|" if _LITERAL.fullmatch(text) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=style)


_Dumper.add_representer(_Text, _represent)
