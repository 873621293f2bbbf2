"""A feed that is imported and built comes back: subscribers see no old post again, and lose none."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import lxml.html
import pytest
from helpers import REPOSITORY
from lxml import etree

from postdocs import cli
from postdocs.core.labels import key_of

SEED = REPOSITORY.parent / "shared" / "seeds" / "codematician-atom.xml"
FEEDS = [
    *(Path(__file__).parent / "feeds" / f"{name}-atom.xml" for name in ("ablog", "django", "pelican")),
    SEED,
]
ATOM = {"a": "http://www.w3.org/2005/Atom"}
CONF = """\
extensions = ["myst_parser", "ablog", "postdocs"]
blog_post_pattern = "posts/**/*.md"
blog_baseurl = html_baseurl = "https://example.org/"
myst_enable_extensions = [
    "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "strikethrough", "tasklist"
]
myst_heading_anchors = 4
smartquotes = False
html_theme = "basic"
"""


def entries(feed: Path) -> dict[str, dict[str, object]]:
    """Return what a feed says of its entries, by id."""
    return {
        entry.findtext("a:id", "", ATOM): read(entry) for entry in etree.parse(feed).findall("a:entry", ATOM)
    }


def read(entry: etree._Element) -> dict[str, object]:
    """Return what readers of feeds go by, and the words."""
    content = entry.find("a:content", ATOM)
    assert content is not None
    html = content.text or ""
    return {
        "title": " ".join(entry.findtext("a:title", "", ATOM).split()),
        "published": datetime.fromisoformat(entry.findtext("a:published", "", ATOM)),
        "authors": [name.text for name in entry.iterfind("a:author/a:name", ATOM)],
        # The import gives one spelling to labels that differ in case, space and punctuation, and says so.
        "categories": sorted(
            key_of(category.get("term", "")) for category in entry.iterfind("a:category", ATOM)
        ),
        "words": re.findall(
            r"[^\W\d]+|\d+", lxml.html.fragment_fromstring(html, create_parent=True).text_content()
        ),
    }


@pytest.mark.parametrize("feed", FEEDS, ids=lambda path: path.stem)
def test_a_feed_comes_back(feed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids, instants, authors, categories and text of each entry are those of the feed that was imported."""
    if not feed.exists():
        pytest.skip("the real feed is not here")
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    (tmp_path / "index.md").write_text("# Home\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert cli.run(["import", str(feed), "--quiet"]) == 0
    options = ("-N", "-b", "dirhtml", "-q", "-W", "--keep-going")
    command = [sys.executable, "-m", "sphinx", *options, str(tmp_path), str(tmp_path / "html")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert result.stderr == ""
    assert entries(tmp_path / "html/blog/atom.xml") == entries(feed)
