"""What ends a build is told in a line."""

from __future__ import annotations

import tempfile
from io import StringIO
from pathlib import Path

import pytest
from sphinx._cli.util import errors

from postdocs.sphinx_ext.compat.crash_report import told_in_a_line


def test_a_line_takes_the_place_of_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does where there is one, and nobody asks for the traceback; afterwards Sphinx is as it was."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # where Sphinx keeps tracebacks
    report = errors.handle_exception
    with pytest.raises(ZeroDivisionError) as caught:
        1 / 0  # noqa: B018 - an error that was raised

    def written(line: str | None, *, print_traceback: bool = False) -> str:
        stderr = StringIO()
        with told_in_a_line(lambda error: line):
            errors.handle_exception(caught.value, stderr=stderr, print_traceback=print_traceback)
        return stderr.getvalue()

    assert written("One line.") == "One line.\n"
    assert "Versions" in written(None)
    assert "Versions" in written("One line.", print_traceback=True)
    assert errors.handle_exception is report
