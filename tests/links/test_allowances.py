"""Links that are left out of the check."""

from __future__ import annotations

from pathlib import Path

import pytest

from postdocs.links.allowances import allowed
from postdocs.links.ledger import Ignored
from postdocs.links.site import Site, read

PAGE = """<link rel=canonical href="https://x.org/blog/"><a href="/blog/">home</a><a href="/blog/app/one"></a>
<a href="app/two?q"></a><a href="gone/"></a><a href="https://wiki.example/a"></a><a href="https://wiki.example/b">
</a><a href="https://other.example/"></a>"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with three broken links, and three that leave it."""
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    return read(tmp_path, None, tmp_path)


@pytest.mark.parametrize(
    ("pattern", "broken", "links", "count"),
    [
        ("/blog/app/*", ["gone/"], 3, 2),
        ("https://x.org/blog/app/*", ["gone/"], 3, 2),
        ("gone/", ["/blog/app/one", "app/two?q"], 3, 1),
        ("https://wiki.example/*", ["/blog/app/one", "app/two?q", "gone/"], 1, 2),
        ("https://wiki.example/a", ["/blog/app/one", "app/two?q", "gone/"], 2, 1),
        ("*", [], 0, 6),
    ],
)
def test_links_that_are_like_a_pattern_are_left_out(
    pattern: str, broken: list[str], links: int, count: int, site: Site
) -> None:
    """By path, by the whole address, or as they are written."""
    rest, number, idle = allowed(site, [Ignored(pattern=pattern, reason="an app", line=3)])
    assert ([link.url for link in rest.broken], len(rest.links), number, idle) == (broken, links, count, [])


@pytest.mark.parametrize("pattern", ["/blog/", "app", "https://wiki.example/", "/nothing/*"])
def test_a_pattern_that_leaves_nothing_out_is_told(pattern: str, site: Site) -> None:
    """Because no link is like it, or because those that are lead somewhere."""
    entry = Ignored(pattern=pattern, reason="an app", line=3)
    assert allowed(site, [entry]) == (site, 0, [entry])
