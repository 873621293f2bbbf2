"""Broken feeds with public and private entries: parsed one by one, so that each keeps its status."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.sources import xml
from postdocs.importer.sources.visibility import BROKEN

_MARK = r"wxr_version|post[_-]?type|post[_-]?status|post[_-]?password|status|draft|visibility|password"
_STATES = re.compile(rf"<(?:[\w.-]+:)?(?:{_MARK})\b|schemas\.google\.com/g/2005#kind", re.IGNORECASE)
_EXPORT = re.compile(rf"<(?:[\w.-]+:(?:{_MARK})|wxr_version|post_type|post_password)\s*>", re.IGNORECASE)
_MARKED = re.compile(
    rf"<(?:[\w.-]+:)?(?P<name>{_MARK})\s*>\s*(?:<!\[CDATA\[)?(?P<value>[^<>\[\]]*)", re.IGNORECASE
)
_TOKEN = re.compile(r"<!\[CDATA\[|<!--|<(?P<end>/?)(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])[^<>]*>")
_START = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])")
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->"}
_DECLARED = re.compile(r"""\sxmlns:([\w.-]+)\s*=\s*(?:"[^"<>]*"|'[^'<>]*')""")
_PREFIXED = re.compile(r"(?:</?|\s)([a-z_][\w.-]*):[a-z_][\w.-]*(?=[\s/>=])", re.ASCII | re.IGNORECASE)
# What feeds mean by a prefix that they use and do not declare.
_USUAL = {
    "atom": xml.ATOM,
    "content": xml.CONTENT,
    "dc": xml.DC,
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "media": xml.MEDIA,
    "wp": "http://wordpress.org/export/1.2/",
}
_RESERVED = frozenset({"xml", "xmlns"})
# The fields whose text people write, and generators fail to escape.
_FIELD = re.compile(
    r"<(?P<name>(?:[\w.-]+:)?(?:title|encoded|content|description|summary))(?:\s[^<>]*)?(?<!/)>"
)


@dataclass(frozen=True)
class _Piece:
    """The text of one entry. problem: what is wrong with where it begins or ends, "" if nothing."""

    text: str
    problem: str = ""


def states_visibility(text: str) -> bool:
    """Tell whether a feed says of entries who may see them, or what they are."""
    return _STATES.search(text) is not None


def holds_export(text: str) -> bool:
    """Tell whether a page is an export as a browser shows it: none of its markup is escaped."""
    return _EXPORT.search(text) is not None


def salvage(text: str, name: str, parsed: xml.Parsed) -> xml.Parsed:
    """Return the entries of a feed that no XML parser takes, in a tree that one would have made of it.

    An entry that does not parse even when mended is marked as broken, which makes it a draft.

    parsed: what the parser said of it.

    Raises
    ------
    PostdocsError
        There is no entry that is whole.

    """
    line = parsed.line or 1
    mended, notes = xml.mend(xml.from_root(text))
    first = _START.search(mended)
    if first is None:
        raise _refusal(name, line, parsed.problem)
    head = mended[: first.start()]
    root = _recover(_declare(head, mended))
    if root is None:
        raise _refusal(name, line, parsed.problem)
    channel = next(root.iterchildren("{*}channel"), root) if xml.local(root) == "rss" else root
    opening = _declare(head[: head.find(">") + 1], mended)
    pieces, rest = _pieces(mended[first.start() :])
    problems = [Note(NoteKind.NOTICED, f"it is not XML from line {line} on: {parsed.problem}")]
    for piece in (part for whole in pieces for part in _split(whole, opening)):
        element = _element(piece, opening)
        if element is None:
            problems.append(
                Note(NoteKind.LOST, "an entry that can't be read", before=xml.title_in(piece.text))
            )
        else:
            channel.append(element)
    if rest:
        what = "the last entry is cut off and was left out"
        problems.append(Note(NoteKind.LOST, what, before=xml.title_in(rest)))
    if next(channel.iterchildren("{*}item", "{*}entry"), None) is None:
        raise _refusal(name, line, parsed.problem)
    return xml.Parsed(root, (*notes, *problems), parsed.line, parsed.problem)


def _refusal(name: str, line: int, problem: str) -> PostdocsError:
    wrong = f"it is not XML ({problem}), so public posts can't be recognised"
    return PostdocsError(name, line, wrong, "download or export it again")


def _declare(start: str, text: str) -> str:
    """Return text that begins with the root's start tag, with all prefixes declared that the feed uses."""
    end = start.find(">")
    declared = {*_DECLARED.findall(start[:end]), *_RESERVED}
    missing = dict.fromkeys(prefix for prefix in _PREFIXED.findall(text) if prefix not in declared)
    spaces = "".join(f' xmlns:{prefix}="{_USUAL.get(prefix, f"urn:{prefix}")}"' for prefix in missing)
    return f"{start[:end]}{spaces}{start[end:]}"


def _pieces(text: str) -> tuple[list[_Piece], str]:
    """Return the entries of a feed, and what is left of the one that is cut off."""
    pieces: list[_Piece] = []
    start: int | None = None
    for is_start, at, end in _tokens(text):
        if is_start:
            if start is not None:
                pieces.append(_Piece(text[start:at], "it does not end"))
            start = at
        elif start is not None:
            pieces.append(_Piece(text[start:end]))
            start = None
    return pieces, "" if start is None else text[start:]


def _tokens(text: str) -> Iterator[tuple[bool, int, int]]:
    """Yield where entries start and end. After a section that does not end, nothing is certain."""
    at = 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        if match[0] in _ENDS:
            at = text.find(_ENDS[match[0]], at) + len(_ENDS[match[0]])
            if at < match.end():
                return
        elif not match[0].endswith("/>"):
            yield not match["end"], match.start(), match.end()


def _split(piece: _Piece, opening: str) -> Iterator[_Piece]:
    """Yield an entry; where it does not parse and seems to have swallowed others, each of them."""
    starts = [match.start() for match in _START.finditer(piece.text)]
    if len(starts) <= 1 or _strict(piece.text, opening) is not None:
        yield piece
        return
    for start, end in zip(starts, [*starts[1:], len(piece.text)], strict=True):
        yield _Piece(piece.text[start:end], "" if end == len(piece.text) else "it does not end")


def _element(piece: _Piece, opening: str) -> etree._Element | None:
    """Return the element of an entry, None where nothing can be made of it."""
    if not piece.problem:
        element = _strict(piece.text, opening)
        if element is not None:
            return element
        element = _strict("".join(_escaped(piece.text)), opening)
        if element is not None and _is_clear(piece.text):
            return element
    container = _recover(f"{opening}{piece.text}")
    element = next(container.iterchildren("{*}item", "{*}entry"), None) if container is not None else None
    if element is not None:
        element.set(BROKEN, piece.problem or "its elements are not closed as they were opened")
        for match in _MARKED.finditer(piece.text):
            etree.SubElement(element, match["name"].lower()).text = match["value"].strip()
    return element


def _strict(text: str, opening: str) -> etree._Element | None:
    try:
        return xml.parse_text(f"{opening}{text}</{_name_of(opening)}>")[0]
    except etree.XMLSyntaxError:
        return None


def _is_clear(text: str) -> bool:
    """Tell whether no mark stands twice in an entry, as it does where it has swallowed another's."""
    names = [match["name"].lower() for match in _MARKED.finditer(text)]
    return len(names) == len(set(names))


def _escaped(text: str) -> Iterator[str]:
    """Yield an entry with the text of fields escaped where that is no XML."""
    at = 0
    unclosed: set[str] = set()
    while match := _FIELD.search(text, at):
        yield text[at : match.end()]
        name, at = match["name"], match.end()
        end = -1 if name in unclosed else text.find(f"</{name}", at)
        if end < 0:
            unclosed.add(name)
            continue
        inner = text[at:end].strip()
        try:
            xml.parse_text(f"<a>{inner}</a>")
        except etree.XMLSyntaxError:
            inner = html.escape(inner.removeprefix("<![CDATA[").removesuffix("]]>"), quote=False)
        yield inner
        at = end
    yield text[at:]


def _name_of(opening: str) -> str:
    return opening[1:].split(None, 1)[0].rstrip(">")


def _recover(text: str) -> etree._Element | None:
    try:
        return xml.parse_text(text, recover=True)
    except etree.XMLSyntaxError:
        return None
