"""A post that cites works has their references, on its page and wherever else it is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from helpers import read_html, searchable, texts
from lxml import etree
from sphinx.errors import ConfigError
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # it is documented

ATOM = "{http://www.w3.org/2005/Atom}"
CONF = """\
project = blog_title = "Heat"
extensions = ["myst_parser", "ablog", "postdocs", "sphinxcontrib.bibtex"]
blog_baseurl = html_baseurl = "https://heat.example/"
blog_post_pattern = "posts/*.md"
bibtex_bibfiles = ["works.bib"]
postdocs_strict = True
html_theme = "basic"
"""
WORKS = r"""
@book{marsh1901,
  author = {Marsh, In{\'e}s},
  title = {On the {Warmth} of Stones},
  publisher = {Harbour Press},
  year = {1901},
  url = {https://example.org/stones},
}
@article{okoro1950,
  author = {Okoro, Ada and van der Berg, Jan},
  title = {Cooling},
  journal = {Annals},
  year = {1950},
  doi = {https://doi.org/10.1000/cooling},
}
@misc{evil1999, author = {Evil, E.}, title = {Run}, year = {1999},
  url = {javascript:alert(1)}}
@misc{nameless, note = {A note}}
@article{lacking1960, title = {Without a journal}, year = {1960}}
@thesis{vance2003, author = {Vance, Ola and others}, title = {Ovens}, year = {2003}}
@conference{reed2004, author = {Reed, P.}, title = {Kilns}, booktitle = {Proceedings}, year = {2004}}
"""
POSTS = {
    "a": "As {cite:t}`marsh1901` explains, stones warm {cite}`okoro1950`.\n\n## More\n\n{cite}`evil1999`\n",
    "b": "{cite}`{see}Marsh1901{p. 3}` again.\n\n## Sources\n\n```{bibliography}\n```\n\n## End\n\nEnd.\n",
    "c": "By {cite}`marsh1910`, and\n{cite}`nothing-like-it,marsh1901`.\n",
    "d": "By {cite}`Lacking1960` and {cite}`okoro1950`.\n",
    "e": "Nothing.\n\n```{bibliography}\n```\n",
    "f": "Alle {cite}`okoro1950`.\n\n```{bibliography}\n:filter: docname in docnames\n:keyprefix: f-\n```\n",
    "g": "Sieh {cite}`okoro1950`.\n",
    "h": "Only {cite}`unmet1990`.\n",
    "i": "By {cite}`okoro1950,`, {cite:t}`okoro1950 marsh1901`.\n",
    "j": "By {cite}`vance2003,reed2004`.\n",
    "k": "Text.[^a]\n\n## More\n\nEnd.\n\n[^a]: By {cite:t}`marsh1901`.[^b]\n\n[^b]: {cite}`okoro1950`\n",
    "l": "By {cite}`nameless`.\n",
}
PAGE = (
    "# Page\n\nAs {cite:t}`marsh1901` has it.[^a]\n\n## Sources\n\n```{bibliography}\n"
    ":filter: docname in docnames\n```\n\n[^a]: See {cite}`okoro1950`.\n"
)
EXTRA = {"g": "language: de\n"}


@dataclass(frozen=True)
class Built:
    """The output, and the warnings."""

    out: Path
    warnings: list[str]

    def page(self, name: str) -> Any:
        """Return the page of a post."""
        return read_html(self.out / f"posts/{name}/index.html")

    def item(self, name: str) -> dict[str, Any]:
        """Return the item of a post in the JSON feed."""
        items = json.loads((self.out / "blog/feed.json").read_bytes())["items"]
        (item,) = [item for item in items if item["title"] == f"Post {name}"]
        return dict(item)


def write(folder: Path) -> Path:
    """Write the sources of the site."""
    (folder / "posts").mkdir()
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "index.md").write_text("# Home\n", encoding="utf-8")
    (folder / "page.md").write_text(PAGE, encoding="utf-8")
    (folder / "works.bib").write_text(WORKS, encoding="utf-8")
    for day, (name, text) in enumerate(POSTS.items(), 1):
        front = f"---\ntitle: Post {name}\ndate: 2024-03-{day:02}\n{EXTRA.get(name, '')}---\n\n"
        (folder / f"posts/{name}.md").write_text(front + text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """A site whose posts cite."""
    folder = write(tmp_path_factory.mktemp("cite"))
    warning = StringIO()
    app = SphinxTestApp("dirhtml", srcdir=folder, warning=warning)
    app.build()
    warnings = strip_escape_sequences(warning.getvalue()).replace(f"{folder}/", "").splitlines()
    yield Built(Path(app.outdir), warnings)
    app.cleanup()


def test_a_page_lists_what_it_cites_where_it_says_so(site: Built) -> None:
    """Works that posts cite as well, and those of its footnotes, in one list."""
    page = read_html(site.out / "page/index.html")
    assert page.xpath("//section[@id='sources']//li/@id") == ["ref-marsh1901", "ref-okoro1950"]
    assert "#ref-marsh1901" in page.xpath("//p/span[@class='bibtex-citation']/a/@href")
    assert not [line for line in site.warnings if line.startswith("page.md") and "bibtex" in line]


def test_a_post_ends_with_what_it_cites(site: Built) -> None:
    """Under a title, sorted and printed in the style of the site, each where its citations lead."""
    page = site.page("a")
    (section,) = page.xpath("//section[@id='references']")
    assert section.xpath("string(h2/text())") == "References"
    assert [text.partition(" ")[0] for text in texts(section, "references")[0].split("[")[1:]] == [
        "Evi99]",
        "Mar01]",
        "OvdB50]",
    ]
    assert page.xpath("//a[text()='Mar01']/@href") == ["#ref-marsh1901"]
    assert len(page.xpath("//li[@id='ref-marsh1901']")) == 1
    assert "Inés Marsh" in section.text_content()


def test_a_plain_directive_says_where_they_stand(site: Built) -> None:
    """Without a filter it has what its own post cites; without citations it is nothing."""
    page = site.page("b")
    (entry,) = page.xpath("//section[@id='sources']//li")
    assert entry.get("id") == "ref-marsh1901"
    assert "[see Mar01, p. 3] again." in page.text_content()
    assert not page.xpath("//section[@id='references']")
    assert not site.page("e").find_class("references")


def test_directives_with_options_are_the_extensions(site: Built) -> None:
    """A post with one is left alone, and so is the warning of the extension."""
    assert any("posts/f.md" in line and '"okoro1950"' in line for line in site.warnings)
    assert not site.page("f").find_class("references")


def test_footnotes_cite_as_the_text_does(site: Built) -> None:
    """Also those that only other footnotes refer to."""
    page = site.page("k")
    (section,) = page.xpath("//section[@id='references']")
    assert len(section.xpath(".//li")) == 2
    assert page.xpath("//aside//a[text()='OvdB50']/@href") == ["#ref-okoro1950"]


def test_links_run_nothing(site: Built) -> None:
    """An address that is a script is left out."""
    assert not site.page("a").xpath("//a[contains(@href, 'javascript')]")
    assert "javascript:" not in str(site.item("a")["_references"])


def test_what_is_missing_is_one_line(site: Built) -> None:
    """With file and line, and the key that is probably meant; the rest of the post is as it would be."""
    lines = [line.partition(" [")[0] for line in site.warnings if "cite: " in line]
    assert lines == [
        "posts/c.md:6: WARNING: cite: marsh1910 is not in works.bib; did you mean marsh1901?",
        "posts/c.md:6: WARNING: cite: nothing-like-it is not in works.bib; add it, or correct the key",
        "posts/d.md:6: WARNING: cite: missing author in lacking1960; complete the entry in works.bib",
        "posts/h.md:6: WARNING: cite: unmet1990 is not in works.bib; add it, or correct the key",
        "posts/i.md:6: WARNING: cite: 'okoro1950,' is no list of keys; separate keys with commas",
        "posts/i.md:6: WARNING: cite: 'okoro1950 marsh1901' is no list of keys; separate keys with commas",
        "posts/l.md:6: WARNING: cite: missing author and title in nameless; complete the entry in works.bib",
    ]
    assert "By [nameless]." in site.page("l").text_content()
    assert "By [marsh1910], and [Mar01]." in " ".join(site.page("c").text_content().split())
    assert "By [Lacking1960] and [OvdB50]." in site.page("d").text_content()
    assert "By [okoro1950,], [okoro1950 marsh1901]." in site.page("i").text_content()


def test_entries_of_biblatex_are_printed(site: Built) -> None:
    """A type that the style doesn't know is printed as any other work, and `others` is nobody's name."""
    (section,) = site.page("j").xpath("//section[@id='references']")
    assert "Ola Vance and others. Ovens. 2003." in section.text_content()
    assert "Reed. Kilns. In Proceedings. 2004." in section.text_content()
    scripts = site.page("j").xpath("//script[@type='application/ld+json']/text()")
    (post,) = [data for data in map(json.loads, scripts) if data["@type"] == "BlogPosting"]
    assert [work["@type"] for work in post["citation"]] == ["ScholarlyArticle", "Thesis"]
    assert [person["name"] for person in post["citation"][1]["author"]] == ["Ola Vance"]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("@misc{a, title = b}", r"works\.bib:1: undefined string: b; correct"),
        ("\n@misc{a, title = }", r"works\.bib:2: .* expected; correct"),
    ],
)
def test_what_is_no_bibtex_names_file_and_line(tmp_path: Path, entry: str, message: str) -> None:
    """It ends the build."""
    folder = write(tmp_path)
    (folder / "works.bib").write_text(entry, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        SphinxTestApp("dirhtml", srcdir=folder, warning=StringIO())


_DOUBTFUL = r"""
@string{harbour = {Harbour Press}}
@preamble{"\newcommand{\x}{x}"}
@misc{a1990, title = {First}, author = {A}, year = 1990}

@misc{A1990, title = {Second}, author = {A}, year = 1990}
@misc{b1991, title = {Third}, title = {Fourth}, author = {B}, year = 1991, note = harbour}
@misc{c1992, title = {Fifth}, author = {C, D, E, F}, year = 1992}
"""


def test_what_is_doubtful_in_a_bibliography_costs_nothing_else(tmp_path: Path) -> None:
    """It is told with file and line; of two, the first one counts, and the entries below are there."""
    folder = write(tmp_path)
    (folder / "works.bib").write_text(_DOUBTFUL, encoding="utf-8")
    post = "---\ndate: 2024-01-01\n---\n# A\n\n{cite}`a1990,b1991,c1992`\n"
    (folder / "posts/a.md").write_text(post, encoding="utf-8")
    settings = {"bibtex_bibfiles": ["works.bib", "lost.bib"]}
    app = SphinxTestApp("dirhtml", srcdir=folder, warning=StringIO(), confoverrides=settings)
    app.build()
    text = read_html(Path(app.outdir, "posts/a/index.html")).text_content()
    assert all(word in text for word in ("First", "Third", "Harbour Press", "Fifth"))
    assert "Second" not in text
    assert "Fourth" not in text
    warnings = strip_escape_sequences(app.warning.getvalue()).replace(f"{folder}/", "").splitlines()
    assert [line.partition(" [")[0] for line in warnings if ".bib" in line and "cite" not in line] == [
        "works.bib:6: WARNING: repeated bibliography entry: A1990; correct the entry",
        "works.bib:7: WARNING: entry with key b1991 has a duplicate title field; correct the entry",
        "works.bib:8: WARNING: Too many commas in 'C, D, E, F'; correct the entry",
        "WARNING: bibtex_bibfiles: lost.bib is not there; correct the setting, or add the file",
    ]
    app.cleanup()


def test_each_post_of_one_long_page_has_its_own_references(tmp_path: Path) -> None:
    """Posts that cite the same work lead to their own lists, also a post that is inside another."""
    folder = write(tmp_path)
    (folder / "index.md").write_text("# Home\n\n```{toctree}\nposts/a\nposts/b\n```\n", encoding="utf-8")
    with (folder / "posts/b.md").open("a", encoding="utf-8") as file:
        file.write("\n```{toctree}\nd\n```\n")
    app = SphinxTestApp("singlehtml", srcdir=folder, warning=StringIO())
    app.build()
    page = read_html(Path(app.outdir, "index.html"))
    for post, count in (("a", 3), ("b", 1), ("d", 1)):
        entries = page.xpath(f"//li[starts-with(@id, 'document-posts/{post}-ref-')]/@id")
        assert len(entries) == len({*entries}) == count
        links = page.xpath(f"//a[starts-with(@href, '#document-posts/{post}-ref-')]/@href")
        assert {*links} == {f"#{entry}" for entry in entries}
    app.cleanup()


def test_summaries_search_and_feeds_have_the_words_of_citations(site: Built) -> None:
    """No sentence loses its subject; in lists, where the references are not, they are no links."""
    sentence = "As Marsh [Mar01] explains, stones warm [OvdB50]."
    assert site.item("a")["summary"] == sentence
    assert sentence in searchable(site.out)["/posts/a/"]["content"]
    assert site.page("a").xpath("//meta[@name='description']/@content") == [sentence]


def test_feeds_carry_references(site: Built) -> None:
    """As a list below a title in the text, as members of the JSON feed, and as links of the Atom feed."""
    item = site.item("a")
    assert "<h2>References</h2>\n<ul>\n<li" in item["content_html"]
    assert item["_references"][2] == {
        "url": "https://doi.org/10.1000/cooling",
        "doi": "https://doi.org/10.1000/cooling",
        "title": "Cooling",
        "publicationYear": "1950",
        "unstructured": "Ada Okoro and Jan van der Berg. Cooling. Annals, 1950. doi:10.1000/cooling.",
    }
    entries = etree.parse(site.out / "blog/atom.xml").iter(f"{ATOM}entry")
    (entry,) = [entry for entry in entries if entry.findtext(f"{ATOM}title") == "Post a"]
    links = [link.get("href") for link in entry.iter(f"{ATOM}link") if link.get("rel") == "related"]
    assert links == ["https://example.org/stones", "https://doi.org/10.1000/cooling"]


def test_structured_data_cites(site: Built) -> None:
    """Search engines get each work as what it is, with its authors, year, and identifier."""
    scripts = site.page("a").xpath("//script[@type='application/ld+json']/text()")
    (post,) = [data for data in map(json.loads, scripts) if data["@type"] == "BlogPosting"]
    book, article = post["citation"][1:]
    assert (book["@type"], book["name"]) == ("Book", "On the Warmth of Stones")
    assert article["identifier"] == "https://doi.org/10.1000/cooling"
    assert [person["name"] for person in article["author"]] == ["Ada Okoro", "Jan van der Berg"]


def test_the_title_is_in_the_language_of_the_post(site: Built) -> None:
    """As the other words that the site adds to it."""
    assert site.page("g").xpath("string(//section[@id='references']/h2/text())") == "Literatur"


def test_a_changed_bibliography_changes_its_posts(tmp_path: Path) -> None:
    """In the process that has read it already; and what is no BibTeX names its line."""
    folder = write(tmp_path)
    app = SphinxTestApp("dirhtml", srcdir=folder, warning=StringIO())
    app.build()
    more = (
        f"{WORKS.replace('Warmth', 'Cold, and Warmth,')}@misc{{unmet1990, author = {{U}}, title = {{Met}}}}\n"
    )
    (folder / "works.bib").write_text(more, encoding="utf-8")
    app.build()
    page = Path(app.outdir, "posts/b/index.html").read_text(encoding="utf-8")
    assert "Cold, and Warmth," in page
    assert "Met." in Path(app.outdir, "posts/h/index.html").read_text(encoding="utf-8")
    (folder / "works.bib").write_text(f"{WORKS}@book{{open, title = {{\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"works\.bib:\d+: premature end of file; correct the entry"):
        app.build()
    app.cleanup()
