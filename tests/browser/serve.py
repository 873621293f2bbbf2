"""The built site, served as a static host does it: compressed."""

from __future__ import annotations

import gzip
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_TEXT = {".html", ".css", ".js", ".svg", ".xml", ".json", ".txt", ".inv"}
_PIECES = re.compile(rb"(?=<(?:div|li|a|button)\b)")
_PAUSE = 0.03  # seconds between pieces, in which a browser paints


class _Handler(SimpleHTTPRequestHandler):
    """Sends what is text compressed, and says nothing."""

    pieces = False  # whether pages come as they are, with their headers in pieces

    def do_GET(self) -> None:
        """Send a file, or the index of a folder."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.split("?")[0].endswith("/"):
            path /= "index.html"
        if not path.is_file():
            super().do_GET()
            return
        body = path.read_bytes()
        in_pieces = self.pieces and path.suffix == ".html"
        is_text = path.suffix in _TEXT and not in_pieces
        if is_text:
            body = gzip.compress(body, mtime=0)
        self.send_response(200)
        if is_text:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(ConnectionError):  # the page was left before it had all its files
            for piece in _in_header(body) if in_pieces else [body]:
                self.wfile.write(piece)
                time.sleep(_PAUSE if in_pieces else 0)

    def log_message(self, *args: object) -> None:
        """Write no log."""


class _SlowHandler(_Handler):
    """Sends pages as a slow network does."""

    pieces = True


def _in_header(page: bytes) -> list[bytes]:
    """Return a page in pieces that end within its header."""
    start, end = page.index(b"<header"), page.index(b"</header>")
    return [page[:start], *_PIECES.split(page[start:end]), page[end:]]


@contextmanager
def served(folder: Path, is_slow: bool = False) -> Iterator[str]:
    """Serve a folder on a free port of 127.0.0.1, and give its address, with a slash at its end."""
    handler = _SlowHandler if is_slow else _Handler
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *given: handler(*given, directory=str(folder))
    ) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
