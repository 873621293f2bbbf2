"""What only Python-Markdown and PyMdown read, written as MyST reads it.

https://python-markdown.github.io, https://facelessuser.github.io/pymdown-extensions/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from postdocs.core import heading_ids
from postdocs.importer.folders import python_boxes, python_fences
from postdocs.importer.folders.abbreviations import explained
from postdocs.importer.folders.markdown import INDENTED, in_prose, with_angles, with_links, with_sizes

_ABBREVIATION = re.compile(r"^ {0,3}\*\[(?P<name>[^\\\]\n]+)\][ ]?:[ \t]*(?P<title>[^\n]+)\n?", re.MULTILINE)
# As codehilite has it: the first line of indented code names its language.
_NAMED_CODE = re.compile(
    r"(?:(?<=\A)|(?<=\n\n))(?: {4}|\t)(?::::|#!)(?P<language>[\w+#-]+)[ \t]*\n"
    r"(?P<code>(?:(?:[ \t]*+\n)*+(?: {4}|\t)[^\n]*+(?:\n|\Z))+)"
)
# Attributes at the end of a heading, behind a span, and below a block; each is one line.
_LIST = r"\{(?P<colon>:?)[ ]*(?P<list>[#.\w][^{}\n]*)\}"
_OF_HEADING = re.compile(
    rf"(?P<heading>^ {{0,3}}#{{1,6}}[ \t][^{{}}\n]*[^{{}}\s])[ ]+{_LIST}[ ]*$", re.MULTILINE
)
_FORMULA = r"\$\$[^$]+\$\$|\$[^$\n]+\$"  # whose braces are TeX's
_OF_SPAN = re.compile(rf"{_FORMULA}|(?<=[)\]*_`]){_LIST}")
_OF_BLOCK = re.compile(rf"{_FORMULA}|(?<=[^\s])\n[ ]*{_LIST}[ ]*$", re.MULTILINE)
_OF_MYST = re.compile(r"[#.][\w-]+|(?:width|height|align)=[\"']?[\w.%]+[\"']?")
_SIZE = re.compile(r"\b(?P<name>width|height)[ ]*=[ ]*[\"']?(?P<value>[\d.]+(?:%|px)?)(?![\w.%])")
# The marks of PyMdown, by the extension that reads them; the elements that they make.
_MARKS = {
    "mark": (re.compile(r"(?<![=\w])==(?=[^\s=])(?P<text>[^=\n]+)(?<=\S)==(?![=\w])"), "mark"),
    "caret": (re.compile(r"(?<![\^\\])\^(?P<text>[^\s^~<>]+)\^(?!\^)"), "sup"),
    "tilde": (re.compile(r"(?<![~\\])~(?P<text>[^\s^~<>]+)~(?!~)"), "sub"),
}


def to_myst(text: str, extensions: Iterable[str]) -> str:
    """Return a text in which what only these libraries read is written as MyST reads it.

    extensions: of the libraries that are in use.
    """
    names = {name.rpartition(".")[2] for name in extensions}
    text = python_boxes.to_myst(python_fences.to_myst(with_angles(text), names), names)
    if "codehilite" in names:
        text = _NAMED_CODE.sub(_fence, text)
    if names & {"attr_list", "extra"} and "{" in text:
        text = _without_attributes(text)
    if "magiclink" in names:
        text = with_links(text)
    for name in _MARKS.keys() & names:
        text = _marked(text, *_MARKS[name])
    return _abbreviated(text) if names & {"abbr", "extra"} else text


def _fence(match: re.Match[str]) -> str:
    code = re.sub(r"^(?: {4}|\t)", "", match["code"].rstrip("\n"), flags=re.MULTILINE)
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    mark = "`" * max(longest + 1, 3)
    return f"{mark}{match['language']}\n{code}\n{mark}\n"


def _without_attributes(text: str) -> str:
    """Take out attributes but those that MyST reads, and the sizes of images."""
    text = in_prose(text, _OF_HEADING, _of_heading)
    text = in_prose(text, _OF_BLOCK, lambda match: "" if match["list"] else match[0])
    return in_prose(text, _OF_SPAN, _of_span)


def _of_heading(match: re.Match[str]) -> str:
    """Take out the attributes of a heading but an id alone."""
    return match[0] if heading_ids.split(match[0])[1] and not match["colon"] else match["heading"]


def _of_span(match: re.Match[str]) -> str:
    if not match["list"]:
        return match[0]
    if not match["colon"] and all(map(_OF_MYST.fullmatch, match["list"].split())):
        return match[0]
    return with_sizes({size["name"]: size["value"] for size in _SIZE.finditer(match["list"])})


def _marked(text: str, pattern: re.Pattern[str], element: str) -> str:
    """Write marks as an element; a paragraph with formulas, where they may be TeX, stays."""

    def mark(match: re.Match[str]) -> str:
        is_text = "$" not in match.string and not match.string.startswith(INDENTED)
        return f"<{element}>{match['text']}</{element}>" if is_text else match[0]

    return in_prose(text, pattern, mark)


def _abbreviated(text: str) -> str:
    titles: dict[str, str] = {}

    def define(match: re.Match[str]) -> str:
        titles[match["name"].strip()] = match["title"].strip()
        return ""

    return explained(in_prose(text, _ABBREVIATION, define), titles) if "*[" in text else text
