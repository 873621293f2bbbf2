"""Debian's Firefox, by WebDriver BiDi, the protocol that it speaks itself (https://www.w3.org/TR/webdriver-bidi/).

Playwright drives only a Firefox of its own, which it would have to download.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import ClientConnection, connect

_LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_MOST_BYTES = 2**25  # of a screenshot
_SECONDS = 60.0  # that an answer may take


class Firefox:
    """A window of Firefox."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._commands = 0
        self._send("session.new", capabilities={})
        self._context = self._send("browsingContext.getTree")["contexts"][0]["context"]

    def open(self, address: str, width: int) -> None:
        """Load a page in a window of so many CSS pixels; its fonts are there as well."""
        viewport = {"width": width, "height": 800}
        self._send("browsingContext.setViewport", context=self._context, viewport=viewport)
        self._send("browsingContext.navigate", context=self._context, url=address, wait="complete")
        self.evaluate("document.fonts.ready.then(() => null)")

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression of JavaScript, or of its promise, that JSON can hold."""
        script = f"Promise.resolve({expression}).then(value => JSON.stringify(value) ?? 'null')"
        target = {"context": self._context}
        answer = self._send("script.evaluate", expression=script, target=target, awaitPromise=True)
        if answer["type"] == "exception":
            raise AssertionError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def screenshot(self) -> bytes:
        """Return a picture of the page, as PNG."""
        answer = self._send("browsingContext.captureScreenshot", context=self._context, origin="document")
        return base64.b64decode(answer["data"])

    def _send(self, method: str, **params: Any) -> Any:
        self._commands += 1
        self._connection.send(json.dumps({"id": self._commands, "method": method, "params": params}))
        while True:  # events come between
            answer = json.loads(self._connection.recv(timeout=_SECONDS))
            if answer.get("id") == self._commands:
                if answer["type"] == "error":
                    raise AssertionError(f"{method}: {answer['message']}")
                return answer["result"]


def find() -> str | None:
    """Return where Firefox is, if it is installed."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


@contextmanager
def started(program: str) -> Iterator[Firefox]:
    """Start Firefox with an empty profile, and end it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 - found above
            assert process.stderr is not None
            try:
                guard = threading.Timer(_SECONDS, process.kill)  # which ends what is read below
                guard.start()
                lines = (_LISTENS.search(line) for line in process.stderr)
                address = next((match[1] for match in lines if match), None)
                guard.cancel()
                assert address, f"{program} does not start"
                threading.Thread(target=process.stderr.read, daemon=True).start()  # so that it never waits
                with connect(f"{address}/session", max_size=_MOST_BYTES, compression=None) as connection:
                    yield Firefox(connection)
            finally:
                process.terminate()
