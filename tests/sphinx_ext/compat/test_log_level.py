"""Messages of Sphinx: those that nobody sees are not made."""

from __future__ import annotations

import logging

import pytest
from sphinx.testing.util import SphinxTestApp


class Notes(logging.Handler):
    """Counts what Sphinx says of events."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.events = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count a message."""
        self.events += "emitting event" in str(record.msg)


def events_told(app: SphinxTestApp) -> int:
    """Build, and return how many messages told of an event after the reading began."""
    log, notes = logging.getLogger("sphinx"), Notes()
    app.connect("env-before-read-docs", lambda *_: log.addHandler(notes))
    try:
        app.build()
    finally:
        log.removeHandler(notes)
    return notes.events


@pytest.mark.sphinx("dirhtml", testroot="blog", freshenv=True)
def test_what_nobody_sees_is_not_said(app: SphinxTestApp) -> None:
    """The level is that of the verbosity while a build lasts, and what it was before afterwards."""
    before = logging.getLogger("sphinx").level
    assert events_told(app) == 0
    assert logging.getLogger("sphinx").level == before == logging.DEBUG


@pytest.mark.sphinx("dirhtml", testroot="blog", freshenv=True, verbosity=2)
def test_who_asks_for_all_is_told_all(app: SphinxTestApp) -> None:
    """With `-vv`, Sphinx tells of each event, which is what there is to leave out."""
    assert events_told(app) > 0
