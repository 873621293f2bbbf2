"""A blog of one post with its source, its ledger and the servers that it links to, to be checked."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from ledgers import read_ledger, write_ledger
from servers import Server

from postdocs.links.ledger import Entry
from postdocs.links.pipeline import Options, check
from postdocs.links.refresh import Network
from postdocs.links.report import Report, Rule

DAY = date(2026, 1, 1)
FEED = """\
<feed xmlns="http://www.w3.org/2005/Atom">
<entry><link href="https://blog.test/a/"/><published>2013-07-05T12:00:00Z</published></entry>
</feed>"""


@contextmanager
def in_silence(_stage: str, _total: int) -> Iterator[Callable[[], None]]:
    """Show no progress."""
    yield lambda: None


@dataclass
class Blog:
    """A site of one post, its source, a ledger, and the servers that it links to."""

    root: Path
    server: Server

    def write(self, *links: str) -> None:
        """Write the post, with links, its page, and the feed."""
        (self.root / "site" / "a").mkdir(parents=True, exist_ok=True)
        (self.root / "a.md").write_text("".join(f"[x]({link})\n" for link in links), encoding="utf-8")
        page = '<link rel=canonical href="https://blog.test/"><a href="/">home</a>'
        (self.root / "site" / "index.html").write_text(page, encoding="utf-8")
        (self.root / "site" / "atom.xml").write_text(FEED, encoding="utf-8")
        body = "".join(f'<p>\n<a href="{link}">x</a>' for link in links)
        (self.root / "site" / "a" / "index.html").write_text(f"<main>{body}", encoding="utf-8")

    def url(self, path: str, host: str = "one.test") -> str:
        """Return the address of a path of a server."""
        return self.server.url(path, host)

    @property
    def ledger(self) -> dict[str, Entry]:
        """What the ledger holds."""
        return read_ledger(self.root / "links.toml")

    @ledger.setter
    def ledger(self, entries: dict[str, Entry]) -> None:
        write_ledger(self.root / "links.toml", entries, run=DAY - timedelta(days=99))

    def check(
        self, day: date = DAY, *, offline: bool = False, refresh: bool = False, is_ci: bool = False
    ) -> Report:
        """Check the site on a day. Hosts below .test are on this machine; others do not exist."""

        async def resolve(host: str, _: int) -> Sequence[str]:
            if host.endswith(".test") or host == "example.com":
                return ["127.0.0.1"]
            raise socket.gaierror(-2, "no such name")

        allowed = {f"{name}.test" for name in ("one", "two", "three", "archive")}
        archive = self.server.url("", "archive.test")
        network = Network(allowed=allowed, budget=30, pause=0, resolve=resolve, archive=archive)
        options = Options(
            base=None,
            ledger=self.root / "links.toml",
            sources=self.root,
            here=self.root,
            today=day,
            refresh=refresh,
            network=None if offline else lambda: network,
            is_ci=is_ci,
            redirects=True,
        )
        return check(self.root / "site", options, in_silence)


def faults(result: Report) -> list[tuple[Rule, list[str], str]]:
    """Return rule, places and address of each finding."""
    return [(finding.rule, [*map(str, finding.main_places)], finding.url) for finding in result.findings]


@pytest.fixture
def blog(tmp_path: Path, server: Server) -> Blog:
    """A blog without links yet, and with a ledger."""
    made = Blog(tmp_path, server)
    made.write()
    made.ledger = {}
    return made


@pytest.fixture
def new_blog(tmp_path: Path, server: Server) -> Blog:
    """A blog that was never checked."""
    made = Blog(tmp_path, server)
    made.write()
    return made
