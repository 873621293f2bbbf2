"""RSS 2.0 and its 0.9x ancestors, and RSS 1.0."""

from __future__ import annotations

import re

from lxml import etree

from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources import pelican
from postdocs.importer.sources.markup import markup_of
from postdocs.importer.sources.model import Source, absolute, fold, is_web, note_enclosures, read_date, settle
from postdocs.importer.sources.source_text import SourceText
from postdocs.importer.sources.text import is_cut, looks_like_html, paragraphs, plain, title_of, whole_summary
from postdocs.importer.sources.visibility import fields_of_element, visibility_of
from postdocs.importer.sources.xml import (
    ATOM,
    BASE,
    CONTENT,
    DC,
    DCTERMS,
    FEEDBURNER,
    MEDIA,
    children,
    local,
    space,
    text,
    texts,
)

_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_MAIL = r"[^\s@<>()]+@[^\s@<>()]+"
_NAMED = re.compile(rf"(?:{_MAIL}\s*\((?P<after>[^()]+)\)|\"?(?P<before>[^<>\"]+?)\"?\s*<{_MAIL}>)")


def detect(source: SourceText) -> bool:
    """Tell whether it is RSS of any version."""
    return source.xml.root is not None and local(source.xml.root) in {"rss", "RDF"}


def read(source: SourceText) -> Source:
    """Read a feed."""
    root, name = source.root_element, source.name
    is_rdf = local(root) == "RDF"
    namespace = next((space(element) for element in root if local(element) in {"channel", "item"}), "")
    channel = next(iter(children(root, namespace, "channel")), root)
    items = children(channel, namespace, "item") or children(
        root, namespace, "item"
    )  # RSS 1.0 has them beside the channel
    whole: list[Note] = []
    base = root.get(BASE) or (name if is_web(name) else source.url)
    url = absolute(text(channel, namespace, "link"), base, "the address of the blog", whole)
    entries = [
        _item(item, namespace, base=url or base, source=name, position=at) for at, item in enumerate(items, 1)
    ]
    domains = any(
        category.get("domain") for item in items for category in children(item, namespace, "category")
    )
    if not domains and not is_rdf and not text(channel, namespace, "generator"):
        entries = list(pelican.split(entries))
    return Source(
        name=name,
        format="RSS 1.0" if is_rdf else f"RSS {root.get('version') or '2.0'}",
        title=title_of(text(channel, namespace, "title"), []),
        url=url,
        entries=tuple(settle(entry) for entry in entries),
        notes=tuple(whole),
    )


def _item(item: etree._Element, namespace: str, *, base: str | None, source: str, position: int) -> Entry:
    notes: list[Note] = []
    base = item.get(BASE) or base
    visibility = visibility_of(fields_of_element(item))
    notes.extend(visibility.notes)
    id_, url = identity(item, namespace, base, notes)
    description = text(item, namespace, "description")
    content = markup_of(text(item, CONTENT, "encoded") or text(item, ATOM, "content"), notes)
    summary = None
    if content:
        summary = whole_summary(description, content)
    else:
        content = markup_of(description, notes)
        if content and not looks_like_html(content):
            content = (
                paragraphs(content, " ") if "<" not in content and "&" not in content else f"<p>{content}</p>"
            )
        if is_cut(content):
            notes.append(
                Note(NoteKind.NOTICED, "its text is cut off in the feed", before=plain(content)[-60:])
            )
    published = text(item, namespace, "pubDate") or text(item, DC, "date") or text(item, DCTERMS, "issued")
    updated = text(item, ATOM, "updated") or text(item, DCTERMS, "modified")
    carried = [*children(item, namespace, "enclosure"), *item.iter(f"{{{MEDIA}}}content")]
    note_enclosures([element.get("url", "") for element in carried], content, notes)
    categories, tags = _labels(item, namespace)
    return Entry(
        source=source,
        position=position,
        id=id_,
        title=title_of(text(item, namespace, "title") or text(item, DC, "title"), notes),
        url=url,
        published=read_date(published, "its date", notes),
        updated=read_date(updated, "its date of change", notes),
        authors=authors(item, namespace),
        category=categories,
        tags=tags,
        summary=summary,
        content=content,
        base=item.get(BASE) or url or base,
        draft=visibility.draft,
        notes=tuple(notes),
    )


def identity(
    item: etree._Element, namespace: str, base: str | None, notes: list[Note]
) -> tuple[str | None, str | None]:
    """Return the id of an item and its address.

    A guid is an address too unless it says that it is none (RSS 2.0, "guid").
    """
    guid = next(iter(children(item, namespace, "guid")), None)
    id_ = fold(text(item, namespace, "guid") or item.get(_ABOUT)) or None
    given = text(item, FEEDBURNER, "origLink") or text(item, namespace, "link")
    for link in children(item, ATOM, "link"):
        if not given and link.get("rel", "alternate") == "alternate":
            given = link.get("href", "")
    if not given and guid is not None and id_ and guid.get("isPermaLink", "true").lower() != "false":
        given = id_ if id_.startswith(("http://", "https://", "//")) else ""
    return id_, absolute(given, base, "its address", notes)


def authors(item: etree._Element, namespace: str) -> tuple[str, ...]:
    """Return who wrote an item: names by Dublin Core, else those of `author`, which is for mail addresses."""
    names = list(texts(item, DC, "creator"))
    if not names:
        for given in texts(item, namespace, "author"):
            match = _NAMED.fullmatch(fold(given))
            names.append((match["after"] or match["before"]) if match else given)
    return tuple(dict.fromkeys(title_of(name, []) for name in names))


def _labels(item: etree._Element, namespace: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    labels: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for element in [*children(item, namespace, "category"), *children(item, DC, "subject")]:
        label = title_of("".join(map(str, element.itertext())), [])
        if label:
            labels[0 if element.get("domain") == "category" else 1][label] = None
    return tuple(labels[0]), tuple(label for label in labels[1] if label not in labels[0])
