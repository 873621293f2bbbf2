"""A reStructuredText source file: the fields at its top, and its headings.

The fields are docutils' docinfo: the first thing in a document but for comments and targets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from postdocs.core.markdown_source import Item
from postdocs.core.values import read_flag, read_image, read_labels, read_part, read_paths, read_text

# What docutils names in any case.
_NAMES = {"author", "authors", "date"}
_FLAGS = {"true": True, "false": False}
_FIELD = re.compile(r":(?![: ])((?:\\.|[^\\\n:]|:(?!\s|$))+):(?:[ \t]+(.*)|[ \t]*)$")
_ITEM = re.compile(r"[-*+][ \t]+(.*)")
_EXPLICIT = re.compile(r"\.\.(?:\s|$)|__ ")
_DIRECTIVE = re.compile(r"\.\.[ \t]+(?!meta::)[\w.:+-]+[ \t]?::(?:\s|$)")
_POST = re.compile(r"\.\. post::")
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*[ \t]*$")
# Inline markup (docutils' reference, "Inline Markup"); each group is what is shown of it.
_INLINE = re.compile(
    r"\\(.)|``(.+?)``|(?::[\w.:+-]+:)?`([^`<]+?)(?:\s*<[^`>]*>)?`(?:_{1,2}|:[\w.:+-]+:)?"
    r"|\*\*(?=\S)(.+?)(?<=\S)\*\*|\*(?=\S)(.+?)(?<=\S)\*|\b([^\W_]+)_{1,2}(?!\w)"
)
_SHORTEST = 4  # an underline that is shorter than its title is one all the same from here on
_STRING = "tag:yaml.org,2002:str"


@dataclass(frozen=True)
class _Heading:
    """A title with what underlines it: the kind of line, and whether there is one above as well."""

    line: int
    text: str
    style: str


def front_matter(text: str, path: str | Path) -> tuple[list[Item], str]:
    """Part a file into the fields that it begins with, and the rest.

    The value of a field is text, or a list where it is one of bullets; None where there is none.
    """
    fields = [*_fields(text)]
    body = text.split("\n")[fields[-1][1] :] if fields else [text]
    return [item for *_, item in fields], "\n".join(body)


def _fields(text: str) -> Iterator[tuple[int, int, Item]]:
    """Yield the fields that a text begins with, and from which line to which each is, from 0."""
    lines = text.split("\n")
    number = _first_line(lines)
    while number < len(lines) and (match := _FIELD.match(lines[number])):
        end = _end_of_block(lines, number + 1)
        yield number, end, _item(match, lines[number + 1 : end], number + 1)
        number = _next_line(lines, end)


def without_fields(text: str, names: set[str]) -> str:
    """Return a text with empty lines in the place of the fields of some names."""
    lines = text.split("\n")
    for first, end, item in _fields(text):
        if item.key in names:
            lines[first:end] = [""] * (end - first)
    return "\n".join(lines)


def with_fields(text: str, values: Mapping[str, str | None]) -> str:
    """Return a text with other values of fields; None takes one out, new ones follow the first."""
    lines = text.split("\n")
    places = [*_fields(text)]
    rest = {name: value for name, value in values.items() if value is not None}
    new = [line(name, value) for name, value in rest.items() if name not in {at.key for *_, at in places}]
    edits = [
        (first, end, [line(item.key, rest[item.key])] if item.key in rest else [])
        for first, end, item in places
        if item.key in values
    ]
    run = 0  # where the fields end that nothing parts
    for first, end, _ in places:
        run = end if first == run or not run else run
    edits.append((run, run, new if places or not new else [*new, ""]))
    for first, end, written in sorted(edits, reverse=True):
        lines[first:end] = written
    return "\n".join(lines)


def typed(item: Item, read: Callable[..., Any]) -> Item:
    """Return a field with its value as YAML would have it. read: the function that reads it."""
    value = item.value
    if read is read_flag:
        value = True if value is None else _FLAGS.get(str(value).lower(), value)
    elif read in {read_image, read_part} and isinstance(value, str) and value.isdecimal():
        value = int(value)
    elif read is read_paths and isinstance(value, str):
        value = re.split(r"[,\s]+", value)
    elif read in {read_text, read_labels} and isinstance(value, str):
        value = plain(value)
    elif read is read_labels and isinstance(value, list):
        value = [plain(label) for label in value]
    return replace(item, value=value)


def line(key: str, value: str) -> str:
    """Return how a field is written."""
    return f":{key}: {value}"


def leading_heading(body: str) -> str | None:
    """Return the text of the title that a body begins with, if any."""
    lines = body.split("\n")
    number = _first_line(lines)
    if number < len(lines) and _POST.match(lines[number]):  # which shows nothing
        number = _next_line(lines, _end_of_block(lines, number + 1))
    first = next(_headings(lines), None)
    return first.text if first and first.line == number and first.text else None


def without_comments(body: str) -> str:
    """Return a body without the comments that it begins with."""
    lines = body.split("\n")
    return "\n".join(lines[_first_line(lines) :])


def heading_like(title: str, body: str) -> str | None:
    """Return the first title of the highest level that says what another does, but for case, if any."""
    headings = [*_headings(body.split("\n"))]
    texts = (heading.text for heading in headings if heading.style == headings[0].style)
    return next((text for text in texts if text.casefold() == plain(title).casefold()), None)


def first_heading(body: str) -> str | None:
    """Return the text of the first title of a body, of any level."""
    return next((heading.text for heading in _headings(body.split("\n")) if heading.text), None)


def plain(text: str) -> str:
    """Return the words of a line, without its markup."""
    text = _INLINE.sub(lambda match: next(filter(None, match.groups()), ""), text)
    return " ".join(text.split())


def _first_line(lines: list[str]) -> int:
    """Return the number, from 0, of the first line that shows something."""
    number = _next_line(lines, 0)
    while number < len(lines) and _EXPLICIT.match(lines[number]) and not _DIRECTIVE.match(lines[number]):
        number = _next_line(lines, _end_of_block(lines, number + 1))
    return number


def _next_line(lines: list[str], number: int) -> int:
    while number < len(lines) and not lines[number].strip():
        number += 1
    return number


def _end_of_block(lines: list[str], number: int) -> int:
    """Return where the indented lines end that begin at a number; empty ones may be among them."""
    end = number
    while number < len(lines) and (not lines[number].strip() or lines[number][0] in " \t"):
        number += 1
        end = number if lines[number - 1].strip() else end
    return end


def _item(match: re.Match[str], block: list[str], number: int) -> Item:
    key = match[1].replace("\\", "")
    key = key.lower() if key.lower() in _NAMES else key
    lines = [(match[2] or "").strip(), *map(str.strip, block)]
    written = [(number + at, line) for at, line in enumerate(lines) if line]
    bullets = [_ITEM.match(line) for _, line in written]
    node: yaml.Node
    if bullets and bullets[0]:
        # A line that begins without a bullet goes on with the item before it.
        items: list[tuple[int, str]] = []
        for (at, line), bullet in zip(written, bullets, strict=True):
            items[-1:] = [(items[-1][0], f"{items[-1][1]} {line}")] if not bullet else items[-1:]
            items += [(at, bullet[1].strip())] if bullet else []
        node = yaml.SequenceNode(_STRING, [yaml.ScalarNode(_STRING, value) for _, value in items])
        return Item(key, [value for _, value in items], number, tuple(at for at, _ in items), None, node)
    value = " ".join(line for _, line in written)
    tag = _STRING if value else "tag:yaml.org,2002:null"
    return Item(key, value or None, number, (), None, yaml.ScalarNode(tag, value))


def _headings(lines: list[str]) -> Iterator[_Heading]:
    """Yield the titles of a text (docutils' reference, "Sections"); what is indented has none."""
    for number, line in enumerate(lines[:-1]):
        under = _ADORNMENT.match(lines[number + 1])
        if not line.strip() or not under or _ADORNMENT.match(line):
            continue
        over = _ADORNMENT.match(lines[number - 1]) if number else None
        is_over = over is not None and over[0].rstrip() == under[0].rstrip()
        before = number - 2 if is_over else number - 1
        is_apart = before < 0 or not lines[before].strip()
        length = len(under[0].rstrip())
        is_long = length >= min(_width(line.rstrip()), _SHORTEST)
        if is_long and is_apart and (is_over or line[0] not in " \t"):
            yield _Heading(number - is_over, plain(line.strip()), f"{under[1]}{'over' if is_over else ''}")


def _width(text: str) -> int:
    """Return how many columns a text takes: letters of East Asia take two (UAX 11), accents none."""
    return sum(
        (unicodedata.east_asian_width(letter) in {"F", "W"}) + (not unicodedata.combining(letter))
        for letter in text
    )
