"""Where an author's text looks for its pictures and files, and which of these places an import may take."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from postdocs import cli
from postdocs.importer.author_places import Taken, looked_for, place_of
from postdocs.importer.entry import Entry

POST = PurePosixPath("posts/2021/tides.md")
HOME = "https://a.example/2021/tides/"


@pytest.mark.parametrize(
    ("written", "url", "place"),
    [
        ("/images/a.png", "https://a.example/images/a.png", "images/a.png"),
        ("/images/a.png", "https://a.example/blog/images/a.png", "images/a.png"),
        ("../../images/a.png", "https://a.example/images/a.png", "images/a.png"),
        ("./img/a.png", f"{HOME}img/a.png", "posts/2021/img/a.png"),
        ("a.png", f"{HOME}a.png", "posts/2021/a.png"),
    ],
)
def test_a_text_looks_from_the_root_or_from_its_post(written: str, url: str, place: str) -> None:
    """As Sphinx does, wherever the sources of the old site were."""
    entry = Entry(source="a.md", position=1, url=HOME, written=f"![A]({written})", markdown=f"![A]({url})")
    assert looked_for(entry, {url: False}) == {url: written}
    assert place_of(written, POST) == place
    assert Taken(Path("nowhere")).take(place, b"1")


def test_the_longest_path_names_a_file() -> None:
    """Of two files with one name, each has its own; other ways to name one, and HTML, count for nothing."""
    text = "![A](a.png) ![B](/b/a.png) ![C]({static}/c.png) [D](https://a.example/d.pdf) [E](/e.pdf)"
    names = ("a.png", "b/a.png", "c.png", "d.pdf", "e.pdf", "f.png")
    files = {f"https://a.example/{name}": name == "e.pdf" for name in names}
    found = looked_for(Entry(source="a.md", position=1, url=HOME, written=text, markdown=text), files)
    assert [*found.values()] == ["a.png", "/b/a.png", "", "", "", ""]
    assert {*looked_for(Entry(source="feed", position=1, url=HOME), files).values()} == {""}


@pytest.mark.parametrize(
    "place",
    [
        "a.png",  # among the settings of the site
        "../a/b.png",
        "a/.git/b.png",
        "_build/html/b.png",
        "a/sphinx.py",
        "a/run.sh",
        "a/page.md",
        "a/page.html",
        "a/b c.png",
        "a/e\N{COMBINING ACUTE ACCENT}.png",
        f"a/{'b' * 300}.png",
    ],
)
def test_no_file_comes_where_a_program_could_take_it_for_its_own(place: str, tmp_path: Path) -> None:
    """Nor to a name that not every file system stores as it is."""
    assert not Taken(tmp_path).take(place, b"1")


def test_a_place_is_taken_once(tmp_path: Path) -> None:
    """By the same bytes again; not by others, in another case, as a folder, or through a link elsewhere."""
    (tmp_path / "site/a").mkdir(parents=True)
    (tmp_path / "site/a/own.png").write_bytes(b"own")
    (tmp_path / "site/out").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "site/a/gone.png").symlink_to("nowhere.png")
    taken = Taken(tmp_path / "site")
    assert taken.take("a/own.png", b"own")
    assert taken.take("a/new.png", b"new")
    assert taken.take("a/new.png", b"new")
    for place in ("a/NEW.png", "a/new.png/b.png", "a/own.png/b.png", "out/b.png", "a/gone.png"):
        assert not taken.take(place, b"other")
    taken.take("b/c.png/d.png", b"1")
    assert not taken.take("b/c.png", b"1")
    assert {*taken.beside(PurePosixPath("a/post.md"))} == {"own.png", "new.png"}
    taken.add("a/later.png", b"1")
    assert "later.png" in taken.beside(PurePosixPath("a/post.md"))


SOURCES = {
    "old/_config.yml": "url: https://a.example\n",
    "old/_posts/2021-05-01-ebb.md": "---\ntitle: Ebb\n---\n\n![A](/images/a.png) and [data](/files/a.csv).\n"
    "\nSee [it][1].\n\n<table><tr><td rowspan=2><img src='/images/b.png'></td></tr></table>\n\n"
    "[1]: /files/b.csv\n",
    "old/images/a.png": "a",
    "old/images/b.png": "b",
    "old/files/a.csv": "c",
    "old/files/b.csv": "d",
    "new/conf.py": 'project = author = "Tides"\nextensions = ["myst_parser", "ablog", "postdocs"]\n'
    'html_baseurl = blog_baseurl = "https://a.example/"\nblog_post_pattern = "posts/**/*.md"\n',
    "new/files/b.csv": "other",
}


def test_an_author_s_addresses_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of pictures and files alike; a file whose place holds another comes beside the post."""
    for path, text in SOURCES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "new")
    assert cli.run(["import", "../old"]) == 0
    post = Path("posts/2021/ebb.md").read_text(encoding="utf-8")
    assert "\n![A](/images/a.png) and [data](/files/a.csv).\n" in post
    assert "\n[1]: b.csv\n" in post
    assert (Path("images/a.png").read_text(), Path("files/a.csv").read_text()) == ("a", "c")
    assert (Path("posts/2021/b.csv").read_text(), Path("files/b.csv").read_text()) == ("d", "other")
    assert sorted(path.name for path in Path().rglob("[ab].png")) == ["a.png", "b.png"]
