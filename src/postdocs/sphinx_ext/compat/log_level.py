"""Messages that nobody sees, not made.

Private: nothing; `VERBOSITY_MAP` and `NAMESPACE` of `sphinx.util.logging` are in no documentation. Why: for
each event Sphinx notes its arguments, among them whole pages, whether or not they are shown. A process that
reads or writes documents keeps all these notes, and sends them to the one that began it, which drops them.
Seen with Sphinx 9.0. `tests/sphinx_ext/compat/test_log_level.py` fails when Sphinx no longer does so.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sphinx.application import Sphinx
from sphinx.util.logging import NAMESPACE, VERBOSITY_MAP


@contextmanager
def shown_only(app: Sphinx) -> Iterator[None]:
    """Let Sphinx make only messages that the verbosity of an application shows."""
    log = logging.getLogger(NAMESPACE)
    before = log.level
    log.setLevel(VERBOSITY_MAP[max(app.verbosity, 0)])
    try:
        yield
    finally:
        log.setLevel(before)
