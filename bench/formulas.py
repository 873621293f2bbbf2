"""What formulas cost: the made blog with ten formulas in each post, and without, built in turn."""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from pathlib import Path

from blogs.corpora import Corpus
from blogs.formulas import with_formulas, without_formulas
from blogs.measuring import Cost, run
from blogs.sphinxes import command, write_sphinx

KINDS = (Corpus("without", without_formulas), Corpus("with", with_formulas))


def ratios(without: Cost, with_: Cost) -> tuple[float, float]:
    """Return how many times as long a build with formulas takes, and how many times as much CPU time."""
    return with_.wall / without.wall, with_.cpu / without.cpu


def _build(root: Path, jobs: str) -> Cost:
    cost = run(command(jobs), root, root / "_build/html")
    # Not removed: where thousands of files have just gone, ext4 takes some times as long to make a new one.
    (root / "_build").rename(tempfile.mkdtemp(prefix="built-", dir=root.parent))
    return cost


def main() -> None:
    """Measure in pairs, and print each and the medians of the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1000, help="how many posts (1000)")
    parser.add_argument("--repeat", type=int, default=3, help="how many pairs of builds (3)")
    parser.add_argument("--jobs", default="1", help="processes of a build, as of sphinx-build -j (1)")
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # few set it; with it all imports are compiled each time
    with tempfile.TemporaryDirectory() as folder:
        roots = [Path(folder, corpus.name) for corpus in KINDS]
        for root, corpus in zip(roots, KINDS, strict=True):
            write_sphinx(root, options.posts, "ours", corpus)
        measured = []
        for _ in range(options.repeat):
            without, with_ = (_build(root, options.jobs) for root in roots)
            measured.append(ratios(without, with_))
            wall, cpu = measured[-1]
            print(
                f"{options.posts:,} posts: {without.wall:.1f} s without formulas, {with_.wall:.1f} s with, "
                f"{wall:.2f} times; CPU {without.cpu:.1f} s and {with_.cpu:.1f} s, {cpu:.2f} times",
                flush=True,
            )
    wall, cpu = map(statistics.median, zip(*measured, strict=True))
    print(f"median: {wall:.2f} times as long, {cpu:.2f} times as much CPU")


if __name__ == "__main__":
    main()
