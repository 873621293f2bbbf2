"""The bytes of a source: from a file, or over the network where the user gave an address."""

from __future__ import annotations

from pathlib import Path

import httpx

from postdocs.core.errors import PostdocsError

LARGEST = 500 * 2**20  # bytes of a source


def load(name: str, client: httpx.Client) -> tuple[bytes, str, str | None]:
    """Return the bytes of a source, its name, and its media type where a server said one.

    name: a file, or an address that begins with http:// or https://.

    Raises
    ------
    PostdocsError
        It can't be had.

    """
    if name.startswith(("http://", "https://")):
        return _get(name, client)
    try:
        return Path(name).read_bytes(), name, None
    except OSError as error:
        raise PostdocsError(
            name, None, f"it can't be read ({error.strerror})", "name a file or an address"
        ) from None


def _get(url: str, client: httpx.Client) -> tuple[bytes, str, str | None]:
    data = bytearray()
    try:
        with client.stream("GET", url, follow_redirects=True, timeout=30) as response:
            response.raise_for_status()
            for chunk in response.iter_bytes():
                data += chunk
                if len(data) > LARGEST:
                    wrong = f"it has more than {LARGEST // 2**20} MiB"
                    raise PostdocsError(url, None, wrong, "download it and give the file in parts")
            return bytes(data), str(response.url), response.headers.get("content-type")
    except httpx.HTTPStatusError as error:
        wrong = f"the server answered {error.response.status_code}"
        raise PostdocsError(url, None, wrong, "check the address in a browser") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        wrong = f"it can't be fetched ({str(error) or type(error).__name__})"
        raise PostdocsError(url, None, wrong, "check the address, and the network") from None
