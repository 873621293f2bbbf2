"""How others cite a post: in the formats that reference managers read, and in the style of the APA."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urljoin

from babel.dates import format_date

from postdocs.core.scholarly import License, doi_url
from postdocs.sphinx_ext.blog.posts import BlogPost
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.config import address_of

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
_URL = str.maketrans({character: quote(character) for character in "{}\\"})
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Name:
    """A person's name, in the parts that sort it. given: empty for a name of one word, or of a group."""

    family: str
    given: str = ""

    @property
    def inverted(self) -> str:
        """As lists of references have it: `Lovelace, Ada`."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def initials(self) -> str:
        """As the APA has it: `Lovelace, A.`."""
        letters = ("-".join(f"{part[0]}." for part in word.split("-") if part) for word in self.given.split())
        return f"{self.family}, {' '.join(letters)}" if self.given else self.family


@dataclass(frozen=True)
class Citation:
    """What a reference to a post consists of. language: a tag of BCP 47. url, doi: empty if it has none."""

    authors: tuple[Name, ...]
    title: str
    published: date
    site: str
    language: str
    url: str = ""
    doi: str = ""

    @property
    def address(self) -> str:
        """Where a reference leads: a DOI lasts longer than the address of a page."""
        return doi_url(self.doi) if self.doi else self.url

    @property
    def key(self) -> str:
        """A name for it in a bibliography, in letters that all programs take: `lovelace1843notes`."""
        words = (word for word in re.findall(r"\w+", self.title) if len(word) > len("the"))
        author, word = (
            re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", text).lower())
            for text in (self.authors[0].family if self.authors else self.site, next(words, ""))
        )
        if not author and not word:  # in other letters, all posts of a year would have one name
            return f"post{self.published:%Y%m%d}"
        return f"{author}{self.published.year}{word}"


def citation_of(build: Build, post: BlogPost) -> Citation | None:
    """Return how to cite a post; None for a draft without a date."""
    if post.date is None:
        return None
    base = address_of(build.config)
    own = urljoin(base, build.builder.get_target_uri(post.docname)) if base else ""
    return Citation(
        authors=tuple(name_of(str(author)) for author in post.author),
        title=post.title,
        published=post.date.date(),
        site=build.blog.blog_title,
        language=post.written_in.tag,
        url=post.external_link or post.canonical_link or own,
        doi=post.record.doi or "",
    )


def name_of(text: str) -> Name:
    """Take a name apart. What stands before a comma is the family's; else the last word and particles before.

    `Ada King-Noel`, `Noel, Ada`, `Guido van Rossum` and `John Smith Jr.` come apart as their owners do it; a
    name without a space stays whole.
    """
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma:
        return Name(family, given)
    words = text.split()
    if words and words[0].lower() == "the":  # a group
        return Name(" ".join(words))
    at = len(words) - 1
    if at > 1 and _SUFFIX.fullmatch(words[at]):
        at -= 1
    while at > 1 and words[at - 1].islower():
        at -= 1
    return Name(" ".join(words[at:]), " ".join(words[:at])) if at > 0 else Name(text.strip())


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
    text = name.inverted.translate(_LATEX)
    return text if name.given else f"{{{text}}}"  # else a group would be taken apart at its spaces


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
