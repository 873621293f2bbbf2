"""Soft 404s and parked pages: pages that a host gives for any address, also for one that cannot exist."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from postdocs.core.http.client import Client
from postdocs.core.http.failures import FetchError
from postdocs.links.html import decode
from postdocs.links.http import LinkChecker
from postdocs.links.outcome import Answer, Outcome
from postdocs.links.parsing import TooDeepError, parse

LIMIT = 512 * 1024  # bytes of a page that is compared; what is longer is no page to say sorry
SECONDS = 20.0  # for such a page
_ALIKE = 0.9  # of the words of two pages; the others are of one visit
_WORD = re.compile(r"[^\W\d_]+")
_UNSEEN = "script, style, noscript, template, title"
_DOUBT = Answer(Outcome.DOUBTFUL, "its host answers alike for an address that can't exist")


@dataclass(frozen=True)
class _Sample:
    """A page. url: its address, after redirects. title, words: what a reader sees of it. body: its bytes."""

    url: str
    title: frozenset[str]
    words: frozenset[str]
    body: bytes

    def is_alike(self, other: _Sample, repeated: frozenset[str]) -> bool:
        """Tell whether two pages are the same one, apart from what changes with each visit.

        repeated: the words of their addresses, which such pages like to say.
        """
        if self.body == other.body:
            return True
        one, two = self.words - repeated, other.words - repeated
        same_title = self.title - repeated == other.title - repeated
        return same_title and len(one & two) > _ALIKE * len(one | two)


class DoubtingChecker:
    """Asks for links, and does not believe a host that has a page for each address.

    One address that cannot exist is asked for once a host. Where the host has none, as it should, an answer
    counts as it is. Else the page of each link is compared with that of the address.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._checker = LinkChecker(client)
        self._samples: dict[str, _Sample | None] = {}

    async def check(self, url: str) -> Answer:
        """Ask for a link, as `request_url` writes it."""
        answer = await self._checker.check(url)
        if answer.outcome is not Outcome.FINE:
            return answer
        parts = urlsplit(url)
        impossible = parts._replace(path=f"/{_name(parts.netloc)}", query="").geturl()
        if parts.netloc not in self._samples:
            self._samples[parts.netloc] = await self._sample(impossible)
        nothing = self._samples[parts.netloc]
        # What is gone may lead to the home page, which is there; so is that of an application in JavaScript.
        if nothing is None or nothing.url == url or (parts.path == "/" and not nothing.words):
            return answer
        page = await self._sample(url)
        return _DOUBT if page and page.is_alike(nothing, _in_paths(url, impossible)) else answer

    async def _sample(self, url: str) -> _Sample | None:
        """Return a page, or None where there is none, or nothing in it to compare."""
        try:
            response = await self._client.get(url, limit=LIMIT, seconds=SECONDS)
        except FetchError:
            return None
        if not response.is_success or not response.body.strip():
            return None
        return _read(response.url, response.body)


def _name(host: str) -> str:
    """Return a name that no page of a host has, the same in each run."""
    return f"no-such-page-{hashlib.sha256(host.encode()).hexdigest()[:16]}"


def _in_paths(*urls: str) -> frozenset[str]:
    return frozenset().union(*(_words(unquote(urlsplit(url).path)) for url in urls))


def _read(url: str, body: bytes) -> _Sample | None:
    try:
        parser = parse(decode(body))
    except TooDeepError:  # nobody wrote it for readers
        return None
    title = parser.css_first("title")
    titles = _words(title.text() if title else "")
    for element in parser.css(_UNSEEN):
        element.decompose()
    words = _words(parser.root.text(separator=" ") if parser.root else "")
    return _Sample(url, titles, words, body)


def _words(text: str) -> frozenset[str]:
    return frozenset(map(str.lower, _WORD.findall(text)))
