"""Scheduled posts: the only place where a build reads the clock."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime

from sphinx.errors import ConfigError


def publication_instant() -> datetime:
    """Return the instant after which posts are not published yet: the clock's, or SOURCE_DATE_EPOCH.

    A build asks once, so that all of it is of one instant.

    https://reproducible-builds.org/specs/source-date-epoch/

    Raises
    ------
    ConfigError
        The variable is no number of seconds.

    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(float(epoch) if epoch else time.time(), UTC)
    except (ValueError, OverflowError, OSError):
        raise ConfigError(f"SOURCE_DATE_EPOCH: '{epoch}' is not a time; write seconds since 1970") from None


def is_hidden(draft: bool, date: datetime | None, now: datetime) -> bool:
    """Tell whether a post is for the preview only: a draft, or not yet due."""
    return draft or date is None or date > now
