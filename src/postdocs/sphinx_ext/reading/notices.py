"""Notices about unusual posts: warnings in a strict site, information in others."""

from __future__ import annotations

from typing import Any

from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.logging import is_suppressed_warning

logger = logging.getLogger(__name__)

_TYPE, _SUBTYPE = "postdocs", "unusual"


def note_unusual(config: Config, message: str, location: Any) -> None:
    """Tell of something that is read as ablog reads it. location: as Sphinx's loggers take it."""
    is_quiet = not config.postdocs_strict or is_suppressed_warning(_TYPE, _SUBTYPE, config.suppress_warnings)
    if is_quiet:
        logger.info(f"{message} [{_TYPE}.{_SUBTYPE}]", location=location)
    else:
        logger.warning(message, location=location, type=_TYPE, subtype=_SUBTYPE)


def note_undated(config: Config, location: Any) -> None:
    """Tell of a post that has a page and is in no list, as in ablog: nobody says when it was published."""
    note_unusual(
        config,
        "post: it has no date, so it is a page, in no list of posts; add a date, or `draft: true`",
        location,
    )
