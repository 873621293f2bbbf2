"""What commands have to know of the site whose sources they write, as its conf.py says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sphinx.config import eval_config_file
from sphinx.errors import ConfigError
from sphinx.util.tags import Tags

from postdocs.core.errors import PostdocsError

# What shows formulas.
_MATH = ("extensions", "html_math_renderer", "mathjax3_config", "mathjax4_config", "postdocs_math_macros")


@dataclass(frozen=True)
class Settings:
    """The settings of a site, as its conf.py has them.

    myst: those that begin with `myst_`. base: the address of the site, as feeds have it, or "". patterns: of
    the files that are posts. authors: who may write where nothing else is said, with the name of the setting.
    blog: the path of the lists of posts. math: those that say how formulas are shown.
    """

    zone: tzinfo
    myst: Mapping[str, Any]
    base: str = ""
    patterns: tuple[str, ...] = ()
    authors: tuple[tuple[str, str], ...] = ()
    blog: str = "blog"
    math: Mapping[str, Any] = field(default_factory=dict)


def read(conf: Path) -> Settings:
    """Read a conf.py, which is executed, as a build does.

    Raises
    ------
    PostdocsError
        It is not there, or wrong.

    """
    if not conf.is_file():
        remedy = "run this in the folder of your site's conf.py"
        raise PostdocsError(conf, None, "there is no such file", remedy)
    try:
        values = eval_config_file(conf, Tags())
    except ConfigError as error:
        problem = " ".join(str(error).split())
        raise PostdocsError(conf, None, problem, "correct it") from None
    name = values.get("postdocs_timezone", "UTC")
    try:
        zone = ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        remedy = "write a name from the IANA database, like 'Europe/Berlin'"
        raise PostdocsError(conf, None, f"postdocs_timezone: {name!r} is not a time zone", remedy) from None
    patterns = values.get("blog_post_pattern", [])
    return Settings(
        zone,
        {key: value for key, value in values.items() if key.startswith("myst_")},
        values.get("blog_baseurl") or "",
        (patterns,) if isinstance(patterns, str) else tuple(patterns),
        tuple(_authors(values)),
        str(values.get("blog_path", "blog")).strip("/"),
        {key: values[key] for key in _MATH if key in values},
    )


def _authors(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    default, people = values.get("blog_default_author"), values.get("blog_authors")
    if default:
        yield (default if isinstance(default, str) else ", ".join(default)), "blog_default_author"
    if isinstance(people, dict) and len(people) == 1:
        yield next(iter(people)), "blog_authors"
    if values.get("author"):
        yield values["author"], "author"
