"""The preview: what is saved is built and shown, and nothing that an author does ends it."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest
from sequences import Site
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from postdocs import cli
from postdocs.core.errors import PostdocsError
from postdocs.preview.builder import Builder
from postdocs.preview.diagnostics import Diagnostics, Report
from postdocs.preview.run import HOST, Built, Preview, alone, listen

LIMIT = 600  # seconds after which a test that waits has failed
BASE = "/~ann/blog/"
CONF = f"""\
extensions = ["myst_parser", "ablog", "postdocs"]
blog_post_pattern = "posts/*.md"
html_baseurl = "https://example.org{BASE}"
html_theme = "basic"
"""
POST = "---\ntitle: {}\ndate: 2024-05-03\n---\n\n{}\n"
FILES = {"conf.py": CONF, "index.md": "# Home\n", "posts/one.md": POST.format("One", "A lattice.")}


def write(source: Path, files: dict[str, str]) -> bool:
    """Write what differs, and remove other posts; tell whether something did."""
    others = [path for path in source.glob("posts/*") if path.relative_to(source).as_posix() not in files]
    for path in others:
        path.unlink()
    changed = False
    for name, text in files.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed = True
    return changed or bool(others)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of a home page and a post."""
    write(tmp_path / "site", FILES)
    return tmp_path / "site"


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


class Running:
    """A preview that runs in a thread, and what it has told."""

    def __init__(self, site: Path, preview: Preview, client: httpx.Client, told: queue.Queue[Built]) -> None:
        self.site, self.preview, self.client, self._told = site, preview, client, told
        self.first = told.get(timeout=LIMIT)

    def until(self, is_so: Callable[[Built], bool]) -> Built:
        """Wait for a build of which something holds: one may have met a file that was half written."""
        while not is_so(built := self._told.get(timeout=LIMIT)):
            pass
        return built

    def until_shown(self, path: str, text: str) -> None:
        """Wait until a page of the site holds a text."""
        while text not in self.text(path):
            self.until(lambda built: True)

    def text(self, path: str) -> str:
        """Return a page of the site."""
        return self.client.get(BASE + path).text

    def reset(self) -> None:
        """Make the site what it was in the beginning."""
        if write(self.site, FILES):
            self.until(lambda built: not built.lines and "A lattice." in self.text("posts/one/"))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A preview of a site, which all tests ask."""
    site = tmp_path_factory.mktemp("preview") / "site"
    write(site, FILES)
    told: queue.Queue[Built] = queue.Queue()
    loop = asyncio.new_event_loop()
    with listen(0) as listening:
        preview = Preview(site, site / "_build" / "preview", told.put)

        async def serve() -> None:
            with contextlib.suppress(asyncio.CancelledError):
                await preview.serve(listening, lambda _: None)

        serving = loop.create_task(serve())
        thread = threading.Thread(target=loop.run_until_complete, args=[serving])
        thread.start()
        try:
            with httpx.Client(
                base_url=f"http://{HOST}:{listening.getsockname()[1]}", trust_env=False, timeout=LIMIT
            ) as client:
                yield Running(site, preview, client, told)
        finally:
            loop.call_soon_threadsafe(serving.cancel)
            thread.join()
            loop.close()


@pytest.fixture
def seen(running: Running) -> Running:
    """The preview, of the site as it was in the beginning."""
    running.reset()
    return running


def test_the_site_is_served_at_its_own_path(seen: Running) -> None:
    """The first build writes all; its pages are where readers will find them, and the root leads there."""
    assert seen.first.report.written == ("index", "posts/one")
    assert [seen.client.get(path).headers["Location"] for path in ("/", "/~ann/blog")] == [BASE, BASE]
    assert "A lattice." in seen.text("posts/one/")
    assert seen.client.get("/posts/one/").status_code == 404


def test_what_is_saved_is_shown(seen: Running) -> None:
    """Saved in place, by renaming, new, renamed or deleted: the site follows."""
    post = seen.site / "posts" / "one.md"
    post.write_text(POST.format("One", "A kernel."), encoding="utf-8")
    seen.until_shown("posts/one/", "A kernel.")
    beside = seen.site / "posts" / "one.md~"
    beside.write_text(POST.format("One", "A mesh."), encoding="utf-8")
    beside.replace(post)
    seen.until_shown("posts/one/", "A mesh.")
    post.rename(seen.site / "posts" / "two.md")
    seen.until(lambda built: "posts/two" in built.report.written)
    assert "A mesh." in seen.text("posts/two/")
    assert seen.client.get(f"{BASE}posts/one/").status_code == 404
    (seen.site / "posts" / "two.md").unlink()
    while seen.client.get(f"{BASE}posts/two/").status_code != 404:
        seen.until(lambda built: True)


def test_many_saves_end_in_the_last(seen: Running) -> None:
    """Saves during a build are built after it, and the last one is what is served."""
    for number in range(30):
        (seen.site / "posts" / "one.md").write_text(POST.format("One", f"Word{number}."), encoding="utf-8")
        seen.text("")  # meanwhile the preview sees what was saved
    seen.until_shown("posts/one/", "Word29.")


def test_a_broken_post_is_told_and_the_site_stays(seen: Running) -> None:
    """What is wrong goes to the terminal and to the pages, until it is mended."""
    post = seen.site / "posts" / "one.md"
    assert "A lattice." in seen.text("posts/one/")
    post.write_text("---\ntitle: One\ndate: soon\n---\n", encoding="utf-8")
    said = "posts/one.md:3: WARNING: date: 'soon' is not a date"
    built = seen.until(lambda built: any(line.startswith(said) for line in built.lines))
    assert seen.preview.events.status.lines == built.lines
    assert "A lattice." in seen.text("posts/one/")
    post.write_text(POST.format("One", "{ref}`nowhere`"), encoding="utf-8")
    seen.until(lambda built: "no target of that name" in "".join(built.lines))
    (seen.site / "index.md").write_text("# Another\n", encoding="utf-8")
    built = seen.until(lambda built: "index" in built.report.written)
    assert "no target of that name" in "".join(built.lines), "the post is as wrong as it was"
    post.write_text(POST.format("One", "Mended."), encoding="utf-8")
    seen.until(lambda built: not built.lines)
    assert "Mended." in seen.text("posts/one/")


def test_broken_settings_and_extensions_are_told(seen: Running) -> None:
    """An error of syntax, and one that is raised in a build: the site stays, and comes back when mended."""
    for wrong, said in (
        ("extensions = [", "conf.py"),
        (f"{CONF}\ndef setup(app):\n    app.connect('doctree-read', lambda *_: 1 / 0)\n", "division"),
    ):
        (seen.site / "conf.py").write_text(wrong, encoding="utf-8")
        (seen.site / "index.md").write_text(f"# Home {said}\n", encoding="utf-8")
        built = seen.until(partial(_says, said))
        assert seen.preview.events.status.lines == built.lines
        assert "A lattice." in seen.text("posts/one/")
        (seen.site / "conf.py").write_text(f"{CONF}html_title = 'Mended {said}'\n", encoding="utf-8")
        seen.until(partial(_is_mended, seen, said))


def _says(text: str, built: Built) -> bool:
    return text in built.report.error


def _is_mended(seen: Running, said: str, built: Built) -> bool:
    return not built.lines and f"Mended {said}" in seen.text("posts/one/")


# The process that builds.


def run(story: Callable[[], Awaitable[None]]) -> None:
    """Run what a test does, for a while at most."""

    async def limited() -> None:
        async with asyncio.timeout(LIMIT):
            await story()

    asyncio.run(limited())


def test_the_process_that_builds_is_kept(site: Path) -> None:
    """It builds posts, and tells of their pages first; a style sheet or settings ask for another process."""

    async def story() -> None:
        (site / "static").mkdir()
        (site / "static" / "own.css").write_text("p {}", encoding="utf-8")
        (site / "conf.py").write_text(CONF + "html_static_path = ['static']\n", encoding="utf-8")
        told: list[str] = []
        builder = Builder(site, site / "_build", told.append)
        try:
            assert (await builder.build()).base == BASE
            first = builder.process_id
            await builder.build([site / "posts" / "one.md"])
            assert (builder.process_id, told) == (first, [f"{BASE}posts/one/"])
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
                build_from_nothing(site.root, tmp_path / f"clean-{step}")
                assert files(tmp_path / "kept") == files(tmp_path / f"clean-{step}"), history
        finally:
            await kept.close()

    run(story)


def build_from_nothing(source: Path, out: Path) -> None:
    """Build a site with its drafts."""
    with patch_docutils(source), docutils_namespace():
        drafts = {"postdocs_drafts": True}
        folders = (source, source, out / "html", out / "doctrees")
        Sphinx(*folders, "dirhtml", confoverrides=drafts, status=None, warning=io.StringIO()).build()


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
        with pytest.raises(PostdocsError, match=f"port {port} is not available; name another"), listen(port):
            pass


def test_a_second_preview_is_refused(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two of them would write into one folder."""
    with alone(site, site / "_build" / "preview"):
        assert cli.run(["preview", str(site)]) == 2
    assert capsys.readouterr().err == (
        f"postdocs: {site}: a preview of this folder is already running; use it, or stop it\n"
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
    assert process.returncode in {0, 130}, rest
    assert "Traceback" not in rest
    assert "ended" in rest or "interrupted" in rest
