"""How fast links are checked, beside `sphinx-build -b linkcheck`, on the same pages and the same server.

The hosts are addresses of the loopback network, which one server answers after 20 ms, with 404 where a host
is to have no page. Both tools run as a command of their own, each with what a build has left; the pages are
built before. At the same politeness, which is without pauses, they take turns several times, so that what
else the machine does slows both down. The status is 1 if we take longer than Sphinx in most.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from postdocs.links.pipeline import Options, check
from postdocs.links.refresh import Network

LATENCY = 0.02  # seconds
PER_PAGE = 50
CONF = """\
project = "Links"
extensions = ["myst_parser"]
html_theme = "basic"
html_baseurl = "https://bench.invalid/"
html_show_sphinx = False
linkcheck_timeout = 10
"""


def hosts(number: int) -> list[str]:
    """Return addresses of the loopback network."""
    return [f"127.0.{1 + host // 250}.{1 + host % 250}" for host in range(number)]


def serve(number: int, ready: Connection) -> None:
    """Answer on all hosts, at one port, until the process ends."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                await asyncio.sleep(LATENCY)
                status = b"404 Not Found" if b" /no-such-page" in request else b"200 OK"
                writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            writer.close()

    async def run() -> None:
        first = await asyncio.start_server(answer, hosts(1)[0], 0, backlog=1000)
        port = first.sockets[0].getsockname()[1]
        others = [await asyncio.start_server(answer, host, port) for host in hosts(number)[1:]]
        ready.send(port)
        await asyncio.gather(*(server.serve_forever() for server in (first, *others)))

    asyncio.run(run())


def write(root: Path, urls: list[str]) -> None:
    """Write a Sphinx project whose pages hold links."""
    (root / "conf.py").write_text(CONF, encoding="utf-8")
    pages = [urls[at : at + PER_PAGE] for at in range(0, len(urls), PER_PAGE)]
    toctree = "\n".join(f"page{number}" for number in range(len(pages)))
    (root / "index.md").write_text(f"# Links\n\n```{{toctree}}\n{toctree}\n```\n", encoding="utf-8")
    for number, page in enumerate(pages):
        text = "\n".join(f"- [link]({url})" for url in page)
        (root / f"page{number}.md").write_text(f"# Page {number}\n\n{text}\n", encoding="utf-8")


def timed(command: list[str], cwd: Path) -> float:
    """Return the seconds that a command takes."""
    start = time.perf_counter()
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
    return time.perf_counter() - start


@contextmanager
def in_silence(_stage: str, _total: int) -> Iterator[Callable[[], None]]:
    """Show no progress."""
    yield lambda: None


def check_unpaced(root: Path, number: int) -> None:
    """Check without a pause between requests to a host, which is as impolite as Sphinx is."""
    network = Network(allowed={*hosts(number)}, pause=0)
    ledger = root / "unpaced.toml"
    ledger.with_suffix(".tsv").unlink(missing_ok=True)
    today = datetime.now(UTC).date()
    options = Options(
        base=None, ledger=ledger, sources=root, here=root, today=today, refresh=True, network=lambda: network
    )
    result = check(root / "html", options, in_silence)
    if result.missed.asked or result.findings:
        print(*[*result.missed.asked.items()][:3], *result.findings[:3], sep="\n")
        sys.exit("the check without pauses did not ask everything")


def main() -> None:
    """Print links a second, the ratios, and the memory of our process; fail if we are slower."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--links", type=int, default=2000)
    parser.add_argument("--hosts", type=int, default=400)
    parser.add_argument("--pairs", type=int, default=5, help="runs of each side (default: 5)")
    parser.add_argument("--unpaced", type=Path, metavar="ROOT", help=argparse.SUPPRESS)  # one side of a run
    options = parser.parse_args()
    if options.unpaced:
        check_unpaced(options.unpaced, options.hosts)
        return
    ready, told = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(options.hosts, told), daemon=True)
    server.start()
    port = ready.recv()
    places = hosts(options.hosts)
    urls = [f"http://{places[number % len(places)]}:{port}/{number}" for number in range(options.links)]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, urls)
        sphinx = [sys.executable, "-m", "sphinx", "-q", "-d", "doctrees", "-b"]
        timed([*sphinx, "html", ".", "html"], root)
        allowed = [argument for host in places for argument in ("--allow-host", host)]
        ours = timed([sys.executable, "-m", "postdocs", "links", "html", "--refresh", *allowed], root)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        asked = (root / "links.tsv").read_text(encoding="utf-8").count("\tfine\t")
        unpaced = [sys.executable, str(Path(__file__).resolve()), "--unpaced", str(root)]
        pairs = []
        for _ in range(options.pairs):
            shutil.rmtree(root / "checked", ignore_errors=True)
            theirs = timed([*sphinx, "linkcheck", ".", "checked"], root)
            pairs.append((timed([*unpaced, "--hosts", str(options.hosts)], root), theirs))
        free, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
        again = timed([sys.executable, "-m", "postdocs", "links", "html"], root)
        again_theirs = timed([*sphinx, "linkcheck", ".", "checked"], root)
    server.terminate()
    print(f"{options.links:,} links of {options.hosts} hosts, each answering after {LATENCY * 1000:.0f} ms")
    print(f"{'':42}{'seconds':>9}{'links/s':>9}{'of Sphinx':>11}")
    rows = [
        ("sphinx-build -b linkcheck", theirs, theirs),
        ("postdocs links, a second apart a host", ours, theirs),
        ("the same without pauses", free, theirs),
        ("sphinx-build -b linkcheck, second run", again_theirs, again_theirs),
        ("postdocs links, second run: the ledger", again, again_theirs),
    ]
    for name, seconds, beside in rows:
        print(f"{name:42}{seconds:9.1f}{options.links / seconds:9.0f}{seconds / beside:11.2f}")
    ratios = sorted(ours / beside for ours, beside in pairs)
    spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f} in {len(pairs)} pairs of runs"
    print(f"with the same politeness: {statistics.median(ratios):.2f} of the time of Sphinx ({spread})")
    print(f"{asked:,} of {options.links:,} asked and fine; our largest process: {memory:.0f} MiB")
    if statistics.median(ratios) > 1:
        sys.exit("it is slower than Sphinx")


if __name__ == "__main__":
    main()
