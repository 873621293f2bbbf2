"""References to a post in the formats that reference managers read, and in the style of the APA."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

from babel.dates import format_date

from postdocs.core.scholarly import License
from postdocs.sphinx_ext.head.citation import Citation, Name

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LATEX = str.maketrans(
    {
        **{character: f"\\{character}" for character in "$&%#_"},
        # BibTeX counts braces, those after a backslash too.
        "{": "\\textbraceleft{}",
        "}": "\\textbraceright{}",
        "\\": "\\textbackslash{}",
        "^": "\\textasciicircum{}",
        "~": "\\textasciitilde{}",
    }
)
_PARTED = re.compile(r",|\band\b", re.IGNORECASE)  # what takes a list of names apart
_URL = str.maketrans({character: quote(character) for character in "{}\\"})


def apa(citation: Citation) -> tuple[str, str]:
    """Return what a reference in the style of the APA (7th edition, 10.15) has before and after the title."""
    *others, last = [name.initials for name in citation.authors] or [citation.site]
    people = f"{', '.join(others)}, & {last}" if others else last
    day = format_date(citation.published, "y, MMMM d", locale="en")
    return f"{people} ({day}). ", f". {citation.site}." + (f" {citation.address}" if citation.address else "")


def bibtex(citation: Citation) -> str:
    """Return an entry for BibTeX and biblatex."""
    fields = {
        "author": " and ".join(_latex_name(name) for name in citation.authors),
        "title": f"{{{citation.title.translate(_LATEX)}}}",  # in braces, so that no style changes its case
        "howpublished": citation.site.translate(_LATEX),
        "year": str(citation.published.year),
        "doi": citation.doi.translate(_URL),
        "url": citation.url.translate(_URL),
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    lines.insert(-1, f"  month = {_MONTHS[citation.published.month - 1]},")
    return "\n".join([f"@misc{{{citation.key},", *lines, "}"])


def _latex_name(name: Name) -> str:
    family, given = (
        f"{{{text}}}" if _PARTED.search(text) else text
        for text in (part.translate(_LATEX) for part in (name.family, name.given))
    )
    if given:
        return f"{family}, {given}"
    return family if family.startswith("{") else f"{{{family}}}"  # a group is not taken apart at its spaces


def ris(citation: Citation) -> str:
    """Return a record of RIS."""
    fields = [
        ("TY", "BLOG"),
        *(("AU", name.inverted) for name in citation.authors),
        ("TI", citation.title),
        ("T2", citation.site),
        ("DA", f"{citation.published:%Y/%m/%d}"),
        ("LA", citation.language),
        ("DO", citation.doi),
        ("UR", citation.url),
    ]
    return "\n".join([*(f"{tag}  - {value}" for tag, value in fields if value), "ER  - "])


def csl_json(citation: Citation) -> str:
    """Return an item of CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html)."""
    people = [
        {"family": name.family, "given": name.given} if name.given else {"literal": name.family}
        for name in citation.authors
    ]
    day = citation.published
    item = {
        "id": citation.key,
        "type": "post-weblog",
        "author": people,
        "title": citation.title,
        "container-title": citation.site,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "language": citation.language,
        "DOI": citation.doi,
        "URL": citation.url,
    }
    return json.dumps([{key: value for key, value in item.items() if value}], ensure_ascii=False, indent=2)


def downloads(citation: Citation) -> Iterator[tuple[str, str, str]]:
    """Yield files for reference managers: the name of the format, that of the file, and its address.

    The address holds the whole file (RFC 2397): a page that few take it from needs no more files.
    """
    formats = (
        ("BibTeX", "bib", "application/x-bibtex", bibtex(citation)),
        ("RIS", "ris", "application/x-research-info-systems", ris(citation)),
        ("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_json(citation)),
    )
    for name, suffix, type_, text in formats:
        yield name, f"{citation.key}.{suffix}", f"data:{type_};charset=utf-8,{quote(text, safe='')}%0A"


def metadata(citation: Citation, license_: License | None) -> Iterator[tuple[str, str]]:
    """Yield what Google Scholar and reference managers read in the head of a page, by name.

    Google Scholar asks for `citation_title`, `citation_author` and `citation_publication_date`
    (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing); the rest is Dublin Core. Zotero
    takes what has such a title for an article of a journal, unless it is told what it is.
    """
    day = f"{citation.published:%Y/%m/%d}"
    yield "citation_title", citation.title
    yield from (("citation_author", name.inverted) for name in citation.authors)
    yield "citation_publication_date", day
    yield "citation_language", citation.language
    if citation.doi:
        yield "citation_doi", citation.doi
    if citation.url:
        yield "citation_public_url", citation.url
    yield "z:itemType", "blogPost"
    yield "DC.title", citation.title
    yield from (("DC.creator", name.inverted) for name in citation.authors)
    yield "DC.date", citation.published.isoformat()
    yield "DC.publisher", citation.site
    yield "DC.language", citation.language
    if citation.address:
        yield "DC.identifier", citation.address
    if license_:
        yield "DC.rights", license_.url or license_.name
