"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

import re
from functools import partial

from lxml import etree

from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources import blogger, pelican
from postdocs.importer.sources.markup import markup_of
from postdocs.importer.sources.model import Source, absolute, fold, is_web, note_enclosures, read_date, settle
from postdocs.importer.sources.source_text import SourceText
from postdocs.importer.sources.text import (
    html_title,
    is_cut,
    looks_like_html,
    paragraphs,
    plain,
    whole_summary,
)
from postdocs.importer.sources.xml import (
    BASE,
    FEEDBURNER,
    children,
    inner_html,
    local,
    space,
    text,
    text_of,
)

_ATOM = re.compile(r"(?:https?://(?:www\.)?w3\.org/2005/atom/?)?", re.IGNORECASE)  # as people spell it


def detect(source: SourceText) -> bool:
    """Tell whether it is a feed or entry document of Atom 1.0; some leave its namespace out."""
    root = source.xml.root
    return root is not None and local(root) in {"feed", "entry"} and _ATOM.fullmatch(space(root)) is not None


def read(source: SourceText) -> Source:
    """Read a feed or entry document, an export of Blogger included."""
    root, name, blog = source.root_element, source.name, source.url
    atom = space(root)
    whole: list[Note] = []
    document = name if is_web(name) else None
    base = _base(root, document)
    url = _link(root, atom, base, "the address of the blog", whole) or blog
    elements = [root] if local(root) == "entry" else children(root, atom, "entry")
    blogs = blogger.kinds(elements)
    entries: list[Entry] = []
    for element, kind in zip(elements, blogs.kinds, strict=True):
        if kind.is_post:
            position = len(entries) + 1
            entries.append(
                _entry(element, root, atom, kind, base=base or url, source=name, position=position)
            )
    if local(root) == "feed" and not blogs.is_export:
        schemes = any(
            category.get("scheme") or category.get("label") for category in root.iter(f"{{{atom}}}category")
        )
        generator = text(root, atom, "generator")
        entries = list(pelican.split(entries)) if not schemes and not generator else entries
    complete, left = blogger.with_comments(entries, elements, blogs.kinds, partial(_content, atom=atom))
    return Source(
        name=name,
        format="Blogger export" if blogs.is_export else "Atom 1.0",
        title=_title(root, atom, []) if local(root) == "feed" else "",
        url=url,
        entries=tuple(settle(entry) for entry in complete),
        notes=(*whole, *blogs.notes, *left),
    )


def _entry(
    element: etree._Element,
    root: etree._Element,
    atom: str,
    kind: blogger.EntryKind,
    *,
    base: str | None,
    source: str,
    position: int,
) -> Entry:
    notes: list[Note] = list(kind.notes)
    base = _base(element, base) if element is not root else base
    url = absolute(text(element, FEEDBURNER, "origLink"), base, "its address", notes)
    url = url or _link(element, atom, base, "its address", notes)
    if url is None and kind.path:
        url = absolute(kind.path, base, "its address", notes)
    content = next(iter(children(element, atom, "content")), None)
    summary = next(iter(children(element, atom, "summary")), None)
    body = _markup(content, notes)
    summary_text: str | None = None
    if summary is not None:
        about = _markup(summary, notes)
        if plain(body) or "<" in body:
            summary_text = whole_summary(about, body)
        elif about:
            body, content = about, summary
            what = "its summary is all the text that the feed has"
            notes.append(Note(NoteKind.NOTICED, f"{what}, and it is cut off" if is_cut(about) else what))
    links = [link for link in children(element, atom, "link") if link.get("rel") == "enclosure"]
    note_enclosures([link.get("href", "") for link in links], body, notes)
    categories, tags = _labels(element, atom)
    explicit = content is not None and any(node.get(BASE) for node in (content, element, root))
    return Entry(
        source=source,
        position=position,
        id=fold(text(element, atom, "id")) or None,
        title=_title(element, atom, notes),
        url=url,
        published=read_date(text(element, atom, "published"), "its date", notes),
        updated=read_date(text(element, atom, "updated"), "its date of change", notes),
        authors=_authors(element, root, atom),
        category=categories,
        tags=tags,
        summary=blogger.description_of(element) or summary_text,
        content=body,
        base=_base(content, base) if explicit and content is not None else url or base,
        draft=kind.draft,
        page=kind.page,
        notes=tuple(notes),
    )


def _content(element: etree._Element, atom: str) -> str:
    return _markup(next(iter(children(element, atom, "content")), None), [])


def _base(element: etree._Element, outer: str | None) -> str | None:
    """Return the base of an element (RFC 4287 §2, XML Base §3)."""
    given = element.get(BASE)
    if not given:
        return outer
    base = absolute(given, outer, "the base of its links", [])
    return base or outer


def _link(element: etree._Element, atom: str, base: str | None, what: str, notes: list[Note]) -> str | None:
    """Return the address of what an element is about: its alternate link, the one to HTML first (§4.1.1)."""
    links = [link for link in children(element, atom, "link") if link.get("rel", "alternate") == "alternate"]
    links.sort(key=lambda link: link.get("type", "text/html") not in {"text/html", "application/xhtml+xml"})
    return absolute(links[0].get("href"), _base(links[0], base), what, notes) if links else None


def _title(element: etree._Element, atom: str, notes: list[Note]) -> str:
    title = next(iter(children(element, atom, "title")), None)
    if title is None:
        return ""
    if len(title) or title.get("type") == "xhtml":
        return html_title(inner_html(title), notes)
    return html_title(text_of(title), notes) if _is_html(title) else fold(text_of(title))


def _is_html(element: etree._Element) -> bool:
    kind = element.get("type", "").lower()
    return kind in {"html", "text/html", "xhtml"} or (not kind and looks_like_html(text_of(element)))


def _markup(element: etree._Element | None, notes: list[Note]) -> str:
    """Return the HTML of a text construct or of content (§3.1, §4.1.3)."""
    if element is None:
        return ""
    kind = element.get("type", "").lower()
    if element.get("src"):
        notes.append(
            Note(NoteKind.NOTICED, "its text is not in the feed but elsewhere", before=element.get("src", ""))
        )
    if len(element) and (kind in {"", "xhtml", "html", "text/html"} or kind.endswith("+xml")):
        # §3.1.1.3: the div is no part of the content.
        wrapper = len(element) == 1 and local(element[0]) == "div" and not (element.text or "").strip()
        return inner_html(element[0] if wrapper else element).strip()
    characters = text_of(element).strip()
    read = markup_of(characters, notes)
    if read != characters:
        return read
    if _is_html(element):
        if not kind and characters:
            notes.append(Note(NoteKind.NOTICED, "its text is HTML, which the feed does not say"))
        return characters
    if kind in {"", "text"} or kind.startswith("text/"):
        return paragraphs(characters, " ")  # §3.1.1.1: line breaks of text mean nothing
    if characters:
        notes.append(Note(NoteKind.LOST, f"its content is of type {kind}, not text"))
    return ""


def _authors(element: etree._Element, root: etree._Element, atom: str) -> tuple[str, ...]:
    """Return who wrote an entry: its own authors, else those of its source or of the feed (§4.2.1)."""
    sources = children(element, atom, "source")
    for holder in (element, *sources, root):
        names = [
            fold(text(author, atom, "name") or text(author, atom, "email"))
            for author in children(holder, atom, "author")
        ]
        if any(names):
            return tuple(dict.fromkeys(filter(None, names)))
    return ()


def _labels(element: etree._Element, atom: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return categories and tags. Movable Type and TypePad tell them apart by schemes that end so."""
    labels: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for category in children(element, atom, "category"):
        scheme, label = category.get("scheme", ""), fold(category.get("label") or category.get("term"))
        if label and not scheme.endswith(blogger.KIND):
            labels[0 if scheme.endswith("#category") else 1][label] = None
    return tuple(labels[0]), tuple(labels[1])
