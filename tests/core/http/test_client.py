"""Requests to servers of this machine, and to none."""

from __future__ import annotations

import asyncio
import base64
import socket
import ssl
from collections.abc import Iterable, Sequence

import httpcore
import pytest
import trustme
from clients import local_client
from clock import Clock
from servers import Server, serve

from postdocs.core.http.client import HEADERS, Client, Response, Retry, blocking
from postdocs.core.http.failures import Failure, FetchError

IMPATIENT = Retry(times=2, backoff=None)
PATIENT = Retry(times=2, backoff=1.0)


def get(url: str, client: Client | None = None, limit: int = 1000) -> Response:
    """Return the answer to a GET."""
    with blocking(client or local_client()) as blocking_client:
        return blocking_client.get(url, limit=limit)


def failure(url: str, client: Client | None = None) -> Failure:
    """Return why a GET has no answer."""
    with pytest.raises(FetchError) as caught:
        get(url, client)
    return caught.value.failure


def test_an_answer_has_the_address_that_gave_it(server: Server) -> None:
    """Redirects are followed, and relative links are relative to their end."""
    response = get(server.url("/to//picture"))
    assert (response.status, response.url, response.body) == (200, server.url("/picture"), b"picture")
    assert response.headers["content-type"] == "image/png"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/loop", Failure.REDIRECT_LOOP),
        ("/endless", Failure.REDIRECT_LIMIT),
        ("/to/ftp://here.test/", Failure.REDIRECT_TO_OTHER),
        ("/to/http://exa%20mple/", Failure.REDIRECT_TO_NOTHING),
        ("/to/http://inside.test/", Failure.PRIVATE),
        ("/to/http://gone.test/", Failure.NO_HOST),
        ("/to/http://broken.test/", Failure.NO_LOOKUP),
        ("/reset", Failure.NOT_HTTP),
        ("/cut-off", Failure.NOT_HTTP),
        ("/not-zipped", Failure.NOT_DECODED),
        ("/endless-body", Failure.TOO_LARGE),
        ("/zipped/5000", Failure.TOO_LARGE),
    ],
)
def test_each_failure_has_its_reason(server: Server, path: str, reason: Failure) -> None:
    """Whatever a server does, callers see one kind of error; compressed bodies are limited as they unfold."""
    assert failure(server.url(path)) is reason


@pytest.mark.parametrize(
    "url", ["/x.png", "ftp://here.test/", "http:///x", "http://exa mple/", "http://x:y/"]
)
def test_what_is_no_web_address_is_not_asked(url: str) -> None:
    """It needs no look-up to be refused."""
    assert failure(url) is Failure.NOT_A_URL


def test_a_body_is_read_of_successes_only(server: Server) -> None:
    """And only if it is asked for."""
    assert get(server.url("/zipped/500")).body == b"x" * 500
    assert get(server.url("/endless-body"), limit=0).body == b""
    assert get(server.url("/404")).body == b""


@pytest.mark.parametrize(
    ("path", "retry", "slept"),
    [
        ("/flaky/429-1", PATIENT, [1.0]),
        ("/flaky/503-2", PATIENT, [1.0, 2.0]),
        ("/busy/7", IMPATIENT, [7.0]),
        ("/busy/7", PATIENT, [7.0]),
        ("/busy/0", IMPATIENT, []),
        ("/busy/Thu,_01_Jan_2026_00:00:30_GMT", IMPATIENT, [30.0]),
        ("/busy/Wed,_31_Dec_2025_00:00:00_GMT", IMPATIENT, []),
    ],
)
def test_a_busy_server_is_asked_again(server: Server, path: str, retry: Retry, slept: list[float]) -> None:
    """After the time that it names (RFC 9110 §10.2.3), at once if that is over, else after one of our own."""
    clock = Clock()
    assert get(server.url(path), local_client(clock, retry=retry)).status == 200
    assert clock.slept == slept


@pytest.mark.parametrize("named", ["soon", "-5", "", "61", "Thu,_01_Jan_2026_00:02:00_GMT"])
def test_a_server_that_asks_for_too_much_time_is_left_alone(server: Server, named: str) -> None:
    """So is one that names none, where the client has no time of its own."""
    clock = Clock()
    assert get(server.url(f"/busy/{named}"), local_client(clock, retry=IMPATIENT)).status == 429
    assert (clock.slept, len(server.asked)) == ([], 1)


def test_attempts_come_to_an_end(server: Server) -> None:
    """The last answer counts, or the last reason for none."""
    clock = Clock()
    assert get(server.url("/500"), local_client(clock, retry=PATIENT)).status == 500
    assert failure(server.url("/reset"), local_client(clock, retry=PATIENT)) is Failure.NOT_HTTP
    assert (clock.slept, len(server.asked)) == ([1.0, 2.0] * 2, 6)


def test_what_will_not_change_is_not_tried_again(server: Server) -> None:
    """Neither answers that the server stands by, nor circles of redirects, nor private hosts."""
    clock = Clock()
    client = local_client(clock, retry=PATIENT)
    with blocking(client) as blocking_client:
        assert blocking_client.get(server.url("/404"), limit=10).status == 404
        for path in ("/loop", "/to/http://inside.test/"):
            with pytest.raises(FetchError):
                blocking_client.get(server.url(path), limit=10)
    assert (clock.slept, len(server.asked)) == ([], 3)


def test_redirects_wait_for_the_turn_of_their_host(server: Server) -> None:
    """A host is spared, whichever way leads there."""
    clock = Clock()
    client = local_client(clock, pause=1.0)
    with blocking(client) as blocking_client:
        blocking_client.get(server.url(f"/to/{server.url('/200', 'other.test')}"), limit=0)
        assert clock.now == 0.0
        blocking_client.get(server.url("/to//200"), limit=0)
    assert clock.now == 2.0


class Recorder(httpcore.AsyncMockBackend):
    """A network of servers that all say the same. addresses: what was connected to."""

    def __init__(self) -> None:
        super().__init__([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"])
        self.addresses: list[str] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect, to nobody."""
        self.addresses.append(host)
        return await super().connect_tcp(host, port, timeout, local_address, socket_options)


def test_a_name_server_that_changes_its_answer_gains_nothing() -> None:
    """The address that was vetted is the one that is connected to (DNS rebinding)."""
    answers = iter(["8.8.8.8", "127.0.0.1", "8.8.4.4"])
    network = Recorder()

    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return [next(answers)]

    with blocking(local_client(resolve=resolve, network=network)) as client:
        assert client.get("http://rebinding.test/a", limit=10).body == b"ok"
        with pytest.raises(FetchError) as caught:
            client.get("http://rebinding.test/b", limit=10)
        assert client.get("http://rebinding.test/c", limit=10).body == b"ok"
    assert caught.value.failure is Failure.PRIVATE
    assert network.addresses == ["8.8.8.8", "8.8.4.4"]


def test_a_server_that_never_answers_costs_one_wait(server: Server) -> None:
    """The time is that of an answer as a whole."""
    assert failure(server.url("/silent"), local_client(answer=0.2)) is Failure.TIMED_OUT


def test_a_refused_connection_is_named() -> None:
    """Nobody listens at the port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert failure(f"http://127.0.0.1:{taken.getsockname()[1]}/") is Failure.REFUSED


def test_certificates_are_checked(server: Server) -> None:
    """By the name of the host, not by the address that it resolves to."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("here.test").configure_cert(context)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    with serve(context) as secure:
        url = secure.url("/200", "here.test", "https")
        assert get(url, local_client(tls=trust)).status == 200
        assert failure(url) is Failure.CERTIFICATE
        other = secure.url("/200", "other.test", "https")
        assert failure(other, local_client(tls=trust)) is Failure.CERTIFICATE
    assert failure(server.url("/200", scheme="https")) is Failure.NO_TLS


def test_requests_say_who_asks() -> None:
    """With one name, whatever is asked for."""
    assert dict(HEADERS)["User-Agent"].startswith("Mozilla/5.0 (compatible; postdocs/")


def test_credentials_stay_with_their_origin() -> None:
    """User and password of an address are sent there, also after a redirect, and to no other host."""
    sent: list[tuple[str, str | None]] = []

    async def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines[1:] if line)
        sent.append((headers["Host"].partition(":")[0], headers.get("Authorization")))
        port = headers["Host"].partition(":")[2]
        location = {"/a": "/b", "/b": f"http://other.test:{port}/c"}.get(lines[0].split()[1])
        head = f"302 Found\r\nLocation: {location}" if location else "200 OK"
        writer.write(f"HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    async def run() -> None:
        async with await asyncio.start_server(visit, "127.0.0.1", 0) as listener, local_client() as client:
            port = listener.sockets[0].getsockname()[1]
            await client.get(f"http://me:p%40ss@here.test:{port}/a", limit=0)

    asyncio.run(run())
    authorization = f"Basic {base64.b64encode(b'me:p@ss').decode()}"
    assert sent == [("here.test", authorization), ("here.test", authorization), ("other.test", None)]
