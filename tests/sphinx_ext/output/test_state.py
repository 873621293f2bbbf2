"""The record of a build: what becomes of the output when it is lost."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from postdocs.sphinx_ext.output.state import State

CONF = """\
extensions = ["myst_parser", "ablog", "postdocs"]
blog_baseurl = html_baseurl = "https://example.org/"
blog_post_pattern = "posts/*.md"
html_theme = "basic"
html_extra_path = ["extra"]
"""
POST = "---\ntitle: {}\ndate: 2020-01-0{}\ntags: [{}]\naliases: [/old/{}]\n---\n\nText. ![]({})\n"
SITE = {
    "conf.py": CONF,
    "index.md": "# Home\n",
    "posts/a.md": POST.format("Alpha", 1, "x", "a.html", "a.svg"),
    "posts/b.md": POST.format("Beta", 2, "y", "b.html", "b.svg"),
    "posts/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
    "posts/b.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>',
    "extra/.htaccess": "Deny",
    "extra/demo/app.js": "run()",
}
FOREIGN = {"CNAME": "example.org", ".nojekyll": "", ".git/HEAD": "ref", "demo/mine.html": "<p>Mine</p>"}
LOST = "The record of the last build is missing or damaged"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A site with two posts, whose pictures, tags and aliases are their own."""
    for name, text in SITE.items():
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "source"


def build(source: Path, out: Path) -> tuple[dict[str, bytes], str]:
    """Build as a new process would; return the files, and what was said."""
    status, warning = io.StringIO(), io.StringIO()
    with patch_docutils(source), docutils_namespace():
        Sphinx(
            source, source, out / "html", out / "doctrees", "dirhtml", status=status, warning=warning
        ).build()
    assert warning.getvalue() == ""
    return files(out), status.getvalue()


def files(out: Path) -> dict[str, bytes]:
    """Return the files of an output."""
    paths = (path for path in (out / "html").rglob("*") if path.is_file())
    return {path.relative_to(out / "html").as_posix(): path.read_bytes() for path in paths}


def record_of(out: Path) -> Path:
    """Return the file of the state."""
    (path,) = out.glob("doctrees/postdocs-*/state.json")
    return path


def truncate(path: Path) -> None:
    """Leave half of a record, as a power cut may."""
    path.write_bytes(path.read_bytes()[:-40])


def make_older(path: Path) -> None:
    """Let a record be of another version."""
    data = json.loads(path.read_bytes()) | {"version": 1}
    path.write_text(json.dumps(data), encoding="utf-8")


def mistype(path: Path) -> None:
    """Damage a record that stays JSON."""
    data = json.loads(path.read_bytes()) | {"all": [1], "files": None}
    path.write_text(json.dumps(data), encoding="utf-8")


@pytest.mark.parametrize("lose", [truncate, make_older, mistype, Path.unlink])
def test_what_is_gone_is_removed_though_the_record_is_lost(
    source: Path, tmp_path: Path, lose: Callable[[Path], None]
) -> None:
    """The output is that of a build from nothing, beside files of others; the next build is exact as well."""
    before, said = build(source, tmp_path / "again")
    assert LOST not in said
    gone = {"posts/a/index.html", "old/a.html", "blog/tag/x/index.html", "blog/tag/x/atom.xml"}
    gone |= {"blog/tag/x/feed.json", "_sources/posts/a.md.txt"}
    gone |= {name for name in before if name.startswith("_images/a-")}
    assert len(gone & before.keys()) == 7
    for name, text in FOREIGN.items():
        (tmp_path / "again/html" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "again/html" / name).write_text(text, encoding="utf-8")
    lose(record_of(tmp_path / "again"))
    (source / "posts/a.md").unlink()
    after, said = build(source, tmp_path / "again")
    foreign = {name: text.encode() for name, text in FOREIGN.items()}
    assert after == build(source, tmp_path / "clean")[0] | foreign
    assert gone.isdisjoint(after)
    assert said.count(LOST) == 1
    (source / "posts/a.md").write_text(SITE["posts/a.md"], encoding="utf-8")
    (source / "posts/b.md").unlink()
    (source / "extra/.htaccess").unlink()
    after, said = build(source, tmp_path / "again")
    assert after == build(source, tmp_path / "from-nothing")[0] | foreign
    assert LOST not in said


def test_a_first_build_removes_nothing(source: Path, tmp_path: Path) -> None:
    """A folder that has never had a site of ours in it may be anybody's."""
    mine = {"index.md": "Mine", "posts/x/index.html": "Mine", "_images/mine.png": "Mine"}
    for name, text in mine.items():
        (tmp_path / "out/html" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out/html" / name).write_text(text, encoding="utf-8")
    after, said = build(source, tmp_path / "out")
    assert {name: after[name].decode() for name in mine} == mine
    assert LOST not in said


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"[" * 100_000, b'{"version": 2}', b"null"])
def test_what_is_no_record_is_lost(tmp_path: Path, data: bytes) -> None:
    """Whatever is in the file, nothing of it is believed."""
    state = State(tmp_path / "html", tmp_path / "doctrees", "")
    assert not state.is_lost
    state.folder.mkdir(parents=True)
    (state.folder / "state.json").write_bytes(data)
    assert State(tmp_path / "html", tmp_path / "doctrees", "").is_lost


def test_a_record_is_read_again(tmp_path: Path) -> None:
    """What a build finishes with is known to the next one."""
    first = State(tmp_path / "html", tmp_path / "doctrees", "setup")
    assert first.is_stale("feed.json", "made of this")
    first.finish(set())
    (tmp_path / "html").mkdir()
    (tmp_path / "html/feed.json").touch()
    again: Any = State(tmp_path / "html", tmp_path / "doctrees", "setup")
    assert not again.is_lost
    assert not again.is_stale("feed.json", "made of this")
