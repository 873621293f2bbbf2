"""How long the preview takes from a save until it serves the page that shows it, and until all is built.

It does what a browser does: it waits for events of the page, and loads the page again when it is told to.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote, urljoin, urlsplit

from blogs.corpus import edit
from blogs.sphinxes import write_sphinx

_SERVING = re.compile(r"Serving (http://\S+);")
_LONGEST = 60  # seconds that a page waits for an event


@contextmanager
def served(root: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Serve a blog; yield its address, and the process, which says on its output what it builds."""
    command = [sys.executable, "-u", "-m", "postdocs", "preview", str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own
        try:
            said = (_SERVING.match(line) for line in process.stdout or ())
            yield next(match[1] for match in said if match), process
        finally:
            process.terminate()


def build_of(events: IO[bytes]) -> str:
    """Return the build that the next event of a page names.

    Raises
    ------
    TimeoutError
        There is none for a minute.

    """
    line = next(line for line in events if line.startswith(b"data:"))
    return str(json.loads(line.removeprefix(b"data:"))["build"])


def wait_for(url: str, word: str, build: str, events: IO[bytes]) -> None:
    """Load a page whenever its events name another build, until it has a word."""
    while True:
        if build != (build := build_of(events)):
            with urllib.request.urlopen(url) as page:  # noqa: S310 - of this machine
                if word.encode() in page.read():
                    return


def costs(number: int, saves: int, root: Path) -> list[tuple[float, float]]:
    """Return, for saves of posts one after another, when the page was served, and when all was built."""
    posts = write_sphinx(root, number, "ours")
    measured = []
    with served(root) as (address, process):
        said = iter(process.stdout or ())
        for at in range(saves):
            post = posts[(at * len(posts)) // saves]
            word, page = f"savedinthebench{at}", post.path.removesuffix(".md")
            url = f"{address}posts/{page}/"
            waiting = urljoin(address, f"/_postdocs/preview/events?page={quote(urlsplit(url).path)}")
            with urllib.request.urlopen(waiting, timeout=_LONGEST) as events:  # noqa: S310 - of this machine
                build = build_of(events)
                edit(root / "posts" / post.path, word)
                start = time.perf_counter()
                wait_for(url, word, build, events)
                shown = time.perf_counter() - start
            next(line for line in said if line.startswith("Built"))
            measured.append((shown, time.perf_counter() - start))
    return measured


def table(number: int, measured: Sequence[tuple[float, float]]) -> str:
    """Return medians and the slowest in Markdown."""
    rows = [f"| {number:,} posts | median (s) | slowest (s) |", "|---|--:|--:|"]
    for name, times in zip(("page served", "all built"), zip(*measured, strict=True), strict=True):
        rows.append(f"| {name} | {statistics.median(times):.2f} | {max(times):.2f} |")
    return "\n".join(rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1000, help="how many posts (1000)")
    parser.add_argument("--saves", type=int, default=20, help="how many posts are saved, in turn (20)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(table(options.posts, costs(options.posts, options.saves, Path(folder).resolve())))


if __name__ == "__main__":
    main()
