"""The 21 digests that this repository comes with."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from helpers import REPOSITORY, read_html

from postdocs.links.extract import collect, list_files

SHARED = REPOSITORY.parent / "shared"

DIGESTS = sorted((REPOSITORY / "posts").rglob("*.md"))


def _parts(digest: Path) -> tuple[dict[str, Any], str]:
    _, front, body = digest.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.load(front, yaml.BaseLoader), body  # noqa: S506 - text only


def _name(digest: Path) -> str:
    return digest.relative_to(REPOSITORY).with_suffix("").as_posix()


def test_there_are_twenty_one() -> None:
    """Each of the originals has its digest."""
    assert len({_parts(digest)[0]["title"] for digest in DIGESTS}) == len(DIGESTS) == 21


@pytest.mark.parametrize("digest", DIGESTS, ids=_name)
def test_a_digest_leads_to_its_original(digest: Path, built_site: Path) -> None:
    """The page begins with a banner that names the author, and the original if that is on the web."""
    front, _ = _parts(digest)
    banner = read_html(built_site / _name(digest) / "index.html").find_class("admonition")[0]
    assert "Digest" in banner.text_content()
    assert front["author"][0] in banner.text_content()
    assert banner.xpath(".//a/@href")[:1] == [front[key] for key in ("source",) if key in front]


@pytest.mark.parametrize("digest", DIGESTS, ids=_name)
def test_a_digest_is_short(digest: Path) -> None:
    """A digest has at least 250 and at most 600 words, not counting the targets of links."""
    _, body = _parts(digest)
    words = re.sub(r"\]\([^)]*\)|<https?://[^>]*>", "", body).split()
    assert 250 <= len(words) <= 600


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sources of the digests are not beside this clone")
def test_no_sentence_of_the_sources_stands_in_a_digest() -> None:
    """The digests are in our own words."""
    seeds = [str(path) for path in (SHARED / "seeds").iterdir()]
    command = [sys.executable, str(SHARED / "checks/own_words.py"), "posts", *seeds]
    result = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)  # noqa: S603
    assert (result.returncode, result.stdout) == (0, "0 copied runs of 9 or more words\n")


def test_the_home_page_shows_eight(built_site: Path) -> None:
    """Home has room for eight digests, each with a summary."""
    root = read_html(built_site / "index.html")
    assert len(root.find_class("post-row")) == len(root.find_class("post-summary")) == 8


def test_the_site_loads_nothing_from_elsewhere(built_site: Path) -> None:
    """No page loads a script, a style sheet or a picture from another host."""
    for page in built_site.rglob("index.html"):
        root = read_html(page)
        loaded = root.xpath("//script/@src | //img/@src | //link[@rel='stylesheet']/@href")
        assert [url for url in loaded if urlsplit(url).netloc] == [], page


def test_the_site_has_links_to_check(built_site: Path) -> None:
    """The link check reads more than a thousand links."""
    assert (
        sum(len(page.links) for page in collect(built_site, list_files(built_site)).values() if page) > 1000
    )
