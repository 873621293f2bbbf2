"""How an import writes Markdown: clutter is counted in posts of all the shapes that tempt it into some.

With `--before`, another checkout of Postdocs imports them as well, and both are shown side by side.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from blogs.markdown_counts import PER_ROW, total
from blogs.markdown_shapes import feed

from postdocs.core import conf
from postdocs.importer.myst.render import reader
from postdocs.importer.sources.registry import read

ROOT = Path(__file__).parents[1]
CONF = """\
extensions = ["myst_parser", "ablog", "postdocs"]
blog_post_pattern = "posts/**/*.md"
myst_enable_extensions = [
    "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "strikethrough", "tasklist"
]
myst_heading_anchors = 4
smartquotes = False
"""


def imported(tree: Path, sources: list[Path], site: Path) -> tuple[list[str], int]:
    """Import sources with the package of a checkout; return the texts of the posts, and how much is lost."""
    site.mkdir()
    (site / "conf.py").write_text(CONF, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "postdocs",
        "import",
        *map(str, sources),
        "--quiet",
        "--report",
        "report.json",
    ]
    environment = {**os.environ, "PYTHONPATH": str(tree / "src")}
    quiet = subprocess.DEVNULL
    subprocess.run(command, cwd=site, env=environment, check=False, stdout=quiet)  # noqa: S603 - our own
    lost = json.loads((site / "report.json").read_text(encoding="utf-8"))["lost"]
    return [file.read_text(encoding="utf-8") for file in sorted((site / "posts").rglob("*.md"))], lost


def main() -> None:
    """Import, count, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=330, help="how many posts (330)")
    parser.add_argument("--before", type=Path, help="another checkout of Postdocs")
    parser.add_argument("feeds", nargs="*", type=Path, help="feeds to import as well")
    arguments = parser.parse_args()
    trees = [*([arguments.before.resolve()] if arguments.before else ()), ROOT]
    columns: list[Counter[str]] = []
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "feed.xml")
        source.write_text(feed(arguments.posts), encoding="utf-8")
        feeds = [source, *(path.resolve() for path in arguments.feeds)]
        entries = [entry for path in feeds for entry in read(path.read_bytes(), path.name).entries]
        for number, tree in enumerate(trees):
            site = Path(folder, f"site-{number}")
            texts, lost = imported(tree, feeds, site)
            columns.append(
                total(texts, reader(conf.read(site / "conf.py").myst), entries)
                + Counter(posts=len(texts), lost=lost)
            )
    for row in ("posts", "lost", *PER_ROW):
        print(f"{row:32}", *(f"{column[row]:>10,}" for column in columns))
    print(
        f"{'HTML tags per 1,000 words':32}",
        *(f"{1000 * c['HTML tags'] / max(c['words'], 1):>10.2f}" for c in columns),
    )


if __name__ == "__main__":
    main()
