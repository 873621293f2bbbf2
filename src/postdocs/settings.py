"""What an import has to know of the site that it goes into: its time zone and its Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sphinx.config import eval_config_file
from sphinx.errors import ConfigError
from sphinx.util.tags import Tags

from postdocs.errors import PostdocsError


@dataclass(frozen=True)
class Settings:
    """The settings of a site, as its conf.py has them. myst: those that begin with `myst_`."""

    zone: tzinfo
    myst: Mapping[str, Any]


def read(conf: Path) -> Settings:
    """Read a conf.py, which is executed, as a build does.

    Raises
    ------
    PostdocsError
        It is not there, or wrong.

    """
    if not conf.is_file():
        remedy = "run the import in the folder of your site's conf.py"
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
    return Settings(zone, {key: value for key, value in values.items() if key.startswith("myst_")})
