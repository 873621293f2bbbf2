"""Posts of a made blog: the same each time, and the first posts of a large blog are those of a small one.

They are Markdown, with links to `post:NUMBER` and pictures at `picture:NUMBER`, which each tool has put its
way.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw

PICTURES = 24  # shared by all posts
FIRST, YEARS = datetime(2010, 1, 1, tzinfo=UTC), 15
AUTHORS = ("Ada Example", "Ben Example", "Cleo Example", "Dan Example", "Eve Example")
CATEGORIES = ("Algorithms", "Community", "Data", "Hardware", "Notes", "Releases", "Teaching", "Tools")
TAGS = tuple(f"{field} {kind}" for field in ("array", "graph", "plot", "solver", "tensor") for kind in (
    "bugs", "costs", "design", "errors", "history", "speed", "tests", "tips"
))  # fmt: skip
_SYLLABLES = (
    "al",
    "be",
    "cor",
    "da",
    "el",
    "fi",
    "gra",
    "hi",
    "ka",
    "lo",
    "mer",
    "no",
    "pa",
    "qui",
    "sen",
    "tu",
)
_WORDS = ["".join(word) for length in (1, 2, 3) for word in itertools.product(_SYLLABLES, repeat=length)]
_WEIGHTS = [*itertools.accumulate(1 / (rank + 5) for rank in range(len(_WORDS)))]  # as in natural language
_CODE = """\
```python
def {name}(values: list[float], scale: float = {number}) -> float:
    \"\"\"Return the scaled sum of {name}.\"\"\"
    total = 0.0
    for index, value in enumerate(values):
        if value > {number}:  # {comment}
            total += scale * value / (index + 1)
    return round(total, 6)


print({name}([1.0, 2.5, {number}]))
```"""
_FORMULAS = (
    r"\int_0^\infty e^{-x^2} \, dx = \frac{\sqrt{\pi}}{2}",
    r"\sum_{k=1}^{n} k^2 = \frac{n(n+1)(2n+1)}{6}",
    r"A x = \lambda x, \quad x \in \mathbb{R}^n",
    r"f(x) = \begin{pmatrix} a & b \\ c & d \end{pmatrix} x",
)


@dataclass(frozen=True)
class Post:
    """A post; its body has neither title nor front matter."""

    number: int
    title: str
    date: datetime
    author: str
    category: str
    tags: tuple[str, ...]
    body: str

    @property
    def slug(self) -> str:
        """The name of its file, and of its address."""
        return f"{'-'.join(self.title.lower().split())}-{self.number}"

    @property
    def path(self) -> str:
        """Its file, from the folder of all posts."""
        return f"{self.date.year}/{self.slug}.md"


def posts(number: int) -> list[Post]:
    """Return a number of posts, of 600 to 900 words."""
    return [_post(index) for index in range(number)]


def _post(number: int) -> Post:
    chance = random.Random(number)  # noqa: S311 - the same post each time
    minutes = chance.randrange(YEARS * 365 * 24 * 60)
    return Post(
        number=number,
        title=words(chance, chance.randint(3, 7)).capitalize(),
        date=FIRST + timedelta(minutes=minutes),
        author=chance.choice(AUTHORS),
        category=chance.choice(CATEGORIES),
        tags=tuple(chance.sample(TAGS, chance.randint(1, 4))),
        body=_body(chance, number),
    )


def words(chance: random.Random, length: int) -> str:
    """Write some words, the frequent ones more often."""
    return " ".join(chance.choices(_WORDS, cum_weights=_WEIGHTS, k=length))


def _body(chance: random.Random, number: int) -> str:
    """Return sections of prose, and in some posts what takes more than prose to build."""
    wanted, count, blocks = chance.randint(600, 760), 0, [_paragraph(chance, number)]
    extras: list[tuple[float, Callable[[], str]]] = [
        (0.5, lambda: code_block(chance)),
        (0.2, lambda: f"![{words(chance, 4)}](picture:{chance.randrange(PICTURES)})"),
        (0.1, lambda: f"{words(chance, 9)} $n_{{{number}}} \\le 2^k$:\n\n$$\n{chance.choice(_FORMULAS)}\n$$"),
        (0.2, lambda: f"{words(chance, 12)}[^1]\n\n[^1]: {words(chance, 15).capitalize()}."),
    ]  # fmt: skip
    chosen = [make() for share, make in extras if chance.random() < share]
    while count < wanted:
        blocks += [f"## {words(chance, chance.randint(2, 5)).capitalize()}", _paragraph(chance, number)]
        blocks += [chosen.pop()] if chosen else []
        if chance.random() < 0.4:  # noqa: PLR2004 - of the sections
            blocks.append("\n".join(f"- {words(chance, chance.randint(4, 12))}" for _ in range(4)))
        blocks.append(_paragraph(chance, number))
        count = sum(len(block.split()) for block in blocks)
    return "\n\n".join([*blocks, *chosen]) + "\n"


def code_block(chance: random.Random) -> str:
    """Write a block of Python."""
    name = "_".join(words(chance, 2).split())
    return _CODE.format(name=name, number=chance.randrange(99), comment=words(chance, 4))


def _paragraph(chance: random.Random, number: int) -> str:
    sentences = [words(chance, chance.randint(6, 22)).capitalize() + "." for _ in range(4)]
    where = f"https://example.org/{chance.randrange(9999)}"
    if number and chance.random() < 0.3:  # noqa: PLR2004 - of the paragraphs
        where = f"post:{chance.randrange(number)}"
    if chance.random() < 0.5:  # noqa: PLR2004 - of the paragraphs
        sentences.append(
            f"*{words(chance, 2)}* {words(chance, 3)} [{words(chance, 2)}]({where}) `{words(chance, 1)}()`."
        )
    return " ".join(sentences)


def write_posts(folder: Path, made: list[Post], head: Callable[[Post], str], target: Callable[[Post], str],
                picture: str) -> None:  # fmt: skip
    """Write posts as a tool wants them.

    folder: of all posts. head: what goes before a body. target: what a link to a post says. picture: what one
    to a picture says, with {} for its name.
    """

    def resolve(match: re.Match[str]) -> str:
        kind, number = match[1], int(match[2])
        return f"]({target(made[number]) if kind == 'post' else picture.format(title_of(number))})"

    for post in made:
        file = folder / post.path
        file.parent.mkdir(parents=True, exist_ok=True)
        body = re.sub(r"\]\((post|picture):(\d+)\)", resolve, post.body)
        file.write_text(f"{head(post)}\n{body}", encoding="utf-8")


def title_of(number: int) -> str:
    """Return the name of the file of a picture."""
    return f"plot-{number}.png" if number < PICTURES else f"photo-{number}.jpg"


def write_pictures(folder: Path) -> None:
    """Write pictures that look like plots, of 640 by 480 pixels."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(PICTURES):
        chance = random.Random(number)  # noqa: S311 - the same picture each time
        image = Image.new("RGB", (640, 480), "white")
        pen = ImageDraw.Draw(image)
        pen.rectangle((60, 40, 600, 430), outline="black")
        for colour in ("steelblue", "darkorange", "green"):
            pen.line([(x, chance.randint(50, 420)) for x in range(60, 601, 12)], fill=colour, width=2)
        image.save(folder / title_of(number))


def edit(file: Path, word: str) -> None:
    """Add a sentence with a word of its own to a post."""
    with file.open("a", encoding="utf-8") as text:
        text.write(f"\nLater it was {word}.\n")
