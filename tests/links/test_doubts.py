"""Soft 404s and parked pages, asked of a real server."""

from __future__ import annotations

import asyncio

import pytest
from clients import local_client
from clock import Clock
from servers import Server

from postdocs.links.doubts import LIMIT, DoubtingChecker
from postdocs.links.outcome import Answer, Outcome
from postdocs.links.refresh import RETRY

SORRY = "<title>Ferns: not found</title><nav>Home, notes</nav><p>Sorry, we have no PATH for you today."
FERN = "<title>Ferns: maidenhair</title><nav>Home, notes</nav><p>It grows on wet limestone."
PARKED = "<title>ferns.example</title><h1>This name is for sale</h1><p>Make an offer to the owner."
SHELL = "<title>Ferns</title><body><div id=app></div><noscript>Switch scripts on.</noscript><script src=a.js>"


def ask(server: Server, *paths: str, clock: Clock | None = None, pause: float = 0.0) -> list[Outcome]:
    """Ask for links of a host, one after another."""

    async def run() -> list[Answer]:
        async with local_client(clock, retry=RETRY, pause=pause) as client:
            checker = DoubtingChecker(client)
            return [await checker.check(server.url(path)) for path in paths]

    return [answer.outcome for answer in asyncio.run(run())]


@pytest.mark.parametrize(
    ("nothing", "path", "page", "outcome"),
    [
        (SORRY, "/ferns/royal", SORRY, Outcome.DOUBTFUL),
        (SORRY, "/ferns/maidenhair", FERN, Outcome.FINE),
        (SORRY, "/", FERN, Outcome.FINE),
        (SORRY + " No. 81", "/ferns/royal", SORRY + " No. 14", Outcome.DOUBTFUL),
        (PARKED, "/", PARKED, Outcome.DOUBTFUL),
        (PARKED, "/2009/ferns.html", PARKED, Outcome.DOUBTFUL),
        (PARKED, "/2009/ferns.pdf", "%PDF-1.7 ferns", Outcome.FINE),
        (SHELL, "/", SHELL, Outcome.FINE),
        (SHELL, "/ferns/royal", SHELL, Outcome.DOUBTFUL),
        ("", "/ferns/royal", "", Outcome.FINE),
        (SORRY, "/long", SORRY + " " * LIMIT, Outcome.FINE),
        (SORRY + " " * LIMIT, "/long", SORRY + " " * LIMIT, Outcome.FINE),
    ],
)
def test_a_page_for_what_cannot_exist_is_no_proof(
    server: Server, nothing: str, path: str, page: str, outcome: Outcome
) -> None:
    """The same title and words say that a link has no page of its own."""
    server.pages = {path: page, "*": nothing}
    assert ask(server, path) == [outcome]


def test_a_redirect_to_the_same_page_is_doubtful(server: Server) -> None:
    """Whatever is gone leads to the home page; that itself is there."""
    server.pages = {"/": FERN, "/moss": SORRY, "*": f"Location: {server.url('/')}"}
    assert ask(server, "/ferns/royal", "/", "/moss") == [Outcome.DOUBTFUL, Outcome.FINE, Outcome.FINE]


def test_a_host_is_asked_once_for_what_cannot_exist(server: Server) -> None:
    """Where it says that there is no such page, its links cost no more than a request each."""
    nothing = "/no-such-page-"
    assert ask(server, "/200/a", "/200/b", "/200/c") == [Outcome.FINE] * 3
    assert [path.partition(nothing)[:2] for path in server.paths()] == [
        ("HEAD /200/a", ""),
        ("GET ", nothing),
        ("HEAD /200/b", ""),
        ("HEAD /200/c", ""),
    ]


def test_links_that_fail_need_no_proof(server: Server) -> None:
    """A host that says that a link is gone is believed."""
    assert ask(server, "/404", "/403", "/500") == [Outcome.GONE, Outcome.UNCLEAR, Outcome.UNCLEAR]
    assert not any("no-such-page" in path for path in server.paths())


def test_each_request_has_its_turn(server: Server) -> None:
    """What is asked to compare is a second apart like the rest."""
    server.pages = {"/fern": FERN, "*": SORRY}
    clock = Clock()
    assert ask(server, "/fern", "/royal", clock=clock, pause=1.0) == [Outcome.FINE, Outcome.DOUBTFUL]
    assert len(server.paths()) == 5  # two links, two pages, and one that can't be
    assert clock.slept == [1.0] * 4
