"""The preview: watches files, builds the site, and notifies browsers."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from filelock import FileLock, Timeout
from watchfiles import Change, DefaultFilter, awatch

from postdocs.core.errors import PostdocsError
from postdocs.preview.builder import Builder
from postdocs.preview.diagnostics import Diagnostics, Report
from postdocs.preview.server import EventBroadcaster, make
from postdocs.preview.worker import PACKAGE

HOST = "127.0.0.1"
PORT = 8000
_TRIED = 20  # ports, when none was asked for
_QUIET = 20  # milliseconds without a change after which a save counts as done


@dataclass(frozen=True)
class Built:
    """What the terminal is told of a build. lines: what is wrong now. seconds: since the save was seen."""

    report: Report
    lines: tuple[str, ...]
    seconds: float


class _Sources(DefaultFilter):
    """Leaves out what is no source: what the preview makes, hidden files, what editors leave."""

    def __init__(self, source: Path, out: Path) -> None:
        super().__init__()
        self._roots = (source, PACKAGE)
        self._ignored = {out, source / "_build"}

    def __call__(self, change: Change, path: str) -> bool:
        file = Path(path)
        root = next((root for root in self._roots if file.is_relative_to(root)), None)
        if root is None or any(file.is_relative_to(folder) for folder in self._ignored):
            return False
        is_hidden = any(part.startswith(".") for part in file.relative_to(root).parts)
        return not is_hidden and super().__call__(change, path)


@contextlib.contextmanager
def listen(port: int | None) -> Iterator[socket.socket]:
    """Open a socket on this machine's own address. port: None takes the first free one from PORT on.

    Raises
    ------
    PostdocsError
        The port is in use.

    """
    for number in range(PORT, PORT + _TRIED) if port is None else [port]:
        with contextlib.closing(socket.socket()) as listening:
            # Sockets of a server that has ended keep a port for a while.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listening.bind((HOST, number))
                listening.listen()
            except OSError:
                continue
            yield listening
            return
    wrong = (
        f"port {port} is not available"
        if port is not None
        else f"ports {PORT} to {PORT + _TRIED - 1} are in use"
    )
    raise PostdocsError("--port", None, wrong, "name another")


@contextlib.contextmanager
def alone(source: Path, out: Path) -> Iterator[None]:
    """Hold the folder of the output, which can't have two previews.

    Raises
    ------
    PostdocsError
        Another preview has it.

    """
    out.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / "preview.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        wrong = "a preview of this folder is already running"
        raise PostdocsError(source, None, wrong, "use it, or stop it") from None
    try:
        yield
    finally:
        lock.release()


class Preview:
    """A site that is watched, built and served."""

    def __init__(self, source: Path, out: Path, tell: Callable[[Built], None]) -> None:
        self._source, self._out, self._tell = source, out, tell
        self._diagnostics = Diagnostics()
        self._pending: dict[Path, float] = {}
        self._saved = asyncio.Event()
        self.events = EventBroadcaster()
        self._builder = Builder(source, out, self.events.publish_early)

    async def serve(self, listening: socket.socket, started: Callable[[str], None]) -> None:
        """Serve the site until the process is told to end.

        started: called with the path of the site when the first build has ended.
        """
        config = uvicorn.Config(
            make(self._out / "html", self.events),
            log_config=None,
            log_level="critical",  # what is wrong with a page is told by the builder
            access_log=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=0,  # pages wait for events for ever
        )
        server = uvicorn.Server(config)
        tasks = [asyncio.create_task(self._watch()), asyncio.create_task(self._build(started))]
        serving = asyncio.create_task(server.serve([listening]))
        try:
            done, _ = await asyncio.wait([serving, *tasks], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            server.should_exit = True
            for task in tasks:
                task.cancel()
            await asyncio.gather(serving, *tasks, return_exceptions=True)
            await self._builder.close()

    async def _watch(self) -> None:
        async for paths in self._changes():
            for path in paths:
                self._pending.setdefault(path, time.perf_counter())
            self._saved.set()

    async def _changes(self) -> AsyncIterator[set[Path]]:
        folders = {self._source, *([] if PACKAGE.is_relative_to(self._source) else [PACKAGE])}
        async for changes in awatch(*folders, watch_filter=_Sources(self._source, self._out), step=_QUIET):
            yield {Path(path) for _, path in changes}

    async def _build(self, started: Callable[[str], None]) -> None:
        """Build whenever something was saved; what is saved meanwhile waits for the next build."""
        is_first, since, changed = True, time.perf_counter(), list[Path]()
        while True:
            report = await self._builder.build(changed)
            self._diagnostics.settle(report)
            self._diagnostics.keep_only(
                name for name in self._diagnostics.files if (self._source / name).is_file()
            )
            lines = self._diagnostics.lines
            is_new = bool(report.looked_at) and not report.error
            if is_first or is_new or report.error or lines != self.events.status.lines:
                base = report.base or self.events.status.base
                self.events.publish(lines, base, is_new=is_new, early_stands=report.early_stands)
                self._tell(Built(report, lines, time.perf_counter() - since))
            if is_first:
                started(self.events.status.base)
            is_first = False
            await self._saved.wait()
            self._saved.clear()
            since = min(self._pending.values())
            changed = [*self._pending]
            self._pending.clear()
