"""XML of feeds: parsed without entities, files, or network, and repaired where generators break it."""

from __future__ import annotations

import copy
import html
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from postdocs.core.errors import PostdocsError
from postdocs.core.html import XML_FORBIDDEN
from postdocs.core.plural import count
from postdocs.importer.entry import Note, NoteKind

ATOM = "http://www.w3.org/2005/Atom"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
FEEDBURNER = "http://rssnamespace.org/feedburner/ext/1.0"
MEDIA = "http://search.yahoo.com/mrss/"

_PROLOG = re.compile(r"\s*+(?:<\?.*?\?>\s*+|<!--.*?-->\s*+)*+", re.DOTALL)
_SUBSET = re.compile(r"<!DOCTYPE[^>\[]*\[", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml\b[^>]*\?>")
_AMPERSAND = re.compile(
    r"<!\[CDATA\[.*?\]\]>"
    r"|&(?:#x(?P<hex>[\da-fA-F]{1,6});|#(?P<decimal>\d{1,7});"
    r"|(?!(?:amp|lt|gt|quot|apos);)(?:(?P<name>\w{2,31});)?)",
    re.DOTALL,
)
_ROOT = re.compile(r"<(?P<root>(?:[\w.-]+:)?(?:rss|feed|RDF))[\s>]")
_RESOURCE_LIMIT = 114  # libxml2: XML_ERR_RESOURCE_LIMIT
_DEEPEST = 256  # elements within each other: libxml2's limit, unless a document may be huge
_LARGEST_NODE = 10_000_000  # bytes, as libxml2 has it; the pictures in a post may be longer
_HTML_SPACES = (
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1998/Math/MathML",
)


def from_root(text: str) -> str:
    """Return a feed from its root element on, without declaration, DOCTYPE and what else is before it."""
    root = _ROOT.search(text)
    return text[root.start() :] if root else text


def end_of_prolog(text: str, start: int = 0) -> int:
    """Return where the white space, comments and processing instructions from *start* on end."""
    prolog = _PROLOG.match(text, start)
    return prolog.end() if prolog else start


def refuse_entities(text: str, name: str) -> None:
    """Refuse a document that declares entities.

    A feed has no need of them, and they are how XML is made to read files, call servers or grow without end.

    Raises
    ------
    PostdocsError
        The document has a DOCTYPE with declarations of its own.

    """
    start = end_of_prolog(text)
    first = _ROOT.search(text)
    if _SUBSET.match(text, start) or "<!ENTITY" in text[: first.start() if first else None]:
        line = text.count("\n", 0, start) + 1
        remedy = "check where the file comes from, then remove the DOCTYPE"
        raise PostdocsError(name, line, "its DOCTYPE declares entities, which the import never reads", remedy)


@dataclass(frozen=True)
class Parsed:
    """What an XML parser makes of a document.

    root: its first element, None where it is no XML, even when mended. notes: what was mended. line, problem:
    where the parser stopped (1-based, 0 where it does not say), and why.
    """

    root: etree._Element | None = None
    notes: tuple[Note, ...] = ()
    line: int = 0
    problem: str = ""


def parse(text: str, name: str) -> Parsed:
    """Read an XML document; what generators are known to break is mended, and noted.

    Raises
    ------
    PostdocsError
        It declares entities, or is nested too deeply to be a feed.

    """
    refuse_entities(text, name)
    try:
        return Parsed(_parse(text))
    except etree.XMLSyntaxError as error:
        _refuse_depth(error, name)
    mended, notes = mend(text)
    closed, lost = _close(mended, name)
    try:
        return Parsed(_parse(closed), (*notes, *lost))
    except etree.XMLSyntaxError as error:
        _refuse_depth(error, name)
        problem = (error.msg or "").partition("\n")[0].partition(", line ")[0].strip()
        return Parsed(None, (), error.lineno or 0, problem)


def _parse(text: str) -> etree._Element:
    root = parse_text(text)
    entity = next(root.iter(etree.Entity), None)
    if entity is not None:  # of a DTD that is never fetched
        raise etree.XMLSyntaxError(f"Entity {entity.text} not defined", 0, 0, 0)
    return root


def parse_text(text: str, *, recover: bool = False) -> etree._Element:
    """Return the root of XML, without comments and processing instructions.

    recover: whether to make what can be made of what is no XML.

    Raises
    ------
    etree.XMLSyntaxError
        It is no XML, or nested too deeply.

    """
    data = text.encode("utf-8", "surrogatepass")
    huge = len(data) > _LARGEST_NODE
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        huge_tree=huge,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(data, parser)
    if huge and _is_deep(root):
        raise etree.XMLSyntaxError("Excessive depth in document", _RESOURCE_LIMIT, 0, 0)
    return root


def _is_deep(root: etree._Element) -> bool:
    """Tell whether elements are nested too deeply; in huge documents libxml2 lets that pass."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False


def _refuse_depth(error: etree.XMLSyntaxError, name: str) -> None:
    if error.code == _RESOURCE_LIMIT:
        wrong = f"it is not a feed: its elements are nested more than {_DEEPEST} deep"
        raise PostdocsError(name, error.lineno, wrong, "generate the feed again") from None


def mend(text: str) -> tuple[str, tuple[Note, ...]]:
    """Return a feed without what generators put before it and into it that is no XML."""
    notes = []
    root = _ROOT.search(text)
    head = text[: root.start()] if root else ""
    declaration = _DECLARATION.search(head)
    before = _DECLARATION.sub("", head).strip()
    # Nothing can be before a declaration; where there is none, a comment or DOCTYPE may begin the XML.
    if root and (declaration.start() > 0 if declaration else not before.startswith("<")):
        text = text[root.start() :]
        if before:
            notes.append(
                Note(NoteKind.REMOVED, "there was text before the XML", before=" ".join(before.split()))
            )
    removed: list[str] = []

    def reference(match: re.Match[str]) -> str:
        if _is_forbidden(match):
            removed.append(match[0])
            return ""
        return _reference(match)

    mended = _AMPERSAND.sub(reference, text)
    if removed:
        what = f"{count(len(removed), 'reference')} to characters that XML can't hold"
        notes.append(Note(NoteKind.REMOVED, what, ", ".join(dict.fromkeys(removed))))
    if len(mended) != len(text) - len("".join(removed)):
        notes.append(Note(NoteKind.REPAIRED, "it had `&` where XML has `&amp;`, or named characters of HTML"))
    return mended, tuple(notes)


def _is_forbidden(match: re.Match[str]) -> bool:
    """Tell whether a numeric reference is to a character that no document can have (XML 1.0 §4.1)."""
    digits = match["hex"] or match["decimal"]
    code = int(digits, 16 if match["hex"] else 10) if digits else 0
    return bool(digits) and (code > sys.maxunicode or XML_FORBIDDEN.match(chr(code)) is not None)


def _reference(match: re.Match[str]) -> str:
    if match["name"] is None and len(match[0]) > 1:  # a section of CDATA, or a number
        return match[0]
    character = html.unescape(f"&{match['name']};") if match["name"] else "&"
    is_named = match["name"] and not character.endswith(";")
    return html.escape(character, quote=False) if is_named else f"&amp;{match[0][1:]}"


def _close(text: str, name: str) -> tuple[str, list[Note]]:
    """Give a feed that was cut off its end, after the last entry that is whole."""
    root = _ROOT.search(text)
    if root is None or f"</{root['root']}" in text:
        return text, []
    entry = "entry" if root["root"].endswith("feed") else "item"
    prefix = root["root"].rpartition(":")[0] if entry == "entry" else ""
    end_tag = f"</{prefix}{':' if prefix else ''}{entry}>"
    end = text.rfind(end_tag)
    line = text.count("\n") + 1
    if end < 0:
        wrong = "it ends before its first entry is complete"
        raise PostdocsError(name, line, wrong, "download or export it again")
    end += len(end_tag)
    start_tag = end_tag.replace("</", "<").rstrip(">")
    lost = re.search(re.escape(start_tag) + r"[\s>]", text[end:])
    notes = [Note(NoteKind.NOTICED, f"it ends in line {line} before it is complete; what is whole was read")]
    if lost:
        notes.append(
            Note(NoteKind.LOST, "the last entry is cut off and was left out", before=title_in(text[end:]))
        )
    ends = "</channel>" if root["root"] == "rss" else ""
    return f"{text[:end]}{ends}</{root['root']}>", notes


def title_in(text: str) -> str:
    """Return the first title in text that is no XML, "" where there is none."""
    title = re.search(r"<title[^>]*>(.{1,300}?)</title>", text, re.DOTALL)
    return " ".join(title[1].split()) if title else ""


def space(element: etree._Element) -> str:
    """Return the namespace of an element, "" where it has none."""
    return etree.QName(element).namespace or ""


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return etree.QName(element).localname


def children(element: etree._Element, namespace: str, name: str) -> list[etree._Element]:
    """Return the children of that name, in order; the namespace "*" is any, and none."""
    return element.findall(f"{{{namespace}}}{name}" if namespace else name)


def text_of(element: etree._Element | None) -> str:
    """Return all text in an element, as it stands."""
    return "" if element is None else "".join(str(part) for part in element.itertext())


def text(element: etree._Element, namespace: str, name: str) -> str:
    """Return the text of the first child of that name that has any, white space at its ends removed."""
    return next(texts(element, namespace, name), "")


def texts(element: etree._Element, namespace: str, name: str) -> Iterator[str]:
    """Yield the texts of all children of that name that have any, white space at their ends removed."""
    for child in children(element, namespace, name):
        content = text_of(child).strip()
        if content:
            yield content


def inner_html(element: etree._Element) -> str:
    """Return what is in an element as HTML; prefixes of XHTML, SVG and MathML are gone."""
    element = copy.deepcopy(element)
    element.tag = "div"
    for descendant in element.iter(etree.Element):
        if space(descendant) in _HTML_SPACES:
            descendant.tag = local(descendant)
    etree.cleanup_namespaces(element)
    parts = [html.escape(element.text or "", quote=False)]
    parts.extend(etree.tostring(child, method="html", encoding="unicode") for child in element)
    return "".join(parts)
