"""The built site, served as a static host does it: compressed."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_TEXT = {".html", ".css", ".js", ".svg", ".xml", ".json", ".txt", ".inv"}


class _Handler(SimpleHTTPRequestHandler):
    """Sends what is text compressed, and says nothing."""

    def do_GET(self) -> None:
        """Send a file, or the index of a folder."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.split("?")[0].endswith("/"):
            path /= "index.html"
        if not path.is_file():
            super().do_GET()
            return
        body = path.read_bytes()
        is_text = path.suffix in _TEXT
        if is_text:
            body = gzip.compress(body, mtime=0)
        self.send_response(200)
        if is_text:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(ConnectionError):  # the page was left before it had all its files
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Write no log."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of 127.0.0.1, and give its address, with a slash at its end."""
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *given: _Handler(*given, directory=str(folder))
    ) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
