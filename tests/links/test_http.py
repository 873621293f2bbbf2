"""One link, asked of a real server."""

from __future__ import annotations

import asyncio
import socket
import ssl

import pytest
import trustme
from clients import local_client
from clock import Clock
from servers import Server, serve

from postdocs.links.http import LinkChecker, is_same_page
from postdocs.links.outcome import Answer, Outcome
from postdocs.links.refresh import RETRY

FINE, GONE, UNCLEAR = Outcome.FINE, Outcome.GONE, Outcome.UNCLEAR


def ask(
    url: str, tls: ssl.SSLContext | None = None, answer: float = 60.0, clock: Clock | None = None
) -> Answer:
    """Ask for a link; hosts of HERE may be asked."""

    async def run() -> Answer:
        async with local_client(clock, tls=tls, retry=RETRY, answer=answer) as client:
            return await LinkChecker(client).check(url)

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
        ("/404", GONE, "404 Not Found"),
        ("/410", GONE, "410 Gone"),
        ("/to//404", GONE, "404 Not Found"),
        ("/400", UNCLEAR, "400 Bad Request"),
        ("/401", UNCLEAR, "401 Unauthorized"),
        ("/403", UNCLEAR, "403 Forbidden"),
        ("/451", UNCLEAR, "451 Unavailable For Legal Reasons"),
        ("/500", UNCLEAR, "500 Internal Server Error"),
        ("/999", UNCLEAR, "999"),
        ("/nowhere", UNCLEAR, "302 Found"),
        ("/loop", UNCLEAR, "it redirects in a circle"),
        ("/endless", UNCLEAR, "it redirects without end"),
        ("/to/file:///etc/passwd", UNCLEAR, "it redirects to what is no web page"),
        ("/to/javascript:alert(1)", UNCLEAR, "it redirects to what is no web page"),
        ("/to/http://exa%20mple/", UNCLEAR, "it redirects to what is no address"),
        ("/reset", UNCLEAR, "the server does not speak HTTP"),
        ("/garbage", UNCLEAR, "the server does not speak HTTP"),
    ],
)
def test_each_answer_has_its_verdict(server: Server, path: str, outcome: Outcome, text: str) -> None:
    """Only 404 and 410 say that a link is gone; words of the server are not repeated."""
    answer = ask(server.url(path))
    assert answer == Answer(outcome, text)
    assert answer.outcome.value.proves_network


@pytest.mark.parametrize(
    ("path", "moved"),
    [
        ("/latin", "/caf%C3%A9"),
        ("/for-good//200", "/200"),
        ("/for-good//for-good//200", "/200"),
        ("/to//200", ""),
        ("/for-good//to//200", ""),
        ("/to//for-good//200", ""),
        ("/for-good//404", ""),
        ("/for-good//", ""),
        ("/for-good//login", ""),
        ("/for-good//errors/404.html", ""),
        ("/200", ""),
    ],
)
def test_a_link_has_moved_if_each_redirect_is_for_good(server: Server, path: str, moved: str) -> None:
    """And leads to a page that can be the one that was meant, without what may be of one visit."""
    assert ask(server.url(path)).moved == (moved and server.url(moved))


@pytest.mark.parametrize(
    ("url", "target", "is_same"),
    [
        ("http://a.org/", "https://a.org/", True),
        ("http://a.org/x?id=3", "https://www.a.org/x?id=3", True),
        ("http://a.org/old", "https://a.org/new/", True),
        ("http://a.org/errata", "https://a.org/errata/", True),
        ("http://a.org/old", "https://a.org/", False),
        ("http://a.org/old", "https://a.org/old?visit=1", False),
        ("http://a.org/old", "https://a.org/not-found.html", False),
        ("http://a.org/old", "https://a.org/sign-in/", False),
    ],
)
def test_a_page_that_says_sorry_is_another(url: str, target: str, is_same: bool) -> None:
    """So are the home page and a login; another scheme, host or spelling is not."""
    assert is_same_page(url, target) is is_same


def test_head_comes_first_and_get_where_it_fails(server: Server) -> None:
    """A link that is fine costs one request without a body."""
    ask(server.url("/200"))
    ask(server.url("/head-404"))
    assert server.paths() == ["HEAD /200", "HEAD /head-404", "GET /head-404"]


@pytest.mark.parametrize(
    ("retry_after", "slept"),
    [
        ("7", [7.0]),
        ("0", []),
        ("Thu,_01_Jan_2026_00:00:50_GMT", [50.0]),
        ("Wed,_31_Dec_2025_00:00:00_GMT", []),
    ],
)
def test_a_busy_server_is_asked_again_when_it_says(
    server: Server, retry_after: str, slept: list[float]
) -> None:
    """In seconds or as a date (RFC 9110 §10.2.3)."""
    clock = Clock()
    assert ask(server.url(f"/busy/{retry_after}"), clock=clock) == Answer(FINE, "200 OK")
    assert clock.slept == slept
    assert server.paths() == [f"HEAD /busy/{retry_after}"] * 2


@pytest.mark.parametrize("retry_after", ["120", "soon", "-5", ""])
def test_a_busy_server_is_left_alone_otherwise(server: Server, retry_after: str) -> None:
    """It is not asked a second time, neither with GET."""
    answer = ask(server.url(f"/busy/{retry_after}"))
    assert answer == Answer(Outcome.BUSY, "429 Too Many Requests")
    assert len(server.asked) == 1


def test_a_server_that_never_answers_costs_one_wait(server: Server) -> None:
    """There is no second try after the time is up."""
    answer = ask(server.url("/silent"), answer=0.2)
    assert answer == Answer(Outcome.TIMED_OUT, "no answer in time")
    assert server.paths() == ["HEAD /silent"]


def test_a_refused_connection_is_no_verdict() -> None:
    """The host is there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        answer = ask(f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert answer == Answer(UNCLEAR, "the connection was refused")
    assert answer.outcome.value.proves_network


def test_names_that_do_not_exist_are_gone() -> None:
    """What cannot be looked up just now is not."""
    assert ask("http://gone.test/") == Answer(Outcome.NO_DNS, "no such host")
    assert ask("http://broken.test/") == Answer(Outcome.NOT_REACHED, "its host could not be looked up")


def test_a_redirect_to_a_host_that_is_gone_is_not_the_first_one_s(server: Server) -> None:
    """The link is gone, and nothing is said of its own host."""
    answer = ask(server.url("/to/http://gone.test/"))
    assert answer == Answer(Outcome.NO_DNS, "no such host", is_elsewhere=True)


@pytest.mark.parametrize(
    "url",
    ["http://inside.test/", "http://inside.test:8080/x", "https://inside.test/"],
)
def test_private_networks_are_not_asked(server: Server, url: str) -> None:
    """Neither by a link nor by a redirect is a request made there."""
    private = (Outcome.NOT_REACHED, "its host is in a private network")
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
        assert ask(url).outcome is UNCLEAR
        assert ask(url, client) == Answer(FINE, "200 OK")
        assert ask(server.url("/200", scheme="https"), client).text == "its certificate is not valid"


def test_https_where_there_is_none_is_no_verdict(server: Server) -> None:
    """A server that speaks plainly where it should not."""
    assert ask(server.url("/200", scheme="https")).text == "no secure connection"


def test_a_link_is_asked_for_as_it_is_written(server: Server) -> None:
    """With the name of its host."""
    ask(server.url("/200"))
    assert server.asked == [("HEAD", "127.0.0.1", "/200")]
