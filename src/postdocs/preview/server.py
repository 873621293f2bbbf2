"""The server: built files, with a script in each page that waits for the next build."""

from __future__ import annotations

import asyncio
import html
import json
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_OURS = "/_postdocs/preview"
_HOSTS = ("127.0.0.1", "localhost")
_KEPT = 50  # pages that are still shown while a mistake keeps them out of the site
_TRIES, _PAUSE = 20, 0.05  # to read a page that is being written; seconds between them
_SCRIPT = (Path(__file__).parent / "static" / "preview.js").read_text(encoding="utf-8")
_BUILDING = "Building the site. This page reloads when the site is ready."
_FAILED = "The build failed. Fix the errors below: this page reloads when the site is ready."
_MISSING = "There is no such page."
_OUTSIDE = 'There is no such page. The site is at <a href="{0}">{0}</a>, as html_baseurl in conf.py says.'


@dataclass(frozen=True)
class Status:
    """What pages are told.

    build: the number of the state of the site. lines: what is wrong with the sources. early: the path of the
    page that is in this state already, while others are in the one before; "" when all are. base: the path of
    the site on its host, which begins and ends with a slash; "" until the first build is done.
    """

    build: int = 0
    lines: tuple[str, ...] = ()
    early: str = ""
    base: str = ""


class EventBroadcaster:
    """The status now, and those who wait for the next."""

    def __init__(self) -> None:
        self._run = secrets.token_hex(4)  # a page of another run is older, whatever its number
        self._changed = asyncio.Event()
        self.status = Status()

    def build_of(self, path: str) -> str:
        """Return the name of the state that a page is in."""
        status = self.status
        is_older = status.early not in {"", path}
        return f"{self._run}-{status.build - is_older}"

    def publish_early(self, path: str) -> None:
        """Tell a page that it has changed, while the rest of the site is still being built."""
        self._set(replace(self.status, build=self.status.build + 1, early=path))

    def publish(self, lines: tuple[str, ...], base: str, *, is_new: bool, early_stands: bool = True) -> None:
        """Tell all pages what is wrong. is_new: whether the site has changed: they are loaded again.

        early_stands: whether the page that was told before the others need not be loaded once more.
        """
        status = self.status
        is_done = bool(status.early) and early_stands
        is_new = (is_new and not is_done) or base != status.base
        self._set(Status(status.build + is_new, lines, base=base))

    def _set(self, status: Status) -> None:
        self.status = status
        self._changed.set()
        self._changed = asyncio.Event()

    async def events(self, path: str) -> AsyncIterator[str]:
        """Yield what a page is told now and later, as server-sent events."""
        while True:
            changed = self._changed
            event = {"build": self.build_of(path), "lines": self.status.lines}
            yield f"data: {json.dumps(event)}\n\n"
            await changed.wait()


class _Pages(StaticFiles):
    """The files below a folder, at the path of the site; pages get the script on their way."""

    def __init__(self, folder: Path, broadcaster: EventBroadcaster) -> None:
        super().__init__(directory=folder, html=True)
        self._broadcaster = broadcaster
        self._seen: OrderedDict[str, bytes] = OrderedDict()

    def get_path(self, scope: Scope) -> str:
        """Return the path of a file from the folder."""
        path = scope["path"].removeprefix(self._broadcaster.status.base)
        return super().get_path({**scope, "path": f"/{path}"})

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file or page; one that was there before the mistake that the author is at stays."""
        # Read first: what was built since is newer than what the page has then.
        status, url = self._broadcaster.status, scope["path"]
        build = self._broadcaster.build_of(url)
        if not status.base:
            return _page(_message(_FAILED if status.lines else _BUILDING), build, 503)
        if not url.startswith(status.base):
            if url in {"/", status.base.rstrip("/")}:
                return RedirectResponse(status.base)
            return _page(_message(_OUTSIDE.format(html.escape(quote(status.base)))), build, 404)
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404:  # noqa: PLR2004 - of HTTP
                raise
            response = HTMLResponse(_message(_MISSING), 404)
        if response.media_type != "text/html":
            response.headers["Cache-Control"] = "no-cache"
            return response
        file = getattr(response, "path", None)
        data = await _whole(Path(file)) if file else bytes(response.body)
        code = response.status_code
        if code == 200:  # noqa: PLR2004 - of HTTP
            self._seen[path] = data
            self._seen.move_to_end(path)
            if len(self._seen) > _KEPT:
                self._seen.popitem(last=False)
        elif status.lines and path in self._seen:
            data, code = self._seen[path], 200
        return _page(data, build, code)


async def _whole(file: Path) -> bytes:
    """Return a page when all of it is written: it ends as pages do, or stays as it is."""
    data = b""
    for _ in range(_TRIES):
        before, data = data, await asyncio.to_thread(file.read_bytes)
        if data.rstrip().endswith(b"</html>") or (data and data == before):
            break
        await asyncio.sleep(_PAUSE)
    return data


def _message(text: str) -> bytes:
    """Return a page that says why there is no other."""
    head = "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Preview</title>"
    return f"{head}<p>{text}</html>".encode()


def _page(data: bytes, build: str, code: int) -> Response:
    return HTMLResponse(with_script(data, build), code, {"Cache-Control": "no-store"})


def with_script(page: bytes, build: str) -> bytes:
    """Return a page with our script at the end of its body."""
    script = f'<script src="{_OURS}.js" data-build="{build}"></script>'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + script + end + after if end else page + script


def make(folder: Path, broadcaster: EventBroadcaster) -> Starlette:
    """Return the application that serves a folder, to browsers on this machine only.

    Other sites can't read it by a name of theirs that leads to this machine, nor wait for its events.
    """

    async def script(request: Request) -> Response:
        return Response(_SCRIPT, media_type="text/javascript", headers={"Cache-Control": "no-store"})

    async def events(request: Request) -> Response:
        origin = request.headers.get("Origin")
        is_ours = origin in {None, f"http://{request.headers['Host']}"}
        if not is_ours or request.headers.get("Sec-Fetch-Site") not in {None, "same-origin", "none"}:
            return PlainTextResponse("Of another origin", 403)
        return StreamingResponse(
            broadcaster.events(request.query_params.get("page", "")),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    folder.mkdir(parents=True, exist_ok=True)
    return Starlette(
        routes=[
            Route(f"{_OURS}.js", script),
            Route(f"{_OURS}/events", events),
            Mount("/", _Pages(folder, broadcaster)),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[*_HOSTS], www_redirect=False)],
    )
