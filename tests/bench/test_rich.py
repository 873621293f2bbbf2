"""The benchmark's posts with formulas, pictures and code."""

from __future__ import annotations

import re
from pathlib import Path

from blogs import corpus
from blogs.corpora import PLAIN, RICH
from blogs.formulas import PER_POST
from blogs.measuring import Cost
from blogs.rich import PHOTOS
from blogs.sphinxes import write_sphinx
from building import OURS, rates

POSTS = RICH.posts(60)
_FORMULA = re.compile(r"\$\$\n.*?\n\$\$|\$[^$\n]+\$", re.DOTALL)


def test_each_post_has_pictures_code_and_tags_and_one_in_three_formulas() -> None:
    """What the manual says of these posts is so."""
    for post in POSTS:
        numbers = [int(number) for number in re.findall(r"!\[[^\]]*\]\(picture:(\d+)\)", post.body)]
        assert sorted(number in PHOTOS for number in numbers) == [False, False, True]
        assert len(re.findall(r"^```python$", post.body, re.MULTILINE)) == 4
        assert len({*post.tags}) == 5
        text = re.sub(r"```.*?```", "", post.body, flags=re.DOTALL)
        assert len(_FORMULA.findall(text)) == (PER_POST if post.number % 3 == 0 else 0)


def test_the_text_is_that_of_the_plain_posts() -> None:
    """The two kinds of posts differ in what is added only."""
    for plain, rich in zip(PLAIN.posts(60), POSTS, strict=True):
        assert [*re.findall(r"^## .*$", rich.body, re.MULTILINE)] == [
            *re.findall(r"^## .*$", plain.body, re.MULTILINE)
        ]
        assert (plain.title, plain.date, plain.author) == (rich.title, rich.date, rich.author)


def test_all_pictures_are_there(tmp_path: Path) -> None:
    """Each picture that a post shows is a file, and photos are as large as those of a camera."""
    made = write_sphinx(tmp_path, 12, "ours", RICH)
    texts = [(tmp_path / "posts" / post.path).read_text(encoding="utf-8") for post in made]
    shown = {target for text in texts for target in re.findall(r"!\[[^\]]*\]\(/([^)]+)\)", text)}
    assert len(shown) > 12
    assert all((tmp_path / path).stat().st_size > 5_000 for path in shown)
    assert corpus.title_of(PHOTOS[0]) in {path.name for path in (tmp_path / "images").iterdir()}


def test_rates_are_in_times_of_plain_posts() -> None:
    """The table compares our builds of both kinds, and nothing else."""
    plain = {(OURS, 20, "clean"): Cost(2, 3, 0, 0), ("Other", 20, "clean"): Cost(1, 1, 0, 0)}
    rich = {(OURS, 20, "clean"): Cost(3, 6, 0, 0), ("Other", 20, "clean"): Cost(1, 1, 0, 0)}
    assert rates(plain, rich).splitlines()[2:] == ["| clean | 20 | 2.0 → 3.0 (1.50) | 3.0 → 6.0 (2.00) |"]
