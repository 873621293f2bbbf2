"""The bytes of a source: from a file, or over the network where the user gave an address."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from postdocs.core.errors import PostdocsError
from postdocs.core.http.address import host_of
from postdocs.core.http.client import BlockingClient, Client, Retry
from postdocs.core.http.connections import Connections
from postdocs.core.http.failures import Failure, FetchError
from postdocs.core.http.network import Proxies, PublicBackend
from postdocs.core.http.throttle import HostThrottle
from postdocs.importer.sources import database
from postdocs.importer.sources.encoding import LARGEST

_SECONDS = 3600.0  # for so much
PAUSE = 0.2  # seconds between two requests to a host
RETRY = Retry(times=3, backoff=1.0)


def client_for(sources: Iterable[str], proxies: Proxies) -> Client:
    """Return a client for sources and their pictures.

    sources: files and addresses. Hosts that are named there may be in a private network; no others may.
    """
    allowed = {host_of(source) for source in sources if is_address(source)}
    return Client(Connections(PublicBackend(allowed), proxies), HostThrottle(PAUSE), RETRY)


def is_address(source: str) -> bool:
    """Tell whether a source is an address rather than a file."""
    return source.startswith(("http://", "https://"))


def load(name: str, client: BlockingClient) -> tuple[bytes, str, str | None]:
    """Return the bytes of a source, its name, and its media type where a server said one.

    name: a file, or an address that begins with http:// or https://.

    Raises
    ------
    PostdocsError
        It can't be had.

    """
    if is_address(name):
        return _get(name, client)
    try:
        data = Path(name).read_bytes()
    except OSError as error:
        raise PostdocsError(
            name, None, f"it can't be read ({error.strerror})", "name a file or an address"
        ) from None
    return database.complete(data, Path(name)) if data.startswith(database.MAGIC) else data, name, None


def _get(url: str, client: BlockingClient) -> tuple[bytes, str, str | None]:
    try:
        response = client.get(url, limit=LARGEST, seconds=_SECONDS)
    except FetchError as error:
        wrong, remedy = f"it can't be fetched ({error})", "check the address, and the network"
        if error.failure is Failure.TOO_LARGE:
            wrong = f"it has more than {LARGEST // 2**20} MiB"
            remedy = "download it and give the file in parts"
        raise PostdocsError(url, None, wrong, remedy) from None
    if not response.is_success:
        wrong = f"the server answered {response.status}"
        raise PostdocsError(url, None, wrong, "check the address in a browser")
    return response.body, response.url, response.headers.get("content-type")
