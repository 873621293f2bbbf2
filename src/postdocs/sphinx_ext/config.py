"""The settings of the site, and their validation."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pygments.styles import get_all_styles
from sphinx.application import Sphinx
from sphinx.config import Config

from postdocs.core.html import LINK_SCHEMES
from postdocs.core.scholarly import license_of
from postdocs.core.urls import scheme_of
from postdocs.sphinx_ext.compat.settings import is_set
from postdocs.sphinx_ext.setting_faults import Faults, check_kinds, check_theme_options, shown
from postdocs.sphinx_ext.settings.authors import author_faults, author_of, read_authors
from postdocs.sphinx_ext.settings.comments import read_comments
from postdocs.sphinx_ext.settings.errors import SettingError
from postdocs.sphinx_ext.settings.repository import read_repository
from postdocs.sphinx_ext.theme.colours import is_hex

_SETTINGS: tuple[tuple[str, object, str, object, str], ...] = (
    ("postdocs_timezone", "UTC", "env", str, "Time zone of dates without an offset."),
    ("postdocs_drafts", False, "env", bool, "Whether drafts and future posts are built."),
    (
        "postdocs_strict",
        False,
        "env",
        bool,
        "Whether unusual front matter, which Postdocs reads as ablog does, is a warning.",
    ),
    (
        "postdocs_license",
        "",
        "env",
        str,
        "The license of posts that name none: an SPDX identifier, or an address at creativecommons.org.",
    ),
    (
        "postdocs_accent",
        "#0a7d91",
        "html",
        str,
        "The colour of links, marks, cards and the icon, from which the theme derives readable shades.",
    ),
    (
        "postdocs_authors",
        {},
        "html",
        dict,
        "`image`, `biography`, `links`, and `orcid` of authors, by the names that the site shows.",
    ),
    (
        "postdocs_repository",
        "",
        "html",
        str,
        "The address of the folder of `conf.py` at GitHub, GitLab, Codeberg, or Bitbucket, for links to edit "
        "a post.",
    ),
    (
        "postdocs_comments",
        {},
        "html",
        dict,
        "`repo`, `repo_id`, `category`, and `category_id` of giscus, for comments that a reader can load.",
    ),
    (
        "postdocs_font",
        False,
        "html",
        bool,
        "Whether text is set in Source Serif, which the site serves itself, not in the system's font.",
    ),
    (
        "postdocs_links",
        [],
        "html",
        (list, tuple),
        "Pairs of a text and an address, docname, or file of the output, where readers find you. The home "
        "page and the footer show them after the feed.",
    ),
    ("postdocs_social_cards", True, "html", bool, "Whether posts without an image get a card for sharing."),
    ("postdocs_page_length", 20, "html", int, "How many posts a page of a list shows."),
    (
        "postdocs_math_macros",
        {},
        "env",
        dict,
        "Macros for formulas by name, as in MathJax's `tex.macros`.",
    ),
    (
        "postdocs_navbar",
        [("Posts", "blog"), ("Archive", "blog/archive"), ("Tags", "blog/tag")],
        "html",
        (list, tuple),
        "Pairs of a text and a docname, or a file of the output, for the navigation bar. The default follows "
        "`blog_path`.",
    ),
)


def setup(app: Sphinx) -> None:
    """Declare the settings."""
    for name, default, rebuild, types, description in _SETTINGS:
        app.add_config_value(name, default, rebuild, types, description)  # type: ignore[arg-type]  # as Sphinx has them


def check_settings(app: Sphinx, config: Config) -> None:
    """Tell of each setting that makes no sense, and take its default; ablog would take it, and fail later."""
    faults = Faults(app)
    for name, is_right, expected in _RULES:
        if not is_right(config[name]):
            faults.refuse(name, f"{shown(config[name])} is not {expected}")
    for error in author_faults(config.postdocs_authors, Path(app.srcdir)):
        faults.refuse("postdocs_authors", str(error), error.value)
    for name, read in (("postdocs_repository", read_repository), ("postdocs_comments", read_comments)):
        try:
            read(config[name])
        except SettingError as error:
            faults.refuse(name, str(error), error.value)
    check_kinds(config, faults, {name for name, _, _ in _RULES})
    check_theme_options(config, faults)
    for kind in _KINDS:
        chosen = config[f"blog_default_{kind}"] or []
        unknown = {chosen} if isinstance(chosen, str) else {*map(str, chosen)}
        if unknown - config[f"blog_{kind}s"].keys():
            wrong = f"{chosen!r} is not a key of blog_{kind}s; add it there"
            faults.refuse(f"blog_default_{kind}", wrong)
    faults.tell()
    if not is_set(config, "postdocs_navbar"):
        config.postdocs_navbar = [
            (text, f"{config.blog_path}{page.removeprefix('blog')}") for text, page in config.postdocs_navbar
        ]
    config.post_show_prev_next = False  # ours come with the body of the page, whatever the theme
    if not is_set(config, "blog_feed_fulltext"):  # ablog's default is no choice
        config.blog_feed_fulltext = True


def _is_address(value: object) -> bool:
    try:
        parts = urlsplit(value) if isinstance(value, str) else urlsplit("")
    except ValueError:
        return False
    return not value or (parts.scheme in {"http", "https"} and bool(parts.hostname))


def _is_link(value: object) -> bool:
    return value is None or (isinstance(value, str) and scheme_of(value) in LINK_SCHEMES)


def _is_colour(value: object) -> bool:
    return isinstance(value, str) and is_hex(value)


def _is_folder(value: object) -> bool:
    return (
        isinstance(value, str) and bool(value) and value == value.strip("/") and ".." not in value.split("/")
    )


def _is_license(value: object) -> bool:
    return isinstance(value, str) and (not value or _is_read(license_of, value))


def _is_read(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _is_zone(value: object) -> bool:
    try:
        ZoneInfo(str(value))
    except (LookupError, ValueError, OSError):
        return False
    return isinstance(value, str)


def _is_navbar(value: object) -> bool:
    pairs = value if isinstance(value, list | tuple) else [None]
    return all(
        isinstance(pair, list | tuple) and [*map(type, pair)] == [str, str] and _is_link(pair[1])
        for pair in pairs
    )


def _are_people(value: object) -> bool:
    entries = value.values() if isinstance(value, dict) else [None]
    return all(
        isinstance(entry, tuple | list)
        and len(entry) == len(("name", "address"))
        and isinstance(entry[0], str)
        and _is_link(entry[1])
        for entry in entries
    )


def _are_names(value: object) -> bool:
    names = value if isinstance(value, list) else [value]
    return all(isinstance(name, str | None) for name in names)


def _are_feeds(value: object) -> bool:
    return not value or (
        isinstance(value, dict)
        and all(
            isinstance(name, str) and _NAME.fullmatch(name) and isinstance(value[name], dict)
            for name in value
        )
    )


def _are_patterns(value: object) -> bool:
    patterns = [value] if isinstance(value, str) else value
    return isinstance(patterns, list) and all(
        isinstance(pattern, str) and not pattern.startswith(("/", "..")) for pattern in patterns
    )


def _is_style(value: object) -> bool:
    return value is None or (
        isinstance(value, str) and ("." in value or value in {*get_all_styles(), *_STYLES})
    )


def _is_number(least: int) -> Callable[[object], bool]:
    return lambda value: value is None or (type(value) is int and value >= least)


_STYLES = {"none", "sphinx"}  # which Sphinx adds to those of Pygments
_KINDS = ("author", "location", "language")
_NAME = re.compile(r"[\w-][\w.-]*")
_PEOPLE = "a mapping of names to pairs; write one like {'ann': ('Ann Example', 'https://example.org/')}"
_RULES: tuple[tuple[str, Callable[[object], bool], str], ...] = (
    ("postdocs_navbar", _is_navbar, "a list of pairs; write [('Posts', 'blog')]"),
    ("postdocs_links", _is_navbar, "a list of pairs; write [('E-mail', 'mailto:ann@example.org')]"),
    ("postdocs_timezone", _is_zone, "a time zone; write a name from the IANA database, like 'Europe/Berlin'"),
    (
        "postdocs_license",
        _is_license,
        "a license that is known; write an identifier of https://spdx.org/licenses/, like 'CC-BY-4.0'",
    ),
    ("postdocs_accent", _is_colour, "a colour; write one of CSS in hexadecimal digits, like '#0a7d91'"),
    ("postdocs_page_length", _is_number(1), "a number of posts; write 1 or more"),
    ("blog_path", _is_folder, "a folder of the site; write a name like 'blog'"),
    ("blog_baseurl", _is_address, "a web address; write one like 'https://example.org/', or nothing"),
    (
        "html_baseurl",
        lambda value: isinstance(value, str) and "[" not in value,
        "a web address; write one like 'https://example.org/', or ''",
    ),
    ("blog_title", lambda value: isinstance(value, str), "text; put it in quotes"),
    ("blog_feed_subtitle", lambda value: isinstance(value, str | None), "text; put it in quotes"),
    ("blog_feed_length", _is_number(0), "a number of posts; write 0 or more"),
    (
        "blog_feed_templates",
        _are_feeds,
        "a mapping of names of feeds to templates; write one like {'atom': {}}",
    ),
    ("blog_post_pattern", _are_patterns, "a pattern below the site's folder; write one like 'posts/**/*.md'"),
    ("blog_authors", _are_people, _PEOPLE),
    ("blog_locations", _are_people, _PEOPLE),
    ("blog_languages", _are_people, _PEOPLE),
    *(
        (f"blog_default_{kind}", _are_names, "a name, or a list of names; put names in quotes")
        for kind in _KINDS
    ),
    ("pygments_style", _is_style, "a style of Pygments; write a name like 'default'"),
    ("post_auto_excerpt", _is_number(0), "a number of paragraphs; write 0 or more"),
    ("post_auto_image", _is_number(0), "the number of a picture; write 0 or more"),
)


def orcid_of(config: Config, author: str) -> str | None:
    """Return the address of the ORCID iD of an author, by the name that the site shows."""
    return author_of(read_authors(config.postdocs_authors), author).orcid or None


def address_of(config: Config) -> str:
    """Return the address of the site, with a slash at its end, or "" where it has none."""
    address: str = config.html_baseurl or config.blog_baseurl or ""
    return f"{address.rstrip('/')}/" if address and _is_address(address) else ""


def base_of(config: Config) -> str:
    """Return what ablog has as the address of the site, with a slash at its end, or "" where none is set."""
    base: str = config.blog_baseurl or ""
    return f"{base.rstrip('/')}/" if base else ""
