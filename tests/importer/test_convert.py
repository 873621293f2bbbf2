"""Entries become posts, in one process or in many."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postdocs.importer.addresses import key_of
from postdocs.importer.convert import Task, convert_all
from postdocs.importer.entry import Entry, NoteKind
from postdocs.sphinx_ext.math.check import checker

CONF = """\
import threading

myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
lock = threading.Lock()  # neither can be sent to another process
myst_heading_slug_func = lambda title: title.lower()
"""
SCRIPT = """\
import multiprocessing, sys
multiprocessing.set_start_method(sys.argv[1])
from postdocs import cli
sys.exit(cli.run(["import", "feed.xml", "--quiet"]))
"""
ENTRY = """<entry><title>Post {0}</title><id>urn:{0}</id><published>2013-07-05T00:00:00Z</published>
<updated>2013-07-05T00:00:00Z</updated><content type="html">&lt;p&gt;Words {0}&lt;/p&gt;</content></entry>
"""


def task(number: int) -> Task:
    """Make a task of one paragraph."""
    entry = Entry(
        source="feed.xml",
        position=number,
        title=f"Post {number}",
        published=datetime(2013, 7, 5, tzinfo=UTC),
        content=f"<p>Words {number}</p>",
    )
    return Task(entry, f"2013/post-{number}.md", {}, {}, {}, {})


@pytest.mark.parametrize(
    ("original", "line"),
    [
        ("https://a.example/ebb/", "translation_of: ../2012/ebb\n"),
        ("https://a.example/draft/", "translation_of: draft\n"),
        ("https://a.example/gone/", ""),
    ],
)
def test_a_translation_names_the_file_of_its_original(original: str, line: str, tmp_path: Path) -> None:
    """By its docname, as seen from its own; one that is not imported is not named."""
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    post = task(1)
    paths = {key_of("https://a.example/ebb/") or "": "2012/ebb.md"}
    hidden = {key_of("https://a.example/draft/") or "": "2013/draft.md"}
    entry = replace(post.entry, original=original, language="de")
    translated = replace(post, entry=entry, paths=paths, hidden=hidden)
    (made,) = convert_all([translated], tmp_path / "conf.py", checker, lambda: None)
    assert "".join(part for part in made.text.splitlines(keepends=True) if "translation" in part) == line


@pytest.mark.parametrize("count", [1, 20])
def test_posts_come_in_the_order_of_their_entries(count: int, tmp_path: Path) -> None:
    """Few entries or many, each becomes a post in its place, and each is one step of the progress."""
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    steps: list[None] = []
    posts = convert_all(
        [task(number) for number in range(count)], tmp_path / "conf.py", checker, lambda: steps.append(None)
    )
    assert [post.text.rpartition("---\n")[2] for post in posts] == [f"\nWords {n}\n" for n in range(count)]
    assert len(steps) == count


def test_a_link_to_a_part_that_is_not_there_is_named(tmp_path: Path) -> None:
    """It leads to the whole post, and the report says so; one to a part that is there stays whole."""
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    address = "https://blog.example/other/"
    links = "".join(f'<a href="{address}{part}">{part}</a> ' for part in ("#there", "#gone"))
    linking = replace(
        task(1),
        entry=replace(task(1).entry, content=f"<p>{links}<a href='http://[x#y'>z</a></p>"),
        paths={key_of(address) or "": "2013/other.md"},
        anchors={"2013/other.md": {"there": "new"}},
    )
    (converted,) = convert_all([linking], tmp_path / "conf.py", checker)
    assert "[#there](project:other.md#new) [#gone](project:other.md)" in converted.text
    (note,) = converted.notes
    assert (note.kind, note.before) == (NoteKind.NOTICED, f"{address}#gone")


@pytest.mark.parametrize(
    ("base", "written"),
    [
        ("https://blog.example/", "/demos/wave.html"),
        ("https://new.example/", "https://blog.example/demos/wave.html"),
        ("", "https://blog.example/demos/wave.html"),
    ],
)
def test_a_link_from_the_root_stays_if_the_site_keeps_its_host(
    base: str, written: str, tmp_path: Path
) -> None:
    """Elsewhere, it would lead to nothing."""
    (tmp_path / "conf.py").write_text(f'{CONF}blog_baseurl = "{base}"\n', encoding="utf-8")
    own = "[It](/demos/wave.html), ![it](/demos/wave.png)"
    content = '<p><a href="/demos/wave.html">It</a>, <img src="/demos/wave.png" alt="it"></p>'
    entry = replace(task(1).entry, url="https://blog.example/a/", content=content, markdown=own)
    (converted,) = convert_all([replace(task(1), entry=entry)], tmp_path / "conf.py", checker)
    assert f"[It]({written}), ![it](https://blog.example/demos/wave.png)" in converted.text


@pytest.mark.parametrize("start_method", multiprocessing.get_all_start_methods())
def test_a_conf_py_with_functions_imports_however_processes_start(start_method: str, tmp_path: Path) -> None:
    """What conf.py holds is never sent to another process: each reads conf.py itself."""
    pattern = 'blog_post_pattern = "posts/**/*.md"\n'
    (tmp_path / "conf.py").write_text(CONF + pattern, encoding="utf-8")
    entries = "".join(map(ENTRY.format, range(9)))
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>urn:x</id>{entries}</feed>'
    (tmp_path / "feed.xml").write_text(feed, encoding="utf-8")
    command = [sys.executable, "-c", SCRIPT, start_method]
    result = subprocess.run(  # noqa: S603 - our own
        command, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert len([*(tmp_path / "posts").rglob("*.md")]) == 9
