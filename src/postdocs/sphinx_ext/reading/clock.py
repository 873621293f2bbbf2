"""What is due: the one place where a build looks at the clock."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from functools import cache

from sphinx.errors import ConfigError


@cache
def now() -> datetime:
    """Return the instant at which what is dated later is not published yet: the clock's, or another.

    A build looks once, so that all of it is of one instant; each clears what the one before has seen.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(float(epoch) if epoch else time.time(), UTC)
    except (ValueError, OverflowError, OSError):
        raise ConfigError(f"SOURCE_DATE_EPOCH: '{epoch}' is no time; write seconds since 1970") from None


def is_hidden(draft: bool, date: datetime | None) -> bool:
    """Tell whether a post is for the preview only: a draft, or not yet due."""
    return draft or date is None or date > now()
