"""A tool that builds the blog, as a command."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from blogs.corpus import Post, edit
from blogs.measuring import Cost, run

CASES = ("clean", "nothing changed", "one post edited")


@dataclass(frozen=True)
class Tool:
    """How to build with a tool.

    write: makes the blog of a number of posts in a folder. build: the command, run in that folder.
    output: the folder of pages. left: patterns of what a build leaves and a clean one does without.
    source: the folder of posts. again: the command where something is built already, if it is another.
    keeps_cache: whether a clean build finds something, which a build fills before the first is measured.
    """

    name: str
    write: Callable[[Path, int], list[Post]]
    build: list[str]
    output: str
    left: tuple[str, ...]
    source: str
    again: list[str] | None = None
    keeps_cache: bool = False

    def costs(self, root: Path, posts: list[Post], word: str) -> dict[str, Cost]:
        """Build from nothing, again, and after an edit with a word; return what each took.

        Raises CalledProcessError, and LookupError if pages or the edit are not in the output.
        """
        for path in [path for pattern in self.left for path in root.glob(pattern)]:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        output, again = root / self.output, self.again or self.build
        found = [run(self.build, root, output)]
        if missing := {post.slug for post in posts} - _pages(output).keys():
            raise LookupError(
                f"{self.name}: {len(missing)} posts are not in the output, such as {min(missing)}"
            )
        found.append(run(again, root, output))
        post = posts[len(posts) // 2]
        file = root / self.source / post.path
        text = file.read_text(encoding="utf-8")
        edit(file, word)
        found.append(run(again, root, output))
        if word not in _pages(output)[post.slug].read_text(encoding="utf-8"):
            raise LookupError(f"{self.name}: the edit of {post.path} is not in the output")
        file.write_text(text, encoding="utf-8")
        return dict(zip(CASES, found, strict=True))


def _pages(output: Path) -> dict[str, Path]:
    """Return the pages of an output by the last part of their addresses."""
    pages = output.rglob("*.html")
    return {page.parent.name if page.name == "index.html" else page.stem: page for page in pages}
