"""How long the preview takes from a save until it serves the page that shows it, and until all is built."""

from __future__ import annotations

import argparse
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

from blogs.corpus import edit
from blogs.sphinxes import write_sphinx

_SERVING = re.compile(r"Serving (http://\S+);")
_PAUSE = 0.005  # seconds between two requests
_LONGEST = 60  # seconds


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


def seconds(url: str, word: str) -> float:
    """Return how long it takes until a page has a word.

    Raises
    ------
    TimeoutError
        It has none after a minute.

    """
    start = time.perf_counter()
    while (passed := time.perf_counter() - start) < _LONGEST:
        with urllib.request.urlopen(url) as page:  # noqa: S310 - of this machine
            if word.encode() in page.read():
                return time.perf_counter() - start
        time.sleep(_PAUSE)
    raise TimeoutError(f"{url} has no {word} after {passed:.0f} s")


def costs(number: int, saves: int, root: Path) -> list[tuple[float, float]]:
    """Return, for saves of posts one after another, when the page was served, and when all was built."""
    posts = write_sphinx(root, number, "ours")
    measured = []
    with served(root) as (address, process):
        said = iter(process.stdout or ())
        for at in range(saves):
            post = posts[(at * len(posts)) // saves]
            word, page = f"savedinthebench{at}", post.path.removesuffix(".md")
            edit(root / "posts" / post.path, word)
            start = time.perf_counter()
            shown = seconds(f"{address}posts/{page}/", word)
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
