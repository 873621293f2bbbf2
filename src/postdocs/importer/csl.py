"""Bibliographies in CSL-JSON and CSL-YAML → BibTeX that a build can print.

The names of types and variables are those of CSL 1.0.2, appendices III and IV
(https://docs.citationstyles.org/en/stable/specification.html); dates are also written as in EDTF, level 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from postdocs.importer import bibtex
from postdocs.importer.bibtex import MONTHS, Work

# What BibTeX has for a type; what is not here is `misc`.
_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "review": "article", "review-book": "article", "book": "book", "classic": "book",
    "collection": "book", "chapter": "incollection", "entry": "incollection",
    "entry-dictionary": "incollection", "entry-encyclopedia": "incollection",
    "paper-conference": "inproceedings", "report": "techreport", "standard": "techreport",
    "thesis": "phdthesis", "manuscript": "unpublished", "pamphlet": "booklet", "post": "online",
    "post-weblog": "online", "webpage": "online",
}  # fmt: skip
_FIELDS = {
    "title": "title", "title-short": "shorttitle", "publisher-place": "address", "volume": "volume",
    "issue": "number", "page": "pages", "edition": "edition", "DOI": "doi", "URL": "url", "ISBN": "isbn",
    "ISSN": "issn", "PMID": "pmid", "PMCID": "pmcid", "note": "note", "language": "language",
    "collection-title": "series", "abstract": "abstract", "keyword": "keywords", "chapter-number": "chapter",
    "version": "version",
}  # fmt: skip
_PEOPLE = {
    "author": "author",
    "editor": "editor",
    "collection-editor": "editor",
    "editorial-director": "editor",
}
_CONTAINERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_PUBLISHERS = {"phdthesis": "school", "mastersthesis": "school", "techreport": "institution"}
# What is read beside that, and what only programs use.
_OTHERS = {"container-title", "publisher", "genre", "issued", "accessed", "number", "collection-number"}
_FOR_PROGRAMS = {
    "id", "type", "categories", "citation-key", "citation-label", "container-title-short",
    "journalAbbreviation", "shortTitle", "source", "archive", "archive_location", "call-number", "custom",
    "page-first", "citation-number", "first-reference-note-number", "schema",
}  # fmt: skip
_MASTERS = re.compile(r"\bmaster|\bm\.?\s?(?:a|sc|phil)\b|\bdiplom", re.IGNORECASE)
_TAG = re.compile(r"</?(?:i|b|em|strong|su[bp]|span)(?:\s[^<>]*)?>", re.IGNORECASE)
_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "{": "", "}": ""}
_YEAR = re.compile(r"(?P<year>-?\d{1,4})(?:-(?P<month>0[1-9]|1[0-2]))?(?!\d)")
_HARD = re.compile(r",|\band\b", re.IGNORECASE)  # what BibTeX reads in a name
_MONTHS_OF_YEAR = len(MONTHS)


@dataclass(frozen=True)
class Library:
    """Works by their keys. unreadable: where what is no work is. left: what BibTeX has no field for."""

    works: Mapping[str, Work] = field(default_factory=dict)
    unreadable: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def read(value: Any) -> Library:
    """Read the works of a file. value: of the whole, or of `references` in front matter."""
    works: dict[str, Work] = {}
    unreadable = []
    left: dict[str, None] = {}
    for number, item in enumerate(_items(value), 1):
        key = _text(item.get("id")) if isinstance(item, dict) else ""
        if not key:
            unreadable.append(f": work {number} has no id")
            continue
        works.setdefault(key, bibtex.for_bibtex(_work(key, item)))
        left |= dict.fromkeys(_left(item))
    return Library(works, tuple(unreadable), tuple(sorted(left)))


def _items(value: Any) -> list[Any]:
    """Return the items: of a list, or of an object with one."""
    if isinstance(value, dict):
        value = next((value[name] for name in ("references", "items") if name in value), [value])
    return value if isinstance(value, list) else []


def _work(key: str, item: Mapping[str, Any]) -> Work:
    kind = _TYPES.get(_text(item.get("type")), "misc")
    if kind == "phdthesis" and _MASTERS.search(_text(item.get("genre"))):
        kind = "mastersthesis"
    fields = {ours: _latex(item[name]) for name, ours in _FIELDS.items() if name in item}
    for name, ours in _PEOPLE.items():
        fields.setdefault(ours, " and ".join(_people(item.get(name))))
    if "title" in fields:
        fields["title"] = f"{{{fields['title']}}}" if fields["title"] else ""  # whose case is the author's
    fields[_CONTAINERS.get(kind, "howpublished")] = _latex(item.get("container-title"))
    fields[_PUBLISHERS.get(kind, "publisher")] = _latex(item.get("publisher"))
    number = _latex(item.get("number")) or _latex(item.get("collection-number"))
    fields["number"] = fields.get("number") or number
    if kind in _PUBLISHERS and _latex(item.get("genre")):
        fields["type"] = _latex(item.get("genre"))
    year, month = _date(item.get("issued"))
    seen = "-".join(_date_parts(item.get("accessed")))
    fields |= {"year": year, "month": month, "urldate": seen}
    fields["pages"] = fields.get("pages", "").replace("\N{EN DASH}", "--")
    return Work(key, kind, {name: text for name, text in fields.items() if text})


def _left(item: Mapping[str, Any]) -> Iterator[str]:
    known = {*_FIELDS, *_PEOPLE, *_OTHERS, *_FOR_PROGRAMS}
    yield from (name for name, value in item.items() if name not in known and value not in (None, "", [], {}))


def _text(value: Any) -> str:
    """Return a text without its marks of formatting."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(_TAG.sub("", str(value)).split())


def _latex(value: Any) -> str:
    return re.sub(
        r"[\\~{}]|(?<!\\)[&%#_]", lambda match: _SPECIAL.get(match[0], rf"\{match[0]}"), _text(value)
    )


def _people(value: Any) -> Iterator[str]:
    """Yield names as BibTeX writes them: von Last, Jr, First."""
    for person in value if isinstance(value, list) else [value]:
        if isinstance(person, dict):
            names = {name: _latex(part) for name, part in person.items()}
            family, given = names.get("family", ""), names.get("given", "")
            particles = (names.get("dropping-particle", ""), names.get("non-dropping-particle", ""))
            last = " ".join(filter(None, (*particles, _whole(family))))
            if family:
                yield ", ".join(filter(None, (last, _whole(names.get("suffix", "")), _whole(given))))
            elif text := names.get("literal") or names.get("name") or given:
                yield f"{{{text}}}"
        elif text := _latex(person):
            yield f"{{{text}}}"


def _whole(name: str) -> str:
    return f"{{{name}}}" if _HARD.search(name) else name


def _date(value: Any) -> tuple[str, str]:
    """Return year and month of a date, or what else it says in place of the year."""
    parts = _date_parts(value)
    if not parts:
        return _latex(value.get("literal") or value.get("raw")) if isinstance(value, dict) else "", ""
    year, number = parts[0], int(parts[1]) if len(parts) > 1 else 0
    month = MONTHS[number - 1] if 1 <= number <= _MONTHS_OF_YEAR else ""
    return (f"{year.lstrip('-')} BCE" if year.startswith("-") else year), month


def _date_parts(value: Any) -> list[str]:
    """Return year, month, and day of a date, or of the first of two."""
    if isinstance(value, list):
        return _date_parts(value[0]) if value else []
    if isinstance(value, dict):
        if "date-parts" in value:
            parts = value["date-parts"]
            first = parts[0] if isinstance(parts, list) and parts else []
            texts = [_text(part) for part in first] if isinstance(first, list) else []
            numbers = [text for text in texts if re.fullmatch(r"-?[0-9]{1,4}", text)]
            return [numbers[0], *(number.zfill(2) for number in numbers[1:3])] if numbers else []
        if "year" in value:
            names = [_text(value.get(name)) for name in ("year", "month", "day")]
            return _date_parts({"date-parts": [[name for name in names if name]]})
        return _date_parts(_text(value.get("raw")) or _text(value.get("literal")))
    match = _YEAR.match(_text(value))
    return [part for part in (match["year"], match["month"]) if part] if match else []
