"""One link, asked of a real server."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime

import httpcore
import pytest
import trustme
from servers import Server, serve

from postdocs.core.network import PublicBackend
from postdocs.links import http as probe
from postdocs.links.http import Answer, Prober
from postdocs.links.policy import Outcome

FINE, GONE, UNKNOWN = Outcome.FINE, Outcome.GONE, Outcome.UNKNOWN
NOW = datetime(2026, 1, 1, tzinfo=UTC)
HERE = {"127.0.0.1", "localhost", "here.test"}


async def look_up(host: str, _: int) -> Sequence[str]:
    """Know some names, and answer as a name server does for others."""
    known = {"here.test": "127.0.0.1", "inside.test": "10.0.0.1", "127.0.0.1": "127.0.0.1"}
    if host == "broken.test":
        raise socket.gaierror(socket.EAI_AGAIN, "try again")
    if host not in known:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")
    return [known[host]]


def ask(url: str, tls: ssl.SSLContext | None = None, whole: float = 5.0) -> Answer:
    """Ask for a link; hosts of HERE may be asked."""

    async def at_once(_: str) -> None:
        return None

    async def run() -> Answer:
        backend = PublicBackend(HERE, look_up)
        async with httpcore.AsyncConnectionPool(network_backend=backend, ssl_context=tls) as http:
            return await Prober(http, at_once, lambda: NOW, whole).ask(url)

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("path", "outcome", "text"),
    [
        ("/200", FINE, "200 OK"),
        ("/204", FINE, "204 No Content"),
        ("/304", FINE, "304 Not Modified"),
        ("/to//200", FINE, "200 OK"),
        ("/to//to//200", FINE, "200 OK"),
        ("/get-only", FINE, "200 OK"),
        ("/head-404", FINE, "200 OK"),
        ("/hangs-up-on-head", FINE, "200 OK"),
        ("/endless-body", FINE, "200 OK"),
        ("/not-zipped", FINE, "200 OK"),
        ("/latin", FINE, "200 OK"),
        ("/404", GONE, "404 Not Found"),
        ("/410", GONE, "410 Gone"),
        ("/to//404", GONE, "404 Not Found"),
        ("/400", UNKNOWN, "400 Bad Request"),
        ("/401", UNKNOWN, "401 Unauthorized"),
        ("/403", UNKNOWN, "403 Forbidden"),
        ("/451", UNKNOWN, "451 Unavailable For Legal Reasons"),
        ("/500", UNKNOWN, "500 Internal Server Error"),
        ("/999", UNKNOWN, "999"),
        ("/nowhere", UNKNOWN, "302 Found"),
        ("/loop", UNKNOWN, "it redirects in a circle"),
        ("/endless", UNKNOWN, "it redirects without end"),
        ("/to/file:///etc/passwd", UNKNOWN, "it redirects to what is no address"),
        ("/to/javascript:alert(1)", UNKNOWN, "it redirects to what is no web page"),
        ("/to/http://exa%20mple/", UNKNOWN, "it redirects to what is no address"),
        ("/reset", UNKNOWN, "the server does not speak HTTP"),
        ("/garbage", UNKNOWN, "the server does not speak HTTP"),
    ],
)
def test_each_answer_has_its_verdict(server: Server, path: str, outcome: Outcome, text: str) -> None:
    """Only 404 and 410 say that a link is gone; words of the server are not repeated."""
    answer = ask(server.url(path))
    assert (answer.outcome, answer.text, answer.heard) == (outcome, text, True)


def test_head_comes_first_and_get_where_it_fails(server: Server) -> None:
    """A link that is fine costs one request without a body."""
    ask(server.url("/200"))
    ask(server.url("/head-404"))
    assert server.paths() == ["HEAD /200", "HEAD /head-404", "GET /head-404"]


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        ("7", 7.0),
        ("Thu,_01_Jan_2026_00:02:00_GMT", 120.0),
        ("Wed,_31_Dec_2025_00:00:00_GMT", 0.0),
        ("soon", 0.0),
        ("-5", 0.0),
        ("", 0.0),
    ],
)
def test_a_busy_server_says_when_to_come_back(server: Server, retry_after: str, wait: float) -> None:
    """In seconds or as a date (RFC 9110 §10.2.3); it is not asked a second time with GET."""
    assert ask(server.url(f"/busy/{retry_after}")) == Answer(UNKNOWN, "429 Too Many Requests", wait=wait)
    assert len(server.asked) == 1


def test_a_server_that_never_answers_costs_one_wait(server: Server) -> None:
    """There is no second try after the time is up."""
    answer = ask(server.url("/silent"), whole=0.2)
    assert answer == Answer(UNKNOWN, "no answer in time", heard=False, is_silent=True)
    assert server.paths() == ["HEAD /silent"]


def test_a_refused_connection_is_no_verdict(server: Server) -> None:
    """The host is there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        answer = ask(f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert (answer.outcome, answer.text, answer.heard) == (UNKNOWN, "the connection was refused", True)
    assert server.asked == []


def test_names_that_do_not_exist_are_gone() -> None:
    """What cannot be looked up just now is not."""
    assert ask("http://gone.test/") == Answer(GONE, "no such host", heard=False, is_nameless=True)
    assert ask("http://broken.test/").outcome is UNKNOWN


@pytest.mark.parametrize(
    "url",
    ["http://inside.test/", "http://inside.test:8080/x", "https://inside.test/"],
)
def test_private_networks_are_not_asked(server: Server, url: str) -> None:
    """Neither by a link nor by a redirect is a request made there."""
    private = (UNKNOWN, "its host is in a private network")
    for asked in (url, server.url(f"/to/{url}")):
        answer = ask(asked)
        assert (answer.outcome, answer.text) == private


def test_certificates_are_checked() -> None:
    """A certificate that nobody vouches for is trouble, no verdict; with one that counts the link is fine."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("here.test").configure_cert(context)
    client = ssl.create_default_context()
    authority.configure_trust(client)
    with serve(context) as server:
        url = server.url("/200", "here.test", "https")
        assert ask(url).text == "its certificate is not valid"
        assert ask(url).outcome is UNKNOWN
        assert ask(url, client) == Answer(FINE, "200 OK")
        assert ask(server.url("/200", scheme="https"), client).text == "its certificate is not valid"


def test_https_where_there_is_none_is_no_verdict(server: Server) -> None:
    """A server that speaks plainly where it should not."""
    assert ask(server.url("/200", scheme="https")).text == "no secure connection"


def test_no_body_is_read_beyond_the_limit(server: Server) -> None:
    """Also an archive may send whatever it likes."""

    async def at_once(_: str) -> None:
        return None

    async def fetch(path: str) -> tuple[int, bytes]:
        async with httpcore.AsyncConnectionPool(network_backend=PublicBackend(HERE, look_up)) as http:
            return await Prober(http, at_once).fetch(server.url(path), 1000)

    with pytest.raises(ValueError, match="longer than 1000 bytes"):
        asyncio.run(fetch("/endless-body"))
    assert asyncio.run(fetch("/x")) == (200, b"")


def test_requests_say_who_asks(server: Server) -> None:
    """Users and passwords of an address are never sent: it is asked for without."""
    assert dict(probe._HEADERS)["User-Agent"].startswith("Mozilla/5.0 (compatible; postdocs/")  # noqa: SLF001 - what is sent
    ask(server.url("/200"))
    assert server.asked == [("HEAD", "127.0.0.1", "/200")]
