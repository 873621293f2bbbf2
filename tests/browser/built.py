"""The site as `nox -s build` left it: its pages, and one of each kind."""

from __future__ import annotations

import re

from helpers import REPOSITORY

HTML = REPOSITORY / "_build" / "html"
WORDS = 800  # of the post that stands for others, or nearly


def paths() -> list[str]:
    """Return the addresses of all pages, from the root of the site, without those that lead elsewhere."""
    pages = [path for path in sorted(HTML.rglob("*.html")) if "<main" in path.read_text(encoding="utf-8")]
    return [path.relative_to(HTML).as_posix().removesuffix("index.html") for path in pages]


def kinds() -> dict[str, str]:
    """Return a page of each kind that there is, by name."""
    found = paths()
    posts = [path for path in found if 'class="post-headline"' in _text(path)]
    tags = [path for path in found if re.fullmatch(r".*/tag/[^/]+/", path)]
    manual = [path for path in found if 'class="bd-docs-nav' in _text(path)]
    code = [path for path in found if 'class="highlight"' in _text(path)]
    pages = {
        "home": [""],
        "post": sorted(posts, key=lambda path: abs(_words(path) - WORDS)),
        "tag": tags,
        "tags": [path for path in found if path.endswith("/tag/")],
        "author": [path for path in found if re.fullmatch(r".*/author/[^/]+/", path)],
        "series": [path for path in found if re.fullmatch(r".*/series/[^/]+/", path)],
        "comments": [path for path in posts if 'class="comment-archive"' in _text(path)],
        "archive": [path for path in found if path.endswith("/archive/")],
        "search": [path for path in found if path == "search/"],
        "manual": manual,
        "code": code,
    }
    return {kind: those[0] for kind, those in pages.items() if those}


def without_formulas() -> list[str]:
    """Return the posts, and a page of each kind, that load no font of formulas."""
    posts = [path for path in paths() if 'class="post-headline"' in _text(path)]
    return [path for path in dict.fromkeys([*posts, *kinds().values()]) if "postdocs-math" not in _text(path)]


def _text(path: str) -> str:
    file = HTML / path
    return (file / "index.html" if file.is_dir() else file).read_text(encoding="utf-8")


def _words(path: str) -> int:
    main = _text(path).partition("<main")[2].partition("</main")[0]
    return len(re.sub(r"<[^>]*>", " ", main).split())
