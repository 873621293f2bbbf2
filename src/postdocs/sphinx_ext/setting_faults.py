"""Settings of the wrong kind: a message with the line in `conf.py` for each, while the build goes on."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from postdocs.core.conf import line_of_setting
from postdocs.sphinx_ext.compat.settings import is_set

logger = logging.getLogger(__name__)

_LONGEST = 60  # characters of a value that a message shows
_LISTS = (list, tuple, set, frozenset)
# Sphinx and MyST declare them otherwise, and fail.
_LISTS_OF_TEXT = {"exclude_patterns", "include_patterns", "myst_enable_extensions", "myst_disable_syntax"}
_THEMES = {"postdocs", "pydata_sphinx_theme", "sphinx_book_theme"}  # those with these options
_LINKS = "[{'name': 'Code', 'url': 'https://example.org/', 'icon': 'fa-brands fa-github'}]"
_THEME_OPTIONS: Mapping[str, tuple[type, str]] = {
    "logo": (dict, "{'text': 'My site', 'image_light': '_static/logo.png'}"),
    "icon_links": (list, _LINKS),
    "external_links": (list, "[{'name': 'Code', 'url': 'https://example.org/'}]"),
    "analytics": (dict, "{'plausible_analytics_domain': 'example.org'}"),
    "switcher": (dict, "{'json_url': '_static/versions.json', 'version_match': '1'}"),
}
_THEME_PLACES = {
    *("navbar_start", "navbar_center", "navbar_end", "navbar_persistent"),
    *("article_header_start", "article_header_end", "article_footer_items", "content_footer_items"),
    *("primary_sidebar_end", "secondary_sidebar_items", "footer_start", "footer_center", "footer_end"),
}
_THEME_NUMBERS = {"header_links_before_dropdown", "navigation_depth", "show_nav_level", "show_toc_level"}
_NAMES: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "a truth value"),
    (str, "text"),
    ((int, float), "a number"),
    (_LISTS, "a list"),
    (dict, "a mapping"),
    (type(None), "None"),
)


class Faults:
    """What is wrong with the settings of an application, told in the order of the lines of `conf.py`."""

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self._conf = Path(app.confdir, "conf.py")
        self._told: list[tuple[int, str]] = []

    def add(self, name: str, wrong: str, value: object = None) -> None:
        """Note what is wrong with a setting. value: one in it, whose line is that of the fault."""
        line = line_of_setting(self._conf, name, value) or 1  # one of the command line has none
        self._told.append((line, f"{name}: {wrong}"))

    def refuse(self, name: str, wrong: str, value: object = None) -> None:
        """Note what is wrong with a setting, and give it its default. The build fails, whatever it makes.

        value: as in `add`.
        """
        self.add(name, wrong, value)
        self._app.config[name] = default_of(self._app.config, name)
        self._app.statuscode = 1

    def tell(self) -> None:
        """Warn of all that was noted."""
        for line, message in sorted(self._told):
            logger.warning(message, location=f"{self._conf}:{line}", type="postdocs", subtype="setting")


def shown(value: object) -> str:
    """Return a value as messages show it: as Python writes it, and not too much of it."""
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def check_kinds(config: Config, faults: Faults, checked: Container[str]) -> None:
    """Tell of each setting whose value is of another type than it is declared with, and take what is meant.

    Sphinx tells it later, without the line, and then uses the value: of text instead of a list each letter.
    checked: settings that have rules of their own.
    """
    for name, option in config.values.items():
        if name in checked or not isinstance(option.valid_types, frozenset) or not is_set(config, name):
            continue
        value, default = config[name], default_of(config, name)
        types = {*option.valid_types, *([] if default is None else [type(default)])} - {Any}
        if name in _LISTS_OF_TEXT:
            types = {list, tuple, set}
        elif Any in option.valid_types:
            continue
        if isinstance(default, list) and isinstance(value, tuple | set | frozenset):
            config[name] = [*value]  # which extensions add to
            continue
        if not types or isinstance(value, tuple(types)) or _is_near(value, types):
            continue
        meant = _meant(value, types)
        kinds = " or ".join(
            dict.fromkeys(kind for kind in map(_kind, sorted(types, key=str)) if kind != "None")
        )
        remedy = f"write {kinds}, or remove the line" if meant is None else f"write {shown(meant)}"
        faults.add(name, f"{shown(value)} is {_kind(type(value))}, not {kinds}; {remedy}")
        config[name] = default if meant is None else meant


def check_theme_options(config: Config, faults: Faults) -> None:
    """Tell of options of the theme that it would fail for, and leave them out."""
    if config.html_theme not in _THEMES or not isinstance(config.html_theme_options, dict):
        return
    options = {**config.html_theme_options}
    for name, (kind, example) in _THEME_OPTIONS.items():
        value = options.get(name)
        items = [*value] if isinstance(value, list | tuple) else []
        is_right = isinstance(value, kind) and all(
            isinstance(item, dict) and item.keys() >= {"name", "url"} for item in items
        )
        if value and not is_right:
            wrong = f"{name}: {shown(value)} is not {_kind(kind)} as it has to be; write {example}"
            faults.add("html_theme_options", wrong, name)
        if not is_right:
            options.pop(name, None)
    for name in sorted(options.keys() & (_THEME_PLACES | _THEME_NUMBERS)):
        value = options[name]
        wrong = ""
        if name in _THEME_NUMBERS and not re.fullmatch(r"-?\d+", str(value).strip()):
            wrong = f"{name}: {shown(value)} is not a number; write one like 2"
        elif name in _THEME_PLACES and not isinstance(value, str | list | tuple | dict):
            wrong = f"{name}: {shown(value)} is not a list of templates; write [] for none"
        if wrong:
            faults.add("html_theme_options", wrong, name)
            del options[name]
    config.html_theme_options = options


def default_of(config: Config, name: str) -> Any:
    """Return the default of a setting."""
    default = config.values[name].default
    return default(config) if callable(default) else default


def _is_near(value: object, types: set[Any]) -> bool:
    """Tell whether a value is of a type as good as the declared ones: Sphinx takes these without a word."""
    if isinstance(value, _LISTS):
        return not types.isdisjoint(_LISTS)
    return any(issubclass(each, type(value)) for each in types if type(value) is not object)


def _meant(value: object, types: set[Any]) -> Any:
    """Return what a value stands for: a list of one for text, or the other way round; None if nothing."""
    if isinstance(value, str) and value:
        kind = next((each for each in _LISTS if each in types), None)
        return kind([value]) if kind else None
    items = [*value] if isinstance(value, list | tuple) else []
    return items[0] if str in types and len(items) == 1 and isinstance(items[0], str) else None


def _kind(kind: Any) -> str:
    return next((name for types, name in _NAMES if issubclass(kind, types)), f"a {kind.__name__}")
