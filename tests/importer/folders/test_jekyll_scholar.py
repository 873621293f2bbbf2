"""Citations of the plugin jekyll-scholar."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from helpers import assert_linear, read_html
from sphinx.testing.util import SphinxTestApp

from importer.folders.jekyll_sites import CONFIG, POST
from importer.folders.trees import NOW, files
from postdocs import cli
from postdocs.importer.entry import Entry
from postdocs.importer.folders.systems import jekyll
from postdocs.importer.sources.model import Source

TIDE = "@book{tide, author = {Tide, Ada}, title = {Low Water}, publisher = {Sea Press}, year = 1999}\n"
EBB = "@article{ebb_20, author = {Ebb, Bo}, title = {On Ebb}, journal = {Sea}, year = {2020}}\n"
BIB = "_bibliography/references.bib"


def blog(body: str, works: dict[str, str] | None = None, config: str = "") -> Source:
    """Return a blog with one post, and bibliographies by their paths."""
    texts = {"_config.yml": CONFIG + config, POST: f"---\ntitle: Neap\n---\n{body}\n"}
    return jekyll.read(files(texts | ({BIB: TIDE + EBB} if works is None else works)), None, NOW)


def post(body: str, works: dict[str, str] | None = None, config: str = "") -> Entry:
    """Return the post of a blog."""
    (entry,) = blog(body, works, config).entries
    return entry


@pytest.mark.parametrize(
    ("tag", "role"),
    [
        ("{% cite tide %}", "{cite:p}`tide`"),
        ("{% cite tide ebb_20 %}", "{cite:p}`tide,ebb_20`"),
        ("{%cite tide, ebb_20%}", "{cite:p}`tide,ebb_20`"),
        ("{% cite tide --locator 12 %}", "{cite:p}`tide{p. 12}`"),
        ("{% cite tide ebb_20 -l 33--35 -l 2 --label chapter %}", "{cite:p}`tide{chap. 33–35},ebb_20{p. 2}`"),
        ("{% cite tide -l '33-35' -L page %}", "{cite:p}`tide{pp. 33-35}`"),
        ("{% cite tide --suppress_author %}", "{cite:yearpar}`tide`"),
        ("{% cite tide --style apa-text --prefix a --file references %}", "{cite:p}`tide`"),
    ],
)
def test_a_citation_is_a_role(tag: str, role: str) -> None:
    """For all works that it names, with the place in each."""
    entry = post(f"As *{tag}* says.")
    assert entry.markdown == f"As *{role}* says.\n"
    targets = role.partition("`")[2].rstrip("`")
    assert f'data-cites="{targets}"' in entry.content
    assert not entry.notes


@pytest.mark.parametrize(
    "tag",
    [
        "{% cite %}",
        "{% cite wave %}",
        "{% cite tide wave %}",
        "{% cite tide --file others %}",
        "{% cite tide --text Ada %}",
        "{% cite tide -l 1 -l 2 %}",
        "{% cite tide -l {1} %}",
        "{% cite_details tide %}",
        "{% bibliography %}",
        "{% bibliography --cited --group_by year %}",
        "{% bibliography --cited --query @book %}",
    ],
)
def test_what_a_role_cannot_say_comes_along_as_text(tag: str) -> None:
    """And is noted, with file and line."""
    entry = post(f"{tag} b")
    assert entry.markdown == f"{tag} b\n"
    assert [note.before for note in entry.notes] == [f"blog/{POST}:4: {tag}"]


def test_works_are_where_the_settings_say() -> None:
    """In a folder, by patterns of names, in more than one file; the first of two with a key goes first."""
    works = {"bib/a.bib": TIDE, "bib/b.bib": TIDE.replace("Low", "High") + EBB, "c.bib": "x"}
    config = "scholar:\n  source: /bib/\n  bibliography: '*.bib'\n"
    source = blog("{% cite tide ebb_20 %}", works, config)
    assert source.works["tide"].fields["title"] == "Low Water"
    assert {*source.works} == {"tide", "ebb_20"}


def test_keys_may_be_those_of_a_post() -> None:
    """Two works with the same key have two here."""
    works = {"_bibliography/a.bib": TIDE, "_bibliography/b.bib": TIDE.replace("Low", "High")}
    source = blog("{% cite tide --file a %} {% cite tide -f b %}", works)
    assert source.entries[0].markdown == "{cite:p}`tide` {cite:p}`tide-2`\n"
    assert [work.fields["title"] for work in source.works.values()] == ["Low Water", "High Water"]


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ('a <d-cite key="tide"></d-cite> b', "a {cite:p}`tide` b"),
        ('a <d-cite key="tide, ebb_20" ></d-cite>', "a {cite:p}`tide,ebb_20`"),
        ('a <d-cite key="wave"></d-cite>', 'a <d-cite key="wave"></d-cite>'),
        ('a <d-cite key=""></d-cite>', 'a <d-cite key=""></d-cite>'),
    ],
)
def test_citations_of_distill_are_roles(text: str, author: str) -> None:
    """Of works in the bibliography that the front matter of a post names, as in al-folio."""
    works = {"assets/bibliography/x.bib": TIDE + EBB}
    texts = {"_config.yml": CONFIG, POST: f"---\ntitle: A\nbibliography: x.bib\n---\n{text}\n"}
    (entry,) = jekyll.read(files({**texts, **works}), None, NOW).entries
    assert entry.markdown == f"{author}\n"


def test_boxes_of_al_folio_have_a_summary() -> None:
    """What is in them is Markdown."""
    entry = post("{% details A *b* %}\nOne *two*.\n{% enddetails %}\n\nEnd.")
    assert "<summary>A *b*</summary>" in entry.content
    assert "<p>One <em>two</em>.</p>" in entry.content
    assert not entry.notes


def test_works_that_no_post_cites_stay_behind() -> None:
    """And a blog without citations has none."""
    assert {*blog("{% cite tide %}").works} == {"tide"}
    assert not blog("Text.").works


def test_a_bibliography_that_cannot_be_read_is_noted_once() -> None:
    """The tags stay."""
    source = blog("{% cite tide %} {% cite tide %}", {BIB: "@book{tide, author = "})
    assert len(source.notes) == 1
    assert source.entries[0].markdown == "{% cite tide %} {% cite tide %}\n"


@pytest.mark.parametrize(
    "text", ["{% cite tide ", "{% cite tide %}", "{% cite -l ", '<span class="citation" ', "<d-cite key="]
)
def test_citations_take_time_in_proportion_to_the_text(text: str) -> None:
    """Those without an end too."""
    assert_linear(lambda size: post(text * size), 2_000)


def test_a_blog_that_cites_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the works that a post cites where it asked for them."""
    body = "See {% cite tide -l 3 %}.\n\n## Works\n\n{% bibliography --cited %}\n\n## End\n\nEnd.\n"
    old = {"_config.yml": CONFIG, BIB: TIDE + EBB, POST: f"---\ntitle: Neap\n---\n{body}"}
    for name, text in old.items():
        (tmp_path / "old" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "old" / name).write_text(text, encoding="utf-8")
    site = tmp_path / "site"
    assert cli.run(["init", str(site), "--host", "none"]) == 0
    monkeypatch.chdir(site)
    assert cli.run(["import", "../old", "--settings"]) == 0
    assert "as text" not in capsys.readouterr().out
    assert (site / "posts/references.bib").read_text(encoding="utf-8").startswith("@book{tide,")
    warning = StringIO()
    app = SphinxTestApp("dirhtml", srcdir=site, warning=warning, confoverrides={"nitpicky": True})
    try:
        app.build()
        (page,) = Path(app.outdir).rglob("low-water.html")
        words = " ".join(read_html(page).text_content().split())
    finally:
        app.cleanup()
    assert warning.getvalue() == ""
    assert "See [Tide, 1999, p. 3]." in words
    assert words.index("See [") < words.index("Low Water. Sea Press") < words.rindex("End.")
