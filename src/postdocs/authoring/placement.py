"""The path of a new post: one that `blog_post_pattern` matches, named like existing posts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath

_FOLDER = "posts"  # where nothing else is known
_SUFFIXES = (".md", ".rst")  # of files that a post can be begun in
_SHAPES = (  # of paths below the folder of a pattern, as `strftime` and `format` fill them in; the best first
    "%Y/{slug}",
    "{slug}",
    "%Y/%m/{slug}",
    "%Y/%m/%d/{slug}",
    "{slug}/index",
    "%Y/{slug}/index",
    "%Y/%m/{slug}/index",
    "%Y/%m/%d/{slug}/index",
    "%Y-%m-%d-{slug}",
    "%Y/%Y-%m-%d-{slug}",
)
_DIGITS = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "%Y-%m-%d"),
    (re.compile(r"\d{4}-\d{2}"), "%Y-%m"),
    (re.compile(r"\d{4}"), "%Y"),
)
_SIGNS = re.compile(r"\*+|\?|\[!?[^\]]+\]|.", re.DOTALL)  # of one name of a pattern
BUNDLES = frozenset({"index", "readme", "README"})  # files that are the post of their folder


def matches(path: str, pattern: str) -> bool:
    """Tell whether a pattern of `glob` names a path; `**` stands for any folders, or none."""
    parts = pattern.split("/")
    expression = "".join(
        r"(?:[^/.][^/]*/)*"
        if part == "**" and number < len(parts) - 1
        else _part(part, number < len(parts) - 1)
        for number, part in enumerate(parts)
    )
    return re.fullmatch(expression, path) is not None


def _part(part: str, is_folder: bool) -> str:
    """Return one name of a pattern as a regular expression, in which nothing stands for a slash."""
    signs = (
        "[^/]*"
        if sign in {"*", "**"}
        else "[^/]"
        if sign == "?"
        else _set(sign)
        if len(sign) > 1
        else re.escape(sign)
        for sign in _SIGNS.findall(part)
    )
    hidden = "" if part.startswith(".") else r"(?!\.)"
    return f"{hidden}{''.join(signs)}{'/' if is_folder else ''}"


def _set(sign: str) -> str:
    """Return a set of signs, such as `[0-9]` or `[!a]`, as regular expressions have it."""
    inner = sign[1:-1].replace("\\", r"\\")
    return f"[^/{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"


def posts_in(root: Path, patterns: Iterable[str]) -> list[str]:
    """Return the paths of the posts that the patterns name, below the folder of a site, with slashes."""
    files = (path for pattern in patterns for path in root.glob(pattern) if path.is_file())
    return sorted({path.relative_to(root).as_posix() for path in files})


def place(patterns: Sequence[str], posts: Sequence[str], date: datetime, slug: str) -> str | None:
    """Return the path of a new post, from the folder of the site, or None if the patterns allow none.

    It is named as most of the posts that are there, else as the first pattern allows. Without a pattern it
    goes to `posts/`, and has to say itself that it is a post.
    """
    if not patterns:
        return f"{_FOLDER}/{date:%Y}/{slug}.md"
    shapes = Counter(shape for post in reversed(posts) if (shape := _shape(post)))
    paths = (_fill(shape, date, slug) for shape, _ in shapes.most_common())
    allowed = [*paths, *_of_patterns(patterns, date, slug)]
    return next((path for path in allowed if any(matches(path, pattern) for pattern in patterns)), None)


def below(folder: str, patterns: Sequence[str], date: datetime, slug: str) -> str | None:
    """Return the path of a new post in a folder that was asked for, or None if it would be no post there."""
    paths = (_fill(f"{folder}/{shape}{suffix}", date, slug) for suffix in _SUFFIXES for shape in _SHAPES)
    return next((path for path in paths if any(matches(path, pattern) for pattern in patterns)), None)


def _fill(shape: str, date: datetime, slug: str) -> str:
    parts = (date.strftime(part) if "%" in part else part for part in shape.split("/"))
    return "/".join(parts).replace("{slug}", slug)


def _shape(path: str) -> str:
    """Return what is like the path of a post in those of others; "" where that can't be said."""
    file = PurePosixPath(path)
    if file.suffix not in _SUFFIXES:
        return ""
    parts = [*file.parent.parts, file.stem]
    is_bundle = parts[-1].lower() in BUNDLES and len(parts) > 1
    name = len(parts) - 1 - is_bundle
    shaped = []
    is_dated = False
    for number, part in enumerate(parts):
        prefix, form = next(
            ((match[0], form) for digits, form in _DIGITS if (match := digits.match(part))), ("", "")
        )
        if number == name:
            rest = part.removeprefix(prefix)
            shaped.append(f"{form}{rest[0]}{{slug}}" if form and rest[:1] in {"-", "_"} else "{slug}")
        elif form and part == prefix:
            shaped.append(form)
            is_dated = True
        elif is_dated and re.fullmatch(r"\d{2}", part):
            shaped.append("%d" if "%m" in "/".join(shaped) else "%m")
        else:
            shaped.append(part.replace("%", "%%"))
    return "/".join(shaped) + file.suffix


def _of_patterns(patterns: Iterable[str], date: datetime, slug: str) -> Iterator[str]:
    for pattern in patterns:
        parts = pattern.split("/")[:-1]
        folder = "/".join(part for part in _until_wildcard(parts))
        for suffix in _SUFFIXES:
            for shape in _SHAPES:
                yield _fill(f"{folder}/{shape}{suffix}".lstrip("/"), date, slug)


def _until_wildcard(parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        if re.search(r"[*?\[]", part):
            return
        yield part
