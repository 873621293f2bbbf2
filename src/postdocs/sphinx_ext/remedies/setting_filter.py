"""Warnings of Sphinx, MyST and the theme about settings pass here, and leave with the line of the setting."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from postdocs.core.conf import line_of_setting

# What is said of which setting, and of which value of it; and how it is said here.
_RULES: tuple[tuple[str, str], ...] = (
    (
        r"unsupported theme option '(?P<value>.+)' given",
        "html_theme_options: the theme has no option '{value}'; correct its name, or remove it",
    ),
    (
        r"(?P<name>html_\w+_path) entry '(?P<value>.+)' does not exist",
        "{name}: '{value}' is not there; put it there, or remove it from the list",
    ),
    (
        r"(?P<name>logo|favicon) file '(?P<value>.+)' does not exist",
        "html_{name}: '{value}' is not there; put it there, or correct its path",
    ),
    (
        r"myst configuration invalid: '(?P<name>\w+)' (?P<wrong>.+)",
        "myst_{name}: its value {wrong}; correct it",
    ),
    (
        r"The config value `(?P<name>\w+)[`'] (?P<wrong>.+?)\.?",
        "{name}: its value {wrong}; correct it",
    ),
)


class SettingFilter(logging.Filter):
    """Says of warnings about settings in which line of `conf.py` these are, and what to do."""

    def __init__(self, conf: Path) -> None:
        super().__init__()
        self._conf = conf
        self._rules = [(re.compile(pattern, re.DOTALL), text) for pattern, text in _RULES]

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite a warning; all are shown."""
        message = re.sub(r" \[[\w.-]+\]$", "", logging.LogRecord.getMessage(record))
        for pattern, text in self._rules:
            if match := pattern.fullmatch(message):
                record.msg, record.args = text.format(**match.groupdict()), ()
                name = record.msg.partition(":")[0]
                line = line_of_setting(self._conf, name, match.groupdict().get("value"))
                record.location = f"{self._conf}:{line or 1}"
                break
        return True


def install(app: Sphinx, config: Config) -> None:
    """Rewrite warnings from now on. There is nothing to undo: Sphinx makes a handler for each application."""
    for handler in logging.getLogger("sphinx").handlers:
        if handler.level == logging.WARNING:
            handler.addFilter(SettingFilter(Path(app.confdir, "conf.py")))  # after those of Sphinx
