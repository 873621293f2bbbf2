"""Write a made blog with all settings of this repository's site, and build it."""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path

from blogs.corpora import PLAIN, RICH
from blogs.sphinxes import command, write_sphinx


def main() -> int:
    """Run the command line; return the exit code of the build."""
    parser = argparse.ArgumentParser(prog="python -m blogs", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the blog goes; its pages go into _build/html there")
    parser.add_argument("posts", type=int, help="how many posts it has")
    parser.add_argument("--rich", action="store_true", help="with formulas, pictures, and more code")
    given = parser.parse_args()
    write_sphinx(given.folder, given.posts, "ours", RICH if given.rich else PLAIN)
    return subprocess.run(command(), cwd=given.folder, check=False).returncode  # noqa: S603 - our own


if __name__ == "__main__":
    raise SystemExit(main())
