"""What the manual's pages on imports have to be run: the scripts for exports that are no feeds."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from helpers import REPOSITORY

from postdocs.importer.sources.model import Source
from postdocs.importer.sources.registry import read

PAGES = REPOSITORY / "docs/import"
BLOG = "https://ann.example.org"
pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="this site has no manual")


def converted(page: str, export: Path) -> Source:
    """Run the script of a page on an export, as the page says, and read what it writes."""
    text = (PAGES / page).read_text(encoding="utf-8")
    script = re.search(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert script
    file = export.parent / "script.py"
    file.write_text(script[1], encoding="utf-8")
    run = subprocess.run(  # noqa: S603 - our own
        [sys.executable, file, export, f"{BLOG}/"], check=True, capture_output=True
    )
    return read(run.stdout, "feed.json")


def test_ghost(tmp_path: Path) -> None:
    """The script for Ghost takes published posts, whole; those for members become drafts."""
    post = {"id": "1", "title": "Wärme & more", "slug": "heat", "type": "post", "status": "published"}
    post |= {"html": '<p>Hello <img src="__GHOST_URL__/content/images/plot.png" alt="A plot"></p>'}
    post |= {"published_at": "2021-03-04T09:00:00.000Z", "updated_at": "2021-03-05 09:00:00"}
    draft = post | {"id": "2", "slug": "draft", "status": "draft", "published_at": None}
    paid = post | {"id": "3", "slug": "paid", "title": "Paid", "visibility": "paid"}
    data = {
        "posts": [post, draft, paid],
        "tags": [{"id": "t", "name": "Python"}],
        "posts_tags": [{"post_id": "1", "tag_id": "t"}],
        "users": [{"id": "u", "name": "Ann"}],
        "posts_authors": [{"post_id": "1", "author_id": "u"}],
    }
    export = tmp_path / "export.json"
    export.write_text(json.dumps({"db": [{"meta": {}, "data": data}]}), encoding="utf-8")

    entry, members_only = converted("ghost.md", export).entries

    assert (entry.draft, members_only.draft) == (False, True)
    assert (entry.title, entry.url, entry.id) == ("Wärme & more", f"{BLOG}/heat/", f"{BLOG}/heat/")
    assert (entry.tags, entry.authors) == (("Python",), ("Ann",))
    assert entry.published == datetime(2021, 3, 4, 9, tzinfo=UTC)
    assert entry.updated == datetime(2021, 3, 5, 9, tzinfo=UTC)
    assert f'src="{BLOG}/content/images/plot.png"' in entry.content


def test_substack(tmp_path: Path) -> None:
    """The script for Substack takes published posts with their dates and subtitles."""
    export = tmp_path / "export"
    (export / "posts").mkdir(parents=True)
    rows = (
        "post_id,post_date,is_published,title,subtitle",
        '1.heat,2021-03-04T09:00:00.000Z,true,"Wärme, and more",How it spreads',
        "2.draft,,false,Draft,",
    )
    (export / "posts.csv").write_text("\n".join(rows), encoding="utf-8")
    for name in ("1.heat", "2.draft"):
        (export / "posts" / f"{name}.html").write_text("<p>Hello wörld.</p>", encoding="utf-8")

    (entry,) = converted("substack.md", export).entries

    assert (entry.title, entry.url) == ("Wärme, and more", f"{BLOG}/p/heat")
    assert (entry.summary, entry.content) == ("How it spreads", "<p>Hello wörld.</p>")
    assert entry.published == datetime(2021, 3, 4, 9, tzinfo=UTC)
