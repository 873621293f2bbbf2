"""The site as `nox -s build` left it, or the one in the folder `SITE`: its pages, and one of each kind."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

from helpers import REPOSITORY

HTML = Path(os.environ.get("SITE", REPOSITORY / "_build" / "html"))
WORDS = 800  # of the post that stands for others, or nearly
_MOST_EACH = 100  # pages: of a large site so many of the heaviest are looked at, and as many others
_PLACES = {  # of pages whose number or size grows with the posts
    "home": r"",
    "list": r"blog/(?:page/\d+/)?",
    "year": r"blog/\d{4}/",
    "tag": r".*/tag/[^/]+/",
    "tags": r".*/tag/",
    "category": r".*/category/[^/]+/",
    "author": r".*/author/[^/]+/",
    "series": r".*/series/[^/]+/",
    "archive": r".*/archive/",
    "search": r"search/",
    "missing": r"404\.html",
}
_MARKS = {  # of what is in a page
    "comments": 'class="comment-archive"',
    "embed": "<iframe",
    "formulas": "<math",
    "manual": 'class="bd-docs-nav',
    "code": 'class="highlight"',
}


@cache
def paths() -> list[str]:
    """Return the addresses of all pages, from the root of the site, without those that lead elsewhere."""
    pages = [path for path in sorted(HTML.rglob("*.html")) if "<main" in path.read_text(encoding="utf-8")]
    return [path.relative_to(HTML).as_posix().removesuffix("index.html") for path in pages]


def sampled(pages: list[str]) -> list[str]:
    """Return pages; of very many the heaviest, and others at equal distances."""
    if len(pages) <= 2 * _MOST_EACH:
        return pages
    heavy = sorted(pages, key=_size)[-_MOST_EACH:]
    return [*dict.fromkeys([*heavy, *pages[:: -(-len(pages) // _MOST_EACH)]])]


@cache
def kinds() -> dict[str, str]:
    """Return a page of each kind that there is, by name: of lists, the heaviest."""
    pages = {kind: [path for path in paths() if re.fullmatch(place, path)] for kind, place in _PLACES.items()}
    found = {kind: max(those, key=_size) for kind, those in pages.items() if those}
    if posts := _posts():
        found["post"] = min(posts, key=lambda path: abs(_words(path) - WORDS))
    for path in paths():
        text = _text(path)
        for kind, mark in _MARKS.items():
            if mark in text:
                found.setdefault(kind, path)
    return found


def without_formulas() -> list[str]:
    """Return posts, and a page of each kind, that load no font of formulas."""
    pages = dict.fromkeys([*sampled(_posts()), *kinds().values()])
    return [path for path in pages if "postdocs-math" not in _text(path)]


@cache
def _posts() -> list[str]:
    return [path for path in paths() if 'class="post-headline"' in _text(path)]


def _text(path: str) -> str:
    return _file(path).read_text(encoding="utf-8")


def _size(path: str) -> int:
    return _file(path).stat().st_size


def _file(path: str) -> Path:
    file = HTML / path
    return file / "index.html" if file.is_dir() else file


def _words(path: str) -> int:
    main = _text(path).partition("<main")[2].partition("</main")[0]
    return len(re.sub(r"<[^>]*>", " ", main).split())
