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
    output: the folder of pages. left: patterns of all that a build leaves. source: the folder of posts.
    again: the command where something is built already, if it is another.
    """

    name: str
    write: Callable[[Path, int], list[Post]]
    build: list[str]
    output: str
    left: tuple[str, ...]
    source: str
    again: list[str] | None = None

    def costs(self, root: Path, posts: list[Post], word: str) -> dict[str, Cost]:
        """Build from nothing, again, and after an edit with a word; return what each took.

        Raises CalledProcessError, and LookupError if the page lacks the edit.
        """
        for path in [path for pattern in self.left for path in root.glob(pattern)]:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        output, again = root / self.output, self.again or self.build
        post = posts[len(posts) // 2]
        file = root / self.source / post.path
        text = file.read_text(encoding="utf-8")
        found = [run(self.build, root, output), run(again, root, output)]
        edit(file, word)
        found.append(run(again, root, output))
        if not _has(output, post, word):
            raise LookupError(f"{self.name}: the edit of {post.path} is not in the output")
        file.write_text(text, encoding="utf-8")
        return dict(zip(CASES, found, strict=True))


def _has(output: Path, post: Post, word: str) -> bool:
    pages = [*output.rglob(f"{post.slug}.html"), *output.rglob(f"{post.slug}/index.html")]
    return any(word in page.read_text(encoding="utf-8") for page in pages)
