"""A source moves, and everything that refers to it goes on doing so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from postdocs import cli
from postdocs.authoring.move import Move, plan
from postdocs.core import files
from postdocs.core.conf import Settings
from postdocs.core.errors import PostdocsError

SITE = Settings(ZoneInfo("UTC"), {}, "https://pond.example/", ("posts/**/*.md", "posts/**/*.rst"))
OLD, NEW = "posts/2024/frogs.md", "posts/2025/toads.md"
FROGS = "---\ntitle: Frogs\ndate: 2024-03-01\n---\n\n"


def moved(texts: Mapping[str, str], *others: str, old: str = OLD, new: str = NEW, flat: bool = False) -> Move:
    """Plan a move. others: the paths of files that are no sources."""
    texts = {OLD: f"{FROGS}Text.\n", "posts/2024/newts.md": "Newts.\n", **texts}
    return plan(texts, {*texts, *others}, old, new, SITE, is_flat=flat)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[x](posts/2024/frogs.md)", "[x](posts/2025/toads.md)"),
        ("[x](./posts/2024/frogs.md#spring)", "[x](./posts/2025/toads.md#spring)"),
        ("[x](/posts/2024/frogs.md)", "[x](/posts/2025/toads.md)"),
        ("[x](posts/2024/frogs)", "[x](posts/2025/toads)"),
        ("[x](<posts/2024/frogs.md>)", "[x](<posts/2025/toads.md>)"),
        ('[x](posts/2024/../2024/frogs.md "T")', '[x](posts/2025/toads.md "T")'),
        ("[x](project:posts/2024/frogs.md)", "[x](project:posts/2025/toads.md)"),
        ("<project:posts/2024/frogs.md#a>", "<project:posts/2025/toads.md#a>"),
        ("[x]\n\n[x]: posts/2024/frogs.md", "[x]\n\n[x]: posts/2025/toads.md"),
        ("{doc}`posts/2024/frogs`", "{doc}`posts/2025/toads`"),
        ("{doc}`the frogs </posts/2024/frogs>`", "{doc}`the frogs </posts/2025/toads>`"),
        ("{ref}`frogs` and {ref}`them <frogs>`", "{ref}`toads` and {ref}`them <toads>`"),
        ("{download}`posts/2024/frogs.md`", "{download}`posts/2025/toads.md`"),
        ("```{include} posts/2024/frogs.md\n```", "```{include} posts/2025/toads.md\n```"),
        (
            "- x\n\n  :::{include} posts/2024/frogs.md\n  :::",
            "- x\n\n  :::{include} posts/2025/toads.md\n  :::",
        ),
        (
            "```{toctree}\n:hidden:\n\nposts/2024/frogs\nF <posts/2024/frogs.md>\n```\nposts/2024/frogs\n",
            "```{toctree}\n:hidden:\n\nposts/2025/toads\nF <posts/2025/toads.md>\n```\nposts/2024/frogs\n",
        ),
        ("```{note}\n[x](posts/2024/frogs.md)\n```", "```{note}\n[x](posts/2025/toads.md)\n```"),
        ('<a href="posts/2024/frogs.md">x</a>', '<a href="posts/2025/toads.md">x</a>'),
        (
            "---\ntranslation_of: posts/2024/frogs\n---\n\n[x](posts/2024/frogs.md)",
            "---\ntranslation_of: posts/2025/toads\n---\n\n[x](posts/2025/toads.md)",
        ),
    ],
)
def test_links_to_it_follow(before: str, after: str) -> None:
    """In each form that Sphinx and MyST resolve, and in the style that its author chose."""
    move = moved({"index.md": f"{before}\n"})
    assert move.texts["index.md"] == f"{after}\n"


@pytest.mark.parametrize(
    "text",
    [
        "`[x](posts/2024/frogs.md)`",
        "```md\n[x](posts/2024/frogs.md)\n```",
        "````\n```{toctree}\nposts/2024/frogs\n```\n````",
        "    [x](posts/2024/frogs.md)",
        "[x](https://pond.example/posts/2024/frogs.md)",
        "[x](posts/2024/frogs-and-newts.md) [y](../posts/2024/frogs.md) [z](#frogs) posts/2024/frogs.md",
        "(frogs)=\n# Others\n\n{ref}`frogs`",
        "[^x]: posts/2024/frogs.md",
    ],
)
def test_what_is_no_link_to_it_stays(text: str) -> None:
    """Code, other addresses, other files, and labels that an author has given."""
    assert "index.md" not in moved({"index.md": f"{text}\n"}).texts


def test_sources_of_all_kinds_follow() -> None:
    """ReStructuredText, notebooks and settings; the rest of a notebook stays as it is."""
    cells = [
        {"cell_type": "markdown", "source": ["[ä](posts/2024/frogs.md)\n", "text"]},
        {"cell_type": "code", "source": ["open('posts/2024/frogs.md')"]},
    ]
    notebook = json.dumps({"cells": cells, "nbformat": 4}, indent=3)
    rst = "`x`\n\n:doc:`F <posts/2024/frogs>`\n\n.. toctree::\n\n   posts/2024/frogs\n\n.. include:: {}\n"
    conf = 'project = "posts"\npostdocs_navbar = [("Frösche", "posts/2024/frogs")]  # ä\n'
    move = moved({"a.ipynb": notebook, "b.rst": rst.format(OLD), "conf.py": conf})
    assert move.texts["a.ipynb"] == notebook.replace("](posts/2024/frogs.md", "](posts/2025/toads.md")
    assert move.texts["b.rst"] == rst.format(NEW).replace("2024/frogs", "2025/toads")
    assert move.texts["conf.py"] == conf.replace("2024/frogs", "2025/toads")


def test_its_own_links_and_files_follow() -> None:
    """Pictures that only it uses move with it; for others, and for pages, its links change."""
    text = (
        "![a](pics/a.png) ![b](<pics/b c.png>) ![s](shared.png) [n](newts.md#x) [h](../../index.md) "
        "[g](gone.md)\n\n"
        "```{figure} pics/d%20e.png\n```\n\n![any](plot.*)\n\n<video src='f.mp4'></video> [me](frogs.md)\n"
    )
    names = ("pics/a.png", "pics/b c.png", "pics/d e.png", "plot.svg", "plot.pdf", "f.mp4")
    own = [f"posts/2024/{name}" for name in names]
    others = ["posts/2024/shared.png", "posts/2024/unused.png"]
    newts = "![s](shared.png)\n"
    move = moved({OLD: FROGS + text, "posts/2024/newts.md": newts, "index.md": "# Pond\n"}, *own, *others)
    assert move.files == {OLD: NEW, **{path: path.replace("2024", "2025") for path in own}}
    after = (
        text.replace("(shared", "(../2024/shared")
        .replace("(newts", "(../2024/newts")
        .replace("(frogs", "(toads")
    )
    assert move.texts[NEW].endswith(after)
    assert [*move.texts] == [NEW]


def test_a_new_name_in_the_same_folder_leaves_pictures_there() -> None:
    """Only the source is renamed then."""
    move = moved({OLD: f"{FROGS}![a](a.png)\n"}, "posts/2024/a.png", new="posts/2024/toads.md")
    assert move.files == {OLD: "posts/2024/toads.md"}


@pytest.mark.parametrize("new", ["posts/2024/toads.md", NEW])
def test_comments_follow_their_post(new: str) -> None:
    """The file of comments goes with its post, and takes its new name."""
    move = moved({}, "posts/2024/frogs.comments.yml", "posts/2024/newts.comments.yml", new=new)
    assert move.files == {OLD: new, "posts/2024/frogs.comments.yml": new.replace(".md", ".comments.yml")}


@pytest.mark.parametrize(
    ("keys", "after"),
    [
        ("", "aliases: [/posts/2024/frogs/]\nid: tag:pond.example,2024-03-01:frogs\n"),
        ("id: tag:x,2020:y\n", "id: tag:x,2020:y\naliases: [/posts/2024/frogs/]\n"),
        ("aliases: /a/\nid: x:y\n", "aliases: [/a/, /posts/2024/frogs/]\nid: x:y\n"),
        ("aliases: [/a/]  # old\nid: x:y\n", "aliases: [/a/, /posts/2024/frogs/]  # old\nid: x:y\n"),
        ("id: x:y\naliases:\n  - /a/\n", "id: x:y\naliases:\n  - /a/\n  - /posts/2024/frogs/\n"),
        ("permalink: /frogs/\n", "permalink: /frogs/\n"),
        ("draft: true\n", "draft: true\n"),
    ],
)
def test_its_old_address_leads_to_it(keys: str, after: str) -> None:
    """A published post keeps its address as an alias, and its entry the id; others need neither."""
    front = "---\ntitle: Frogs\ndate: 2024-03-01\n{}---\n\nText.\n"
    assert moved({OLD: front.format(keys)}).texts[NEW] == front.format(after)


def test_a_site_of_files_has_other_addresses() -> None:
    """What Sphinx's builder `html` makes has a suffix; a folder's index has the address of the folder."""
    assert "aliases: [/posts/2024/frogs.html]" in moved({}, flat=True).texts[NEW]
    bundle = {"posts/2024/pond/index.md": f"{FROGS}Text.\n"}
    move = moved(bundle, old="posts/2024/pond/index.md", new="posts/2024/lake/index.md")
    assert "aliases: [/posts/2024/pond/]" in move.texts["posts/2024/lake/index.md"]


def test_fields_of_restructured_text_keep_the_address_too() -> None:
    """They are added to those that there are."""
    text = ":blogpost: true\n:date: 2024-03-01\n\nFrogs\n=====\n"
    move = moved({"posts/a.rst": text}, old="posts/a.rst", new="posts/2024/a.rst")
    assert ":aliases: /posts/a/\n" in move.texts["posts/2024/a.rst"]


def test_an_id_in_the_file_of_ids_follows() -> None:
    """It stays that of the post, whose front matter then gets none of its own."""
    ids = '"posts/2024/frogs" = "u:1"  # old\n"posts/2024/newts" = "u:2"\n'
    plan_ = moved({"entry-ids.toml": ids})
    assert plan_.texts["entry-ids.toml"] == ids.replace("2024/frogs", "2025/toads")
    assert "\nid:" not in plan_.texts[NEW]
    assert "entry-ids.toml" not in moved({"entry-ids.toml": '"posts/2024/newts" = "u:2"\n'}).texts


def test_a_notebook_keeps_its_address() -> None:
    """Its metadata get the alias and the id, unless its front matter or its layout is in the way."""
    old, new = "posts/2024/pond.ipynb", "posts/2025/lake.ipynb"
    site = replace(SITE, patterns=("posts/**/*.ipynb",))
    front = {"title": "Pond", "date": "2024-03-01"}

    def move(metadata: Mapping[str, object], *cells: Mapping[str, object], indent: int = 1) -> Move:
        value = {"cells": [*cells], "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}
        text = json.dumps(value, indent=indent)
        return plan({old: text}, {old}, old, new, site)

    kept = json.loads(move(front).texts[new])["metadata"]
    assert kept == {
        **front,
        "aliases": ["/posts/2024/pond/"],
        "id": "tag:pond.example,2024-03-01:pond",
    }
    more = json.loads(move({**front, "aliases": ["/a/"]}).texts[new])["metadata"]
    assert more["aliases"] == ["/a/", "/posts/2024/pond/"]
    cell = {"cell_type": "raw", "metadata": {}, "source": "---\naliases: [/a/]\n---"}
    note = "add `aliases: [/posts/2024/pond/]` to the metadata of the notebook to keep its old address"
    assert [move(front).note, move(front, cell).note, move(front, indent=3).note] == ["", note, note]


def test_a_page_that_is_no_post_has_a_note() -> None:
    """Nothing reads aliases of it."""
    move = moved({"about.md": "# About\n"}, old="about.md", new="who.md")
    assert (move.texts, move.note) == (
        {"who.md": "# About\n"},
        "it is no post, so /about/ leads nowhere; redirect that address at your host",
    )
    outside = moved({"about.md": "---\nblogpost: false\n---\n# About\n"}, old="about.md", new="who.md")
    assert outside.note == move.note


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (OLD, "posts/2024/newts.md", "posts/2024/newts.md: it already exists; choose another path"),
        (OLD, "posts/2024/Newts.md", "posts/2024/Newts.md: posts/2024/newts.md has that place already; "),
        (OLD, "posts/2024/newts/index.md", "posts/2024/newts.md has that place already"),
        (OLD, "posts/2024/frogs.rst", "it is of another format than posts/2024/frogs.md"),
        (OLD, "pages/frogs.md", "`blog_post_pattern` of conf.py makes no posts of files there"),
        (OLD, "posts/_old/frogs.md", "names that start with a dot or an underscore"),
        ("index.md", "home.md", "index.md: it is the home page of the site"),
        (OLD, "posts/2026/frogs.md", "posts/2026/a.png: it already exists; rename it, or posts/2024/a.png"),
    ],
)
def test_a_place_that_is_taken_is_refused(old: str, new: str, message: str) -> None:
    """Whatever would be overwritten, or stop being a post, is named."""
    texts = {OLD: f"{FROGS}![a](a.png)\n", "index.md": "# Pond\n"}
    with pytest.raises(PostdocsError) as caught:
        moved(texts, "posts/2024/a.png", "posts/2026/a.png", old=old, new=new)
    assert message in str(caught.value)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site on the disk, in which a post can be moved."""
    conf = "blog_post_pattern = 'posts/**/*.md'\nblog_baseurl = 'https://pond.example/'\n"
    written = {
        "conf.py": conf,
        "index.md": "[x](posts/2024/frogs.md)\r\n",
        OLD: f"{FROGS}![a](pics/a.png)\n",
        "posts/2024/pics/a.png": "picture",
        "_build/html/index.md": "[x](posts/2024/frogs.md)\n",
        "venv/pyvenv.cfg": "",
        "venv/x.md": "[x](../posts/2024/frogs.md)\n",
    }
    for path, text in written.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def paths(folder: Path) -> set[str]:
    """Return the paths of the files of posts."""
    return {path.relative_to(folder).as_posix() for path in folder.glob("posts/**/*") if path.is_file()}


def test_the_command_shows_first_and_moves_then(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without `--write` nothing changes; folders that programs make are left alone."""
    before = paths(site)
    assert cli.run(["move", OLD, "posts/2025/"]) == 0
    out = capsys.readouterr().out
    assert f"{OLD} → posts/2025/frogs.md\nposts/2024/pics/a.png → posts/2025/pics/a.png\n" in out
    assert "+[x](posts/2025/frogs.md)" in out
    assert out.endswith("Nothing is written yet; add --write to move it.\n")
    assert paths(site) == before
    assert cli.run(["move", OLD, "posts/2025/", "--write"]) == 0
    assert paths(site) == {"posts/2025/frogs.md", "posts/2025/pics/a.png"}
    assert not (site / "posts/2024").exists()
    assert (site / "index.md").read_bytes() == b"[x](posts/2025/frogs.md)\r\n"
    assert "2024" in (site / "_build/html/index.md").read_text(encoding="utf-8")
    assert "2024" in (site / "venv/x.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("posts/gone.md", "posts/x.md", "there is no such file"),
        ("posts/2024/pics/a.png", "posts/x.md", "it is no source of a page"),
        (OLD, "../x.md", "it is not in this site"),
        (OLD, "posts/2024/frogs", "it already exists"),
    ],
)
def test_a_move_that_makes_no_sense_is_one_line(
    old: str, new: str, message: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written then."""
    before = paths(site)
    assert cli.run(["move", old, new, "--write"]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
    assert paths(site) == before


def test_a_move_that_fails_half_way_is_undone(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What can't be written leaves all files as they were."""
    before = {path: (site / path).read_bytes() for path in [*paths(site), "index.md"]}

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path.name == "a.png" and "2024" in path.parts:
            raise PermissionError(13, "Permission denied", str(path))
        real(path, missing_ok)

    real = Path.unlink
    monkeypatch.setattr(Path, "unlink", refuse)
    assert cli.run(["move", OLD, NEW, "--write"]) == 2
    monkeypatch.setattr(Path, "unlink", real)
    assert {path: (site / path).read_bytes() for path in [*paths(site), "index.md"]} == before


def test_files_change_together_or_not_at_all(tmp_path: Path) -> None:
    """A new file that is there already stops the rest."""
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").write_bytes(b"2")
    with pytest.raises(PostdocsError, match="it already exists"):
        files.change(tmp_path, {"c": b"3", "b": b"4"}, {"a": b"5"}, ["a"])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"1", "b": b"2"}
