"""The process that builds, as the one that serves sees it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Iterable
from pathlib import Path

from postdocs.preview.diagnostics import Report

_LIMIT = 2**26  # bytes of a report


class Builder:
    """Builds of one site, one at a time, in a process that is kept as long as it can be.

    told: called in a build, with the path of a page that is there before the rest of the site is.
    """

    def __init__(self, source: Path, out: Path, told: Callable[[str], None] = lambda _: None) -> None:
        self._told = told
        self._command = (sys.executable, "-m", "postdocs.preview.worker", str(source), str(out))
        self._process: Process | None = None

    @property
    def process_id(self) -> int | None:
        """The process, if there is one now."""
        return self._process.pid if self._process else None

    async def build(self, changed: Iterable[Path] = ()) -> Report:
        """Build the site as it is now. changed: what is new since the last build."""
        files = [*map(str, changed)]
        report = await self._ask(files)
        if report.is_stale:
            await self.close()
            report = await self._ask([])
        if report.error:
            await self.close()
        return report

    async def _ask(self, changed: list[str]) -> Report:
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=PIPE,
                stdout=PIPE,
                limit=_LIMIT,
                start_new_session=True,  # Ctrl-C on the terminal is not for it
            )
        process = self._process
        assert process.stdin is not None is not process.stdout  # noqa: S101 - tells mypy what PIPE gives
        with contextlib.suppress(ConnectionError):  # then there is no answer either
            process.stdin.write(json.dumps(changed).encode() + b"\n")
            await process.stdin.drain()
        while line := await process.stdout.readline():
            answer = json.loads(line)
            if isinstance(answer, dict):
                return Report.from_json(answer)
            self._told(answer)
        return Report(
            error="The build process stopped; see its output in the terminal, then restart the preview"
        )

    async def close(self) -> None:
        """End the process, also during a build: the next one writes again what this one has begun."""
        process, self._process = self._process, None
        if process:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
