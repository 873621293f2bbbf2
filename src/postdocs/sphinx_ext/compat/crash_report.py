"""A message of one line in place of Sphinx's crash report, if the line says everything.

Private: `sphinx._cli.util.errors.handle_exception`. Why: Sphinx prints a report of versions and files for
mistakes of authors too, and no setting shortens it. Seen with Sphinx 9.0.
`tests/sphinx_ext/compat/test_crash_report.py` fails when it is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from sphinx._cli.util import errors


@contextmanager
def told_in_a_line(explain: Callable[[BaseException], str | None]) -> Iterator[None]:
    """Print what is made of an error in place of the report, unless a debugger or a traceback is asked for.

    explain: returns the line, or None where the report stays.
    """
    report = errors.handle_exception

    def handle(error: BaseException, /, *, stderr: TextIO, **options: Any) -> None:
        is_asked_for = options.get("use_pdb") or options.get("print_traceback")
        line = None if is_asked_for else explain(error)
        if line is None:
            report(error, stderr=stderr, **options)
        else:
            print(line, file=stderr)

    errors.handle_exception = handle  # type: ignore[assignment]  # it takes what Sphinx passes
    try:
        yield
    finally:
        errors.handle_exception = report
