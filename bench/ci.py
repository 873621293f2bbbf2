"""How long continuous integration takes after a commit of one post: the site and the link check from caches.

Two clones of a made blog, one after the other at the same path, as runners have it. The second one finds what
the first has left in `_build`, and a post that changed. What installs the environment is left out.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from blogs.corpus import edit
from blogs.measuring import Cost, run
from blogs.sphinxes import ROOT, command, write_sphinx

TIMES = ROOT / ".github" / "actions" / "setup" / "times.py"
STEPS = {
    "times of files": [sys.executable, str(TIMES)],
    "build": command(),
    "link check": [
        *(sys.executable, "-m", "postdocs", "links", "_build/html", "--offline", "--cache", "_build/links"),
    ],
}


def git(folder: Path, *arguments: str) -> None:
    """Run Git, with nobody's settings."""
    options = ["-c", "user.name=Bench", "-c", "user.email=bench@bench.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *options, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607 - our own


def commit(blog: Path, message: str) -> None:
    """Commit all files of a blog."""
    git(blog, "add", "--all")
    git(blog, "commit", "--quiet", "--message", message)


def costs(clone: Path) -> dict[str, Cost]:
    """Run the steps of a workflow in a clone, and return what each costs."""
    return {name: run(step, clone, clone / "_build") for name, step in STEPS.items()}


def runs(number: int, work: Path) -> dict[str, dict[str, Cost]]:
    """Return what the steps cost without a cache, and after a commit of one post."""
    blog, clone = work / "blog", work / "clone"
    blog.mkdir()
    git(blog, "init", "--quiet")
    posts = write_sphinx(blog, number, "ours")
    commit(blog, "Write the posts")
    git(work, "clone", "--quiet", str(blog), str(clone))
    first = costs(clone)
    shutil.move(clone / "_build", work / "cache")
    shutil.rmtree(clone)
    edit(blog / "posts" / posts[number // 2].path, "correctedinthebench")
    commit(blog, "Correct a post")
    git(work, "clone", "--quiet", str(blog), str(clone))
    shutil.move(work / "cache", clone / "_build")
    return {"without caches": first, "one post changed": costs(clone)}


def table(results: dict[str, dict[str, Cost]]) -> str:
    """Return seconds of wall time, and in brackets of CPU, in Markdown."""
    rows: list[Sequence[str]] = [["Run", *STEPS, "together"], ["---", *["--:"] * (len(STEPS) + 1)]]
    for name, steps in results.items():
        cells = [f"{cost.wall:.1f} ({cost.cpu:.1f})" for cost in steps.values()]
        wall, cpu = (sum(getattr(cost, kind) for cost in steps.values()) for kind in ("wall", "cpu"))
        rows.append([name, *cells, f"{wall:.1f} ({cpu:.1f})"])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=5000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(table(runs(options.posts, Path(folder).resolve())))


if __name__ == "__main__":
    main()
