"""Citations of Quarto's posts, and their bibliographies."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from helpers import assert_linear, read_html
from lxml.html import HtmlElement
from sphinx.testing.util import SphinxTestApp

from importer.folders.quarto_sites import CONF, HEAD, notes, post, site
from postdocs import cli
from postdocs.importer.folders.systems.quarto import citations

BIB = (
    "@book{tide, author = {Tide, Ada}, title = {Low Water}, publisher = {Sea Press}, year = 1999}\n"
    "@article{ebb_20, author = {Ebb, Bo}, title = {On Ebb}, journaltitle = {Sea}, date = {2020-05}}\n"
)
FRONT = "---\ntitle: Neap\ndate: 2024-05-03\nbibliography: works.bib\n---\n"
WORKS = {"tide": "tide", "ebb_20": "ebb_20", "a:b.c": "a:b.c", "https://x.y/z": "x"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As [@tide].", "As {cite:p}`tide`."),
        ("[@tide; @ebb_20]", "{cite:p}`tide,ebb_20`"),
        (
            "[see @tide, pp. 33--35; also @ebb_20, ch. 2]",
            "{cite:p}`{see}tide{pp. 33–35},{also}ebb_20{ch. 2}`",
        ),
        ("[see\n@tide]", "{cite:p}`{see}tide`"),
        ("@tide says, and @ebb_20.", "{cite:t}`tide` says, and {cite:t}`ebb_20`."),
        ("@tide [p. 33] says", "{cite:t}`tide{p. 33}` says"),
        ("Tide says [-@tide, p. 3]", "Tide says {cite:yearpar}`tide{p. 3}`"),
        ("[@a:b.c.] @{https://x.y/z}", "{cite:p}`a:b.c{.}` {cite:t}`x`"),
        ("[see *also* @tide, `x`; @ebb_20]", "see *also* {cite:p}`tide`, `x`; {cite:p}`ebb_20`"),
        ("[@tide; -@ebb_20]", "{cite:p}`tide`; {cite:yearpar}`ebb_20`"),
        ("[@tide {ii, A}]", "{cite:p}`tide` {ii, A}"),
        ("@tide [*p*. 3]", "{cite:t}`tide` [*p*. 3]"),
        ("Text^[See @tide.]", "Text^[See {cite:t}`tide`.]"),
        ("[one and @tide]{.mark}", "[one and {cite:t}`tide`]{.mark}"),
        *[
            (text, text)
            for text in (
                "me@tide.example.org and a.b@tide",
                "\\@tide and \\[@tide\\]"[:9],
                "`@tide` and `[@tide]`",
                "```\n[@tide]\n```",
                "[@tide; @unknown]",
                "@unknown",
                "<https://x.example/@tide> https://x.example/a@tide?b=@tide",
                '<a href="x" title="@tide">',
                "[see @tide](b.html)",
                "[@tide]: https://x.example/",
            )
        ],
    ],
)
def test_citations_become_roles(text: str, expected: str) -> None:
    """As pandoc reads them; words that a role can't hold stay around it, and what is no citation stays."""
    assert citations.translate(text, WORKS, citations.as_role) == expected


@pytest.mark.parametrize(
    "piece", ["[@a ", "@a [", "[@a; ", "[[a] ", "@", "-@a", "](", "<", "@a:", "[@{", "[\\"]
)
def test_odd_citations_take_no_longer_than_their_length_asks(piece: str) -> None:
    """Whatever repeats."""
    assert_linear(lambda size: citations.translate(piece * size, {"a": "a"}, citations.as_role), 4000)


def test_bibliographies_are_near_the_post_or_what_names_them() -> None:
    """Those of the project, of a folder, or of the post."""
    conf = f"{CONF}bibliography: [all.bib]\n"
    others = {"all_DOT_bib": BIB, "posts__near_DOT_bib": "@misc{near, title = {Near}}"}
    head = HEAD.replace("title", "bibliography: [../near.bib]\ntitle")
    entry = post(f"{head}@tide and @near and @far\n", conf=conf, **others)
    assert entry.markdown == "{cite:t}`tide` and {cite:t}`near` and @far\n"
    assert notes(entry) == [
        "a citation whose key no bibliography of the post has came along as text: "
        "blog/posts/neap/index.qmd:6: @far"
    ]


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_bibliographies_in_csl_are_read_too(name: str) -> None:
    """In JSON or YAML, and in front matter, whose works go first."""
    files = {
        "a.json": '[{"id": "tide", "title": "Low"}, {"id": "ebb", "title": "Ebb"}]',
        "a.yaml": "---\nreferences:\n- id: tide\n  title: Low\n- {id: ebb, title: Ebb}\n...\n",
    }
    own = "references:\n- {id: ebb, title: Own, type: book}\n"
    front = FRONT.replace("bibliography: works.bib\n", f"bibliography: {name}\n{own}")
    source = site({"a/index.qmd": f"{front}@tide and @ebb\n", f"a/{name}": files[name]})
    assert [entry.markdown for entry in source.entries] == ["{cite:t}`tide` and {cite:t}`ebb`\n"]
    assert {key: work.fields["title"] for key, work in source.works.items()} == {
        "tide": "{Low}",
        "ebb": "{Own}",
    }


def test_two_works_with_one_key_get_two() -> None:
    """The same work in two bibliographies is one, whatever the case of its key."""
    own = "@misc{ebb_20, title = {Another}}\n@Book{Tide, author = {Tide, Ada}, title = {Low Water}, "
    own += "publisher = {Sea Press}, year = {1999}}\n"
    source = site({
        "a/index.qmd": f"{FRONT}@tide @ebb_20\n",
        "a/works.bib": BIB,
        "b/index.qmd": f"{FRONT}@Tide @ebb_20\n",
        "b/works.bib": own,
    })  # fmt: skip
    assert [entry.markdown for entry in source.entries] == [
        "{cite:t}`tide` {cite:t}`ebb_20`\n",
        "{cite:t}`tide` {cite:t}`ebb_20-2`\n",
    ]
    assert {key: work.fields["title"] for key, work in source.works.items()} == {
        "tide": "Low Water",
        "ebb_20": "On Ebb",
        "ebb_20-2": "Another",
    }


@pytest.mark.parametrize(
    ("front", "files", "note"),
    [
        (
            "bibliography: no.bib",
            {},
            "a bibliography that is not in the folder: blog/posts/neap/index.qmd: no.bib",
        ),
        (
            "bibliography: a.enl",
            {"posts__neap__a_DOT_enl": ""},
            "a bibliography that is no BibTeX or CSL; write it as BibTeX, then import again: "
            "blog/posts/neap/index.qmd: a.enl",
        ),
        (
            "bibliography: a.bib",
            {"posts__neap__a_DOT_bib": "\n@misc{a, title = x}"},
            "an entry of a bibliography that can't be read is left out; correct it, then import again: "
            "blog/posts/neap/a.bib:2: @misc{a, title = x}",
        ),
        (
            "bibliography: a.json",
            {"posts__neap__a_DOT_json": "[{"},
            "a bibliography that can't be read: blog/posts/neap/a.json:1: it is not JSON: "
            "Expecting ',' delimiter; correct it",
        ),
        (
            "bibliography: a.json",
            {"posts__neap__a_DOT_json": '[{"id": "a", "title": "A", "translator": [{"literal": "B"}]}]'},
            "variables of CSL that BibTeX has no field for are left out: blog/posts/neap/a.json: translator",
        ),
        (
            "references: [{title: A}]",
            {},
            "an entry of a bibliography that can't be read is left out; correct it, then import again: "
            "blog/posts/neap/index.qmd: references: work 1 has no id",
        ),
    ],
)
def test_what_is_no_bibliography_is_named(front: str, files: dict[str, str], note: str) -> None:
    """With file, and line where there is one."""
    assert note in notes(post(HEAD.replace("title", f"{front}\ntitle") + "Text.\n", **files))


def test_what_the_site_decides_is_named() -> None:
    """The style of citations, and works that nobody cites."""
    head = FRONT.replace("title", "csl: ieee.csl\nnocite: '@*'\ntitle")
    said = notes(post(f"{head}@tide\n", posts__neap__works_DOT_bib=BIB))
    style = "citations have the style of the site (bibtex_reference_style)"
    assert said == [
        "works that a text doesn't cite are not listed: blog/posts/neap/index.qmd: nocite: @*",
        f"{style}: blog/posts/neap/index.qmd: csl: ieee.csl",
    ]


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new site in the working directory, beside a blog that cites."""
    text = f"{FRONT}As @tide says [see *also* @ebb_20].^[Note [@ebb_20].]\n\n"
    text += "## References\n\n::: {#refs}\n:::\n"
    old = {
        "_quarto.yml": f"{CONF}bibliography: works.bib\n",
        "works.bib": BIB,
        "posts/neap.qmd": text,
        "about.qmd": "---\ntitle: About\n---\nBy @tide.\n",
    }
    for name, content in old.items():
        file = tmp_path / "old" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    site = tmp_path / "site"
    assert cli.run(["init", str(site), "--host", "none"]) == 0
    monkeypatch.chdir(site)
    return site


def built(folder: Path) -> HtmlElement:
    """Build a site, in which nothing is odd; its post."""
    warning = StringIO()
    app = SphinxTestApp("dirhtml", srcdir=folder, warning=warning, confoverrides={"nitpicky": True})
    try:
        app.build()
        assert warning.getvalue() == ""
        return read_html(next(Path(app.outdir).rglob("neap.html")))
    finally:
        app.cleanup()


def test_a_blog_that_cites_is_built(blog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --settings, which adds the extension: posts get roles, and the works that they cite a file."""
    assert cli.run(["import", "../old", "--settings"]) == 0
    out = capsys.readouterr().out
    assert '+extensions += ["sphinxcontrib.bibtex"]' in out
    assert '+bibtex_bibfiles = ["posts/references.bib"]' in out
    assert "as text" not in out
    about = (blog / "posts/pages/about.md").read_text(encoding="utf-8")
    assert about.endswith("\nBy {cite:t}`tide`.\n\n```{bibliography}\n:filter: docname in docnames\n```\n")
    text = (blog / "posts/2024/neap.md").read_text(encoding="utf-8")
    assert "As {cite:t}`tide` says see *also* {cite:p}`ebb_20`.[^note-1]" in text
    assert "## References\n\n```{bibliography}\n```\n" in text
    page = built(blog)
    assert "As Tide [1999] says see also [Ebb, 2020]." in " ".join(page.text_content().split())
    assert len(page.xpath("//section[@id='references']//li")) == 2

    works = blog / "posts/references.bib"
    works.write_text(f"{works.read_text(encoding='utf-8')}@misc{{own, title = {{Own}}}}\n", encoding="utf-8")
    capsys.readouterr()
    assert cli.run(["import", "../old", "--settings", "--update"]) == 0
    assert "0 to create, 0 to update, 2 to keep" in capsys.readouterr().out
    assert "Own" in works.read_text(encoding="utf-8")


def test_a_site_without_a_bibliography_gets_text(blog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As the author wrote it, and the report names it."""
    assert cli.run(["import", "../old"]) == 0
    out = capsys.readouterr().out
    why = "conf.py names no bibliography; --settings adds one"
    assert f"2024/neap.md: noticed: citations came along as text: {why}: @tide, [@ebb_20]" in out
    assert "Add --settings to write these changes of conf.py." in out
    text = (blog / "posts/2024/neap.md").read_text(encoding="utf-8")
    assert "As @tide says see *also* [@ebb_20].[^note-1]" in text
    assert "{bibliography}" not in text
    assert not (blog / "posts/references.bib").exists()


def test_a_site_that_cannot_cite_says_what_to_install(
    blog: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """conf.py gets no extension that is not there."""
    monkeypatch.setattr("postdocs.core.conf.is_installed", lambda name: name != "sphinxcontrib.bibtex")
    assert cli.run(["import", "../old", "--settings"]) == 0
    assert 'install "postdocs[bibtex]", then import again with --settings' in capsys.readouterr().out
    assert "bibtex" not in (blog / "conf.py").read_text(encoding="utf-8")
