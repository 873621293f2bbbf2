"""How often a build has warned: one that has must say so again the next time, though nothing changed."""

from __future__ import annotations

import logging


class WarningCount(logging.Filter):
    """Counts the warnings that Sphinx shows. It lets all pass.

    count: of warnings since it was last set to 0, without those that `suppress_warnings` names.
    """

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def install(self) -> None:
        """Count from now on. There is nothing to undo: Sphinx makes a handler for each application."""
        for handler in logging.getLogger("sphinx").handlers:
            if handler.level == logging.WARNING:
                handler.addFilter(self)  # after Sphinx's own, which leave out what is suppressed

    def filter(self, record: logging.LogRecord) -> bool:
        """Count a warning."""
        self.count += 1
        return True
