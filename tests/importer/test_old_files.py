"""Files of an old site at their old addresses."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from importer.folders.trees import files
from postdocs.core.places import Places
from postdocs.importer.old_files import FOLDER, OldFiles, old_files

ROOT = "https://tides.example/log"
SITE = {
    "a/ebb.csv": "1",
    "a/ebb.png": "2",
    "index.html": "<title>Home</title>",
    "demo/wave.html": '<script src="wave.js"></script><img src="../a/ebb.png"><a href="../theme.css">x</a>'
    '<link href="https://other.example/x.css"><a href="/log/gone/">y</a>',
    "demo/wave.js": "run()",
    "demo/deep/wave.css": "p {}",
    "template.html": "---\n---\n<p>",
    "theme.css": "p {}",
    "theme.js": "run()",
    "notes.md": "# Notes",
    "secret.pem": "3",
    "feed.xml": "<rss/>",
    "feed.json": '{"version": "https://jsonfeed.org/version/1.1"}',
    "_redirects": "/a /b",
    "package.json": "{}",
    "drawing.svg": '<svg xmlns="http://www.w3.org/2000/svg"><script>run()</script><path d="M0 0"/></svg>',
}
PAGES = {f"{ROOT}/", f"{ROOT}/feed.xml"}


def kept(
    missing: set[str],
    *,
    keeps: bool = True,
    has_pages: bool = True,
    base: str = f"{ROOT}/",
    taken: Places | None = None,
    shown: dict[str, bytes] | None = None,
) -> OldFiles:
    """Choose the files of the site above."""
    site = replace(files(SITE), root=ROOT)
    named = PAGES if has_pages else set()
    return old_files([site], shown or {}, base, taken or Places(), missing, keeps=keeps, named=named)


def test_files_stay_at_their_addresses_and_the_theme_does_not() -> None:
    """No page, script, style, feed, setting or source, and nothing private; the report names them."""
    found = kept(set())
    assert sorted(found.files) == ["a/ebb.csv", "a/ebb.png", "drawing.svg"]
    named = {note.before.removeprefix(f"{ROOT}/"): note.what for note in found.notes}
    assert named.keys() == {
        "demo/wave.js", "demo/deep/wave.css", "theme.css", "theme.js", "notes.md", "secret.pem",
        "feed.json", "_redirects",
    }  # fmt: skip
    assert "private" in named["secret.pem"]
    assert "redirect it on your host" in named["feed.json"]


def test_a_page_of_its_own_comes_along_with_what_it_loads() -> None:
    """Where posts link to it: byte for byte, with its folder, and a line in the report that says so."""
    found = kept({f"{ROOT}/demo/wave.html#part", f"{ROOT}/demo/wave.html", f"{ROOT}/template.html"})
    assert {"demo/wave.html", "demo/wave.js", "demo/deep/wave.css"} < found.files.keys()
    assert not {"theme.css", "template.html"} & found.files.keys()
    assert found.files["demo/wave.html"]().decode() == SITE["demo/wave.html"]
    assert [note.before for note in found.notes if "as it was" in note.what] == [f"{ROOT}/demo/wave.html"]
    assert f"{ROOT}/gone/" in found.links


def test_a_private_file_stays_away_though_a_page_loads_it() -> None:
    """Whatever names it."""
    site = replace(files({"demo.html": '<img src="secret.pem">', "secret.pem": "3"}), root=ROOT)
    found = old_files([site], {}, ROOT, Places(), {f"{ROOT}/demo.html"}, keeps=True, named=PAGES)
    assert [*found.files] == ["demo.html"]


def test_a_drawing_runs_nothing() -> None:
    """A browser runs what is in a drawing that is opened by itself."""
    data = kept(set()).files["drawing.svg"]()
    assert b"path" in data
    assert b"script" not in data


def test_sources_keep_only_what_posts_show() -> None:
    """They don't say for sure what a generator serves; the report names the rest."""
    found = kept(set(), has_pages=False, shown={f"{ROOT}/b/ebb.png": b"4", "https://other.example/x": b""})
    assert {path: load() for path, load in found.files.items()} == {"b/ebb.png": b"4"}
    assert {note.before for note in found.notes if "no post shows" in note.what} == {
        f"{ROOT}/{path}" for path in ("a/ebb.csv", "a/ebb.png", "drawing.svg", "demo/wave.html", "index.html")
    }


def test_without_the_option_nothing_is_kept_and_files_are_named() -> None:
    """With the option that keeps them."""
    found = kept({f"{ROOT}/demo/wave.html"}, keeps=False)
    assert not found.files
    assert f"{ROOT}/a/ebb.csv" in {note.before for note in found.notes if "--keep-files" in note.what}


@pytest.mark.parametrize("base", ["", "https://new.example/log/", f"{ROOT}/deeper/"])
def test_a_site_elsewhere_answers_no_old_address(base: str) -> None:
    """On another host, or in another folder, no file can."""
    assert kept(set(), base=base) == OldFiles()


def test_a_site_above_has_the_folder() -> None:
    """Where the new site is at the root of the host."""
    assert "log/a/ebb.csv" in kept(set(), base="https://www.tides.example").files


def test_no_file_takes_the_place_of_a_page() -> None:
    """Nor of a folder that the site needs."""
    taken = Places()
    taken.add("a/index.html", "a post")
    taken.add("a/ebb.csv", "another")
    assert sorted(kept(set(), taken=taken).files) == ["a/ebb.png", "drawing.svg"]


def test_files_are_written_below_their_folder_only(tmp_path: Path) -> None:
    """An address with dots leads nowhere else."""
    shown = {f"{ROOT}/%2e%2e/%2e%2e/out.png": b"5", f"{ROOT}/a/b%20c.png": b"6"}
    found = kept(set(), shown=shown)
    found.write(tmp_path)
    assert (tmp_path / FOLDER / "a/b c.png").read_bytes() == b"6"
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {
        "b c.png", "drawing.svg", "ebb.csv", "ebb.png",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["wave.svg", "wave.svgz", "WAVE.SVGZ"])
def test_a_drawing_that_a_post_shows_runs_nothing(name: str) -> None:
    """It is cleaned at its old address too, and compressed if it was."""
    data = b'<svg xmlns="http://www.w3.org/2000/svg"><script>run()</script><rect width="9" height="9"/></svg>'
    data = gzip.compress(data) if name.lower().endswith("z") else data
    cleaned = kept(set(), shown={f"{ROOT}/a/{name}": data}).files[f"a/{name}"]()
    text = gzip.decompress(cleaned) if name.lower().endswith("z") else cleaned
    assert b"<rect" in text
    assert b"run()" not in text


def test_a_private_key_stays_away_and_xml_with_scripts_is_named() -> None:
    """By what is in them, since their names say nothing."""
    texts = {
        "a.key": "-----BEGIN PRIVATE KEY-----",
        "run.xml": '<x><s:script xmlns:s="http://www.w3.org/1999/xhtml">run()</s:script></x>',
        "data.xml": "<tides/>",
    }
    found = old_files(
        [replace(files(texts), root=ROOT)], {}, f"{ROOT}/", Places(), set(), keeps=True, named=PAGES
    )
    assert sorted(found.files) == ["data.xml", "run.xml"]
    assert [note.before for note in found.notes] == [f"{ROOT}/a.key", f"{ROOT}/run.xml"]
    assert "with its scripts" in found.notes[1].what


@pytest.mark.parametrize(
    "path", ["/x.png", "%2Fx.png", "a%2F%2Fx.png", "C:/x.png", "a%00.png", "a/%2e/x.png"]
)
def test_an_address_that_is_no_path_of_files_is_left_out(tmp_path: Path, path: str) -> None:
    """Its name would be that of another file, on some systems outside of the folder."""
    found = old_files([], {f"{ROOT}/{path}": b"7"}, f"{ROOT}/", Places(), set(), keeps=True, named=set())
    found.write(tmp_path)
    assert not found.files
    assert not [*tmp_path.iterdir()]


def test_where_built_pages_are_only_what_is_among_them_was_served() -> None:
    """The sources have more, such as files beside a draft."""
    site = replace(files(SITE), root=ROOT, built=frozenset({"a/ebb.csv", "theme.css", "demo/wave.html"}))
    wave = {f"{ROOT}/demo/wave.html"}
    found = old_files([site], {}, f"{ROOT}/", Places(), wave, keeps=True, named=PAGES)
    assert sorted(found.files) == ["a/ebb.csv", "demo/wave.html"]
    assert {note.before for note in found.notes} == {f"{ROOT}/theme.css", *wave}
