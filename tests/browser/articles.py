"""Articles of a made language, for searches of many."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path


def write_articles(folder: Path, count: int) -> tuple[list[str], dict[str, Path]]:
    """Write articles of 800 words, distributed as in language (Zipf's law).

    Returns words by rank, and the articles, as a build keeps them.
    """
    chance = random.Random(7)  # noqa: S311 - a game of dice
    vowels = ("a", "e", "i", "o", "u", "ai", "er", "in", "ou")
    syllables = [one + two for one in "bcdfghjklmnprstvwz" for two in vowels]
    lengths = chance.choices([1, 2, 3, 4], [1, 2, 2, 1], k=150_000)
    words = [*dict.fromkeys("".join(chance.choices(syllables, k=length)) for length in lengths)]
    weights = [*itertools.accumulate(1 / (rank + 2.7) for rank in range(len(words)))]
    files = {}
    for number in range(count):
        text = chance.choices(words, cum_weights=weights, k=800)
        meta = {
            "title": " ".join(text[:6]).capitalize(),
            "date": f"{2005 + number % 20}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "tags": ", ".join(text[6:9]),
            "author": text[9].capitalize(),
        }
        content = " ".join(f"{' '.join(text[at : at + 80]).capitalize()}." for at in range(0, 800, 80))
        files[f"posts/{number}"] = folder / f"{number}.json"
        page = {"url": f"posts/{number}/", "meta": meta, "content": content}
        files[f"posts/{number}"].write_text(json.dumps(page), encoding="utf-8")
    return words, files
