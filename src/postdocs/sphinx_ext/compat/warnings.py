"""Whether a build has warned.

Private: `Sphinx._warncount`. Why: a build that has warned must say so again the next time, though nothing
changed. No public way tells it; a filter on Sphinx's log would miss what its own filters leave out.
Seen with Sphinx 9.0. `tests/sphinx_ext/planning/test_rebuild.py` fails when it is gone.
"""

from __future__ import annotations

from sphinx.application import Sphinx


def has_warned(app: Sphinx) -> bool:
    """Tell whether the application has warned of anything."""
    return bool(app._warncount)  # noqa: SLF001 - see above
