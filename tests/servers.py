"""A server with an answer for each way in which a link can go wrong."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

FOREVER = 3600.0
_TLS = b"\x16"  # begins a handshake (RFC 8446 §5.1)


@dataclass
class Server:
    """A server on this machine.

    port: where. asked: method, host and path of each request. pages: HTML by path, or where to go; `*` is for
    all other paths.
    """

    port: int = 0
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        """Return the address of a path."""
        return f"{scheme}://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return what was asked, as method and path."""
        return [f"{method} {path}" for method, _, path in self.asked]


def _answers(path: str, method: str, times: int) -> bytes | None:  # noqa: PLR0911, PLR0912 - one for each path
    """Return what the server says, or None where it says nothing. times: how often it was asked before."""
    status, _, rest = path.strip("/").partition("/")
    if method == "CONNECT":
        return _head("403 Forbidden")
    match status:
        case "to":
            return _head("302 Found", f"Location: {rest}")
        case "for-good":
            return _head("301 Moved", f"Location: {rest}")
        case "loop":
            return _head("302 Found", "Location: /loop")
        case "endless":
            return _head("301 Moved", f"Location: /endless/{int(rest or 0) + 1}")
        case "latin":
            return _head("301 Moved", "Location: /caf\xe9").replace("é".encode(), b"\xe9")
        case "nowhere":
            return _head("302 Found")
        case "busy":
            return (
                _head("429 Slow down", f"Retry-After: {rest.replace('_', ' ')}")
                if times == 0
                else _head("200 OK")
            )
        case "get-only":
            return _head("405 No") if method == "HEAD" else _head("200 OK")
        case "head-404":
            return _head("404 No") if method == "HEAD" else _head("200 OK")
        case "hangs-up-on-head":
            return b"" if method == "HEAD" else _head("200 OK")
        case "reset":
            return b""
        case "garbage":
            return b"\x00\xff SSH-2.0\r\n\r\n"
        case "not-zipped":
            return _head("200 OK", "Content-Encoding: gzip", "Content-Length: 3") + b"no!"
        case "endless-body":
            return _head("200 OK", "Transfer-Encoding: chunked") + b"10000\r\n" + b"x" * 0x10000
        case "flaky":
            failure, _, failures = rest.partition("-")
            return _head(f"{failure} Not now") if times < int(failures) else _PICTURE
        case "picture":
            return _PICTURE
        case "page":
            return _head("200 OK", "Content-Type: text/html; charset=utf-8") + b"<p>sold"
        case "zipped":
            return _head("200 OK", "Content-Encoding: gzip") + gzip.compress(b"x" * int(rest))
        case "cut-off":
            return _head("200 OK", "Content-Length: 10") + b"half"
        case "silent":
            return None
        case "cdx":
            (url,) = parse_qs(urlsplit(path).query)["url"]
            if "cdx-" in url:  # the link says what the archive does when it is asked for it
                answer = url.partition("cdx-")[2].split("/")[0].replace("~", "/")
                return _answers(f"/{answer}", method, 0)
            rows = [] if "unsaved" in url else [["timestamp", "original"], ["20130707010203", url]]
            return _head("200 OK") + json.dumps(rows).encode()
        case code if code.isdigit():
            return _head(f"{code} whatever \x1b[31m they say")
    return _head("200 OK", "Content-Length: 0")


def _head(status: str, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", "Connection: close", *headers]
    return "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n"


def _page(html: str, method: str) -> bytes:
    if html.startswith("Location: "):
        return _head("302 Found", html)
    head = _head("200 OK", "Content-Type: text/html; charset=utf-8")
    return head if method == "HEAD" else head + html.encode()


_PICTURE = _head("200 OK", "Content-Type: image/png") + b"picture"


async def _serve(server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        first = await reader.readexactly(1)
        if first == _TLS:
            writer.write(_head("400 Bad Request"))
            return
        request = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = request[0].split(" ")
        host = next(line[6:] for line in request if line.lower().startswith("host: "))
        times = server.paths().count(f"{method} {path}")
        server.asked.append((method, host.partition(":")[0], path))
        page = server.pages.get(path, server.pages.get("*"))
        answer = _answers(path, method, times) if page is None else _page(page.replace("PATH", path), method)
        if answer is None:
            await asyncio.sleep(FOREVER)
        writer.write(answer or b"")
        await writer.drain()
    except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
        pass  # the client is gone, or the test is over
    finally:
        writer.close()


@contextlib.contextmanager
def serve(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Run a server in a thread, on 127.0.0.1."""
    server = Server()
    started = threading.Event()
    loop = asyncio.new_event_loop()
    over = asyncio.Event()

    async def run() -> None:
        visits: list[asyncio.Future[None]] = []
        writers: list[asyncio.StreamWriter] = []

        def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writers.append(writer)
            visits.append(asyncio.ensure_future(_serve(server, reader, writer)))

        listener = await asyncio.start_server(visit, "127.0.0.1", 0, ssl=tls)
        server.port = listener.sockets[0].getsockname()[1]
        started.set()
        await over.wait()
        await asyncio.sleep(0.05)  # connections on their way are accepted, so that they can be closed
        listener.close()
        for task in visits:
            task.cancel()
        for writer in writers:
            writer.transport.abort()
        await asyncio.gather(*visits, return_exceptions=True)
        await asyncio.sleep(0.01)  # for what the loop still has to close

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()))
    thread.start()
    started.wait()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()
