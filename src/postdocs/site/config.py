"""The settings of the site: what there is to set, and what is refused."""

from __future__ import annotations

from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

_SETTINGS: tuple[tuple[str, object, str, object, str], ...] = (
    ("postdocs_timezone", "UTC", "env", str, "Time zone of dates that name no offset."),
    ("postdocs_drafts", False, "env", bool, "Whether drafts and future posts are built."),
    ("postdocs_page_length", 20, "html", int, "How many posts a page of a list shows."),
    (
        "postdocs_navbar",
        [("Posts", "blog"), ("Archive", "blog/archive"), ("Tags", "blog/tag")],
        "html",
        (list, tuple),
        "Pairs of a text and a docname, or a file of the output, for the navigation bar.",
    ),
)


def add(app: Sphinx) -> None:
    """Declare the settings."""
    for name, default, rebuild, types, description in _SETTINGS:
        app.add_config_value(name, default, rebuild, types, description)  # type: ignore[arg-type]  # as Sphinx has them
    app.connect("config-inited", _check)


def _check(app: Sphinx, config: Config) -> None:
    """Refuse a time zone that does not exist, and places where nothing can be."""
    config.post_show_prev_next = False  # ours come with the body of the page, whatever the theme
    if "blog_feed_fulltext" not in {*config._raw_config, *config.overrides}:  # noqa: SLF001 - ablog's default is no choice
        config.blog_feed_fulltext = True
    for pair in config.postdocs_navbar:
        if not (isinstance(pair, tuple | list) and [type(part) for part in pair] == [str, str]):
            raise ConfigError(f"conf.py: postdocs_navbar: {pair!r} is not a pair of a text and a page")
    path = config.blog_path
    if not isinstance(path, str) or not path.strip("/") or path != path.strip("/") or ".." in path.split("/"):
        raise ConfigError(
            f"conf.py: blog_path: {path!r} is not a folder of the site; write a name like 'blog'"
        )
    _check_address("blog_baseurl", config.blog_baseurl)
    for name, least in (("postdocs_page_length", 1), ("blog_feed_length", 0)):
        number = config[name]
        if number is not None and not (type(number) is int and number >= least):
            raise ConfigError(f"conf.py: {name}: {number!r} is not a number of posts; write {least} or more")
    try:
        ZoneInfo(config.postdocs_timezone)
    except (LookupError, TypeError, ValueError, OSError):
        raise ConfigError(
            f"conf.py: postdocs_timezone: {config.postdocs_timezone!r} is not a time zone; "
            "write a name from the IANA database, like 'Europe/Berlin'"
        ) from None


def _check_address(name: str, address: str) -> None:
    parts = urlsplit(address) if "[" not in str(address) else None
    if address and not (parts and parts.scheme in {"http", "https"} and parts.hostname):
        raise ConfigError(
            f"conf.py: {name}: {address!r} is not a web address; "
            "write one like 'https://example.org/', or nothing"
        )


def base_of(config: Config) -> str:
    """Return the address of the site, with a slash at its end, or "" where none is set."""
    base: str = config.blog_baseurl or ""
    return f"{base.rstrip('/')}/" if base else ""
