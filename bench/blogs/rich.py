"""The posts of the made blog with what scientists write: formulas, pictures, code, and more tags."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

from PIL import Image

from blogs.corpus import PICTURES, TAGS, Post, code_block, title_of, words
from blogs.formulas import with_formulas, without_formulas

PHOTOS = range(PICTURES, 2 * PICTURES)  # numbers of pictures, shared by all posts as the plots are
PICTURES_EACH, CODE_EACH, TAGS_EACH = 3, 4, 5
_WITH_FORMULAS = 3  # one post of so many has them
_SIZE = (1600, 1067)  # pixels
_EXTRA = re.compile(r"```.*?```|!\[[^\]]*\]\(picture:\d+\)", re.DOTALL)


def enriched(post: Post) -> Post:
    """Return a post with four blocks of code, a photo, two plots and five tags; one in three has formulas."""
    chance = random.Random(f"rich {post.number}")  # noqa: S311 - the same post each time
    post = replace(post, body="\n\n".join(filter(str.strip, _EXTRA.sub("", post.body).split("\n\n"))))
    post = with_formulas(post) if post.number % _WITH_FORMULAS == 0 else without_formulas(post)
    blocks = post.body.split("\n\n")
    pictures = [chance.choice(PHOTOS), *chance.sample(range(PICTURES), PICTURES_EACH - 1)]
    more = [f"![{words(chance, 4)}](picture:{number})" for number in pictures]
    more += [code_block(chance) for _ in range(CODE_EACH)]
    places = chance.sample(range(1, len(blocks) + 1), len(more))
    for place, block in sorted(zip(places, more, strict=True), reverse=True):
        blocks.insert(place, block)
    return replace(post, body="\n\n".join(blocks) + "\n", tags=tuple(chance.sample(TAGS, TAGS_EACH)))


def write_photos(folder: Path) -> None:
    """Write pictures that are as large as photos, and as hard to compress."""
    for number in PHOTOS:
        chance = random.Random(number)  # noqa: S311 - the same picture each time
        coarse = Image.new("RGB", (64, 43))
        coarse.putdata([tuple(chance.randrange(256) for _ in range(3)) for _ in range(64 * 43)])
        image = coarse.resize(_SIZE, Image.Resampling.BICUBIC)
        image.save(folder / title_of(number), "JPEG", quality=90)
