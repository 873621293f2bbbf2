"""The import format of Movable Type, which TypePad and other services export too: text with comments."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from postdocs.core.plural import count
from postdocs.importer.entry import Entry, Note, NoteKind, SourceComment
from postdocs.importer.sources import dates, movabletype_parts
from postdocs.importer.sources.comments import comment, each_once, from_markdown, left_out
from postdocs.importer.sources.model import Source, absolute, fold, read_date, settle
from postdocs.importer.sources.movabletype_parts import OF_COMMENTS, Parts, fields_of
from postdocs.importer.sources.source_text import SourceText
from postdocs.importer.sources.text import html_title, whole_summary
from postdocs.importer.sources.wordpress.autop import paragraphs

_BEGINNING = re.compile(r"\s*(?:[A-Z][A-Z ]*:.*\n)+")
_KNOWN = frozenset({"AUTHOR", "TITLE", "DATE", "STATUS", "BASENAME", "ALLOW COMMENTS", "CONVERT BREAKS"})
_LEAST = 3  # of these keys that an export begins with
_TAG = re.compile(r'"([^"]*)"|([^,]+)')
_PUBLIC = "publish"
_NO_BREAKS = frozenset({"0", "richtext", "none"})
_DOUBT = Note(
    NoteKind.NOTICED,
    "it follows a comment, and its author wrote no other post; check that it isn't the text of that comment",
)


def detect(source: SourceText) -> bool:
    """Tell whether a text begins as an entry of such an export, and ends one."""
    if source.is_markup or (beginning := _BEGINNING.match(source.text)) is None:
        return False
    keys = {line.partition(":")[0] for line in beginning[0].split("\n")}
    return len(keys & _KNOWN) >= _LEAST and movabletype_parts.has_sections(source.text)


def read(source: SourceText) -> Source:
    """Read an export. It says no address of the blog, and dates without a time zone."""
    parts_of_all, doubts = movabletype_parts.read(source.text)
    entries: list[Entry] = []
    hidden: list[str] = []
    pings = 0
    for number, parts in enumerate(parts_of_all, 1):
        entries.append(settle(_entry(parts, source, number), has_id=False))
        pings += len(parts.sections.get("PING", ()))
        hidden += [kind for kind in map(_why_left_out, parts.sections.get("COMMENT", ())) if kind]
    notes = [left_out(hidden.count(why), why) for why in dict.fromkeys(hidden)]
    notes += [Note(NoteKind.LEFT_OUT, f"{pings} of type ping")] if pings else []
    if doubts:
        what = f"{count(len(doubts), 'line')} of hyphens part nothing, for what follows is no post or section"
        notes.append(Note(NoteKind.NOTICED, f"{what}; look at line {doubts[0]}"))
    if placeless := sum(not entry.url for entry in entries):
        what = f"it has no address for {count(placeless, 'post')}; write each as its permalink"
        notes.append(Note(NoteKind.NOTICED, what))
    entries = _with_doubts(entries, parts_of_all)
    return Source(source.name, "Movable Type export", "", source.url, tuple(entries), tuple(notes))


def _with_doubts(entries: list[Entry], parts: list[Parts]) -> list[Entry]:
    """Note which entries a reader may have typed into a comment: those after one, of an author of their own.

    What begins like a post does so in a comment too, and nothing in the file tells them apart.
    """
    after_comment = [False, *(before.ends_in_comment for before in parts[:-1])]
    known = {
        name
        for entry, is_doubtful in zip(entries, after_comment, strict=True)
        if not is_doubtful
        for name in entry.authors
    }
    return [
        replace(entry, notes=(*entry.notes, _DOUBT))
        if is_doubtful and known.isdisjoint(entry.authors)
        else entry
        for entry, is_doubtful in zip(entries, after_comment, strict=True)
    ]


def _entry(parts: Parts, source: SourceText, position: int) -> Entry:
    notes: list[Note] = []
    to_html = _converter(parts.value("CONVERT BREAKS"), notes)
    texts = (parts.section("BODY"), parts.section("EXTENDED BODY"))
    content = "\n".join(to_html(text) for text in texts if text)
    status = parts.value("STATUS").lower()
    if status != _PUBLIC:
        notes.append(Note(NoteKind.NOTICED, f"its status is “{status or 'unknown'}”; it is a draft here"))
    if keywords := fold(parts.section("KEYWORDS")):
        notes.append(Note(NoteKind.LEFT_OUT, "its keywords", keywords))
    categories = (*parts.fields.get("PRIMARY CATEGORY", ()), *parts.fields.get("CATEGORY", ()))
    tags = (fold(quoted or bare) for quoted, bare in _TAG.findall(parts.value("TAGS")))
    return Entry(
        source=source.name,
        position=position,
        title=html_title(parts.value("TITLE"), notes),
        url=_url(parts, source.url, notes),
        published=_date(parts.value("DATE"), notes),
        authors=tuple(filter(None, [parts.value("AUTHOR")])),
        category=tuple(dict.fromkeys(filter(None, categories))),
        tags=tuple(dict.fromkeys(filter(None, tags))),
        summary=whole_summary(parts.section("EXCERPT"), content),
        content=content,
        base=source.url,
        draft=status != _PUBLIC,
        comments=each_once(
            _comment(text, number)
            for number, text in enumerate(parts.sections.get("COMMENT", ()), 1)
            if not _why_left_out(text)
        ),
        notes=tuple(notes),
    )


def _url(parts: Parts, blog: str | None, notes: list[Note]) -> str | None:
    """Return the address of an entry, if the export says it, as TypePad's does."""
    return absolute(parts.value("UNIQUE URL"), blog, "its address", notes)


def _converter(name: str, notes: list[Note]) -> Callable[[str], str]:
    """Return what makes HTML of a text; `CONVERT BREAKS` names how Movable Type did."""
    kind = name.lower()
    if kind in _NO_BREAKS:
        return str
    if kind.startswith("markdown"):
        return from_markdown
    if kind not in {"", "1", "__default__"}:
        notes.append(Note(NoteKind.NOTICED, f"its text is written for the text filter {name}"))
    return paragraphs


def _date(text: str, notes: list[Note]) -> datetime | None:
    try:
        return datetime.strptime(text, "%m/%d/%Y %H:%M:%S")  # noqa: DTZ007 - the format has no time zone
    except ValueError:
        return read_date(text, "its date", notes)


def _why_left_out(text: str) -> str:
    """Return why a comment stays out, "" for one that was public: some services write a status."""
    fields, _ = fields_of(text, OF_COMMENTS)
    status = next(iter(fields.get("STATUS", ())), _PUBLIC).lower()
    return "" if status in {_PUBLIC, "published", "approved", "visible"} else status or "not approved"


def _comment(text: str, number: int) -> SourceComment:
    fields, body = fields_of(text, OF_COMMENTS)

    def value(key: str) -> str:
        return next(iter(fields.get(key, ())), "")

    return comment(
        value("ID") or str(number),
        value("AUTHOR"),
        paragraphs(body.strip()),
        date=_date(value("DATE"), []) if not dates.is_none(value("DATE")) else None,
        parent=value("PARENT"),
        website=value("URL"),
    )
