"""Notebooks that stay notebooks, from an import to the built site."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from exactness import build_apart
from helpers import read_html

from importer.folders.notebook_files import code, notebook, prose, shown, stream
from importer.folders.trees import NOW, files
from importer.kept_notebooks import CONF, FRONT, NIKOLA, PIXEL, outputs, planned, sources
from postdocs import cli
from postdocs.core import conf
from postdocs.core.files import write
from postdocs.importer.built.witness import pair
from postdocs.importer.folders.systems import plain
from postdocs.importer.kept_notebook import KeptNotebook, word_of


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """An empty site."""
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    return tmp_path


def test_no_cell_is_lost_that_has_no_place() -> None:
    """All text comes before the cells then; a conversion says that their places are lost."""
    cells = {word_of("0" * 12, number): code(f"x{number}") for number in (1, 2)}
    one, two = cells
    left = KeptNotebook(cells, {})
    for text in (f"a\n\n{one}\n\nb {two}\n", f"{two}\n\n{one}\n", f"{one}\n\n{one}\n\n{two}", ""):
        assert left.parts(text) is None
        written = json.loads(left.file("---\n---\n", left.without_places(text)))
        assert [cell["source"] for cell in written["cells"] if cell["cell_type"] == "code"] == ["x1", "x2"]
    assert left.parts(f"a\n\n{one}\n\n{two}\n\nb") == ["a\n\n", "\n\n", "\n\nb"]


def test_images_of_text_are_beside_it(site: Path) -> None:
    """An attached image is a file; links to other posts lead to their files, and theirs to the notebook."""
    image = prose("![a](attachment:c.png) [Kelp](kelp.md)", attachments={"c.png": {"image/png": PIXEL}})
    plan = planned(
        site,
        {
            "tides.ipynb": notebook(FRONT, image, prose("## Low water")),
            "kelp.md": "---\ntitle: Kelp\ndate: 2021-03-05\n---\n[Low](tides.ipynb#Low-water)\n",
        },
    )
    by_path = {post.path: post.text for post in plan.posts}
    (name,) = plan.pictures
    text = "".join(json.loads(by_path["2021/tides.ipynb"])["cells"][1]["source"])
    assert text == f"![a]({Path(name).name}) [Kelp](project:kelp.md)"
    assert "[Low](project:tides.ipynb#low-water)" in by_path["2021/kelp.md"]


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        ({"conf.py": NIKOLA}, "posts/x.ipynb"),
        ({"pelicanconf.py": "SITENAME = 'T'\nSITEURL = 'https://t.example'\nPATH = 'c'\n"}, "c/x.ipynb"),
        (
            {"_config.yml": "title: T\nurl: https://t.example\n", "_posts/a.md": ""},
            "_notebooks/2021-03-04-x.ipynb",
        ),
        (
            {
                "conf.py": "extensions = ['ablog', 'myst_nb']\nblog_post_pattern = 'p/*'\n",
                "index.rst": "A\n=\n",
            },
            "p/x.ipynb",
        ),
        ({"myst.yml": "version: 1\nproject:\n  title: T\n"}, "x.ipynb"),
        ({"_quarto.yml": "project:\n  type: website\nwebsite:\n  title: T\n"}, "posts/x.ipynb"),
        ({"mkdocs.yml": "site_name: T\nplugins: [mkdocs-jupyter]\n"}, "docs/x.ipynb"),
    ],
)
def test_notebooks_of_all_systems_stay(site: Path, texts: dict[str, str | bytes], name: str) -> None:
    """With the same cells."""
    cells = (FRONT, prose("Of *kelp*."), code("x = 1", stream("seven")), prose("The end."))
    posts = planned(site, {**texts, name: notebook(*cells)}).posts
    (content,) = (json.loads(post.text) for post in posts if post.path.endswith(".ipynb"))
    assert sources(content) == [("markdown", "Of *kelp*."), ("code", "x = 1"), ("markdown", "The end.")]
    assert len(outputs(content)) == 1


def test_a_post_keeps_its_form(site: Path) -> None:
    """A second import changes nothing; Markdown that is there doesn't become a notebook, nor one Markdown."""
    texts: dict[str, str | bytes] = {
        "tides.ipynb": notebook(FRONT, prose("# Tides"), code("x")),
        "link.md": "---\ntitle: Link\ndate: 2021-03-05\n---\n[File](data.csv)\n",
    }
    planned(site, texts).apply(site / "posts", site)
    assert (site / "posts/2021/tides.ipynb").is_file()
    write(site / "posts", "2021/.ipynb_checkpoints/tides-checkpoint.ipynb", b"{}")
    assert [action.text for action in planned(site, texts).actions] == [None, None]
    as_text = planned(site, texts, keeps=False)
    assert [(action.path, action.text, action.reason) for action in as_text.actions if action.reason] == [
        ("2021/tides.ipynb", None, "it is a notebook already; import it with --notebooks keep")
    ]
    (site / "posts/2021/tides.ipynb").unlink()
    planned(site, texts, keeps=False).apply(site / "posts", site)
    assert (site / "posts/2021/tides.md").is_file()
    again = planned(site, texts)
    assert [action.reason for action in again.actions if action.reason] == [
        "it is Markdown already; delete it to import the notebook"
    ]


def test_words_that_part_cells_do_not_count(site: Path) -> None:
    """The report says how much the author wrote."""
    post = planned(
        site, {"tides.ipynb": notebook(FRONT, prose("One two."), code("x"), prose("Three."))}
    ).posts[0]
    assert (post.counts.words, post.blocks, post.own) == (3, 2, 2)


def test_built_pages_do_not_replace_a_notebook() -> None:
    """It takes the id of its entry in the feed from there, and its address."""
    folder = replace(files({"tides.ipynb": notebook(FRONT, code("x"), code("y"))}), keeps_notebooks=True)
    source = plain.read(folder, "https://tides.example/", NOW)
    (entry,) = source.entries
    page = replace(entry, id="urn:1", content="<p>x</p><p>y</p>", base="https://b.example/", notebook=None)
    ((paired,), _) = pair([entry], replace(source, entries=(page,)))
    assert (paired.content, paired.base, paired.id) == (entry.content, entry.base, "urn:1")


def test_notebooks_that_posts_link_to_are_named(site: Path) -> None:
    """A site that shows notebooks makes pages of them, unless its settings exclude them."""
    texts: dict[str, str | bytes] = {
        "conf.py": NIKOLA,
        "posts/tides.ipynb": notebook(FRONT, prose("[File](/raw.ipynb)")),
        "files/raw.ipynb": notebook(code("x")),
    }
    plan = planned(site, texts)
    assert [note.before for note in plan.notes if "exclude_patterns" in note.what] == ["posts/2021/raw.ipynb"]
    assert "posts/2021/raw.ipynb" in plan.pictures
    assert not any("exclude_patterns" in note.what for note in planned(site, texts, keeps=False).notes)


def test_a_site_is_set_up_for_notebooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The import asks for --settings, which puts MyST-NB into conf.py; the site builds then."""
    blog = tmp_path / "blog"
    cells = (
        FRONT,
        prose("Of *kelp*."),
        code("x = $ ??", stream("seven")),
        code("y", shown({"image/png": PIXEL})),
    )
    info = {"name": "javascript"}
    write(blog, "tides.ipynb", notebook(*cells, language_info=info))
    write(blog, "kelp.md", b"---\ntitle: Kelp\ndate: 2021-03-05\n---\n[Tides](tides.ipynb)\n")
    assert cli.run(["init", str(tmp_path / "site"), "--url", "https://tides.example/", "--host", "none"]) == 0
    monkeypatch.chdir(tmp_path / "site")
    command = ["import", str(blog), "--url", "https://tides.example/", "--notebooks", "keep", "--quiet"]
    assert cli.run(command) == 2
    assert "conf.py:26: extensions has no 'myst_nb'" in capsys.readouterr().err
    assert cli.run([*command, "--settings"]) == 0
    assert cli.run(command) == 0
    values = conf.evaluate(Path("conf.py"))
    assert (values["extensions"][0], values["nb_execution_mode"]) == ("myst_nb", "off")
    build_apart(Path(), tmp_path / "out", "dirhtml", 2)
    page = read_html(tmp_path / "out/html/tides/index.html")
    assert all(words in page.text_content() for words in ("Of kelp.", "x = $ ??", "seven"))
    assert "seven" in (tmp_path / "out/html/blog/atom.xml").read_text(encoding="utf-8")
