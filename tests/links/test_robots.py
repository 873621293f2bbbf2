"""What a robots.txt links to."""

from __future__ import annotations

from pathlib import Path

from postdocs.links.extract import collect, list_files
from postdocs.links.robots import read_robots

ROBOTS = b"""\xef\xbb\xbfUser-agent: *\r
Disallow: /drafts/
# Sitemap: https://owls.example/old.xml
sitemap : https://owls.example/sitemap.xml # all pages
Sitemap:
SITEMAP:/news.xml
"""


def test_a_robots_txt_names_sitemaps() -> None:
    """In any case, with comments; what it forbids is no link."""
    page = read_robots(ROBOTS, "robots.txt")
    assert (page.links, page.lines) == (("https://owls.example/sitemap.xml", "/news.xml"), (4, 6))
    assert page.anchors is None
    assert read_robots(b"\xff\x00Sitemap", "robots.txt").links == ()


def test_it_counts_in_the_root_of_a_site(tmp_path: Path) -> None:
    """Nobody reads another one, nor other texts."""
    (tmp_path / "a").mkdir()
    for name in ("robots.txt", "a/robots.txt", "humans.txt"):
        (tmp_path / name).write_bytes(ROBOTS)
    pages = collect(tmp_path, list_files(tmp_path)).values()
    assert [page.path for page in pages if page] == ["robots.txt"]
