"""A post can be cited: in the formats of reference managers, in the head of its page, and by feeds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from io import StringIO
from urllib.parse import unquote

import pytest
from helpers import read_html
from lxml import etree
from pybtex.database import parse_string
from pybtex.richtext import Text
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.head.citation import Citation, Name, name_of, numbered
from postdocs.sphinx_ext.head.citation_formats import apa, bibtex, csl_json, downloads, ris

ATOM = "{http://www.w3.org/2005/Atom}"
ORCID = "https://orcid.org/0000-0002-1825-0097"
DOI = "https://doi.org/10.5281/zenodo.1234567"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
NOTES = Citation(
    authors=(Name("Lovelace", "Ada"), Name("van Rossum", "Jean-Paul B.")),
    title="Notes on 50% of {A} & B_1",
    published=date(1843, 9, 5),
    site="Engine & Co",
    language="en",
    url="https://example.org/notes/",
    doi="10.5281/zenodo.1234567",
)


@pytest.mark.parametrize(
    ("text", "family", "given"),
    [
        ("Ada Lovelace", "Lovelace", "Ada"),
        ("Lovelace, Ada", "Lovelace", "Ada"),
        ("Guido van Rossum", "van Rossum", "Guido"),
        ("Ludwig Mies van der Rohe", "van der Rohe", "Ludwig Mies"),
        ("John Smith Jr.", "Smith Jr.", "John"),
        ("bell hooks", "hooks", "bell"),
        ("Plato", "Plato", ""),
        ("The Core Team", "The Core Team", ""),
        ("紫式部", "紫式部", ""),
    ],
)
def test_a_name_has_its_parts(text: str, family: str, given: str) -> None:
    """Particles and suffixes stay with the family's name; groups and single names stay whole."""
    assert name_of(text) == Name(family, given)


def test_braces_of_bibtex_are_in_pairs() -> None:
    """BibTeX counts them, behind a backslash too; one that is alone in a title or address ends no entry."""
    odd = replace(NOTES, title="Sets { and }}, \\", url="https://example.org/}{", doi="")
    text = bibtex(odd)
    depth = 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert "  url = {https://example.org/%7D%7B}," in text.splitlines()


@pytest.mark.parametrize(
    ("family", "title", "key"),
    [
        ("Núñez", "On the Élan", "nunez1843elan"),
        ("紫式部", "Genji 2", "1843genji"),
        ("紫式部", "源氏物語", "post18430905"),
        ("", "!!!", "post18430905"),
    ],
)
def test_a_key_has_letters_that_all_programs_take(family: str, title: str, key: str) -> None:
    """Where name and title have none, the day tells posts apart."""
    assert replace(NOTES, authors=(Name(family),), title=title).key == key


def test_names_stay_whole_in_bibtex() -> None:
    """It takes lists of names apart at each `and`, and names at each comma and space."""
    names = (Name("Salt and Pepper"), Name("Rossi, figli"), Name("Marsh", "Ann and Bo"), Name("Plato"))
    (line,) = [line for line in bibtex(replace(NOTES, authors=names)).splitlines() if "author" in line]
    assert line == "  author = {{Salt and Pepper} and {Rossi, figli} and Marsh, {Ann and Bo} and {Plato}},"


@pytest.mark.parametrize(
    "title", ["50% of {A} & B_1 # $5", "} and {", "Ça \\ va ~ ^", '“Quoted”, "plain"', "@misc{x,"]
)
def test_another_reader_of_bibtex_reads_the_same(title: str) -> None:
    """Each entry is whole, with all of its people, whatever its title has in it."""
    names = (Name("Salt and Pepper"), Name("van Rossum", "Guido"), Name("Núñez, S.A."))
    citations = [replace(NOTES, title=title, authors=names), NOTES]
    data = parse_string("\n\n".join(map(bibtex, citations)), "bibtex")
    first = next(iter(data.entries.values()))
    assert len(data.entries) == 2
    people = [Text.from_latex(str(person)) for person in first.persons["author"]]
    assert [str(person) for person in people] == ["Salt and Pepper", "van Rossum, Guido", "Núñez, S.A."]
    assert first.fields["url"] == NOTES.url


def test_keys_are_unique_and_stay() -> None:
    """Posts of one name are numbered from the oldest, which keeps its key when others are added."""
    other = replace(NOTES, title="Other notes")
    keys = [citation.key for citation in numbered([NOTES, other, NOTES, NOTES])]
    assert keys == [
        "lovelace1843notes",
        "lovelace1843other",
        "lovelace1843notes-2",
        "lovelace1843notes-3",
    ]


def test_files_hold_what_they_say() -> None:
    """Each is in its own address, with all that means something there escaped."""
    for _, name, address in downloads(replace(NOTES, title="É & % # “x”")):
        assert name.startswith("lovelace1843")
        head, _, text = address.partition(",")
        assert head.startswith("data:application/")
        assert not {"#", "&", '"', " ", "\n"} & {*text}
        assert "É" in unquote(text)


def test_bibtex_reads_what_it_gets() -> None:
    """What means something to LaTeX is escaped, and the title keeps its capitals."""
    assert bibtex(NOTES).splitlines() == [
        "@misc{lovelace1843notes,",
        "  author = {Lovelace, Ada and van Rossum, Jean-Paul B.},",
        r"  title = {{Notes on 50\% of \textbraceleft{}A\textbraceright{} \& B\_1}},",
        r"  howpublished = {Engine \& Co},",
        "  year = {1843},",
        "  doi = {10.5281/zenodo.1234567},",
        "  month = sep,",
        "  url = {https://example.org/notes/},",
        "}",
    ]


def test_the_other_formats() -> None:
    """RIS, CSL-JSON and the style of the APA say the same."""
    assert ris(NOTES).splitlines()[:3] == [
        "TY  - BLOG",
        "AU  - Lovelace, Ada",
        "AU  - van Rossum, Jean-Paul B.",
    ]
    assert ris(NOTES).endswith("UR  - https://example.org/notes/\nER  - ")
    (item,) = json.loads(csl_json(NOTES))
    assert item["author"][0] == {"family": "Lovelace", "given": "Ada"}
    assert item["issued"] == {"date-parts": [[1843, 9, 5]]}
    assert apa(NOTES) == (
        "Lovelace, A., & van Rossum, J.-P. B. (1843, September 5). ",
        f". Engine & Co. {DOI}",
    )


POST = """---
title: A <b>measured</b> "law"
date: 2024-02-01
author: [Ada Lovelace]
doi: https://doi.org/10.5281/zenodo.1234567
license: CC-BY-4.0
---

Text.
"""


@pytest.mark.sphinx(
    "dirhtml", testroot="blog", confoverrides={"postdocs_authors": {"Ada Lovelace": {"orcid": ORCID}}}
)
def test_a_page_says_how_to_cite_it(app: SphinxTestApp, warning: StringIO) -> None:
    """Readers, search engines, reference managers and feeds get DOI, license and ORCID iD."""
    (app.srcdir / "posts/2024/law.md").write_text(POST, encoding="utf-8")
    app.build()
    assert warning.getvalue() == ""
    root = read_html(app.outdir / "posts/2024/law/index.html")
    (box,) = root.find_class("post-cite")
    assert box.xpath(".//pre")[1].text_content().startswith("@misc{lovelace2024measured,")
    files = {link.get("download"): unquote(link.get("href")) for link in box.xpath(".//a[@download]")}
    assert {name: text.partition(",")[2][:6] for name, text in files.items()} == {
        "lovelace2024measured.bib": "@misc{",
        "lovelace2024measured.ris": "TY  - ",
        "lovelace2024measured.json": "[\n  {\n",
    }
    assert box.xpath(".//pre/cite/text()") == ['A <b>measured</b> "law"']
    assert root.xpath("//a[@rel='license']/@href") == [LICENSE]
    metas = {meta.get("name"): meta.get("content") for meta in root.iter("meta") if meta.get("name")}
    assert metas["citation_author"] == "Lovelace, Ada"
    assert metas["citation_publication_date"] == "2024/02/01"
    assert metas["citation_doi"] == "10.5281/zenodo.1234567"
    assert metas["z:itemType"] == "blogPost"
    assert (metas["DC.identifier"], metas["DC.rights"]) == (DOI, LICENSE)
    structured = map(json.loads, root.xpath("//script[@type='application/ld+json']/text()"))
    (post,) = [item for item in structured if item["@type"] == "BlogPosting"]
    assert (post["identifier"], post["license"], post["author"][0]["@id"]) == (DOI, LICENSE, ORCID)
    entries = (app.outdir / "blog/posts.bib").read_text(encoding="utf-8").split("\n\n")
    assert files["lovelace2024measured.bib"].partition(",")[2].strip() in entries
    assert len(entries) == len({entry.partition(",")[0] for entry in entries}) > 2
    (entry,) = [
        entry
        for entry in etree.parse(app.outdir / "blog/atom.xml").iter(f"{ATOM}entry")
        if "measured" in (entry.findtext(f"{ATOM}title") or "")
    ]
    assert entry.findtext(f"{ATOM}author/{ATOM}uri") == ORCID
    links = {link.get("rel"): link.get("href") for link in entry.iter(f"{ATOM}link")}
    assert (links["cite-as"], links["license"]) == (DOI, LICENSE)
    feed = json.loads((app.outdir / "blog/feed.json").read_text(encoding="utf-8"))
    (item,) = [item for item in feed["items"] if "measured" in item["title"]]
    assert item["_postdocs"] == {"doi": DOI, "license": LICENSE}


@pytest.mark.sphinx(
    "dirhtml",
    testroot="blog",
    confoverrides={"postdocs_authors": {"Ann": {"orcid": "0000-0002-1825-0098"}}, "postdocs_license": "X"},
)
def test_settings_that_name_nothing_are_told(app: SphinxTestApp, warning: StringIO) -> None:
    """A mistyped iD and an unknown license are told, and the site is built without."""
    app.build()
    assert "postdocs_authors: Ann: orcid: '0000-0002-1825-0098' is not an ORCID iD" in warning.getvalue()
    assert "postdocs_license: 'X' is not a license that is known" in warning.getvalue()


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"postdocs_strict": True})
def test_wrong_values_name_their_remedy(app: SphinxTestApp, warning: StringIO) -> None:
    """A DOI and a license in front matter are checked."""
    wrong = POST.replace("https://doi.org/10.5281/zenodo.1234567", "zenodo.1234567").replace(
        "CC-BY-4.0", "free"
    )
    (app.srcdir / "posts/2024/law.md").write_text(wrong, encoding="utf-8")
    app.build()
    first, second = warning.getvalue().splitlines()
    assert "law.md:5: WARNING: doi: 'zenodo.1234567' is not a DOI" in first
    assert "write one like 10.5281/zenodo.1234567" in first
    assert "law.md:6: WARNING: license: 'free' is not a license that is known" in second
