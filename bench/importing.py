"""How long an import takes, proof and all: `nox -s bench` makes a feed of average posts and imports it."""

from __future__ import annotations

import argparse
import html
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORDS = (
    "array",
    "bound",
    "cache",
    "data",
    "error",
    "field",
    "graph",
    "index",
    "kernel",
    "matrix",
    "noise",
    "plot",
    "range",
)


def feed(posts: int) -> str:
    """Write an Atom feed of posts of about 700 words, with headings, links, lists, emphasis and code."""
    chance = random.Random(posts)  # noqa: S311 - the same feed each time

    def text(number: int) -> str:
        return " ".join(chance.choices(WORDS, k=number))

    def section() -> str:
        link = f"<a href='https://example.org/{chance.randrange(999)}'>{text(3)}</a>"
        items = "".join(f"<li>{text(9)}</li>" for _ in range(3))
        paragraph = f"<p>{text(80)} {link} {text(50)} <em>{text(2)}</em>.</p>"
        return f"<h2>{text(4)}</h2>{paragraph}<ul>{items}</ul>"

    entries = []
    for number in range(posts):
        code = "<pre><code class='language-python'>for x in range(3):\n    print(x)\n</code></pre>"
        content = html.escape("".join(section() for _ in range(4)) + code)
        entries.append(
            f"<entry><title>{text(5)}</title><id>tag:example.org,2013:{number}</id>"
            "<published>2013-01-01T00:00:00Z</published><updated>2013-01-01T00:00:00Z</updated>"
            f"<link href='https://example.org/post-{number}/'/>"
            f"<content type='html'>{content}</content></entry>"
        )
    return (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><id>urn:x</id>{''.join(entries)}</feed>"
    )


def main() -> None:
    """Import the feed once, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1000, help="how many posts (1000)")
    posts = parser.parse_args().posts
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "feed.xml")
        source.write_text(feed(posts), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "postdocs",
            "import",
            str(source),
            "--into",
            f"{folder}/posts",
            "--quiet",
        ]
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - our own
        seconds = time.perf_counter() - start
        written = len([*Path(folder, "posts").rglob("*.md")])
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{written:,} posts imported and proved in {seconds:.1f} s: {1000 * seconds / posts:.0f} ms a post")
    seconds = children.ru_utime + children.ru_stime
    print(f"CPU {seconds:.1f} s; largest process {children.ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
