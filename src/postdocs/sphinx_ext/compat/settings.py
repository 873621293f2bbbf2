"""Whether the author has set a setting, or it has its default.

Private: `sphinx.config.Config._raw_config`. Why: ablog has a default that we would not choose, and an
extension can't give the setting of another one a default. No public way tells. Seen with Sphinx 9.0.
`tests/sphinx_ext/compat/test_settings.py` fails when it is gone.
"""

from __future__ import annotations

from sphinx.config import Config


def is_set(config: Config, name: str) -> bool:
    """Tell whether a setting is in `conf.py` or on the command line."""
    return name in config._raw_config or name in config.overrides  # noqa: SLF001 - see above
