"""Faults planted in a site that Sphinx builds, each found where its author has to look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from ledgers import read_ledger, write_ledger
from servers import Server
from sphinx.testing.util import SphinxTestApp

from postdocs import cli
from postdocs.links.ledger import Entry, Verdict
from postdocs.links.pipeline import Options, check
from postdocs.links.refresh import Network
from postdocs.links.report import lines

_CONF = """\
project = "Planted"
extensions = ["myst_parser", "ablog", "postdocs"]
html_baseurl = blog_baseurl = "https://planted.test/"
blog_post_pattern = "posts/*.md"
html_theme = "alabaster"
templates_path = ["templates"]
html_sidebars = {"**": ["foot.html"]}
exclude_patterns = ["templates", "_build"]
suppress_warnings = ["image.not_readable", "myst.xref_missing"]
"""
_POST = """\
---
title: A post
date: 2013-07-05
---

<p>See <a href="/gone/">what is gone</a>.</p>

A [chapter](other.md#nowhere) and ![a picture](missing.png).

[Old]({old}) and [new]({new}).
"""
_TEMPLATE = '<p>\n<a href="/imprint/">Imprint</a></p>\n'
TODAY = datetime.now(UTC).date()  # the command reads the clock of the machine


@pytest.fixture
def site(
    tmp_path: Path,
    server: Server,
    make_app: Callable[..., SphinxTestApp],
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A built site with one fault of each kind, and its ledger; it is the current folder."""
    root = tmp_path / "planted"
    (root / "posts").mkdir(parents=True)
    (root / "templates").mkdir()
    (root / "conf.py").write_text(_CONF, encoding="utf-8")
    (root / "index.md").write_text("# Home\n\n[p](posts/post.md) [o](posts/other.md)\n", encoding="utf-8")
    post = _POST.format(old=server.url("/404/unsaved"), new=server.url("/404/new"))
    (root / "posts" / "post.md").write_text(post, encoding="utf-8")
    (root / "posts" / "other.md").write_text(
        "---\ndate: 2014-01-01\n---\n# Other\n\nText.\n", encoding="utf-8"
    )
    (root / "templates" / "foot.html").write_text(_TEMPLATE, encoding="utf-8")
    entries = {
        server.url("/404/unsaved"): Entry(
            verdict=Verdict.FAILING,
            fine=TODAY - timedelta(days=60),
            asked=TODAY - timedelta(days=7),
            failures=2,
            since=TODAY - timedelta(days=14),
            answer="404 Not Found",
        ),
        "https://unused.test/": Entry(verdict=Verdict.DEAD, asked=TODAY, reason="kept"),
    }
    write_ledger(root / "links.toml", entries, run=TODAY - timedelta(days=7))
    app = make_app("dirhtml", srcdir=root, freshenv=True)
    app.build()
    feed = Path(app.outdir, "blog", "atom.xml")
    text = feed.read_text(encoding="utf-8")
    at = text.index("<entry>")
    feed.write_text(f'{text[:at]}<link href="https://planted.test/lost/"/>\n{text[at:]}', encoding="utf-8")
    monkeypatch.chdir(root)
    return Path(app.outdir)


def placed(found: str) -> set[str]:
    """Return place and address of each fault of a report."""
    return {" ".join(line.split(": ")[:2]) for line in found.splitlines() if line.count(": ") > 1}


def test_each_planted_fault_is_found_with_file_and_line(
    site: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """Links, fragments and pictures in posts, templates and feeds; a new dead link; an unused entry."""
    capsys.readouterr()
    feed = (site / "blog" / "atom.xml").read_text(encoding="utf-8").splitlines()
    lost = next(number for number, line in enumerate(feed, 1) if "/lost/" in line)
    out = site.relative_to(Path.cwd())
    assert cli.run(["links", str(out), "--allow-host", "127.0.0.1"]) == 1
    ledger = Path("links.toml").read_text(encoding="utf-8").splitlines()
    unused = ledger.index('["https://unused.test/"]') + 1
    assert placed(capsys.readouterr().out) >= {
        "posts/post.md:6 /gone/",
        "posts/post.md:8 ../other/#nowhere",
        "posts/post.md:8 posts/missing.png",
        "templates/foot.html:2 /imprint/",
        f"{out}/blog/atom.xml:{lost} https://planted.test/lost/",
        f"posts/post.md:10 {server.url('/404/new')}",
        f"links.toml:{unused} https://unused.test/",
    }


def test_the_third_failure_after_14_days_is_found_by_the_refresh(site: Path, server: Server) -> None:
    """An old link that is gone again is dead now, with file and line."""

    def options(*, refresh: bool) -> Options:
        network = Network(allowed={"127.0.0.1"}, pause=0, archive=server.url(""))
        return Options(
            base=None,
            ledger=Path("links.toml"),
            sources=Path(),
            here=Path(),
            today=TODAY,
            refresh=refresh,
            network=lambda: network,
        )

    old = f"posts/post.md:10: {server.url('/404/unsaved')}: dead (404 Not Found)"
    assert not any(line.startswith(old) for line in lines(check(site, options(refresh=False), in_silence)))
    assert any(line.startswith(old) for line in lines(check(site, options(refresh=True), in_silence)))


def test_fix_makes_exactly_the_expected_difference(
    site: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only the target of the dead link changes, after it was shown; of its entry, the reason stays."""
    url, copy = server.url("/404/new"), "https://web.archive.org/web/20130707010203/x"
    entries = {
        url: Entry(verdict=Verdict.DEAD, asked=TODAY, failures=1, since=TODAY, archive=copy, reason="mine")
    }
    write_ledger(Path("links.toml"), entries, run=TODAY)
    post = Path("posts/post.md")
    before = post.read_bytes()
    capsys.readouterr()
    command = ["links", str(site), "--offline", "--fix"]
    assert cli.run([*command, "--dry-run"]) == 1
    shown = capsys.readouterr().out
    assert post.read_bytes() == before
    old = f"[Old]({server.url('/404/unsaved')}) and [new]"
    assert f"-{old}({url}).\n+{old}({copy}).\n" in shown
    assert shown.count("\n+") == 2  # the name of the file, and one line
    assert cli.run(command) == 2  # nobody is there to ask
    assert "there is no terminal to ask on" in capsys.readouterr().err
    assert post.read_bytes() == before
    cli.run([*command, "--yes"])
    assert post.read_bytes() == before.replace(url.encode(), copy.encode())
    assert read_ledger(Path("links.toml")) == {url: Entry(archive=copy, reason="mine")}
    assert capsys.readouterr().out.endswith("1 file changed; build the site again\n")


@contextmanager
def in_silence(_stage: str, _total: int) -> Iterator[Callable[[], None]]:
    """Show no progress."""
    yield lambda: None
