"""Values of arguments: dates, addresses, text, the folder of posts.

This takes the parts of the package that know, so a command imports it only when it runs.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from postdocs.authoring import placement
from postdocs.core.conf import Settings
from postdocs.core.errors import PostdocsError
from postdocs.core.post import FIELDS
from postdocs.core.values import parse_date


def refuse_no_post(folder: Path, site: Settings) -> None:
    """Refuse a folder of posts whose files would be none, and so in no list and no feed."""
    path = Path(os.path.relpath(folder), "2024/hello.md").as_posix()
    if not any(placement.matches(path, pattern) for pattern in site.patterns):
        raise _no_post(folder, path)


def _no_post(folder: Path | str, example: str) -> PostdocsError:
    wrong = f"`blog_post_pattern` of conf.py makes no posts of files like {example}"
    remedy = "set it to 'posts/**/*.md', or name the folder of your posts with --into"
    return PostdocsError(folder, None, wrong, remedy)


def path_of_post(folder: Path | None, site: Settings, date: datetime, slug: str) -> str:
    """Return where a new post goes. folder: the one that was asked for, if any.

    Raises PostdocsError where its file would be no post, and so in no list and no feed.
    """
    if folder is None:
        posts = placement.posts_in(Path(), site.patterns)
        path = placement.place(site.patterns, posts, date, slug)
        example = "posts/2024/hello.md"
    else:
        inside = Path(os.path.relpath(folder)).as_posix()
        path = placement.below(inside, site.patterns, date, slug)
        example = Path(inside, "2024/hello.md").as_posix()
    if path is None:
        raise _no_post(folder or "conf.py", example)
    return path


def text_of(text: str, name: str) -> str:
    """Read a line of text that is given to a command. name: what messages call it."""
    try:
        title: str = FIELDS["title"].metadata["read"](text, UTC)
    except ValueError as error:
        raise PostdocsError(name, None, str(error), "write it in quotes") from None
    return title


def date_of(text: str | None, zone: tzinfo) -> datetime | None:
    """Read what `--date` says, if anything."""
    if text is None:
        return None
    try:
        return parse_date(text, zone)
    except ValueError as error:
        raise PostdocsError("--date", None, str(error), "write YYYY-MM-DD") from None


def zone_of(text: str, name: str) -> str:
    """Read the name of a time zone. name: what messages call it."""
    try:
        return ZoneInfo(text).key
    except (LookupError, ValueError, OSError):
        remedy = "write a name from the IANA database, like Europe/Berlin"
        raise PostdocsError(name, None, f"'{text}' is not a time zone", remedy) from None


def choice_of(text: str, choices: Sequence[str], name: str) -> str:
    """Read one of several words, in any case. name: what messages call it."""
    chosen = next((choice for choice in choices if choice.lower() == text.lower()), None)
    if chosen is None:
        raise PostdocsError(name, None, f"'{text}' is not a choice", f"write one of {', '.join(choices)}")
    return chosen
