"""The preview: what is saved is built and shown, and nothing that an author does ends it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from sequences import Site

from postdocs import cli
from postdocs.core.errors import PostdocsError
from postdocs.preview.builder import Builder
from postdocs.preview.diagnostics import Diagnostics, Report
from postdocs.preview.run import HOST, Built, Preview, alone, listen

LIMIT = 600  # seconds after which a test that waits has failed
CONF = """\
extensions = ["myst_parser", "ablog", "postdocs"]
blog_post_pattern = "posts/*.md"
html_theme = "basic"
"""
POST = "---\ntitle: {}\ndate: 2024-05-03\n---\n\n{}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of a home page and a post."""
    source = tmp_path / "site"
    (source / "posts").mkdir(parents=True)
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    (source / "index.md").write_text("# Home\n", encoding="utf-8")
    (source / "posts" / "one.md").write_text(POST.format("One", "A lattice."), encoding="utf-8")
    return source


# What the browser gets.


def test_diagnostics_last_until_their_file_is_looked_at() -> None:
    """A build that did not look at a file says nothing of what is wrong in it."""
    diagnostics = Diagnostics()
    diagnostics.settle(Report(looked_at=("a.md", "b.md"), messages=("a.md:1: WARNING: x", "WARNING: all")))
    diagnostics.settle(Report(looked_at=("b.md",), messages=("b.md:2: WARNING: y",)))
    assert [*diagnostics.lines] == ["a.md:1: WARNING: x", "b.md:2: WARNING: y"]
    diagnostics.settle(Report(error="Broken"))
    assert [*diagnostics.lines] == ["Broken", "a.md:1: WARNING: x", "b.md:2: WARNING: y"]
    diagnostics.settle(Report(looked_at=("a.md",)))
    assert [*diagnostics.lines] == ["b.md:2: WARNING: y"]
    diagnostics.keep_only([])
    assert [*diagnostics.lines] == []


# The whole.


class Watched:
    """A preview that is under way, and what it has said."""

    def __init__(self, preview: Preview, client: httpx.AsyncClient, told: asyncio.Queue[Built]) -> None:
        self.preview, self.client, self._told = preview, client, told

    async def until(self, is_so: Callable[[Built], bool]) -> Built:
        """Wait for a build of which something holds."""
        while not is_so(built := await self._told.get()):
            pass
        return built

    async def text(self, path: str) -> str:
        """Return a page."""
        return (await self.client.get(path)).text


@asynccontextmanager
async def watched(site: Path) -> AsyncIterator[Watched]:
    """Begin a preview, and end it."""
    told: asyncio.Queue[Built] = asyncio.Queue()
    started = asyncio.Event()
    with listen(0) as listening:
        preview = Preview(site, site / "_build" / "preview", told.put_nowait)
        task = asyncio.create_task(preview.serve(listening, started.set))
        try:
            async with httpx.AsyncClient(
                base_url=f"http://{HOST}:{listening.getsockname()[1]}", trust_env=False
            ) as client:
                await started.wait()
                yield Watched(preview, client, told)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


def run(story: Callable[[], Awaitable[None]]) -> None:
    """Run what a test does, for a while at most."""

    async def limited() -> None:
        async with asyncio.timeout(LIMIT):
            await story()

    asyncio.run(limited())


def test_what_is_saved_is_shown(site: Path) -> None:
    """Saved in place, by renaming, new, renamed or deleted: the site follows."""

    async def story() -> None:
        async with watched(site) as seen:
            await seen.until(lambda built: built.report.written == ("index", "posts/one"))
            post = site / "posts" / "one.md"
            post.write_text(POST.format("One", "A kernel."), encoding="utf-8")
            await seen.until(lambda built: built.report.written == ("posts/one",))
            assert "A kernel." in await seen.text("/posts/one/")
            beside = site / "posts" / "one.md~"
            beside.write_text(POST.format("One", "A mesh."), encoding="utf-8")
            beside.replace(post)
            await seen.until(lambda built: "posts/one" in built.report.written)
            assert "A mesh." in await seen.text("/posts/one/")
            post.rename(site / "posts" / "two.md")
            await seen.until(lambda built: "posts/two" in built.report.written)
            assert "A mesh." in await seen.text("/posts/two/")
            assert (await seen.client.get("/posts/one/")).status_code == 404
            (site / "posts" / "two.md").unlink()
            while (await seen.client.get("/posts/two/")).status_code != 404:
                await seen.until(lambda built: True)

    run(story)


def test_many_saves_end_in_the_last(site: Path) -> None:
    """Saves during a build are built after it, and the last one is what is served."""

    async def story() -> None:
        async with watched(site) as seen:
            for number in range(30):
                (site / "posts" / "one.md").write_text(POST.format("One", f"Word{number}."), encoding="utf-8")
                await seen.text("/")  # meanwhile the preview sees what was saved
            while "Word29." not in await seen.text("/posts/one/"):
                await seen.until(lambda built: "posts/one" in built.report.written)

    run(story)


def test_a_broken_post_is_told_and_the_site_stays(site: Path) -> None:
    """What is wrong goes to the terminal and to the pages, until it is mended."""

    async def story() -> None:
        async with watched(site) as seen:
            post = site / "posts" / "one.md"
            assert "A lattice." in await seen.text("/posts/one/")
            post.write_text("---\ntitle: One\ndate: soon\n---\n", encoding="utf-8")
            built = await seen.until(lambda built: bool(built.lines))
            assert built.lines[0].startswith("posts/one.md:3: WARNING: date: 'soon' is not a date")
            assert seen.preview.events.status.lines == built.lines
            assert "A lattice." in await seen.text("/posts/one/")
            post.write_text(POST.format("One", "{ref}`nowhere`"), encoding="utf-8")
            built = await seen.until(lambda built: "no target of that name" in "".join(built.lines))
            (site / "index.md").write_text("# Another\n", encoding="utf-8")
            built = await seen.until(lambda built: "index" in built.report.written)
            assert "no target of that name" in "".join(built.lines), "the post is as wrong as it was"
            post.write_text(POST.format("One", "Mended."), encoding="utf-8")
            await seen.until(lambda built: not built.lines)
            assert "Mended." in await seen.text("/posts/one/")

    run(story)


def test_broken_settings_and_extensions_are_told(site: Path) -> None:
    """An error of syntax, and one that is raised in a build: the site stays, and comes back when mended."""

    async def story() -> None:
        async with watched(site) as seen:
            for wrong, said in (
                ("extensions = [", "conf.py"),
                (f"{CONF}\ndef setup(app):\n    app.connect('doctree-read', lambda *_: 1 / 0)\n", "division"),
            ):
                (site / "conf.py").write_text(wrong, encoding="utf-8")
                (site / "index.md").write_text(f"# Home {said}\n", encoding="utf-8")
                built = await seen.until(lambda built: bool(built.report.error))
                while said not in built.report.error:
                    built = await seen.until(lambda built: bool(built.report.error))
                assert seen.preview.events.status.lines == built.lines
                assert "A lattice." in await seen.text("/posts/one/")
                (site / "conf.py").write_text(f"{CONF}html_title = 'Mended {said}'\n", encoding="utf-8")
                await seen.until(lambda built: not built.lines)
                assert f"Mended {said}" in await seen.text("/posts/one/")

    run(story)


def test_the_process_that_builds_is_kept(site: Path) -> None:
    """Posts are built by the process that is there; a style sheet or settings ask for another."""

    async def story() -> None:
        (site / "static").mkdir()
        (site / "static" / "own.css").write_text("p {}", encoding="utf-8")
        (site / "conf.py").write_text(CONF + "html_static_path = ['static']\n", encoding="utf-8")
        builder = Builder(site, site / "_build")
        try:
            await builder.build()
            first = builder.process_id
            await builder.build([site / "posts" / "one.md"])
            assert builder.process_id == first
            (site / "static" / "own.css").write_text("p { color: red }", encoding="utf-8")
            await builder.build([site / "static" / "own.css"])
            assert builder.process_id not in {first, None}
            assert "red" in (site / "_build/html/_static/own.css").read_text(encoding="utf-8")
        finally:
            await builder.close()

    run(story)


@pytest.mark.parametrize("seed", range(int(os.environ.get("SEQUENCES", "2"))))
def test_the_site_is_that_of_a_clean_build(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever an author does while the preview runs, its output is that of a build from nothing."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    site = Site(tmp_path / "site", seed)

    def stamps() -> set[tuple[Path, int]]:
        return {(path, path.stat().st_mtime_ns) for path in site.root.rglob("*") if path.is_file()}

    async def story() -> None:
        kept = Builder(site.root, tmp_path / "kept")
        history: list[str] = []
        try:
            before = stamps()
            await kept.build()
            for step in range(4):
                history += [site.change() for _ in range(site.chance.randrange(1, 4))]
                changed = {path for path, _ in stamps() ^ before}
                before = stamps()
                report = await kept.build(sorted(changed))
                assert not report.error, history
                clean = Builder(site.root, tmp_path / f"clean-{step}")
                await clean.build()
                await clean.close()
                assert files(tmp_path / "kept") == files(tmp_path / f"clean-{step}"), history
        finally:
            await kept.close()

    run(story)


def files(out: Path) -> dict[str, bytes]:
    """Return what a build has made, by path."""
    root = out / "html"
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


# The command.


def test_a_port_in_use_is_one_line() -> None:
    """A port that was asked for is refused; otherwise the next one is taken."""
    with listen(None) as first, listen(None) as second:
        assert first.getsockname()[0] == HOST
        port = first.getsockname()[1]
        assert second.getsockname()[1] > port
        with pytest.raises(PostdocsError, match=f"port {port} can't be had; name another"), listen(port):
            pass


def test_a_second_preview_is_refused(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two of them would write into one folder."""
    with alone(site, site / "_build" / "preview"):
        assert cli.run(["preview", str(site)]) == 2
    assert capsys.readouterr().err == (
        f"postdocs: {site}: a preview of this folder is running already; use that one, or end it\n"
    )


def test_a_folder_without_a_site_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message says what is missing."""
    assert cli.run(["preview", str(tmp_path)]) == 2
    assert "conf.py: there is no such file; name the folder of conf.py" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal there that a test could send")
@pytest.mark.parametrize("said", ["Building", "Serving"])
def test_ctrl_c_ends_it(said: str, site: Path) -> None:
    """During the first build, with a page that waits for events or without, it ends cleanly."""
    # A process that is started in the background ignores Ctrl-C, and so do those that it starts.
    code = (
        "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "runpy.run_module('postdocs', run_name='__main__', alter_sys=True)"
    )
    command = [sys.executable, "-u", "-c", code, "preview", str(site), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:  # noqa: S603 - our own
        assert process.stdout is not None
        lines: list[str] = []
        while not lines or said not in lines[-1]:
            lines.append(process.stdout.readline())
            assert lines[-1], "it has ended by itself"
        port = int(lines[0].rpartition(":")[2].rstrip("/\n"))
        with socket.create_connection((HOST, port), timeout=LIMIT) as page:
            page.sendall(f"GET /_postdocs/preview/events HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
            if said == "Serving":
                page.settimeout(LIMIT)
                assert page.recv(1000)
            process.send_signal(signal.SIGINT)
            rest = process.communicate(timeout=LIMIT)[0]
    assert process.returncode in {0, 130}
    assert "Traceback" not in rest
    assert "ended" in rest or "interrupted" in rest
