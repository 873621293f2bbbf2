"""The kinds of made blogs: posts, and the pictures that they show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from blogs import corpus
from blogs.corpus import Post
from blogs.rich import enriched, write_photos


@dataclass(frozen=True)
class Corpus:
    """A kind of blog. change: what is done to each post. photos: whether posts show photos besides plots."""

    name: str
    change: Callable[[Post], Post] = lambda post: post
    photos: bool = False

    def posts(self, number: int) -> list[Post]:
        """Return a number of posts."""
        return [self.change(post) for post in corpus.posts(number)]

    def write_pictures(self, folder: Path) -> None:
        """Write the pictures that posts show."""
        corpus.write_pictures(folder)
        if self.photos:
            write_photos(folder)


PLAIN, RICH = Corpus("plain"), Corpus("rich", enriched, photos=True)
